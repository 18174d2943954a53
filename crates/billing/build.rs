//! Reads and checks the rulebooks, and embeds them as Rust: no parser and no text of them reaches the browser.

#[path = "build/emit.rs"]
mod emit;
#[path = "build/shape.rs"]
mod shape;
#[path = "build/tables.rs"]
mod tables;

use std::path::{Path, PathBuf};
use std::{env, fs};

use shape::{Rulebook, Sources};

fn main() {
    println!("cargo::rerun-if-changed=rulebooks");
    println!("cargo::rerun-if-changed=build");
    if let Err(problem) = embed() {
        eprintln!("rulebooks: {problem}");
        std::process::exit(1);
    }
}

fn embed() -> Result<(), String> {
    let mut code = String::new();
    let mut sources = Sources::default();
    let mut books = Vec::new();
    for country in ["common", "kw", "sa"] {
        for path in files(&Path::new("rulebooks").join(country))? {
            let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            let name = path.display().to_string();
            if path.ends_with("sources.toml") {
                let found: Sources = toml::from_str(&text).map_err(|e| format!("{name}: {e}"))?;
                sources.instrument.extend(found.instrument);
                sources.debt_instrument.extend(found.debt_instrument);
            } else {
                let book: Rulebook = toml::from_str(&text).map_err(|e| format!("{name}: {e}"))?;
                books.push((country, name, book));
            }
        }
    }
    for (country, name, book) in &books {
        book.check(country, &sources).map_err(|e| format!("{name}: {e}"))?;
    }
    let books: Vec<_> = books.iter().map(|(country, _, book)| (*country, book)).collect();
    emit::instruments(&mut code, &sources);
    emit::schedules(&mut code, &books)?;
    emit::taxes(&mut code, &books)?;
    emit::terms(&mut code, &books)?;
    let tables: Vec<_> = books.iter().filter_map(|(_, book)| book.debt.as_ref()).collect();
    tables::emit(&mut code, &tables)?;
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|e| e.to_string())?).join("rulebook.rs");
    fs::write(out, code).map_err(|e| e.to_string())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    Ok(files)
}
