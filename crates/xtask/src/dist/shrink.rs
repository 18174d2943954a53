//! Modules made small by npm's `binaryen`.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    compress::in_parallel,
    wasm::{Part, Split},
};
use crate::{
    failure::{Failure, Result},
    files, project, tools,
};

const SCRIPT: &str = include_str!("shrink.mjs");

/// A module's path before and after.
type Pair = (PathBuf, PathBuf);

/// Every module of the portal.
pub(super) fn all(split: Split) -> Result<Split> {
    let folder = project::target().join("portal/shrunk");
    files::remove_folder(&folder)?;
    files::make_folder(&folder)?;
    let path_of = |part: &Part| folder.join(&part.name);
    let (mut modules, mut parts): (Vec<_>, Vec<_>) =
        split.parts.into_iter().partition(|part| part.name.ends_with(".wasm"));
    modules.sort_by_key(|part| std::cmp::Reverse(part.contents.len()));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut shares: Vec<(usize, Vec<Pair>)> = vec![(0, Vec::new()); cores];
    for part in &modules {
        let after = path_of(part);
        let before = folder.join(format!("{}.in", part.name));
        files::write(&before, &part.contents)?;
        // The largest first, each to whoever has least to do.
        if let Some((bytes, pairs)) = shares.iter_mut().min_by_key(|(bytes, _)| *bytes) {
            *bytes += part.contents.len();
            pairs.push((before, after));
        }
    }
    let lists =
        shares.into_iter().enumerate().map(|(at, (_, pairs))| (folder.join(format!("{at}.json")), pairs));
    in_parallel(lists.collect(), |(list, pairs): (PathBuf, Vec<Pair>)| shrink(&list, &pairs))?;
    for part in modules {
        let contents = files::read(&path_of(&part))?;
        parts.push(Part { contents, ..part });
    }
    Ok(Split { parts, ..split })
}

/// One module alone.
pub(super) fn one(before: &Path, after: &Path) -> Result<()> {
    shrink(&after.with_extension("json"), &[(before.to_owned(), after.to_owned())])
}

fn shrink(list: &Path, pairs: &[Pair]) -> Result<()> {
    let named = serde_json::to_vec(pairs).map_err(|error| Failure::says(error.to_string()))?;
    files::write(list, &named)?;
    // The script finds its package from where it runs.
    tools::quietly(
        Command::new("node")
            .args(["--input-type=module", "--eval", SCRIPT])
            .arg(list)
            .current_dir(project::e2e()),
    )
}
