//! `index.html` for release: what Trunk does in development stands in it as `data-trunk`, and is done here.

use super::{assets::Names, loader, pack};
use crate::failure::{Failure, Result};

/// Where the template asks for the script that comes before the first paint.
const BOOT_TAG: &str = r#"<script src="/boot.js"></script>"#;

/// What any further page needs; `boot.js` asks for it when the first figure stands.
pub(super) const AHEAD: [&str; 2] = [loader::LATER, pack::OF_PAGES];

/// What stands in the page itself: the first paint waits for nothing but the page. The server tells the browser, by
/// their hashes, that these two are ours.
pub(super) struct Within<'a> {
    pub(super) sheet: &'a str,
    pub(super) boot: &'a str,
}

/// The page with its links to the files by their present names, and what the start needs asked for early.
pub(super) fn filled(template: &str, names: &Names, within: &Within<'_>) -> Result<String> {
    if template.matches(BOOT_TAG).count() != 1 {
        return Err(Failure::says(format!("public/index.html has to hold `{BOOT_TAG}` once")));
    }
    let template = template.replace(BOOT_TAG, &format!("<script>{}</script>", within.boot));
    let mut rest = template.as_str();
    let mut page = String::new();
    while let Some(at) = rest.find("<link data-trunk") {
        let (before, tag_on) = rest.split_at(at);
        let end =
            tag_on.find('>').ok_or_else(|| Failure::says("public/index.html: a <link is not closed"))?;
        let (tag, after) = tag_on.split_at(end + 1);
        page.push_str(before);
        page.push_str(&instead_of(tag, names, within)?);
        rest = after;
    }
    page.push_str(rest);
    Ok(names.in_text(&shortened(&page)))
}

/// The page without comments and indentation, which are for readers of the source.
fn shortened(page: &str) -> String {
    let mut short = String::new();
    for (place, piece) in page.split("<!--").enumerate() {
        let kept = if place == 0 { piece } else { piece.split_once("-->").map_or("", |(_, after)| after) };
        short.push_str(kept);
    }
    let lines = short.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// What release has where Trunk's page asks Trunk for something.
fn instead_of(tag: &str, names: &Names, within: &Within<'_>) -> Result<String> {
    if tag.contains(r#"rel="css""#) {
        return Ok(format!("<style>{}</style>", within.sheet));
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
        .filter(|(was, _)| ["portal.js", loader::FIRST].contains(was) || was.starts_with("snippets/"));
    for (_, script) in scripts {
        start.push_str(&format!(r#"<link rel="modulepreload" href="/{script}">"#));
    }
    // When all is quiet: a further page then waits for its own parts alone.
    // A portal in one piece has none.
    for (_, shared) in names.all().filter(|(was, _)| AHEAD.contains(was)) {
        start.push_str(&format!(r#"<link data-ahead href="/{shared}">"#));
    }
    start.push_str(&format!(r#"<script type="module" src="/{}"></script>"#, names.of("start.js")?));
    Ok(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_stay_at_home() {
        for (page, short) in [
            ("<p>\n  <b>a</b>\n\n  <!-- why -->\n  <i>b</i>\n</p>\n", "<p>\n<b>a</b>\n<i>b</i>\n</p>"),
            ("a<!-- one\n two -->b", "ab"),
            ("<!-- never closed", ""),
        ] {
            assert_eq!(shortened(page), short);
        }
    }
}
