//! `index.html` speaks before any WebAssembly arrives, so its words stand there as text: the same as in the deck.

use words::Language;

/// The page without tags, with single spaces.
fn page_text() -> String {
    let page = std::fs::read_to_string("../../public/index.html").expect("the page is there");
    let mut text = String::new();
    let mut inside_tag = false;
    for c in page.chars() {
        match c {
            '<' => inside_tag = true,
            '>' => inside_tag = false,
            c if !inside_tag => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_first_page_says_what_the_deck_says() {
    let page = page_text();
    for language in Language::ALL {
        let bare = |text: String| text.replace(['\u{2068}', '\u{2069}'], "");
        for text in [
            words::brand_name(language).to_owned(),
            words::nav_overview(language).to_owned(),
            words::nav_consumption(language).to_owned(),
            words::nav_bills(language).to_owned(),
            words::nav_more(language).to_owned(),
            words::state_loading(language).to_owned(),
            words::overview_due_title(language).to_owned(),
            words::state_error_title(language).to_owned(),
            bare(words::state_error_body(language, "153")),
            words::action_retry(language).to_owned(),
            words::nowasm_title(language).to_owned(),
            words::nowasm_body(language).to_owned(),
            bare(words::nowasm_call(language, "153")),
            words::nowasm_call_help(language).to_owned(),
            words::nowasm_pay(language).to_owned(),
            bare(words::nowasm_pay_help(language, "153")),
            words::nowasm_how(language).to_owned(),
            bare(words::noscript_body(language, "153")),
        ] {
            assert!(page.contains(&text), "index.html lacks: {text}");
        }
    }
}
