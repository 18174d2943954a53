//! What pages share comes from the splitter in dozens of small modules, one for each set of pages that shares it. A
//! request for each costs more on a slow line than their bytes, so the small ones travel together in one file.

use super::budget::is_rule;
use super::wasm::{LOADER_NAME, Part, Split, replaced};
use crate::failure::Result;

/// A module below this many bytes does not travel alone.
const SMALL: usize = 512;
/// What the pages share, and what only those fetch who try rules by hand.
const PACKS: [&str; 2] = ["chunks.bin", "rules.bin"];

/// The portal with its small shared modules in few files.
pub(super) fn small_modules(split: Split) -> Result<Split> {
    let is_small = |part: &Part| part.name.starts_with("chunk_") && part.contents.len() < SMALL;
    let (small, mut parts): (Vec<_>, Vec<_>) = split.parts.into_iter().partition(is_small);
    let is_for_a_page = |part: &Part| {
        let uses = |(page, files): (&String, &Vec<String>)| !is_rule(page) && files.contains(&part.name);
        split.pages.iter().any(uses)
    };
    let (shared, rules): (Vec<_>, Vec<_>) = small.into_iter().partition(is_for_a_page);
    let mut pages = split.pages;
    for (pack, mut small) in PACKS.into_iter().zip([shared, rules]) {
        let mut packed = Vec::new();
        for loader in parts.iter_mut().filter(|part| part.name == LOADER_NAME) {
            let mut text = String::from_utf8_lossy(&loader.contents).into_owned();
            let alone = |part: &Part| format!("part(\"./{}\")", part.name);
            // The script counts on: each begins where the one before it in the script ended.
            small.sort_by_key(|part| text.find(&alone(part)));
            for part in &small {
                let length = part.contents.len();
                text = replaced(&text, &alone(part), &format!("packed(\"./{pack}\", {length})"), 1)?;
                packed.extend_from_slice(&part.contents);
            }
            loader.contents = text.into_bytes();
        }
        if !small.is_empty() {
            parts.push(Part { name: pack.into(), contents: packed });
        }
        pages = pages.into_iter().map(|(page, files)| (page, in_pack(files, &small, pack))).collect();
    }
    Ok(Split { parts, pages })
}

fn in_pack(files: Vec<String>, small: &[Part], pack: &str) -> Vec<String> {
    let is_packed = |file: &String| small.iter().any(|part| part.name == *file);
    let (packed, mut alone): (Vec<_>, Vec<_>) = files.into_iter().partition(is_packed);
    alone.extend((!packed.is_empty()).then(|| pack.to_owned()));
    alone
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn small_shared_modules_travel_together() {
        let part = |name: &str, contents: &[u8]| Part { name: name.into(), contents: contents.into() };
        let fetch = |name: &str| format!("part(\"./{name}\");");
        let loader =
            ["chunk_1.wasm", "chunk_2.wasm", "chunk_3.wasm", "chunk_4.wasm", "bill.wasm"].map(fetch).concat();
        let big = vec![0; SMALL];
        let split = Split {
            parts: vec![
                part("bill.wasm", b"bill"),
                part("chunk_1.wasm", b"one"),
                part("chunk_2.wasm", &big),
                part("chunk_3.wasm", b"three"),
                part("chunk_4.wasm", b"four"),
                part(LOADER_NAME, loader.as_bytes()),
            ],
            pages: BTreeMap::from([
                (
                    "bill".into(),
                    ["chunk_1.wasm", "chunk_2.wasm", "chunk_3.wasm", "bill.wasm"].map(Into::into).to_vec(),
                ),
                ("issued_rule".into(), ["chunk_1.wasm", "chunk_4.wasm"].map(Into::into).to_vec()),
            ]),
        };
        let split = small_modules(split).unwrap();
        let contents = |name: &str| {
            let part = split.parts.iter().find(|part| part.name == name);
            part.map(|part| String::from_utf8_lossy(&part.contents).into_owned())
        };
        assert_eq!(contents("chunks.bin").as_deref(), Some("onethree"));
        assert_eq!(contents("rules.bin").as_deref(), Some("four"));
        assert_eq!(contents("chunk_1.wasm"), None);
        let packed = |pack: &str, length| format!("packed(\"./{pack}.bin\", {length});");
        let loader = [
            packed("chunks", 3),
            fetch("chunk_2.wasm"),
            packed("chunks", 5),
            packed("rules", 4),
            fetch("bill.wasm"),
        ]
        .concat();
        assert_eq!(contents(LOADER_NAME), Some(loader));
        assert_eq!(split.pages["bill"], ["chunk_2.wasm", "bill.wasm", "chunks.bin"]);
        assert_eq!(split.pages["issued_rule"], ["chunks.bin", "rules.bin"]);
    }
}
