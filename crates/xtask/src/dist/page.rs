//! `index.html` for release: what Trunk does in development stands in it as `data-trunk`, and is done here.

use super::assets::Names;
use crate::failure::{Failure, Result};

/// The page with its links to the files by their present names, and what the start needs asked for early.
pub(super) fn filled(template: &str, names: &Names) -> Result<String> {
    let mut page = String::new();
    let mut rest = template;
    while let Some(at) = rest.find("<link data-trunk") {
        let (before, tag_on) = rest.split_at(at);
        let end =
            tag_on.find('>').ok_or_else(|| Failure::says("public/index.html: a <link is not closed"))?;
        let (tag, after) = tag_on.split_at(end + 1);
        page.push_str(before);
        page.push_str(&instead_of(tag, names)?);
        rest = after;
    }
    page.push_str(rest);
    Ok(names.in_text(&page))
}

/// What release has where Trunk's page asks Trunk for something.
fn instead_of(tag: &str, names: &Names) -> Result<String> {
    if tag.contains(r#"rel="css""#) {
        return Ok(format!(r#"<link rel="stylesheet" href="/{}">"#, names.of("portal.css")?));
    }
    if tag.contains(r#"rel="rust""#) {
        return start(names);
    }
    // The rest are files to copy, and all of public/ is copied.
    Ok(String::new())
}

/// The modules are asked for at once, not one after another as each is read. The order is that of need.
fn start(names: &Names) -> Result<String> {
    let wasm = names.of("portal_bg.wasm")?;
    let mut start =
        format!(r#"<link rel="preload" href="/{wasm}" as="fetch" type="application/wasm" crossorigin>"#);
    let scripts = names
        .all()
        .filter(|(was, _)| ["portal.js", "parts.js"].contains(was) || was.starts_with("snippets/"));
    for (_, script) in scripts {
        start.push_str(&format!(r#"<link rel="modulepreload" href="/{script}">"#));
    }
    start.push_str(&format!(r#"<script type="module" src="/{}"></script>"#, names.of("start.js")?));
    Ok(start)
}
