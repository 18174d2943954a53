//! Strings and their escapes.

use std::borrow::Cow;

use super::{Reader, Result, Unreadable};

impl<'de> Reader<'de> {
    /// A string, borrowed where it has no escapes.
    pub(super) fn string(&mut self) -> Result<Cow<'de, str>> {
        self.expect(b'"')?;
        let mut whole: Option<String> = None;
        let mut start = self.at;
        loop {
            match self.peek().ok_or(Unreadable)? {
                b'"' => {
                    let piece = self.text.get(start..self.at).ok_or(Unreadable)?;
                    self.at += 1;
                    return Ok(match whole {
                        None => Cow::Borrowed(piece),
                        Some(whole) => Cow::Owned(whole + piece),
                    });
                }
                b'\\' => {
                    let piece = self.text.get(start..self.at).ok_or(Unreadable)?;
                    self.at += 1;
                    let escaped = self.escaped()?;
                    let whole = whole.get_or_insert_default();
                    whole.push_str(piece);
                    whole.push(escaped);
                    start = self.at;
                }
                0..0x20 => return Err(Unreadable),
                _ => self.at += 1,
            }
        }
    }

    fn escaped(&mut self) -> Result<char> {
        let mark = self.peek().ok_or(Unreadable)?;
        self.at += 1;
        Ok(match mark {
            b'"' | b'\\' | b'/' => char::from(mark),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.escaped_unicode(),
            _ => return Err(Unreadable),
        })
    }

    /// `\u06f1`, or two of them for a character beyond the first plane.
    fn escaped_unicode(&mut self) -> Result<char> {
        let first = self.hex()?;
        let code = match first {
            0xd800..0xdc00 => {
                self.word("\\u")?;
                let second = self.hex()?.checked_sub(0xdc00).filter(|low| *low < 0x400).ok_or(Unreadable)?;
                0x10000 + ((first - 0xd800) << 10) + second
            }
            code => code,
        };
        char::from_u32(code).ok_or(Unreadable)
    }

    fn hex(&mut self) -> Result<u32> {
        let digits = self.text.get(self.at..self.at + 4).ok_or(Unreadable)?;
        self.at += 4;
        u32::from_str_radix(digits, 16).map_err(|_| Unreadable)
    }
}
