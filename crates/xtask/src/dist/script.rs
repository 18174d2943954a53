//! Scripts as they travel: without the comments, which are for readers of the source.

/// The script without whole lines of comment, without indentation and without empty lines. A comment behind code
/// stays: only a parser could tell it from a string.
pub(super) fn shortened(script: &str) -> String {
    let mut short = String::new();
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            // What stands behind the end of a comment is code again.
            let rest = line.split_once("*/");
            in_comment = rest.is_none();
            push(&mut short, rest.map_or("", |(_, code)| code.trim()));
        } else if !line.starts_with("//") {
            push(&mut short, line);
        }
    }
    short
}

fn push(script: &mut String, line: &str) {
    if !line.is_empty() {
        script.push_str(line);
        script.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_whole_lines_stay_at_home() {
        for (script, short) in [
            ("// why\n  a();\n\nb(); // stays", "a();\nb(); // stays\n"),
            ("/** one\n * two\n */\nfunction c() {}", "function c() {}\n"),
            ("/* bill, bills */ const d = 1;", "const d = 1;\n"),
            ("e(\"http://f\");", "e(\"http://f\");\n"),
        ] {
            assert_eq!(shortened(script), short);
        }
    }
}
