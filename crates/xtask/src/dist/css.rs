//! The style sheets as two, in the order of the layers, for the oldest browsers we serve: what the first visit to the
//! Overview shows stands in the page itself, the rest is asked for with the first further page.

use std::path::{Path, PathBuf};

use lightningcss::{
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet},
    targets::{Browsers, Targets},
};

use super::wasm::Part;
use crate::{
    failure::{Failure, Result},
    files, project,
};

/// The floor of ui.md: Chrome and Android WebView 99, iOS 16.
const FLOOR: Browsers = Browsers {
    android: Some(99 << 16),
    chrome: Some(99 << 16),
    ios_saf: Some(16 << 16),
    safari: Some(16 << 16),
    edge: None,
    firefox: None,
    ie: None,
    opera: None,
    samsung: None,
};

/// Of the sheets of components and pages those that the Overview and the page before it show.
const OF_OVERVIEW: &[&str] = &[
    "account_switch",
    "amount",
    "brand",
    "button",
    "card",
    "chart",
    "due_card",
    "icon",
    "list_row",
    "navigation",
    "offline_strip",
    "overview",
    "page_header",
    "page_state",
    "seal",
    "skeleton",
    "skip_link",
    "starting",
    "status_tag",
    "table",
    "tier_bar",
];
/// The sheet of the further pages, as `boot.js` names it.
pub(super) const PAGES: &str = "pages.css";

/// The sheets, minified.
pub(super) struct Sheets {
    /// What stands in the page itself.
    pub(super) portal: Part,
    /// What the further pages need more.
    pub(super) pages: Part,
}

/// `cargo xtask css`: the sheets where Trunk's page links them.
pub(crate) fn run(_words: &[String]) -> Result<()> {
    let Sheets { portal, pages } = bundle()?;
    let trunk = project::target().join("trunk");
    [portal, pages].iter().try_for_each(|part| files::write(&trunk.join(&part.name), &part.contents))
}

/// All sheets.
pub(super) fn bundle() -> Result<Sheets> {
    let (mut portal, mut pages) = (String::new(), String::new());
    for path in sheets()? {
        let text = minified(&path)?;
        if is_of_overview(&path) {
            portal.push_str(&text);
        }
        // Whichever of the two the browser reads first has to declare the order of the layers.
        if !is_of_overview(&path) || path.ends_with("layers.css") {
            pages.push_str(&text);
        }
    }
    let part = |name: &str, text: String| Part { name: name.into(), contents: text.into_bytes() };
    Ok(Sheets { portal: part("portal.css", portal), pages: part(PAGES, pages) })
}

/// What is of no component and no page is of all, but for paper.
fn is_of_overview(path: &Path) -> bool {
    let within =
        ["components", "pages"].iter().any(|folder| path.parent().is_some_and(|at| at.ends_with(folder)));
    let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    if within { OF_OVERVIEW.contains(&name) } else { name != "print" }
}

/// `layers.css` first, for it declares the order of the layers, and `print.css` last; between them the layers
/// decide, not the order of the files.
fn sheets() -> Result<Vec<PathBuf>> {
    let style = project::root().join("style");
    let mut sheets = files::walk(&style)?;
    sheets.sort_by_key(|path| (!path.ends_with("layers.css"), path.ends_with("print.css"), path.clone()));
    Ok(sheets)
}

fn minified(path: &Path) -> Result<String> {
    let text = files::read_text(path)?;
    let wrong = |what: String| Failure::says(format!("{}: {what}", path.display()));
    let targets = Targets::from(FLOOR);
    let mut sheet =
        StyleSheet::parse(&text, ParserOptions::default()).map_err(|error| wrong(error.to_string()))?;
    sheet
        .minify(MinifyOptions { targets, ..MinifyOptions::default() })
        .map_err(|error| wrong(error.to_string()))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() })
        .map_err(|error| wrong(error.to_string()))?;
    Ok(printed.code)
}
