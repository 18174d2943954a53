//! Turns `sentences/*.toml` into one typed function a sentence, or stops the build saying which file and key is wrong.

#[path = "build/deck.rs"]
mod deck;
#[path = "build/form.rs"]
mod form;
#[path = "build/text.rs"]
mod text;
#[path = "build/write.rs"]
mod write;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use deck::Deck;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new("sentences");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|file| file.path())).collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    files.sort();

    let mut deck = Deck::default();
    for file in &files {
        deck.read(&file.display().to_string(), &fs::read_to_string(file)?)?;
    }
    let out = PathBuf::from(env::var("OUT_DIR")?).join("sentences.rs");
    fs::write(out, write::functions(&deck))?;
    Ok(())
}
