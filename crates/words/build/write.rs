//! Writes the functions. Each holds its own texts only, so a program carries the sentences that it says and no other.

use std::fmt::Write;

use crate::deck::{Deck, NUMBER, Pair, Sentence};
use crate::text::{Piece, Text};

/// All functions as Rust.
pub(crate) fn functions(deck: &Deck) -> String {
    let mut code = String::new();
    for (key, sentence) in &deck.sentences {
        // Writing into a String cannot fail.
        let _ = write_function(&mut code, key, sentence);
    }
    code
}

fn write_function(code: &mut String, key: &str, sentence: &Sentence) -> std::fmt::Result {
    let names = sentence.placeholders();
    let (shown, counted) = match sentence {
        Sentence::Plain(pair) => (pair, false),
        Sentence::Counted(pairs) => (&pairs[pairs.len() - 1], true),
    };
    writeln!(code, "#[doc = {:?}]\n#[doc = \"\"]", source(&shown.english))?;
    writeln!(code, "#[doc = {:?}]\n#[must_use]", source(&shown.arabic))?;

    let mut parameters = String::new();
    if counted {
        write!(parameters, ", {NUMBER}: &Count<'_>")?;
    }
    for name in &names {
        write!(parameters, ", {name}: &str")?;
    }
    match sentence {
        Sentence::Plain(pair) if names.is_empty() => {
            writeln!(code, "pub const fn {key}(language: Language) -> &'static str {{")?;
            writeln!(code, "    language.choose({})", texts(pair, &names))?;
        }
        Sentence::Plain(pair) => {
            writeln!(code, "pub fn {key}(language: Language{parameters}) -> String {{")?;
            writeln!(code, "    fill(language.choose({}), &[{}])", texts(pair, &names), names.join(", "))?;
        }
        Sentence::Counted(pairs) => {
            writeln!(code, "pub fn {key}(language: Language{parameters}) -> String {{")?;
            writeln!(code, "    const FORMS: [[&str; 2]; 6] = [")?;
            let marked: Vec<&str> = [NUMBER].iter().chain(&names).copied().collect();
            for pair in pairs {
                writeln!(code, "        [{}],", texts(pair, &marked))?;
            }
            let values: String = names.iter().map(|name| format!(", {name}")).collect();
            writeln!(code, "    ];\n    fill(n.choose(language, &FORMS), &[n.shown(){values}])")?;
        }
    }
    writeln!(code, "}}\n")
}

/// Arabic and English as two Rust strings, in which a placeholder is the character of its place among `names`.
fn texts(pair: &Pair, names: &[&str]) -> String {
    let text = |text: &Text| -> String { text.0.iter().map(|piece| marked(piece, names)).collect() };
    format!("{:?}, {:?}", text(&pair.arabic), text(&pair.english))
}

fn marked(piece: &Piece, names: &[&str]) -> String {
    match piece {
        Piece::Words(words) => words.clone(),
        Piece::Placeholder(name) => {
            let place = names.iter().position(|known| known == name).unwrap_or_default();
            // From 1: see `words::fill`. A deck has six placeholders and {n} at most.
            char::from(u8::try_from(place + 1).unwrap_or_default()).to_string()
        }
    }
}

/// The text as the deck has it.
fn source(text: &Text) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Placeholder(name) => format!("{{{name}}}"),
    };
    text.0.iter().map(piece).collect()
}
