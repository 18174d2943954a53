//! The style sheets as one, in the order of the layers, for the oldest browsers we serve.

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

/// `cargo xtask css`: the bundle where Trunk's page links it.
pub(crate) fn run(_words: &[String]) -> Result<()> {
    files::write(&project::target().join("trunk/portal.css"), &bundle()?.contents)
}

/// All sheets, minified.
pub(super) fn bundle() -> Result<Part> {
    let mut bundle = String::new();
    for path in sheets()? {
        bundle.push_str(&minified(&path)?);
    }
    Ok(Part { name: "portal.css".into(), contents: bundle.into_bytes() })
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
