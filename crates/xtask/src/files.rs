//! Files, with the path in every failure.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::failure::{Failure, Result};

/// Adds what was being done, and to which file, to an error of the file system.
pub(crate) trait Naming<T> {
    fn naming(self, action: &'static str, path: &Path) -> Result<T>;
}

impl<T> Naming<T> for io::Result<T> {
    fn naming(self, action: &'static str, path: &Path) -> Result<T> {
        self.map_err(|source| Failure::File { action, path: path.to_owned(), source })
    }
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).naming("read", path)
}

pub(crate) fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).naming("read", path)
}

/// Writes a file, making the folders above it.
pub(crate) fn write(path: &Path, contents: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    fs::write(path, contents).naming("write", path)
}

pub(crate) fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).naming("make the folder", path)
}

/// Removes a folder with all in it; that it is not there is fine.
pub(crate) fn remove_folder(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done.naming("remove", path),
    }
}

/// Removes a file, if it is there.
pub(crate) fn remove_file(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done.naming("remove", path),
    }
}

/// Puts the folder `new` where `old` is.
pub(crate) fn replace_folder(old: &Path, new: &Path) -> Result<()> {
    remove_folder(old)?;
    fs::rename(new, old).naming("put in its place", new)
}

/// Waits until no other program holds the lock of this file, and holds it until the answer is dropped.
pub(crate) fn lock(path: &Path) -> Result<fs::File> {
    write(path, b"")?;
    let file = fs::File::open(path).naming("open", path)?;
    if file.try_lock().is_err() {
        println!("Another build of the portal is under way; waiting for it ...");
        file.lock().naming("lock", path)?;
    }
    Ok(file)
}

/// Every file under `start` in the order of its path, or `start` itself when it is a file.
/// A `start` that is not there has no files.
pub(crate) fn walk(start: &Path) -> Result<Vec<PathBuf>> {
    if start.is_file() {
        return Ok(vec![start.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![start.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.exists() {
            continue;
        }
        for entry in fs::read_dir(&folder).naming("list", &folder)? {
            let path = entry.naming("list", &folder)?.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}
