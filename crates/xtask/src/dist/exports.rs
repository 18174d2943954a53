//! What the main module offers to JavaScript, less what nobody there calls: classes for streams of bytes, which
//! come along with Leptos for applications that have server functions. Without their names the shrinking drops them.

use crate::failure::{Failure, Result};

/// Stands in the names of all of them.
const UNCALLED: &str = "intounderlying";
/// The number of the section that names exports.
pub(super) const EXPORTS: u8 = 7;
/// The eight bytes that every module begins with.
const HEADER: usize = 8;

/// The module without those exports.
pub(super) fn without_uncalled(module: &[u8]) -> Result<Vec<u8>> {
    trimmed(module).ok_or_else(|| Failure::says("wasm-bindgen's main module is no WebAssembly"))
}

fn trimmed(module: &[u8]) -> Option<Vec<u8>> {
    rewritten(module, |section, contents| match section {
        EXPORTS => kept_exports(contents),
        _ => Some(contents.to_vec()),
    })
}

/// The module with each section, told by its number, as `rewrite` makes it.
pub(super) fn rewritten(
    module: &[u8],
    mut rewrite: impl FnMut(u8, &[u8]) -> Option<Vec<u8>>,
) -> Option<Vec<u8>> {
    let mut out = module.get(..HEADER)?.to_vec();
    let mut at = HEADER;
    while at < module.len() {
        let section = *module.get(at)?;
        at += 1;
        let length = number(module, &mut at)?;
        let contents = rewrite(section, module.get(at..at + length)?)?;
        at += length;
        out.push(section);
        write_number(&mut out, contents.len());
        out.extend(contents);
    }
    Some(out)
}

fn kept_exports(contents: &[u8]) -> Option<Vec<u8>> {
    let mut at = 0;
    let count = number(contents, &mut at)?;
    let (mut kept, mut entries) = (0, Vec::new());
    for _ in 0..count {
        let start = at;
        let length = number(contents, &mut at)?;
        let name = contents.get(at..at + length)?;
        // The name, what kind of thing it is, and its place among those.
        at += length + 1;
        number(contents, &mut at)?;
        if !String::from_utf8_lossy(name).contains(UNCALLED) {
            kept += 1;
            entries.extend_from_slice(contents.get(start..at)?);
        }
    }
    let mut out = Vec::new();
    write_number(&mut out, kept);
    out.extend(entries);
    Some(out)
}

/// A number in LEB128.
pub(super) fn number(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut value = 0_usize;
    for shift in (0..35).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

pub(super) fn write_number(out: &mut Vec<u8>, mut value: usize) {
    loop {
        let byte = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            return out.push(byte);
        }
        out.push(byte | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(exports: &[&str]) -> Vec<u8> {
        let mut section = Vec::new();
        write_number(&mut section, exports.len());
        for (place, name) in exports.iter().enumerate() {
            write_number(&mut section, name.len());
            section.extend_from_slice(name.as_bytes());
            section.push(0);
            write_number(&mut section, place + 200);
        }
        let mut module = b"\0asm\x01\0\0\0\x01\x01\0".to_vec();
        module.push(EXPORTS);
        write_number(&mut module, section.len());
        module.extend(section);
        module.extend([11, 1, 0]);
        module
    }

    #[test]
    fn only_what_is_called_stays() {
        let all = module(&["main", "intounderlyingsink_close", "memory", "__wbg_intounderlyingsource_free"]);
        let kept = without_uncalled(&all).unwrap();
        assert_eq!(String::from_utf8_lossy(&kept).matches("intounderlying").count(), 0);
        assert_eq!(without_uncalled(&module(&["main", "memory"])).unwrap().len(), kept.len());
        assert!(kept.ends_with(&[11, 1, 0]), "what follows stays as it is");
        assert_eq!(without_uncalled(&kept).unwrap(), kept);
    }

    #[test]
    fn what_is_no_module_is_refused() {
        for bytes in [&b""[..], b"\0asm", b"\0asm\x01\0\0\0\x07\x05\x01"] {
            assert!(without_uncalled(bytes).is_err());
        }
    }
}
