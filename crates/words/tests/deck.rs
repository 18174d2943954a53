//! The generator's own checks, tried on bad decks: what must not reach a reader stops the build.

#[path = "../build/deck.rs"]
mod deck;
#[path = "../build/form.rs"]
mod form;
#[path = "../build/text.rs"]
mod text;
#[path = "../build/write.rs"]
mod write;

use deck::Deck;

const COUNTED: &str = r#"
[count_days]
zero = { ar = "أقل من يوم", en = "less than a day" }
one = { ar = "يوم واحد", en = "1 day" }
two = { ar = "يومان", en = "2 days" }
few = { ar = "{n} أيام", en = "{n} days" }
many = { ar = "{n} يومًا", en = "{n} days" }
other = { ar = "{n} يوم", en = "{n} days" }
"#;

fn read(toml: &str) -> Result<Deck, String> {
    let mut deck = Deck::default();
    deck.read("sentences/some.toml", toml).map(|()| deck)
}

#[test]
fn a_good_deck_becomes_functions() {
    let mut deck = read(COUNTED).unwrap();
    deck.read("more.toml", "[due]\nar = \"بين {low} و{high}\"\nen = \"{high} down to {low}\"").unwrap();
    let code = write::functions(&deck);
    for piece in [
        "pub fn count_days(language: Language, n: &Count<'_>) -> String {",
        "[\"\\u{1} أيام\", \"\\u{1} days\"],",
        // English sets the order of the arguments, each language that of the text.
        "pub fn due(language: Language, high: &str, low: &str) -> String {",
        "fill(language.choose(\"بين \\u{2} و\\u{1}\", \"\\u{1} down to \\u{2}\"), &[high, low])",
        "#[doc = \"{high} down to {low}\"]",
    ] {
        assert!(code.contains(piece), "{piece} is not in\n{code}");
    }
    let plain = write::functions(&read("[x]\nar = \"نعم\"\nen = \"Yes\"").unwrap());
    assert!(plain.contains("pub const fn x(language: Language) -> &'static str {"), "{plain}");
}

#[test]
fn a_bad_sentence_stops_the_build_and_is_named() {
    for (toml, what) in [
        ("[x]\nar = \"نعم\"", "`x`: `en` is missing"),
        ("[x]\nen = \"Yes\"", "`x`: `ar` is missing"),
        ("[x]\nar = \"نعم\"\nen = \"\"", "`x`: `en`: the text is empty"),
        ("[x]\nar = \"نعم\"\nen = \"Yes \"", "spaces at an end"),
        ("[x]\nar = \"نعم\"\nen = \"Yes\"\nfr = \"Oui\"", "`fr` is neither"),
        ("[x]\nar = \"نعم\"\nen = 1", "`en` is no text"),
        ("x = \"Yes\"", "a sentence is a table"),
        ("[X]\nar = \"نعم\"\nen = \"Yes\"", "`X`: a key is made of"),
        ("[x]\nar = \"حتى {date}\"\nen = \"until {day}\"", "the placeholders differ"),
        ("[x]\nar = \"حتى {date}\"\nen = \"until {date} and {date}\"", "the placeholders differ"),
        ("[x]\nar = \"حتى {date\"\nen = \"until {date}\"", "a { without its }"),
        ("[x]\nar = \"حتى date}\"\nen = \"until {date}\"", "a } without its {"),
        ("[x]\nar = \"حتى {}\"\nen = \"until {}\"", "{} is no name"),
        ("[x]\nar = \"حتى {Date}\"\nen = \"until {Date}\"", "{Date} is no name"),
        ("[x]\nar = \"\\u2068نعم\"\nen = \"Yes\"", "invisible character"),
        ("[x]\nar = \"نعم\"\nen = \"Yes\\u0001\"", "invisible character"),
        (
            "[x]\nar = \"{a} {b} {c} {d} {e} {f} {g}\"\nen = \"{a} {b} {c} {d} {e} {f} {g}\"",
            "7 placeholders, where 6 are the most",
        ),
        ("not toml", "sentences/some.toml: "),
    ] {
        let error = read(toml).unwrap_err();
        assert!(error.contains(what), "{toml}\ngave {error}");
        assert!(error.starts_with("sentences/some.toml: "), "{error}");
    }
}

#[test]
fn a_counted_sentence_has_six_forms() {
    for (from, to, what) in [
        ("two = { ar = \"يومان\", en = \"2 days\" }\n", "", "`count_days`: the form `two` is missing"),
        ("two =", "three =", "`three` is none of the six forms"),
        ("{ ar = \"يومان\", en = \"2 days\" }", "{ ar = \"يومان\" }", "form `two`: `en` is missing"),
        ("{ ar = \"يومان\", en = \"2 days\" }", "\"يومان\"", "the form `two` is no table"),
        (
            "ar = \"{n} يومًا\", en = \"{n} days\"",
            "ar = \"يومًا\", en = \"days\"",
            "form `many`: {n} is missing",
        ),
        ("{n} يومًا", "يومًا", "form `many`: the placeholders differ"),
    ] {
        let bad = COUNTED.replacen(from, to, 1);
        assert_ne!(bad, COUNTED);
        let error = read(&bad).unwrap_err();
        assert!(error.contains(what), "{what}: {error}");
    }
}

#[test]
fn a_key_stands_once_in_the_whole_deck() {
    let mut deck = read(COUNTED).unwrap();
    let error = deck.read("sentences/other.toml", COUNTED).unwrap_err();
    assert_eq!(error, "sentences/other.toml: `count_days`: this key is in another file too");
    assert!(read(&format!("{COUNTED}{COUNTED}")).is_err());
}

#[test]
fn arabic_and_english_keep_their_form() {
    for (arabic, english, what) in [
        ("نعم, لا", "Yes", "Latin `,` in Arabic"),
        ("نعم; لا", "Yes", "Latin `;` in Arabic"),
        ("نعم?", "Yes", "Latin `?` in Arabic"),
        ("CSV ملف", "CSV file", "does not begin with a Latin letter"),
        ("يوماً", "day", "tanween"),
        ("لل{name}", "for {name}", "touches a placeholder"),
        ("{name}ها", "{name}", "touches a placeholder"),
        ("{a}{b}", "{a}{b}", "two placeholders touch"),
        ("نعم!", "Yes", "an exclamation mark"),
        ("نعم", "Yes!", "an exclamation mark"),
        ("لا", "We don't", "the contraction `n't`"),
    ] {
        let error = read(&format!("[x]\nar = \"{arabic}\"\nen = \"{english}\"")).unwrap_err();
        assert!(error.contains(what), "{arabic}: {error}");
    }
    for (arabic, english) in [
        ("ملف بصيغة CSV، و{name}؟", "CSV file, and {name}?"),
        ("المبلغ: {name}", "Amount: {name}"),
        ("«{name}» هنا", "“{name}” here"),
    ] {
        assert!(read(&format!("[x]\nar = \"{arabic}\"\nen = \"{english}\"")).is_ok(), "{arabic}");
    }
}

#[test]
fn the_deck_of_this_crate_passes() {
    let mut deck = Deck::default();
    for entry in std::fs::read_dir("sentences").unwrap() {
        let file = entry.unwrap().path();
        deck.read(&file.display().to_string(), &std::fs::read_to_string(&file).unwrap()).unwrap();
    }
    assert!(deck.sentences.len() > 300, "{}", deck.sentences.len());
}
