//! The portal for release: built, split by page, shrunk, named by content, compressed, weighed.

mod assets;
mod budget;
mod compress;
pub(crate) mod css;
mod exports;
mod imports;
mod loader;
mod pack;
mod page;
mod script;
mod shrink;
mod stamp;
mod wasm;

use std::{collections::BTreeMap, time::Instant};

pub(crate) use budget::{Weight, weigh};
use stamp::Built;

use crate::{
    failure::{Failure, Result},
    files, project, tools,
};

/// `cargo xtask dist`.
pub(crate) fn run(words: &[String]) -> Result<()> {
    match words {
        [] => budget::check(&ensure()?),
        [word] if word == "--quick" => quick(),
        [word, ..] => Err(Failure::says(format!("`cargo xtask dist` takes --quick, not `{word}`"))),
    }
}

/// A portal to look at while it is being written: in one piece and large, but here in seconds.
fn quick() -> Result<()> {
    let _alone = files::lock(&project::target().join("portal/dist.lock"))?;
    tools::need_wasm_target()?;
    let out = project::target().join("portal/dist");
    files::remove_folder(&out)?;
    let module = timed("compiling the portal", wasm::compile_quickly)?;
    let parts = timed("binding it to the browser", || wasm::whole(&module))?;
    assets::lay_out(&out, parts, css::bundle()?, Ok)?;
    // What stands there is not what the sources make for release.
    stamp::forget()?;
    files::replace_folder(&project::dist(), &out)
}

/// Builds the portal unless what is in `dist/` was built from the sources as they are.
pub(crate) fn ensure() -> Result<Built> {
    // Two commands at once build it once.
    let _alone = files::lock(&project::target().join("portal/dist.lock"))?;
    let sources = stamp::of_sources()?;
    if let Some(built) = stamp::built_from(&sources) {
        println!("The portal in dist/ is up to date.");
        return Ok(built);
    }
    tools::need_wasm_target()?;
    tools::need_npm_packages()?;
    let built = Built { sources, pages: build()? };
    stamp::save(&built)?;
    Ok(built)
}

fn build() -> Result<BTreeMap<String, Vec<String>>> {
    // What is served stays whole until what replaces it is.
    let out = project::target().join("portal/dist");
    files::remove_folder(&out)?;
    let module = timed("compiling the portal", wasm::compile)?;
    let split = timed("splitting it by page", || wasm::split(&module))?;
    let split = timed("shrinking the parts", || shrink::all(split))?;
    let split = pack::small_modules(split)?;
    let sheets = timed("bundling the style sheets", css::bundle)?;
    let names = timed("making the scripts short and naming the files by content", || {
        assets::lay_out(&out, split.parts, sheets, script::minified)
    })?;
    timed("compressing", || compress::all(&out))?;
    files::replace_folder(&project::dist(), &out)?;
    let of = |files: Vec<String>| -> Result<Vec<String>> {
        files.iter().map(|file| names.of(file).map(str::to_owned)).collect()
    };
    let with_its_own = |(page, mut files): (String, Vec<String>)| {
        if !budget::is_of_overview(&page) {
            files.push(loader::LATER.to_owned());
        }
        if budget::opens_a_page(&page) {
            files.push(css::PAGES.to_owned());
        }
        Ok((page, of(files)?))
    };
    split.pages.into_iter().map(with_its_own).collect()
}

/// The bytes that the engine alone would travel in (`examples/engine.rs`).
pub(crate) fn engine_bytes() -> Result<usize> {
    let _alone = files::lock(&project::target().join("portal/dist.lock"))?;
    tools::need_wasm_target()?;
    tools::need_npm_packages()?;
    let module = timed("compiling the engine alone", wasm::engine)?;
    compress::brotli(&module, "the engine".as_ref()).map(|compressed| compressed.len())
}

/// Does one step and says how long it took.
fn timed<T>(what: &str, step: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    let done = step()?;
    println!("{what}: {:.1} s", start.elapsed().as_secs_f32());
    Ok(done)
}
