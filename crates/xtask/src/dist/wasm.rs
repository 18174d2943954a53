//! From Rust to the modules that the browser loads: one for the first visit, one for each further page.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

use wasm_bindgen_cli_support::Bindgen;

use super::{exports, imports, loader, shrink};
use crate::{
    failure::{Failure, Result},
    files, project, tools,
};

const TARGET: &str = "wasm32-unknown-unknown";
/// The example of the portal that is nothing but the engine.
const ENGINE: &str = "engine";

/// A file of the built portal: where it will be under `dist/`, and what is in it.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) contents: Vec<u8>,
}

/// The split portal, and which files each lazy page loads when it is first opened.
pub(super) struct Split {
    pub(super) parts: Vec<Part>,
    pub(super) pages: BTreeMap<String, Vec<String>>,
}

/// Erased components are compiled once each, not once for each view that holds them, which makes the portal smaller.
const ERASED: &str = "--cfg=erase_components";
/// The relocations tell the splitter what calls what.
const FLAGS: &[&str] = &[ERASED, "-Clink-args=--emit-relocs"];

/// Compiles the portal for release and gives its path.
pub(super) fn compile() -> Result<PathBuf> {
    compile_as("portal", &["--features", "split"], &flags()?)?;
    Ok(compiled("portal").join("adad-portal.wasm"))
}

/// The engine alone, compiled, bound and shrunk as the portal is.
pub(super) fn engine() -> Result<Vec<u8>> {
    compile_as("portal", &["--example", ENGINE], &flags()?)?;
    let bound = project::target().join("portal/engine");
    files::remove_folder(&bound)?;
    bind(&compiled("portal").join(format!("examples/{ENGINE}.wasm")), &bound)?;
    let small = bound.join("small.wasm");
    shrink::one(&bound.join("portal_bg.wasm"), &small)?;
    files::read(&small)
}

/// Compiles the portal in one piece, fast.
pub(super) fn compile_quickly() -> Result<PathBuf> {
    compile_as("quick", &[], &[ERASED.to_owned()])?;
    Ok(compiled("quick").join("adad-portal.wasm"))
}

fn compile_as(profile: &str, words: &[&str], flags: &[String]) -> Result<()> {
    tools::run(
        tools::cargo()
            .args(["build", "--quiet", "--package", "adad-portal", "--profile", profile])
            .args(words)
            .args(["--target", TARGET, "--target-dir"])
            .arg(project::target().join("portal"))
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")),
    )
}

fn compiled(profile: &str) -> PathBuf {
    project::target().join("portal").join(TARGET).join(profile)
}

/// The module as it is, with the JavaScript that ties it to the browser.
pub(super) fn whole(module: &Path) -> Result<Vec<Part>> {
    let bound = project::target().join("portal/whole");
    files::remove_folder(&bound)?;
    bind(module, &bound)?;
    read_parts(&bound)
}

/// The flags, and names instead of places for the sources: a message tells the file, not whose machine built it.
fn flags() -> Result<Vec<String>> {
    let sysroot =
        tools::output(Command::new("rustc").args(["--print", "sysroot"]).current_dir(project::root()))?;
    let standard = PathBuf::from(sysroot.trim()).join("lib/rustlib/src/rust/library");
    // The compiler names what it was told to follow, so links are followed here.
    let standard = standard.canonicalize().unwrap_or(standard);
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let registries = home.and_then(|home| std::fs::read_dir(home.join("registry/src")).ok());
    let registries = registries.into_iter().flatten().flatten().map(|registry| registry.path());
    let nameless = registries.chain([standard, project::root()]);
    let nameless = nameless.map(|place| format!("--remap-path-prefix={}/=", place.display()));
    Ok(FLAGS.iter().map(|&flag| flag.to_owned()).chain(nameless).collect())
}

/// Splits the module by page and writes the JavaScript that ties the modules to the browser.
pub(super) fn split(module: &Path) -> Result<Split> {
    let folder = project::target().join("portal/split");
    files::remove_folder(&folder)?;
    let bytes = files::read(module)?;
    let main = folder.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(&bytes);
    options.output_dir = &folder;
    options.main_out_path = &main;
    options.main_module = "./portal.js";
    let link = format!("./{}", loader::FIRST);
    options.link_name = &link;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| Failure::says(format!("the portal cannot be split by page: {error:#}")))?;

    let bound = folder.join("bound");
    bind(&main, &bound)?;
    let mut parts = read_parts(&bound)?;
    let written = files::read_text(&folder.join(loader::FIRST))?;
    parts.extend(loader::scripts(&written, split.split_modules.len())?);
    parts = imports::with_short_names(parts)?;
    for part in parts.iter_mut().filter(|part| part.name.ends_with(".wasm")) {
        part.contents = exports::without_uncalled(&part.contents)?;
    }
    for path in &split.split_modules {
        let written = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = plain_name(&written);
        if parts.iter().any(|part| part.name == name) {
            return Err(Failure::says(format!("two pages are called `{name}`: rename the type of one")));
        }
        parts.push(Part { name, contents: files::read(path)? });
    }
    let plain_file = |stem: &String| plain_name(&format!("{stem}.wasm"));
    let pages = split
        .prefetch_map
        .iter()
        .map(|(page, stems)| (plain_name(page), stems.iter().map(plain_file).collect()))
        .collect();
    Ok(Split { parts, pages })
}

/// `split_bills_16261489018281251347.wasm` is `bills.wasm`: the digits, a hash of a place in the source, are the
/// splitter's need, not the reader's. What several pages share is `chunk_1.wasm` and so on.
pub(super) fn plain_name(name: &str) -> String {
    let (stem, end) = name.find('.').map_or((name, ""), |dot| name.split_at(dot));
    let stem = stem.strip_prefix("split_").unwrap_or(stem);
    let is_hash = |digits: &str| digits.len() > 8 && digits.bytes().all(|digit| digit.is_ascii_digit());
    let page = stem.rsplit_once('_').filter(|(_, digits)| is_hash(digits)).map_or(stem, |(page, _)| page);
    format!("{page}{end}")
}

fn bind(main: &Path, out: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(main)
        .out_name("portal")
        .web(true)
        .and_then(|bindgen| {
            bindgen
                // The pages' modules link to the main one by its exports.
                .keep_lld_exports(true)
                .typescript(false)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate(out)
        })
        .map_err(|error| Failure::says(format!("wasm-bindgen refuses the portal: {error:#}")))
}

fn read_parts(folder: &Path) -> Result<Vec<Part>> {
    let named = |path: PathBuf| {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        files::read(&path).map(|contents| Part { name, contents })
    };
    files::walk(folder)?.into_iter().map(named).collect()
}

/// Replaces text that a tool is known to write; that it writes something else now is a failure.
pub(super) fn replaced(text: &str, old: &str, new: &str, times: usize) -> Result<String> {
    let found = text.matches(old).count();
    if found != times {
        return Err(Failure::says(format!(
            "`{old}` stands {found} times in generated JavaScript, not {times}: \
             a newer tool writes other text, so crates/xtask/src/dist must follow it"
        )));
    }
    Ok(text.replace(old, new))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_after_their_page() {
        for (written, plain) in [
            ("split_meter_file_16261489018281251347.wasm", "meter_file.wasm"),
            ("meter_file_16261489018281251347", "meter_file"),
            ("chunk_1.wasm", "chunk_1.wasm"),
        ] {
            assert_eq!(plain_name(written), plain);
        }
    }
}
