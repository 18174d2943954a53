//! A deck of sentences: read from TOML and checked, so that no sentence reaches a reader in half.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::form;
use crate::text::{Text, check_arabic, check_english};

/// The most placeholders of a sentence: each is an argument of its function.
const MOST_PLACEHOLDERS: usize = 6;
/// The placeholder that a counted sentence is counted by.
pub(crate) const NUMBER: &str = "n";

/// A text in both languages.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) arabic: Text,
    pub(crate) english: Text,
}

/// What a key stands for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Sentence {
    /// One text.
    Plain(Pair),
    /// Six, in the order of [`form::NAMES`].
    Counted(Vec<Pair>),
}

impl Sentence {
    /// Its placeholders but `{n}`, in the order in which English has them.
    pub(crate) fn placeholders(&self) -> Vec<&str> {
        let pairs = match self {
            Self::Plain(pair) => std::slice::from_ref(pair),
            Self::Counted(pairs) => pairs,
        };
        let mut names: Vec<&str> = Vec::new();
        for name in pairs.iter().flat_map(|pair| pair.english.placeholders()) {
            let counted = matches!(self, Self::Counted(_)) && name == NUMBER;
            if !counted && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// All sentences by key.
#[derive(Debug, Default)]
pub(crate) struct Deck {
    pub(crate) sentences: BTreeMap<String, Sentence>,
}

impl Deck {
    /// Adds the sentences of one file.
    ///
    /// # Errors
    /// A sentence naming the file, the key and what is wrong.
    pub(crate) fn read(&mut self, file: &str, toml: &str) -> Result<(), String> {
        let table: Table = toml.parse().map_err(|error| format!("{file}: {error}"))?;
        for (key, value) in table {
            let wrong = |what: String| format!("{file}: `{key}`: {what}");
            let sentence = read_sentence(&key, &value).map_err(wrong)?;
            if self.sentences.insert(key.clone(), sentence).is_some() {
                return Err(wrong("this key is in another file too".to_owned()));
            }
        }
        Ok(())
    }
}

fn read_sentence(key: &str, value: &Value) -> Result<Sentence, String> {
    let plain = key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !plain || !key.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Err("a key is made of a-z, 0-9 and _ and begins with a letter".to_owned());
    }
    let table = value.as_table().ok_or("a sentence is a table with `ar` and `en`, or of the six forms")?;
    let counted = table.keys().any(|name| form::NAMES.contains(&name.as_str()));
    let sentence = if counted { read_counted(table)? } else { Sentence::Plain(read_pair(table)?) };
    match sentence.placeholders().len() {
        0..=MOST_PLACEHOLDERS => Ok(sentence),
        more => Err(format!("{more} placeholders, where {MOST_PLACEHOLDERS} are the most")),
    }
}

fn read_counted(table: &Table) -> Result<Sentence, String> {
    if let Some(name) = table.keys().find(|name| !form::NAMES.contains(&name.as_str())) {
        return Err(format!("`{name}` is none of the six forms"));
    }
    let pairs = form::NAMES.iter().map(|name| {
        let form = table.get(*name).ok_or(format!("the form `{name}` is missing"))?;
        let form = form.as_table().ok_or(format!("the form `{name}` is no table with `ar` and `en`"))?;
        let pair = read_pair(form).map_err(|what| format!("form `{name}`: {what}"))?;
        let numbered = [&pair.arabic, &pair.english].map(|text| text.placeholders().any(|p| p == NUMBER));
        if form::NUMBERED.contains(name) && numbered != [true, true] {
            return Err(format!("form `{name}`: {{{NUMBER}}} is missing"));
        }
        Ok(pair)
    });
    Ok(Sentence::Counted(pairs.collect::<Result<_, String>>()?))
}

fn read_pair(table: &Table) -> Result<Pair, String> {
    if let Some(name) = table.keys().find(|name| !["ar", "en"].contains(&name.as_str())) {
        return Err(format!("`{name}` is neither `ar` nor `en`"));
    }
    let text = |language: &str| {
        let value = table.get(language).ok_or(format!("`{language}` is missing"))?;
        let text = value.as_str().ok_or(format!("`{language}` is no text"))?;
        Text::parse(text).map_err(|what| format!("`{language}`: {what}"))
    };
    let pair = Pair { arabic: text("ar")?, english: text("en")? };
    check_arabic(&pair.arabic).map_err(|what| format!("`ar`: {what}"))?;
    check_english(&pair.english).map_err(|what| format!("`en`: {what}"))?;
    let names = |text: &Text| {
        let mut names: Vec<String> = text.placeholders().map(str::to_owned).collect();
        names.sort_unstable();
        names
    };
    let (arabic, english) = (names(&pair.arabic), names(&pair.english));
    if arabic != english {
        return Err(format!("the placeholders differ: Arabic has {arabic:?}, English {english:?}"));
    }
    Ok(pair)
}
