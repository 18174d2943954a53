//! Named values as KNET writes them, `key=value` joined by `&`.

use crate::secrets::bytes;

/// Named values in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Adds a value.
    pub fn add(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// The first value of that name; empty if there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> String {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// As one text. Values are not percent-encoded: addresses must stay as they are.
    #[must_use]
    pub fn plain(&self) -> String {
        self.0.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }

    /// Reads a text in which `+` stands for a space.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        Self(pairs.map(|(name, value)| (name.to_owned(), value.replace('+', " "))).collect())
    }

    /// Reads an HTML form or query, where values are percent-encoded.
    #[must_use]
    pub fn parse_form(text: &str) -> Self {
        let Self(pairs) = Self::parse(text);
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (percent_decoded(&name), percent_decoded(&value)))
                .collect(),
        )
    }
}

/// The encrypted part of a notification, in each of the three shapes in which it comes: digits alone, `trandata=` and
/// digits, or that among other values.
#[must_use]
pub fn encrypted_part(body: &[u8]) -> Option<String> {
    let text = str::from_utf8(body).ok()?.trim();
    let named = Fields::parse_form(text).get("trandata");
    let digits = if named.is_empty() { text } else { named.trim() };
    (!digits.is_empty() && bytes(digits).is_some()).then(|| digits.to_owned())
}

fn percent_decoded(text: &str) -> String {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, more @ ..] = rest {
        let code = more.get(..2).filter(|_| *first == b'%').and_then(|two| str::from_utf8(two).ok());
        match code.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                plain.push(byte);
                rest = &more[2..];
            }
            None => {
                plain.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_shapes_hold_the_same_digits() {
        for (body, digits) in [
            ("8D53c9", Some("8D53c9")),
            ("8d53c9\r\n", Some("8d53c9")),
            ("trandata=8d53c9", Some("8d53c9")),
            ("paymentid=100&trandata=8d53c9&Error=", Some("8d53c9")),
            ("paymentid=100", None),
            ("trandata=", None),
            ("trandata=8d5", None),
            ("", None),
        ] {
            assert_eq!(encrypted_part(body.as_bytes()).as_deref(), digits, "{body}");
        }
        assert_eq!(encrypted_part(b"\xff\xfe"), None);
    }

    #[test]
    fn a_plus_is_a_space_and_a_percent_a_byte() {
        let fields = Fields::parse("result=NOT+CAPTURED&trackid=A1&udf1=");
        assert_eq!((fields.get("result").as_str(), fields.get("udf1").as_str()), ("NOT CAPTURED", ""));
        assert_eq!(Fields::parse_form("a=x%20y%2Fz%&b=%D9%83").get("a"), "x y/z%");
        assert_eq!(Fields::parse_form("a=x%20y%2Fz%&b=%D9%83").get("b"), "ك");
    }
}
