//! What a visitor pays in bytes, against what we allow ourselves.

use std::collections::BTreeSet;

use super::{compress::travelling_bytes, page, stamp::Built};
use crate::{
    failure::{Failure, Result},
    files, project,
};

/// What we aim for, and what we allow until we are there: the ceiling comes down with each step.
#[derive(Clone, Copy)]
pub(crate) struct Budget {
    pub(crate) aim: u64,
    ceiling: u64,
}

/// Brotli bytes of HTML, CSS, JavaScript and WebAssembly on a first visit to Overview. The ceiling leaves room for what
/// a compiler lays out otherwise on another machine; above the aim is told all the same.
const FIRST_VISIT: Budget = Budget { aim: 180_000, ceiling: 180_400 };
/// Parts that every visit to the Overview fetches by itself after its figures: what waits, the seal and the chart of
/// the day.
const OF_OVERVIEW: [&str; 3] = ["attention", "check", "today_chart"];
/// The list of the further pages, which each of them needs first.
pub(super) const FURTHER: &str = "further";
/// Brotli bytes of one further page when it is first opened from the Overview, with all it shares with others.
const PAGE: Budget = Budget { aim: 60_000, ceiling: 62_000 };
/// The same for a group of rules with their JSON, which only those fetch who try rules by hand.
const RULES: Budget = Budget { aim: 60_000, ceiling: 95_000 };
const RULES_END: &str = "_rule";
/// Parts of further pages: whoever sees one has the pages' sheet.
const WITHIN_PAGES: [&str; 19] = [
    "bill_answers",
    "bill_beside",
    "clock_weeks",
    "complaint_moves",
    "complaint_photos",
    "complaint_preview",
    "curve",
    "debt_beyond",
    "debt_plan",
    "export",
    "found",
    FURTHER,
    "month_chart",
    "pay_below",
    "reading_worth",
    "refusal_words",
    "steps_shown",
    "table",
    "waiting_drafts",
];
/// The calculators, each a page with a rule of its own in one form that all share.
const CALCULATORS: [&str; 5] = ["accuracy", "instalments", "schedules", "tier_limits", "unmetered"];
/// What the Overview fetches once its figures are there: its own parts, and what further pages share.
const AFTERWARDS: Budget = Budget { aim: 100_000, ceiling: 141_500 };
/// Bytes of all fonts.
const FONTS: Budget = Budget { aim: 60_000, ceiling: 60_000 };

/// What something weighs on the line.
pub(crate) struct Weight {
    pub(crate) what: String,
    pub(crate) bytes: u64,
    pub(crate) budget: Option<Budget>,
}

/// Whether a part is a page of its own, and so asks for the sheet of the further pages.
pub(super) fn opens_a_page(part: &str) -> bool {
    let is_within = WITHIN_PAGES.contains(&part) || CALCULATORS.contains(&part);
    !is_of_overview(part) && !is_within && !part.ends_with(RULES_END)
}

/// Whether the Overview fetches the part by itself.
pub(super) fn is_of_overview(part: &str) -> bool {
    OF_OVERVIEW.contains(&part)
}

/// Whether the page asks for a file, by its present name, ahead of the page that needs it (`page.rs`).
fn is_fetched_ahead(file: &str) -> bool {
    page::AHEAD.iter().any(|name| {
        let (stem, end) = name.split_once('.').unwrap_or((name, ""));
        file.strip_prefix(stem).is_some_and(|rest| rest.starts_with('-') && rest.ends_with(end))
    })
}

/// Whether only those fetch it who try rules by hand.
pub(super) fn is_rule(page: &str) -> bool {
    page.ends_with(RULES_END)
}

/// Prints what each visit costs and fails when one costs too much.
pub(super) fn check(built: &Built) -> Result<()> {
    let rows = weigh(built)?;
    println!("\n{:<62} {:>9} {:>9} {:>9}", "brotli", "bytes", "aim", "ceiling");
    for row in &rows {
        let shown = |bytes: fn(Budget) -> u64| row.budget.map(|b| bytes(b).to_string()).unwrap_or_default();
        let (aim, ceiling) = (shown(|budget| budget.aim), shown(|budget| budget.ceiling));
        println!("{:<62} {:>9} {aim:>9} {ceiling:>9}{}", row.what, row.bytes, row.mark());
    }
    println!();
    let over: Vec<_> = rows.iter().filter(|row| row.is_over()).map(|row| row.what.trim()).collect();
    if over.is_empty() {
        Ok(())
    } else {
        Err(Failure::says(format!("over the size ceiling: {}", over.join(", "))))
    }
}

impl Weight {
    fn is_over(&self) -> bool {
        self.budget.is_some_and(|budget| self.bytes > budget.ceiling)
    }

    fn mark(&self) -> &'static str {
        match self.budget {
            Some(budget) if self.bytes > budget.ceiling => "  over",
            Some(budget) if self.bytes > budget.aim => "  above the aim",
            _ => "",
        }
    }
}

fn budget_of(page: &str) -> Budget {
    if is_rule(page) { RULES } else { PAGE }
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
    let of_overview = |(page, _): &(&String, &Vec<String>)| is_of_overview(page);
    let ahead = built.pages.values().flatten().filter(|file| is_fetched_ahead(file));
    let own = built.pages.iter().filter(of_overview).flat_map(|(_, files)| files);
    let known: BTreeSet<_> = own.chain(ahead).collect();
    let travelling = |files: &mut dyn Iterator<Item = &String>| {
        files.map(|file| travelling_bytes(&dist.join(file))).sum::<Result<u64>>()
    };
    let bytes = travelling(&mut known.iter().copied())?;
    rows.push(Weight {
        what: "after its figures: its own parts, and what is fetched ahead".into(),
        bytes,
        budget: Some(AFTERWARDS),
    });
    let list: Vec<_> = built.pages.get(FURTHER).into_iter().flatten().collect();
    for (page, files) in built.pages.iter().filter(|page| !of_overview(page)) {
        let needed: BTreeSet<_> = files.iter().chain(list.iter().copied()).collect();
        let bytes = travelling(&mut needed.difference(&known).copied())?;
        rows.push(Weight {
            what: format!("{page}, from the Overview"),
            bytes,
            budget: Some(budget_of(page)),
        });
    }
    rows.push(Weight { what: "fonts".into(), bytes: fonts, budget: Some(FONTS) });
    Ok(rows)
}
