//! The two languages.

/// A language that the portal speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// First, and where nothing was chosen.
    #[default]
    Arabic,
    /// Its equal.
    English,
}

impl Language {
    /// Both, Arabic first.
    pub const ALL: [Self; 2] = [Self::Arabic, Self::English];

    /// As `lang` and as preferences hold it: `ar`, `en`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.choose("ar", "en")
    }

    /// The language of this code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// As `dir` holds it: `rtl`, `ltr`.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        self.choose("rtl", "ltr")
    }

    /// The name that its own readers know it by.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        self.choose("العربية", "English")
    }

    /// The one that the switch leads to.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Arabic => Self::English,
            Self::English => Self::Arabic,
        }
    }

    /// The text of this language.
    #[must_use]
    pub const fn choose<'a>(self, arabic: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Arabic => arabic,
            Self::English => english,
        }
    }
}
