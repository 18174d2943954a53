//! Brotli and gzip beside each file that gains by it, so that the server compresses nothing.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
};

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::{
    failure::Result,
    files::{self, Naming},
};

const COMPRESSIBLE: &[&str] = &["bin", "css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// Writes `.br` and `.gz` beside every compressible file under `folder`.
pub(super) fn all(folder: &Path) -> Result<()> {
    let paths = files::walk(folder)?.into_iter().filter(|path| is_compressible(path)).collect();
    in_parallel(paths, |path: PathBuf| {
        let contents = files::read(&path)?;
        files::write(&with_suffix(&path, "br"), &brotli(&contents, &path)?)?;
        files::write(&with_suffix(&path, "gz"), &gzip(&contents, &path)?)
    })
    .map(|_: Vec<()>| ())
}

/// The bytes that travel: the brotli file beside it when there is one, else the file itself.
pub(super) fn travelling_bytes(path: &Path) -> Result<u64> {
    let compressed = with_suffix(path, "br");
    let sent = if compressed.exists() { &compressed } else { path };
    Ok(fs::metadata(sent).naming("read", sent)?.len())
}

fn is_compressible(path: &Path) -> bool {
    path.extension().is_some_and(|end| COMPRESSIBLE.iter().any(|known| end == *known))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

/// How many short distances get a code of their own. Which is better shows only when it is done.
const DIRECT_DISTANCES: [u32; 2] = [0, 12];

pub(super) fn brotli(contents: &[u8], path: &Path) -> Result<Vec<u8>> {
    let compressed = |direct| {
        let mut compressed = Vec::new();
        let mut parameters =
            BrotliEncoderParams { quality: 11, size_hint: contents.len(), ..BrotliEncoderParams::default() };
        parameters.dist.num_direct_distance_codes = direct;
        brotli::BrotliCompress(&mut &*contents, &mut compressed, &parameters).naming("compress", path)?;
        Ok(compressed)
    };
    let [plain, direct] = DIRECT_DISTANCES.map(compressed);
    let (plain, direct) = (plain?, direct?);
    Ok(if direct.len() < plain.len() { direct } else { plain })
}

fn gzip(contents: &[u8], path: &Path) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(contents).and_then(|()| encoder.finish()).naming("compress", path)
}

/// Does the same to each of many things on all cores. The order of what comes back is not kept.
pub(super) fn in_parallel<T: Send, R: Send>(
    things: Vec<T>,
    each: impl Fn(T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let waiting = Mutex::new(things);
    let next = || waiting.lock().ok().and_then(|mut things| things.pop());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let work = || std::iter::from_fn(next).map(&each).collect::<Result<Vec<R>>>();
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let mut done = Vec::new();
        for worker in workers {
            done.extend(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(done)
    })
}
