//! The list of the parts, in two scripts: what the Overview fetches by itself travels with the first visit, and the
//! rest, which grows with each page, comes with the first further page.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{
    budget,
    wasm::{Part, plain_name, replaced},
};
use crate::failure::{Failure, Result};

/// The list that the first visit carries, with what fetches a part ...
pub(super) const FIRST: &str = "parts.js";
/// ... and that of all other pages.
pub(super) const LATER: &str = "later.js";

/// Our half of the loader of parts, which the splitter's own half calls.
const OURS: &str = include_str!("load_part.js");
/// What the later list takes from the first.
const TAKEN: &str = "import { chunk, packed, page, part } from \"./parts.js\";\n";

/// What the splitter writes around each part, and what stands there until its line is read: each part on one line.
const AROUND: &[(&str, &str)] = &[
    ("makeLoad(() => {\n    const src = fetch(new URL(", "makeLoad("),
    (
        ", import.meta.url));\n    src.catch(() => {});\n    \
         return async (imports) => (WebAssembly.instantiateStreaming(src, imports));\n}\n, ",
        ", ",
    ),
];
const CHUNK: &str = "__chunk_";
/// What the splitter calls the function that fetches a page.
pub(super) const PAGE: &str = "__wasm_split_load_";

/// One line of the splitter's list.
struct Listed {
    /// `__wasm_split_load_bill_1234`, or the number of a shared module.
    name: Name,
    file: String,
    /// The shared modules that it waits for.
    needs: BTreeSet<u32>,
}

enum Name {
    Page(String),
    Chunk(u32),
}

/// The splitter's loader as the two scripts.
pub(super) fn scripts(written: &str, parts: usize) -> Result<[Part; 2]> {
    let mut text = written.to_owned();
    for (old, new) in AROUND {
        text = replaced(&text, old, new, parts)?;
    }
    let is_listed = |line: &&str| line.starts_with("const __chunk_") || line.starts_with("export const ");
    let (list, helpers): (Vec<_>, Vec<_>) = text.lines().partition(is_listed);
    let listed = list.into_iter().map(|line| read(line).ok_or_else(|| strange(line)));
    let listed = listed.collect::<Result<Vec<_>>>()?;
    if listed.len() != parts {
        return Err(strange(&format!("{} parts listed, {parts} written", listed.len())));
    }
    let first = needed_first(&listed);
    let mut scripts = [helpers.join("\n") + "\n" + OURS, TAKEN.to_owned()];
    let mut pages = Vec::new();
    for part in &listed {
        let line = line_of(part);
        match &part.name {
            Name::Chunk(number) => scripts[usize::from(!first.contains(number))] += &format!("{line};\n"),
            Name::Page(name) if is_first(part) => scripts[0] += &format!("export const {name} = {line};\n"),
            Name::Page(name) => {
                scripts[0] += &format!("export const {name} = later({});\n", pages.len());
                pages.push(line);
            }
        }
    }
    let [first, later] = scripts;
    let later = format!("{later}export const pages = [\n{}\n];\n", pages.join(",\n"));
    let script = |name: &str, text: String| Part { name: name.into(), contents: text.into_bytes() };
    Ok([script(FIRST, first), script(LATER, later)])
}

fn strange(what: &str) -> Failure {
    Failure::says(format!(
        "the splitter's list of parts reads otherwise than crates/xtask/src/dist/loader.rs: {what}"
    ))
}

fn read(line: &str) -> Option<Listed> {
    let (name, rest) =
        line.strip_prefix("export ").unwrap_or(line).strip_prefix("const ")?.split_once(" = ")?;
    let (_, rest) = rest.split_once("makeLoad(\"./")?;
    let (file, rest) = rest.split_once("\", [")?;
    let needs = rest.split_once(']')?.0.split(',').map(str::trim).filter(|need| !need.is_empty());
    let number = |chunk: &str| chunk.strip_prefix(CHUNK)?.parse().ok();
    Some(Listed {
        name: match name.starts_with(PAGE) {
            true => Name::Page(name.to_owned()),
            false => Name::Chunk(number(name)?),
        },
        file: plain_name(file),
        needs: needs.map(number).collect::<Option<_>>()?,
    })
}

