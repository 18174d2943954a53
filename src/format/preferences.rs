//! What was chosen on this device: language, digits and theme. They act at once, and `boot.js` reads them before
//! the next visit's first paint.

use leptos::prelude::*;
use serde::Deserialize;
use words::Language;

use crate::json;

const STORED_AS: &str = "adad.preferences";

/// The shape of the digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
pub enum Digits {
    /// 0123456789.
    #[default]
    #[serde(rename = "latin")]
    Latin,
    /// ٠١٢٣٤٥٦٧٨٩.
    #[serde(rename = "arabic")]
    ArabicIndic,
}

/// The theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the device has it.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The choices, as a context that every component may read. Changing a signal changes the page and is kept.
#[derive(Clone, Copy, Debug)]
pub struct Preferences {
    /// The language.
    pub language: RwSignal<Language>,
    /// The digits.
    pub digits: RwSignal<Digits>,
    /// The theme.
    pub theme: RwSignal<Theme>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Stored {
    language: String,
    digits: Digits,
    theme: Theme,
}

impl Digits {
    /// `text` with its ASCII digits, and the marks between them, in this shape.
    pub fn write(self, text: &str) -> String {
        let arabic = |letter: char| match letter {
            '0'..='9' => char::from_u32(u32::from(letter) - 0x30 + 0x660).unwrap_or(letter),
            '.' => '\u{66b}',
            ',' => '\u{66c}',
            _ => letter,
        };
        match self {
            Self::Latin => text.to_owned(),
            Self::ArabicIndic => text.chars().map(arabic).collect(),
        }
    }
}

impl Preferences {
    /// Reads what was kept, gives it to all components below, and from now on keeps what changes.
    pub fn provide() -> Self {
        let stored = load();
        let preferences = Self {
            language: RwSignal::new(Language::of_code(&stored.language).unwrap_or_default()),
            digits: RwSignal::new(stored.digits),
            theme: RwSignal::new(stored.theme),
        };
        provide_context(preferences);
        Effect::new(move |_| preferences.apply());
        preferences
    }

    /// The choices of the page that is shown; the defaults where nobody provided them.
    pub fn current() -> Self {
        use_context().unwrap_or_else(|| Self {
            language: RwSignal::default(),
            digits: RwSignal::default(),
            theme: RwSignal::default(),
        })
    }

    fn apply(self) {
        let (language, digits, theme) = (self.language.get(), self.digits.get(), self.theme.get());
        if let Some(page) = document().document_element() {
            // A refusal here means that the page is gone, and nobody sees its attributes.
            let _ = page.set_attribute("lang", language.code());
            let _ = page.set_attribute("dir", language.direction());
            let _ = match theme {
                Theme::Auto => page.remove_attribute("data-theme"),
                Theme::Light => page.set_attribute("data-theme", "light"),
                Theme::Dark => page.set_attribute("data-theme", "dark"),
            };
        }
        if let Some(storage) = storage() {
            // Some webviews refuse storage; then the choice lasts as long as the page.
            let _ = storage.set_item(STORED_AS, &kept(language, digits, theme));
        }
    }
}

/// As `boot.js` reads it.
fn kept(language: Language, digits: Digits, theme: Theme) -> String {
    let digits = match digits {
        Digits::Latin => "latin",
        Digits::ArabicIndic => "arabic",
    };
    let theme = match theme {
        Theme::Auto => "auto",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    format!(r#"{{"language":"{}","digits":"{digits}","theme":"{theme}"}}"#, language.code())
}

fn load() -> Stored {
    let text = storage().and_then(|storage| storage.get_item(STORED_AS).ok().flatten());
    text.and_then(|text| json::read(&text).ok()).unwrap_or_default()
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_kept_as_boot_js_reads_them() {
        let text = kept(Language::English, Digits::ArabicIndic, Theme::Dark);
        assert_eq!(text, r#"{"language":"en","digits":"arabic","theme":"dark"}"#);
        for theme in [Theme::Auto, Theme::Light, Theme::Dark] {
            let stored: Stored = json::read(&kept(Language::Arabic, Digits::Latin, theme)).unwrap();
            assert_eq!((stored.language.as_str(), stored.digits, stored.theme), ("ar", Digits::Latin, theme));
        }
    }

    #[test]
    fn a_choice_that_is_missing_is_the_default() {
        let stored: Stored = json::read(r#"{"theme":"light"}"#).unwrap();
        assert_eq!((Language::of_code(&stored.language), stored.theme), (None, Theme::Light));
    }
}
