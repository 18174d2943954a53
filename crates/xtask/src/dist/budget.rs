//! What a visitor pays in bytes, against what we allow ourselves.

use super::{compress::travelling_bytes, stamp::Built};
use crate::{
    failure::{Failure, Result},
    files, project,
};

/// Brotli bytes of HTML, CSS, JavaScript and WebAssembly on a first visit to Overview.
const FIRST_VISIT: u64 = 180_000;
/// Brotli bytes of one further page when it is first opened.
const PAGE: u64 = 60_000;
/// Bytes of all fonts.
const FONTS: u64 = 60_000;

/// What something weighs on the line.
pub(crate) struct Weight {
    pub(crate) what: String,
    pub(crate) bytes: u64,
    pub(crate) budget: Option<u64>,
}

/// Prints what each visit costs and fails when one costs too much.
pub(super) fn check(built: &Built) -> Result<()> {
    let rows = weigh(built)?;
    println!("\n{:<45} {:>9} {:>9}", "brotli", "bytes", "budget");
    for row in &rows {
        let budget = row.budget.map(|bytes| bytes.to_string()).unwrap_or_default();
        let mark = if row.is_over() { "  over" } else { "" };
        println!("{:<45} {:>9} {:>9}{mark}", row.what, row.bytes, budget);
    }
    println!();
    let over: Vec<_> = rows.iter().filter(|row| row.is_over()).map(|row| row.what.trim()).collect();
    if over.is_empty() {
        Ok(())
    } else {
        Err(Failure::says(format!("over the size budget: {}", over.join(", "))))
    }
}

impl Weight {
    fn is_over(&self) -> bool {
        self.budget.is_some_and(|budget| self.bytes > budget)
    }
}

/// What each visit costs.
pub(crate) fn weigh(built: &Built) -> Result<Vec<Weight>> {
    let dist = project::dist();
    let later: Vec<_> = built.pages.values().flatten().collect();
    let (mut first, mut fonts) = (Vec::new(), 0);
    for path in files::walk(&dist)? {
        let what = path.strip_prefix(&dist).unwrap_or(&path).to_string_lossy().into_owned();
        let bytes = travelling_bytes(&path)?;
        match path.extension().and_then(|end| end.to_str()) {
            Some("html" | "css" | "js" | "wasm") if !later.contains(&&what) => {
                first.push(Weight { what: format!("  {what}"), bytes, budget: None });
            }
            Some("woff2") => fonts += bytes,
            _ => {}
        }
    }
    let bytes = first.iter().map(|row| row.bytes).sum();
    let mut rows = vec![Weight { what: "first visit to Overview".into(), bytes, budget: Some(FIRST_VISIT) }];
    rows.append(&mut first);
    for (page, files) in &built.pages {
        let bytes = files.iter().map(|file| travelling_bytes(&dist.join(file))).sum::<Result<u64>>()?;
        rows.push(Weight { what: format!("{page}, with what it shares"), bytes, budget: Some(PAGE) });
    }
    rows.push(Weight { what: "fonts".into(), bytes: fonts, budget: Some(FONTS) });
    Ok(rows)
}
