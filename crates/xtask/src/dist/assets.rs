//! Names by content: `portal.css` becomes `portal-0123456789abcdef.css`, and who names it names it so. A file
//! whose name says what is in it can be kept by a browser for ever.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::{css::Sheets, page, stamp::hex, wasm::Part};
use crate::{
    failure::{Failure, Result},
    files, project,
};

const START: &str = include_str!("start.js");
const START_NAME: &str = "start.js";
/// The script that stands in the page itself.
pub(super) const BOOT: &str = "boot.js";
const HASH_DIGITS: usize = 16;

/// Files that browsers and crawlers ask for by a name of their own, so it must stay.
const KEEP_THEIR_NAMES: &[&str] = &["robots.txt", "favicon.ico", "service-worker.js"];

/// What each file was called, and what it is called now.
pub(super) struct Names(Vec<(String, String)>);

/// Writes all files of the portal under `out`, each after the files that it names, and gives their names. Its scripts
/// go through `minify` before.
pub(super) fn lay_out(
    out: &Path,
    parts: Vec<Part>,
    sheets: Sheets,
    minify: fn(Vec<Part>) -> Result<Vec<Part>>,
) -> Result<Names> {
    let mut public = public()?;
    let index = taken(&mut public, "index.html")?;
    let boot = taken(&mut public, BOOT)?;
    let (kept, public): (Vec<_>, Vec<_>) =
        public.into_iter().partition(|part| KEEP_THEIR_NAMES.contains(&part.name.as_str()));
    let (mut texts, binaries): (Vec<_>, Vec<_>) = public.into_iter().partition(is_text);
    let (mut scripts, modules): (Vec<_>, Vec<_>) = parts.into_iter().partition(is_text);
    scripts.extend([boot, Part { name: START_NAME.into(), contents: START.into() }]);
    scripts = minify(scripts)?;
    let boot = taken(&mut scripts, BOOT)?;
    let start = taken(&mut scripts, START_NAME)?;

    let mut names = Names(Vec::new());
    names.write_each(out, binaries)?;
    names.write_each(out, modules)?;
    names.write_together(out, scripts)?;
    names.write_each(out, vec![start])?;
    texts.push(sheets.pages);
    names.write_together(out, texts)?;
    for part in kept {
        files::write(&out.join(&part.name), &part.contents)?;
    }
    let within = page::Within { sheet: &text_of(&sheets.portal), boot: &text_of(&boot) };
    let page = page::filled(&text_of(&index), &names, &within)?;
    files::write(&out.join("index.html"), page.as_bytes())?;
    Ok(names)
}

fn public() -> Result<Vec<Part>> {
    let folder = project::root().join("public");
    let named = |path: std::path::PathBuf| {
        let name = path.strip_prefix(&folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        files::read(&path).map(|contents| Part { name, contents })
    };
    files::walk(&folder)?.into_iter().map(named).collect()
}

/// One of the files that the page is made of.
fn taken(parts: &mut Vec<Part>, name: &str) -> Result<Part> {
    let at = parts.iter().position(|part| part.name == name);
    at.map(|at| parts.swap_remove(at))
        .ok_or_else(|| Failure::says(format!("{name} is missing: the portal starts with it")))
}

fn text_of(part: &Part) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(&part.contents)
}

/// Whether a file can name others.
fn is_text(part: &Part) -> bool {
    [".js", ".css", ".svg", ".json", ".webmanifest", ".txt"].iter().any(|end| part.name.ends_with(end))
}

impl Names {
    /// The present name of a file.
    pub(super) fn of(&self, name: &str) -> Result<&str> {
        self.0.iter().find(|(was, _)| was == name).map(|(_, now)| now.as_str()).ok_or_else(|| {
            Failure::says(format!("`{name}` is asked for, but no file of the portal is called so"))
        })
    }

