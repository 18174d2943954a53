//! Style sheets: logical properties, colours by their tokens, flat, everything in a layer.

use super::Finding;

/// Properties that know left from right or up from down, or a box by the page's sides.
const PHYSICAL: &[(&str, &str)] = &[
    ("left", "inset-inline-start"),
    ("right", "inset-inline-end"),
    ("top", "inset-block-start"),
    ("bottom", "inset-block-end"),
    ("width", "inline-size"),
    ("height", "block-size"),
    ("min-width", "min-inline-size"),
    ("max-width", "max-inline-size"),
    ("min-height", "min-block-size"),
    ("max-height", "max-block-size"),
];
const PHYSICAL_ENDS: &[&str] = &["-left", "-right", "-top", "-bottom"];
const SIDED: &[&str] = &["text-align", "float", "clear", "caption-side"];
/// Where the colours are defined.
const COLOUR_SHEETS: &[&str] = &["style/tokens.css", "style/colours.css"];
/// Blocks that hold descriptors or rules of their own kind and need no layer.
const UNLAYERED: &[&str] = &["@font-face", "@layer"];

/// One place of a sheet: what was written up to a `{`, `}` or `;`, and the heads of the blocks around it.
struct Piece<'t> {
    line: usize,
    around: Vec<&'t str>,
    text: &'t str,
    opens: bool,
}

pub(super) fn check(path: &str, text: &str) -> Vec<Finding> {
    let text = without_comments(text);
    let mut findings = Vec::new();
    for piece in pieces(&text) {
        let says = if piece.opens { of_block(&piece) } else { of_declaration(path, &piece) };
        findings.extend(says.map(|says| Finding::new(path, piece.line, says)));
    }
    findings
}

/// The sheet with a space for each letter of a comment, so that lines stay.
fn without_comments(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        let end = rest[start..].find("*/").map_or(rest.len(), |end| start + end + 2);
        plain.push_str(&rest[..start]);
        plain.extend(rest[start..end].chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
        rest = &rest[end..];
    }
    plain + rest
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut around = Vec::new();
    let mut start = 0;
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(open), _) if letter != open => continue,
            (Some(_), _) => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, '{' | '}' | ';') => {
                let raw = &text[start..at];
                let skipped = raw.len() - raw.trim_start().len();
                let line = text[..start + skipped].matches('\n').count() + 1;
                if !raw.trim().is_empty() {
                    pieces.push(Piece {
                        line,
                        around: around.clone(),
                        text: raw.trim(),
                        opens: letter == '{',
                    });
                }
                match letter {
                    '{' => around.push(raw.trim()),
                    '}' => drop(around.pop()),
                    _ => {}
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces
}

fn of_block(piece: &Piece<'_>) -> Option<String> {
    let is_rule = |head: &&str| !head.starts_with('@');
    let in_keyframes = piece.around.iter().any(|head| head.starts_with("@keyframes"));
    if !in_keyframes && is_rule(&piece.text) && piece.around.iter().any(is_rule) {
        return Some("a rule inside a rule: write it flat, with a name of its own".into());
    }
    let layered = piece
        .around
        .iter()
        .chain([&piece.text])
        .any(|head| UNLAYERED.iter().any(|known| head.starts_with(known)) || head.starts_with("@media"));
    (!layered).then(|| "a rule outside every layer: write it inside an @layer of layers.css".into())
}

fn of_declaration(path: &str, piece: &Piece<'_>) -> Option<String> {
    let (property, value) = piece.text.split_once(':')?;
    let (property, value) = (property.trim(), value.trim());
    if property.starts_with('@') || piece.around.iter().any(|head| head.starts_with("@font-face")) {
        return None;
    }
    if let Some((_, logical)) = PHYSICAL.iter().find(|(physical, _)| *physical == property) {
        return Some(format!("`{property}` ignores the direction of writing: use `{logical}`"));
    }
    if PHYSICAL_ENDS.iter().any(|end| property.ends_with(end)) && !property.starts_with("--") {
        return Some(format!(
            "`{property}` ignores the direction of writing: use its -inline- or -block- form"
        ));
    }
    if SIDED.contains(&property) && ["left", "right"].iter().any(|side| value.contains(side)) {
        return Some(format!("`{property}: {value}` ignores the direction of writing: use start or end"));
    }
    if !COLOUR_SHEETS.contains(&path) && has_colour(value) {
        return Some(format!("`{value}` is a colour of its own: name a token of colours.css"));
    }
    None
}

/// Whether a value writes a colour out, as `#0b4f5a` or `rgb(...)`.
fn has_colour(value: &str) -> bool {
    let written = |after: &str| {
        let digits = after.chars().take_while(char::is_ascii_hexdigit).count();
        matches!(digits, 3 | 4 | 6 | 8)
    };
    let outside_urls = value.split("url(").next().unwrap_or_default();
    outside_urls.split('#').skip(1).any(written)
        || ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab("].iter().any(|name| value.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_of_the_sheets_is_held() {
        for (text, line) in [
            ("@layer a {\n  .b { margin-inline-start: 0; }\n}", None),
            ("@layer a {\n  .b { margin-left: 0; }\n}", Some(2)),
            ("@layer a { .b {\n  left: 0;\n} }", Some(2)),
            ("@layer a { .b { width: 1px } }", Some(1)),
            ("@layer a { @media (min-width: 960px) { .b { inline-size: 1px } } }", None),
            ("@layer a { .b { text-align: right; } }", Some(1)),
            ("@layer a { .b { color: #fff; } }", Some(1)),
            ("@layer a { .b { color: rgb(0 0 0); } }", Some(1)),
            ("@layer a { #main { color: var(--c); } }", None),
            ("@layer a { .b { .c { color: red; } } }", Some(1)),
            ("/* left: 0 */\n.b { color: red; }", Some(2)),
            ("@font-face { src: url(\"/a.woff2\"); }", None),
            ("@layer a, b;", None),
            ("@layer a { @keyframes b { from { opacity: 0; } } }", None),
        ] {
            let found = check("style/components/b.css", text);
            assert_eq!(found.first().map(|finding| finding.line), line, "{text}: {found:?}");
        }
    }

    #[test]
    fn colours_are_written_in_their_own_sheet() {
        let text = "@layer tokens { :root { --c: #fff; } }";
        assert_eq!(check("style/colours.css", text), []);
        assert_eq!(check("style/base.css", text).len(), 1);
    }
}
