//! Reads the wire's JSON. `serde_json` would add a tenth to the first visit for what replies do not need: floats,
//! structs written as arrays, and errors with lines and columns. A reply that is not of this shape is of another
//! version, and that is all a page has to know.

mod string;

use std::borrow::Cow;
use std::fmt;

use serde::de::value::CowStrDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    Visitor,
};
use serde::forward_to_deserialize_any;

/// The text is not the JSON of this type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

type Result<T> = std::result::Result<T, Unreadable>;

/// Reads a value that takes the whole text.
///
/// # Errors
/// [`Unreadable`].
pub fn read<'de, T: de::Deserialize<'de>>(text: &'de str) -> Result<T> {
    let mut reader = Reader { text, at: 0 };
    let value = T::deserialize(&mut reader)?;
    reader.skip_space();
    if reader.at == text.len() { Ok(value) } else { Err(Unreadable) }
}

struct Reader<'de> {
    text: &'de str,
    at: usize,
}

impl<'de> Reader<'de> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// The next byte that is no white space, left where it is.
    fn next_mark(&mut self) -> Result<u8> {
        self.skip_space();
        self.peek().ok_or(Unreadable)
    }

    /// Steps over `mark`, if it is the next.
    fn takes(&mut self, mark: u8) -> Result<bool> {
        let is_next = self.next_mark()? == mark;
        self.at += usize::from(is_next);
        Ok(is_next)
    }

    fn expect(&mut self, mark: u8) -> Result<()> {
        if self.takes(mark)? { Ok(()) } else { Err(Unreadable) }
    }

    fn word(&mut self, word: &str) -> Result<()> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word) {
            return Err(Unreadable);
        }
        self.at += word.len();
        Ok(())
    }

    /// A whole number: the wire has no other.
    fn number(&mut self) -> Result<&'de str> {
        let start = self.at;
        while matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            self.at += 1;
        }
        self.text.get(start..self.at).ok_or(Unreadable)
    }

    /// Steps over a value that nobody asks for.
    fn skip(&mut self) -> Result<()> {
        match self.next_mark()? {
            b'"' => self.string().map(drop),
            b'{' => self.skip_all(b'{', b'}'),
            b'[' => self.skip_all(b'[', b']'),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => {
                let start = self.at;
                while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
                    self.at += 1;
                }
                if self.at > start { Ok(()) } else { Err(Unreadable) }
            }
        }
    }

    fn skip_all(&mut self, open: u8, close: u8) -> Result<()> {
        self.expect(open)?;
        let mut first = true;
        while !self.takes(close)? {
            if !first {
                self.expect(b',')?;
            }
            first = false;
            if open == b'{' {
                self.skip()?;
                self.expect(b':')?;
            }
            self.skip()?;
        }
        Ok(())
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.next_mark()? {
            b'"' => match self.string()? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            b'{' => {
                self.at += 1;
                visitor.visit_map(Items { reader: self, first: true, close: b'}' })
            }
            b'[' => {
                self.at += 1;
                visitor.visit_seq(Items { reader: self, first: true, close: b']' })
            }
            b't' => self.word("true").and_then(|()| visitor.visit_bool(true)),
            b'f' => self.word("false").and_then(|()| visitor.visit_bool(false)),
            b'n' => self.word("null").and_then(|()| visitor.visit_unit()),
            b'-' => visitor.visit_i64(self.number()?.parse().map_err(|_| Unreadable)?),
            _ => visitor.visit_u64(self.number()?.parse().map_err(|_| Unreadable)?),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.next_mark()? {
            b'n' => self.word("null").and_then(|()| visitor.visit_none()),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let name: CowStrDeserializer<'_, Unreadable> = self.string()?.into_deserializer();
        visitor.visit_enum(name)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.expect(b'{')?;
        visitor.visit_map(Items { reader: self, first: true, close: b'}' })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map identifier
    }
}

/// What stands between two braces or brackets.
struct Items<'a, 'de> {
    reader: &'a mut Reader<'de>,
    first: bool,
    close: u8,
}

impl Items<'_, '_> {
    /// Whether there is another, with its comma stepped over.
    fn more(&mut self) -> Result<bool> {
        if self.reader.takes(self.close)? {
            return Ok(false);
        }
        if !std::mem::take(&mut self.first) {
            self.reader.expect(b',')?;
        }
        Ok(true)
    }
}

impl<'de> MapAccess<'de> for Items<'_, 'de> {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        if self.more()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        self.reader.expect(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if self.more()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the JSON of this version")
    }
}

impl std::error::Error for Unreadable {}

/// Whatever is wrong, it is not told in words: none of serde's sentences travel.
impl de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        OneTwo,
        Three,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Thing {
        name: String,
        count: i64,
        kind: Kind,
        parts: Vec<Option<u32>>,
        #[serde(default)]
        note: Option<String>,
    }

    #[test]
    fn a_reply_is_read_and_what_nobody_knows_is_skipped() {
        let text = r#" {"unknown": {"a": [1.5e3, "\"", {}], "b": null}, "name": "\u0634\ud83d\ude00\n\/", "count": -7,
            "kind": "one-two", "parts": [1, null, 3], "more": [] } "#;
        let parts = vec![Some(1), None, Some(3)];
        let thing = Thing { name: "ش😀\n/".into(), count: -7, kind: Kind::OneTwo, parts, note: None };
        assert_eq!(read::<Thing>(text), Ok(thing));
    }

    #[test]
    fn it_reads_what_serde_json_writes() {
        let texts = ["", "plain", "\"quoted\" \\ /", "سطر\nآخر\t\u{1}\u{7f}\u{2068}", "😀"];
        for text in texts {
            assert_eq!(read::<String>(&serde_json::to_string(text).unwrap()).as_deref(), Ok(text));
        }
        let map: BTreeMap<&str, Vec<bool>> = [("a", vec![true, false]), ("b", vec![])].into();
        let written = serde_json::to_string_pretty(&map).unwrap();
        assert_eq!(read::<BTreeMap<String, Vec<bool>>>(&written).unwrap().len(), 2);
        assert_eq!(read::<()>("null"), Ok(()));
        assert_eq!(read::<u64>("18446744073709551615"), Ok(u64::MAX));
    }

    #[test]
    fn what_is_broken_is_refused() {
        for text in [
            "",
            "{",
            "{}",
            "[",
            "\"",
            "nul",
            "{\"name\":}",
            "{\"name\" \"a\"}",
            "{'name':1}",
            "<html>",
            "\u{feff}{}",
            r#"{"name":"a","count":1,"kind":"three","parts":[]} x"#,
            r#"{"name":"a","count":1,"kind":"three","parts":[1,]}"#,
            r#"{"name":"a","count":1,"kind":"four","parts":[]}"#,
            r#"{"name":"a","count":1.5,"kind":"three","parts":[]}"#,
            r#"{"name":"a","count":"1","kind":"three","parts":[]}"#,
            r#"["a",1,"three",[],null]"#,
        ] {
            assert_eq!(read::<Thing>(text), Err(Unreadable), "{text}");
        }
        for text in [r#""\x""#, r#""\u12""#, r#""\ud800""#, r#""\ud800\u0041""#, "\"\n\"", "\"a"] {
            assert_eq!(read::<String>(text), Err(Unreadable), "{text}");
        }
    }
}