    /// Every name that has changed: before, after.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(was, now)| (was.as_str(), now.as_str()))
    }

    fn write_each(&mut self, out: &Path, parts: Vec<Part>) -> Result<()> {
        parts.into_iter().try_for_each(|part| self.write_together(out, vec![part]))
    }

    /// Writes files that may name each other in a circle: one hash over all of them stands for each.
    fn write_together(&mut self, out: &Path, mut parts: Vec<Part>) -> Result<()> {
        parts.sort_by(|one, other| one.name.cmp(&other.name));
        let mut hash = Sha256::new();
        for part in &mut parts {
            if is_text(part) {
                let text = self.in_text(&text_of(part));
                part.contents = text.into_bytes();
            }
            hash.update(&part.contents);
        }
        let hash = &hex(&hash.finalize())[..HASH_DIGITS];
        let group = Self(parts.iter().map(|part| (part.name.clone(), with_hash(&part.name, hash))).collect());
        for (part, (_, name)) in parts.iter().zip(&group.0) {
            let contents = match is_text(part) {
                true => group.in_text(&text_of(part)).into_bytes(),
                false => part.contents.clone(),
            };
            files::write(&out.join(name), &contents)?;
        }
        self.0.extend(group.0);
        Ok(())
    }

    /// The text with every reference to a renamed file following its name. A reference is the name in quotes
    /// or brackets, after `/`, `./` or nothing. A key (`"./parts.js": imported`) is none: the WebAssembly knows
    /// it by that name.
    pub(super) fn in_text(&self, text: &str) -> String {
        let renamed = |text: String, (was, now): &(String, String)| {
            let mut pieces = text.split(was.as_str());
            let mut renamed = pieces.next().unwrap_or_default().to_owned();
            for piece in pieces {
                renamed.push_str(if is_reference(&renamed, piece) { now } else { was });
                renamed.push_str(piece);
            }
            renamed
        };
        self.0.iter().fold(text.to_owned(), renamed)
    }
}

fn is_reference(before: &str, after: &str) -> bool {
    let before = before.strip_suffix('/').map_or(before, |before| before.strip_suffix('.').unwrap_or(before));
    let opens = before.ends_with(['"', '\'', '`', '(']);
    let closes = after.starts_with(['"', '\'', '`', ')']);
    let is_key = after.get(1..).is_some_and(|rest| rest.trim_start().starts_with(':'));
    opens && closes && !is_key
}

fn with_hash(name: &str, hash: &str) -> String {
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    let (stem, end) = file.split_once('.').unwrap_or((file, ""));
    let separator = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{separator}{stem}-{hash}.{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_carries_the_hash_before_its_first_dot() {
        for (name, renamed) in
            [("portal.css", "portal-00ff.css"), ("fonts/a.b.woff2", "fonts/a-00ff.b.woff2")]
        {
            assert_eq!(with_hash(name, "00ff"), renamed);
        }
    }

    #[test]
    fn texts_name_each_other_in_any_order() {
        let out = project::target().join("tmp/texts-name-each-other");
        let text = |name: &str, contents: &str| Part { name: name.into(), contents: contents.into() };
        for (first, second) in [("a.webmanifest", "b.svg"), ("b.webmanifest", "a.svg")] {
            let mut names = Names(Vec::new());
            let icon = format!(r#"{{"src": "/{second}"}}"#);
            names.write_together(&out, vec![text(first, &icon), text(second, "<svg/>")]).unwrap();
            let written = files::read(&out.join(names.of(first).unwrap())).unwrap();
            let named = format!(r#"{{"src": "/{}"}}"#, names.of(second).unwrap());
            assert_eq!(String::from_utf8_lossy(&written), named);
        }
    }

    #[test]
    fn only_whole_references_follow_a_name() {
        let names = Names(vec![("a.js".into(), "a-1.js".into()), ("f/b.woff2".into(), "f/b-2.woff2".into())]);
        for (before, after) in [
            (r#"from "./a.js""#, r#"from "./a-1.js""#),
            ("import('/a.js')", "import('/a-1.js')"),
            ("url(/f/b.woff2)", "url(/f/b-2.woff2)"),
            (r#""ba.js""#, r#""ba.js""#),
            (r#"{ "./a.js": imported }"#, r#"{ "./a.js": imported }"#),
            ("// a.js", "// a.js"),
        ] {
            assert_eq!(names.in_text(before), after);
        }
    }
}
