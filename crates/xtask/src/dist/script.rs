//! Scripts as they travel, made short by npm's `terser`.

use std::{path::PathBuf, process::Command};

use super::{assets::BOOT, wasm::Part};
use crate::{
    failure::{Failure, Result},
    files, project, tools,
};

const SCRIPT: &str = include_str!("minify.mjs");

/// The scripts, each under its name. All are modules but the one that stands in the page.
pub(super) fn minified(scripts: Vec<Part>) -> Result<Vec<Part>> {
    let folder = project::target().join("portal/scripts");
    files::remove_folder(&folder)?;
    let mut list: Vec<(PathBuf, PathBuf, bool)> = Vec::new();
    for (at, part) in scripts.iter().enumerate() {
        let before = folder.join(format!("{at}.js"));
        files::write(&before, &part.contents)?;
        list.push((before, folder.join(format!("{at}.min.js")), part.name != BOOT));
    }
    let named = serde_json::to_vec(&list).map_err(|error| Failure::says(error.to_string()))?;
    let path = folder.join("list.json");
    files::write(&path, &named)?;
    // The script finds its package from where it runs.
    tools::quietly(
        Command::new("node")
            .args(["--input-type=module", "--eval", SCRIPT])
            .arg(&path)
            .current_dir(project::e2e()),
    )?;
    let minified = |(part, (_, after, _)): (Part, &(PathBuf, PathBuf, bool))| {
        files::read(after).map(|contents| Part { contents, ..part })
    };
    scripts.into_iter().zip(&list).map(minified).collect()
}
