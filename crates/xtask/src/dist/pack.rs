//! What pages share comes from the splitter in dozens of small modules, one for each set of pages that shares it. A
//! request for each costs more on a slow line than their bytes, so the small ones travel together in one file.

use super::wasm::{LOADER_NAME, Part, Split, replaced};
use crate::failure::Result;

/// A module below this many bytes does not travel alone.
const SMALL: usize = 512;
const NAME: &str = "chunks.bin";

/// The portal with its small shared modules in one file.
pub(super) fn small_modules(split: Split) -> Result<Split> {
    let is_small = |part: &Part| part.name.starts_with("chunk_") && part.contents.len() < SMALL;
    let (small, mut parts): (Vec<_>, Vec<_>) = split.parts.into_iter().partition(is_small);
    let mut packed = Vec::new();
    for loader in parts.iter_mut().filter(|part| part.name == LOADER_NAME) {
        let mut text = String::from_utf8_lossy(&loader.contents).into_owned();
        for Part { name, contents } in &small {
            let alone = format!("fetchPart(new URL(\"./{name}\", import.meta.url))");
            text = replaced(&text, &alone, &format!("fetchPacked({}, {})", packed.len(), contents.len()), 1)?;
            packed.extend_from_slice(contents);
        }
        loader.contents = text.into_bytes();
    }
    parts.push(Part { name: NAME.into(), contents: packed });
    let pages = split.pages.into_iter().map(|(page, files)| (page, in_pack(files, &small))).collect();
    Ok(Split { parts, pages })
}

fn in_pack(files: Vec<String>, small: &[Part]) -> Vec<String> {
    let is_packed = |file: &String| small.iter().any(|part| part.name == *file);
    let (packed, mut alone): (Vec<_>, Vec<_>) = files.into_iter().partition(is_packed);
    alone.extend((!packed.is_empty()).then(|| NAME.to_owned()));
    alone
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn small_shared_modules_travel_together() {
        let part = |name: &str, contents: &[u8]| Part { name: name.into(), contents: contents.into() };
        let fetch = |name: &str| format!("fetchPart(new URL(\"./{name}\", import.meta.url));");
        let loader = ["chunk_1.wasm", "chunk_2.wasm", "chunk_3.wasm", "bill.wasm"].map(fetch).concat();
        let big = vec![0; SMALL];
        let split = Split {
            parts: vec![
                part("bill.wasm", b"bill"),
                part("chunk_1.wasm", b"one"),
                part("chunk_2.wasm", &big),
                part("chunk_3.wasm", b"three"),
                part(LOADER_NAME, loader.as_bytes()),
            ],
            pages: BTreeMap::from([(
                "bill".into(),
                ["chunk_1.wasm", "chunk_2.wasm", "chunk_3.wasm", "bill.wasm"].map(Into::into).to_vec(),
            )]),
        };
        let packed = small_modules(split).unwrap();
        let contents = |name: &str| {
            let part = packed.parts.iter().find(|part| part.name == name);
            part.map(|part| String::from_utf8_lossy(&part.contents).into_owned())
        };
        assert_eq!(contents(NAME).as_deref(), Some("onethree"));
        assert_eq!(contents("chunk_1.wasm"), None);
        let loader =
            format!("fetchPacked(0, 3);{}fetchPacked(3, 5);{}", fetch("chunk_2.wasm"), fetch("bill.wasm"));
        assert_eq!(contents(LOADER_NAME), Some(loader));
        assert_eq!(packed.pages["bill"], ["chunk_2.wasm", "bill.wasm", NAME]);
    }
}
