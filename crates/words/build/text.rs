//! One text: its pieces, and the rules of good form that a machine can check.

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Shown as it stands.
    Words(String),
    /// Replaced by an argument of this name.
    Placeholder(String),
}

/// A text with its placeholders found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text(pub(crate) Vec<Piece>);

impl Text {
    /// Reads `Pay by {date}`.
    ///
    /// # Errors
    /// What is wrong with the text, as the end of a sentence.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text.trim() != text || text.is_empty() {
            return Err("the text is empty or has spaces at an end".to_owned());
        }
        // Marks of direction are put around placeholders by the crate alone; control characters mark them.
        if let Some(c) = text.chars().find(|c| c.is_control() || ('\u{2066}'..='\u{2069}').contains(c)) {
            return Err(format!("the invisible character {c:?} has no place here"));
        }
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or("a { without its }")?;
            if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
                return Err(format!("{{{name}}} is no name for a placeholder"));
            }
            push_words(&mut pieces, before)?;
            pieces.push(Piece::Placeholder(name.to_owned()));
            rest = after;
        }
        push_words(&mut pieces, rest)?;
        Ok(Self(pieces))
    }

    /// The names of its placeholders in order.
    pub(crate) fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Placeholder(name) => Some(name.as_str()),
            Piece::Words(_) => None,
        })
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Words(words) => Some(words.as_str()),
            Piece::Placeholder(_) => None,
        })
    }
}

fn push_words(pieces: &mut Vec<Piece>, words: &str) -> Result<(), String> {
    if words.contains('}') {
        return Err("a } without its {".to_owned());
    }
    if !words.is_empty() {
        pieces.push(Piece::Words(words.to_owned()));
    }
    Ok(())
}

/// Arabic punctuation, a first letter that sets the direction, tanween before its alif, nothing glued to a figure.
///
/// # Errors
/// Which of these is not so.
pub(crate) fn check_arabic(text: &Text) -> Result<(), String> {
    for words in text.words() {
        if let Some(latin) = words.chars().find(|c| [',', ';', '?'].contains(c)) {
            return Err(format!("Latin `{latin}` in Arabic"));
        }
        if words.contains("اً") {
            return Err("tanween stands before its alif: ًا".to_owned());
        }
    }
    let begins_latin = |words: &str| words.starts_with(|c: char| c.is_ascii_alphabetic());
    if matches!(text.0.first(), Some(Piece::Words(words)) if begins_latin(words)) {
        return Err("an Arabic text does not begin with a Latin letter".to_owned());
    }
    for pair in text.0.windows(2) {
        let touching = match pair {
            [Piece::Words(before), Piece::Placeholder(_)] => before.chars().next_back().filter(|c| *c != 'و'),
            [Piece::Placeholder(_), Piece::Words(after)] => after.chars().next(),
            _ => return Err("two placeholders touch".to_owned()),
        };
        if touching.is_some_and(char::is_alphabetic) {
            return Err("a letter other than و touches a placeholder".to_owned());
        }
    }
    check_plain(text)
}

/// Plain English: no contractions.
///
/// # Errors
/// What is not so.
pub(crate) fn check_english(text: &Text) -> Result<(), String> {
    let contracted = ["n't", "'re", "'ll", "'ve", "'m "];
    if let Some(found) = text.words().find_map(|words| contracted.iter().find(|c| words.contains(**c))) {
        return Err(format!("the contraction `{found}`"));
    }
    check_plain(text)
}

fn check_plain(text: &Text) -> Result<(), String> {
    match text.words().any(|words| words.contains('!')) {
        true => Err("an exclamation mark".to_owned()),
        false => Ok(()),
    }
}
