//! What the main module asks of JavaScript and offers to it, by short names. wasm-bindgen and the splitter tell their
//! functions apart by long ones with a hash in each, which no compression makes small; they stand in the module, in its
//! script and in the list of parts, and nowhere else.

use std::collections::HashMap;

use super::{
    exports::{EXPORTS, number, rewritten, write_number},
    loader,
    wasm::Part,
};
use crate::failure::{Failure, Result};

const MODULE: &str = "portal_bg.wasm";
const SCRIPTS: &[&str] = &["portal.js", loader::FIRST];
/// The number of the section that names imports.
const IMPORTS: u8 = 2;
/// Only a function's name is shortened; its entry ends with the number of its type.
const FUNCTION: u8 = 0;
/// What the names of functions begin with that wasm-bindgen and the splitter ask for ...
const ASKED: &[&str] = &["__wb", loader::PAGE];
/// ... and that it offers, for closures.
const OFFERED: &str = "wasm_bindgen__";

/// The parts, with short names in the module and its scripts.
pub(super) fn with_short_names(mut parts: Vec<Part>) -> Result<Vec<Part>> {
    let mut names = HashMap::new();
    for part in parts.iter_mut().filter(|part| part.name == MODULE) {
        part.contents = renamed_module(&part.contents, &mut names)
            .ok_or_else(|| Failure::says("wasm-bindgen's main module is no WebAssembly"))?;
    }
    for part in parts.iter_mut().filter(|part| SCRIPTS.contains(&part.name.as_str())) {
        part.contents = renamed_script(&String::from_utf8_lossy(&part.contents), &names).into_bytes();
    }
    Ok(parts)
}

fn renamed_module(module: &[u8], names: &mut HashMap<String, String>) -> Option<Vec<u8>> {
    rewritten(module, |section, contents| match section {
        IMPORTS => renamed_imports(contents, names),
        EXPORTS => renamed_exports(contents, names),
        _ => Some(contents.to_vec()),
    })
}

/// The functions up to the first import that is none, by short names; those behind it stay as they are.
fn renamed_imports(contents: &[u8], names: &mut HashMap<String, String>) -> Option<Vec<u8>> {
    let mut at = 0;
    let count = number(contents, &mut at)?;
    let mut out = contents.get(..at)?.to_vec();
    for _ in 0..count {
        let entry = at;
        text(contents, &mut at)?;
        let (name_at, name) = (at, text(contents, &mut at)?);
        if contents.get(at) != Some(&FUNCTION) {
            out.extend_from_slice(contents.get(entry..)?);
            return Some(out);
        }
        let kind_at = at;
        at += 1;
        number(contents, &mut at)?;
        if ASKED.iter().any(|asked| name.starts_with(asked)) {
            out.extend_from_slice(contents.get(entry..name_at)?);
            write_short(&mut out, name, names);
            out.extend_from_slice(contents.get(kind_at..at)?);
        } else {
            out.extend_from_slice(contents.get(entry..at)?);
        }
    }
    Some(out)
}

fn renamed_exports(contents: &[u8], names: &mut HashMap<String, String>) -> Option<Vec<u8>> {
    let mut at = 0;
    let count = number(contents, &mut at)?;
    let mut out = contents.get(..at)?.to_vec();
    for _ in 0..count {
        let entry = at;
        let name = text(contents, &mut at)?;
        let kind_at = at;
        at += 1;
        number(contents, &mut at)?;
        if name.starts_with(OFFERED) {
            write_short(&mut out, name, names);
            out.extend_from_slice(contents.get(kind_at..at)?);
        } else {
            out.extend_from_slice(contents.get(entry..at)?);
        }
    }
    Some(out)
}

fn write_short(out: &mut Vec<u8>, name: String, names: &mut HashMap<String, String>) {
    let next = format!("f{}", names.len());
    let short = names.entry(name).or_insert(next);
    write_number(out, short.len());
    out.extend_from_slice(short.as_bytes());
}

fn text(bytes: &[u8], at: &mut usize) -> Option<String> {
    let length = number(bytes, at)?;
    let text = String::from_utf8(bytes.get(*at..*at + length)?.to_vec()).ok()?;
    *at += length;
    Some(text)
}

/// The script with each whole name replaced.
fn renamed_script(script: &str, names: &HashMap<String, String>) -> String {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut renamed = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(start) = rest.find(is_of_name) {
        let (before, on) = rest.split_at(start);
        let (word, after) = on.split_at(on.find(|c| !is_of_name(c)).unwrap_or(on.len()));
        renamed.push_str(before);
        renamed.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    renamed + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, kind: u8) -> Vec<u8> {
        let mut entry = vec![1, b'm', u8::try_from(name.len()).unwrap()];
        entry.extend_from_slice(name.as_bytes());
        entry.extend_from_slice(&[kind, 7]);
        entry
    }

    fn module(entries: &[Vec<u8>]) -> Vec<u8> {
        let mut contents = vec![u8::try_from(entries.len()).unwrap()];
        contents.extend(entries.concat());
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.extend([IMPORTS, u8::try_from(contents.len()).unwrap()]);
        module.extend(contents);
        module
    }

    #[test]
    fn functions_of_the_binding_get_short_names_and_the_script_follows() {
        let long = ["__wbg_get_1", "kept", "__wasm_split_load_bill_12"].map(|name| entry(name, FUNCTION));
        let short = ["f0", "kept", "f1"].map(|name| entry(name, FUNCTION));
        let [long, short] = [long, short].map(|functions| [&functions[..], &[entry("memory", 2)]].concat());
        let mut names = HashMap::new();
        assert_eq!(renamed_module(&module(&long), &mut names), Some(module(&short)));
        let script = "{ __wasm_split_load_bill_12: a, __wbg_get_1: get_1, memory }";
        assert_eq!(renamed_script(script, &names), "{ f1: a, f0: get_1, memory }");
        assert_eq!(renamed_module(b"\0asm", &mut names), None);
        let exports = b"\x02\x04main\0\x01\x0fwasm_bindgen__c\0\x02";
        assert_eq!(renamed_exports(exports, &mut names), Some(b"\x02\x04main\0\x01\x02f2\0\x02".to_vec()));
    }
}
