//! What pages share comes from the splitter in dozens of small modules, one for each set of pages that shares it. A
//! request for each costs more on a slow line than their bytes, so the small ones travel together in one file.

use std::collections::BTreeMap;

use super::{
    budget::{FURTHER, is_of_overview, is_rule},
    loader::{FIRST, LATER},
    wasm::{Part, Split, replaced},
};
use crate::failure::Result;

/// A module below this many bytes does not travel alone.
const SMALL: usize = 512;
/// The same of what every visit to the Overview fetches, where each request takes the page from whoever touches it, and
/// of what many further pages share.
const SMALL_OF_MANY: usize = 4096;
/// So many pages are many.
const MANY: usize = 5;
/// What the Overview fetches, what further pages share, and what only those fetch who try rules by hand.
const PACKS: [&str; 3] = ["chunks.bin", OF_PAGES, "rules.bin"];
/// What further pages share.
pub(super) const OF_PAGES: &str = "pages.bin";

/// The portal with its small shared modules in few files.
pub(super) fn small_modules(split: Split) -> Result<Split> {
    let sharing = |part: &Part, wanted: fn(&str) -> bool| {
        split.pages.iter().filter(|(page, files)| wanted(page) && files.contains(&part.name)).count()
    };
    let is_for = |part: &Part, wanted: fn(&str) -> bool| sharing(part, wanted) > 0;
    let is_small = |part: &Part| {
        let is_of_many = is_for(part, |page| is_of_overview(page) || page == FURTHER)
            || sharing(part, |page| !is_rule(page)) >= MANY;
        let small = if is_of_many { SMALL_OF_MANY } else { SMALL };
        part.name.trim_end_matches(".wasm") == FURTHER
            || part.name.starts_with("chunk_") && part.contents.len() < small
    };
    let pack_of = |part: &Part| match part {
        part if is_for(part, is_of_overview) => PACKS[0],
        part if is_for(part, |page| !is_rule(page)) => PACKS[1],
        _ => PACKS[2],
    };
    let (small, mut parts): (Vec<_>, Vec<_>) = split.parts.into_iter().partition(is_small);
    let mut packs: BTreeMap<&str, Vec<Part>> = BTreeMap::new();
    for part in small {
        packs.entry(pack_of(&part)).or_default().push(part);
    }
    let mut pages = split.pages;
    for (pack, mut small) in packs {
        let contents = packed(pack, &mut small, &mut parts)?;
        parts.push(Part { name: pack.into(), contents });
        pages = pages.into_iter().map(|(page, files)| (page, in_pack(files, &small, pack))).collect();
    }
    Ok(Split { parts, pages })
}

/// The pack, and its modules named by their length in the list that has them.
fn packed(pack: &str, small: &mut [Part], parts: &mut [Part]) -> Result<Vec<u8>> {
    let list = if pack == PACKS[0] { FIRST } else { LATER };
    let mut packed = Vec::new();
    for list in parts.iter_mut().filter(|part| part.name == list) {
        let mut text = String::from_utf8_lossy(&list.contents).into_owned();
        let alone = |part: &Part| format!("part(\"./{}\")", part.name);
        // The script counts on: each begins where the one before it in the script ended.
        small.sort_by_key(|part| text.find(&alone(part)));
        for part in small.iter() {
            let length = part.contents.len();
            text = replaced(&text, &alone(part), &format!("packed(\"./{pack}\", {length})"), 1)?;
            packed.extend_from_slice(&part.contents);
        }
        list.contents = text.into_bytes();
    }
    Ok(packed)
}

fn in_pack(files: Vec<String>, small: &[Part], pack: &str) -> Vec<String> {
    let is_packed = |file: &String| small.iter().any(|part| part.name == *file);
    let (packed, mut alone): (Vec<_>, Vec<_>) = files.into_iter().partition(is_packed);
    alone.extend((!packed.is_empty()).then(|| pack.to_owned()));
    alone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_shared_modules_travel_together() {
        let part = |name: &str, contents: &[u8]| Part { name: name.into(), contents: contents.into() };
        let fetch = |name: &str| format!("part(\"./{name}\");");
        let list = |names: &[&str]| names.iter().copied().map(fetch).collect::<String>();
        let big = vec![0; SMALL_OF_MANY];
        let split = Split {
            parts: vec![
                part("bill.wasm", b"bill"),
                part("further.wasm", b"list"),
                part("chunk_1.wasm", b"one"),
                part("chunk_2.wasm", &big),
                part("chunk_3.wasm", b"three"),
                part("chunk_4.wasm", b"four"),
                part("chunk_5.wasm", b"fifth"),
                part(FIRST, list(&["chunk_1.wasm", "chunk_2.wasm", "chunk_3.wasm"]).as_bytes()),
                part(LATER, list(&["chunk_4.wasm", "chunk_5.wasm", "bill.wasm", "further.wasm"]).as_bytes()),
            ],
            pages: [
                ("check", &["chunk_1.wasm", "chunk_2.wasm", "chunk_3.wasm"][..]),
                ("bill", &["chunk_1.wasm", "chunk_2.wasm", "chunk_5.wasm", "bill.wasm"]),
                ("issued_rule", &["chunk_1.wasm", "chunk_4.wasm"]),
                ("further", &["further.wasm"]),
            ]
            .map(|(page, files)| (page.to_owned(), files.iter().map(|&file| file.to_owned()).collect()))
            .into(),
        };
        let split = small_modules(split).unwrap();
        let contents = |name: &str| {
            let part = split.parts.iter().find(|part| part.name == name);
            part.map(|part| String::from_utf8_lossy(&part.contents).into_owned())
        };
        assert_eq!(contents("chunks.bin").as_deref(), Some("onethree"));
        assert_eq!(contents("pages.bin").as_deref(), Some("fifthlist"));
        assert_eq!(contents("rules.bin").as_deref(), Some("four"));
        assert_eq!(contents("chunk_1.wasm"), None);
        let packed = |pack: &str, length| format!("packed(\"./{pack}.bin\", {length});");
        let first = [packed("chunks", 3), fetch("chunk_2.wasm"), packed("chunks", 5)].concat();
        assert_eq!(contents(FIRST), Some(first));
        let later = [packed("rules", 4), packed("pages", 5), fetch("bill.wasm"), packed("pages", 4)].concat();
        assert_eq!(contents(LATER), Some(later));
        assert_eq!(split.pages["bill"], ["chunk_2.wasm", "bill.wasm", "chunks.bin", "pages.bin"]);
        assert_eq!(split.pages["issued_rule"], ["chunks.bin", "rules.bin"]);
    }
}