/// Whether the Overview fetches the part by itself.
fn is_first(part: &Listed) -> bool {
    budget::is_of_overview(part.file.trim_end_matches(".wasm"))
}

/// The shared modules that the Overview waits for, with what they wait for.
fn needed_first(listed: &[Listed]) -> BTreeSet<u32> {
    let is_page = |part: &&Listed| matches!(part.name, Name::Page(_)) && is_first(part);
    let mut needed: BTreeSet<u32> =
        listed.iter().filter(is_page).flat_map(|part| &part.needs).copied().collect();
    loop {
        let is_needed = |part: &&Listed| matches!(part.name, Name::Chunk(number) if needed.contains(&number));
        let more: BTreeSet<u32> =
            listed.iter().filter(is_needed).flat_map(|part| &part.needs).copied().collect();
        if more.is_subset(&needed) {
            return needed;
        }
        needed.extend(more);
    }
}

fn line_of(part: &Listed) -> String {
    let needs = if part.needs.is_empty() { String::new() } else { format!(", \"{}\"", spans(&part.needs)) };
    match part.name {
        Name::Page(_) => format!("page(part(\"./{}\"){needs})", part.file),
        Name::Chunk(number) => format!("chunk({number}, part(\"./{}\"){needs})", part.file),
    }
}

/// `3 5-7`: the numbers as the loader reads them.
fn spans(numbers: &BTreeSet<u32>) -> String {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => spans.push((number, number)),
        }
    }
    let mut text = String::new();
    for (first, last) in spans {
        let gap = if text.is_empty() { "" } else { " " };
        let span = if first == last { first.to_string() } else { format!("{first}-{last}") };
        // Writing to text does not fail.
        let _ = write!(text, "{gap}{span}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str, file: &str, needs: &str) -> String {
        let (open, close) = if name.starts_with(PAGE) { ("export ", "))") } else { ("", ")") };
        let wrap = if name.starts_with(PAGE) { "wrapAsyncCb(" } else { "" };
        format!(
            "/* who shares it */\n{open}const {name} = {wrap}makeLoad(() => {{\n    const src = fetch(new URL(\
             \"./{file}\", import.meta.url));\n    src.catch(() => {{}});\n    return async (imports) => \
             (WebAssembly.instantiateStreaming(src, imports));\n}}\n, [{needs}]{close};\n"
        )
    }

    #[test]
    fn what_the_overview_needs_stands_first_and_the_rest_later() {
        let text = [
            "function makeLoad() {}\n".to_owned(),
            written("__chunk_1", "chunk_1.wasm", ""),
            written("__chunk_2", "chunk_2.wasm", ""),
            written("__chunk_3", "chunk_3.wasm", "__chunk_1"),
            written("__wasm_split_load_check_1234567890", "split_check_1234567890.wasm", "__chunk_3"),
            written(
                "__wasm_split_load_bill_1234567890",
                "split_bill_1234567890.wasm",
                "__chunk_1, __chunk_2, __chunk_3",
            ),
        ]
        .concat();
        let [first, later] = scripts(&text, 5).unwrap().map(|part| String::from_utf8(part.contents).unwrap());
        assert!(first.starts_with("function makeLoad() {}\n"));
        assert!(first.ends_with(
            "chunk(1, part(\"./chunk_1.wasm\"));\nchunk(3, part(\"./chunk_3.wasm\"), \"1\");\n\
             export const __wasm_split_load_check_1234567890 = page(part(\"./check.wasm\"), \"3\");\n\
             export const __wasm_split_load_bill_1234567890 = later(0);\n"
        ));
        assert_eq!(
            later,
            format!(
                "{TAKEN}chunk(2, part(\"./chunk_2.wasm\"));\nexport const pages = [\npage(part(\"./bill.wasm\"), \"1-3\")\n];\n"
            )
        );
        assert!(scripts(&text, 4).is_err(), "another number of parts than were written");
        assert!(scripts(&text.replace("__chunk_2,", "other,"), 5).is_err());
    }

    #[test]
    fn numbers_in_a_row_are_a_span() {
        for (numbers, text) in [(&[][..], ""), (&[4], "4"), (&[1, 2], "1-2"), (&[1, 3, 4, 5, 9], "1 3-5 9")] {
            assert_eq!(spans(&numbers.iter().copied().collect()), text);
        }
    }
}
