//! Walks the XML from end to end: well-formedness, limits, refusals and positions. What the elements mean is
//! the collector's business.

use std::io::{self, BufRead, Read};

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::escape::{EscapeError, resolve_predefined_entity, unescape};
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};

use crate::Limits;
use crate::collect::Collector;
use crate::collected::Collected;
use crate::error::{GreenButtonError, shorten};
use crate::source::Source;

/// Bytes between two calls of `progress`.
const PROGRESS_BYTES: u64 = 64 << 10;

pub(crate) fn walk(
    input: &mut dyn BufRead,
    limits: Limits,
    progress: &mut dyn FnMut(u64, usize),
) -> Result<Collected, GreenButtonError> {
    let (head, skipped) = read_head(input)?;
    let mut whole = head.as_slice().chain(input);
    let remaining = Limits { max_bytes: limits.max_bytes.saturating_sub(skipped), ..limits };
    let mut reader = Reader::from_reader(Source::new(&mut whole, remaining));
    let mut walker = Walker {
        limits,
        collector: Collector::default(),
        open: Vec::new(),
        at: skipped,
        seen: Seen::Nothing,
    };
    let mut buffer = Vec::new();
    let mut told: u64 = 0;
    loop {
        buffer.clear();
        walker.at = skipped + reader.buffer_position();
        if walker.at - told >= PROGRESS_BYTES {
            told = walker.at;
            progress(told, walker.collector.reading_count());
        }
        reader.get_mut().start_piece();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => break,
            Ok(event) => walker.take(event)?,
            Err(error) => {
                let mismatch_at = skipped + reader.error_position();
                return Err(walker.explain(error, reader.get_ref(), mismatch_at));
            }
        }
    }
    progress(walker.at, walker.collector.reading_count());
    walker.finish()
}

/// The first bytes, without a byte order mark, and the mark's length. Refuses what cannot be XML in UTF-8
/// before the reader looks for a tag in it.
fn read_head(input: &mut dyn BufRead) -> Result<(Vec<u8>, u64), GreenButtonError> {
    let mut head = Vec::new();
    for byte in input.bytes().take(4) {
        let position = head.len() as u64;
        head.push(byte.map_err(|error| GreenButtonError::Read { position, kind: error.kind() })?);
    }
    let wide = [&b"\xFE\xFF"[..], b"\xFF\xFE", b"\x00\x00\xFE\xFF", b"\x00<", b"<\x00", b"\x00\x00\x00<"];
    if wide.iter().any(|start| head.starts_with(start)) {
        return Err(GreenButtonError::UnsupportedEncoding { encoding: "UTF-16 or UTF-32".into() });
    }
    let skipped = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    head.drain(..skipped);
    match head.iter().position(|byte| !byte.is_ascii_whitespace()) {
        Some(index) if head[index] != b'<' => {
            Err(GreenButtonError::NotXml { position: (skipped + index) as u64 })
        }
        _ => Ok((head, skipped as u64)),
    }
}

/// How far into the document the walk is.
#[derive(PartialEq)]
enum Seen {
    Nothing,
    Prologue,
    Root(String),
}

struct Walker {
    limits: Limits,
    collector: Collector,
    /// Local names of the open elements, outermost first.
    open: Vec<String>,
    /// Where the current piece begins.
    at: u64,
    seen: Seen,
}

impl Walker {
    fn take(&mut self, event: Event<'_>) -> Result<(), GreenButtonError> {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::Empty(tag) => {
                self.start(&tag)?;
                self.end()
            }
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text),
            Event::CData(_) if self.open.is_empty() => Err(self.malformed("CDATA outside the root element")),
            Event::CData(text) => {
                self.collector.text(&text);
                Ok(())
            }
            Event::GeneralRef(reference) => self.reference(&reference),
            Event::DocType(_) => Err(GreenButtonError::DoctypeRefused { position: self.at }),
            Event::Decl(declaration) => self.declaration(&declaration),
            Event::Comment(_) | Event::PI(_) | Event::Eof => {
                if self.seen == Seen::Nothing {
                    self.seen = Seen::Prologue;
                }
                Ok(())
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), GreenButtonError> {
        let local = tag.local_name();
        let name: &str = local.as_ref();
        if self.open.is_empty() {
            if matches!(self.seen, Seen::Root(_)) {
                return Err(self.malformed("a second root element"));
            }
            self.seen = Seen::Root(shorten(name));
        }
        if self.open.len() >= self.limits.max_depth {
            return Err(GreenButtonError::TooDeep { position: self.at, limit: self.limits.max_depth });
        }
        if name.is_empty() {
            return Err(self.malformed("a tag without a name"));
        }
        self.collector.open(&self.open, name, self.at)?;
        self.open.push(name.to_owned());
        self.attributes(tag)
    }

    fn end(&mut self) -> Result<(), GreenButtonError> {
        self.collector.close(&self.open, self.at)?;
        self.open.pop();
        Ok(())
    }

    /// Checks the attributes of every tag and hands on those of links.
    fn attributes(&mut self, tag: &BytesStart<'_>) -> Result<(), GreenButtonError> {
        let (mut rel, mut href) = (None, None);
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|_| self.malformed("an attribute"))?;
            let value = unescape(&attribute.value).map_err(|error| self.escape_error(error))?;
            match attribute.key.as_ref() {
                "rel" => rel = Some(value.into_owned()),
                "href" => href = Some(value.into_owned()),
                _ => {}
            }
        }
        if let [.., parent, name] = self.open.as_slice()
            && (parent.as_str(), name.as_str()) == ("entry", "link")
            && let (Some(rel), Some(href)) = (rel, href)
        {
            self.collector.link(&rel, &href);
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), GreenButtonError> {
        if !self.open.is_empty() {
            self.collector.text(text);
            return Ok(());
        }
        match text.find(|character: char| !character.is_ascii_whitespace()) {
            None => Ok(()),
            Some(index) if self.seen == Seen::Nothing => {
                Err(GreenButtonError::NotXml { position: self.at + index as u64 })
            }
            Some(_) => Err(self.malformed("text outside the root element")),
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), GreenButtonError> {
        if self.open.is_empty() {
            return Err(self.malformed("text outside the root element"));
        }
        let character = reference.resolve_char_ref().map_err(|_| self.malformed("a character reference"))?;
        if let Some(character) = character {
            self.collector.text(character.encode_utf8(&mut [0; 4]));
            return Ok(());
        }
        let text = resolve_predefined_entity(reference).ok_or_else(|| self.entity(reference))?;
        self.collector.text(text);
        Ok(())
    }

    fn declaration(&mut self, declaration: &BytesDecl<'_>) -> Result<(), GreenButtonError> {
        if self.seen != Seen::Nothing {
            return Err(self.malformed("an XML declaration that is not at the beginning"));
        }
        self.seen = Seen::Prologue;
        let Some(encoding) = declaration.encoding() else { return Ok(()) };
        let encoding = encoding.map_err(|_| self.malformed("the XML declaration"))?;
        if ["utf-8", "utf8", "us-ascii"].iter().any(|known| encoding.eq_ignore_ascii_case(known)) {
            return Ok(());
        }
        Err(GreenButtonError::UnsupportedEncoding { encoding: shorten(&encoding) })
    }

    fn finish(self) -> Result<Collected, GreenButtonError> {
        match self.seen {
            Seen::Nothing => Err(GreenButtonError::Empty),
            Seen::Root(root) if self.open.is_empty() => {
                self.collector.finish().ok_or(GreenButtonError::NotGreenButton { root })
            }
            _ => Err(self.truncated()),
        }
    }

    /// Puts an error of the XML reader into our words. A piece that could not be finished because the input
    /// ended is a truncation, whatever the reader missed first.
    fn explain(&self, error: Error, source: &Source<'_>, mismatch_at: u64) -> GreenButtonError {
        match error {
            Error::Io(_) if source.over => source.limit_error(self.at, self.limits),
            Error::Io(error) => self.read_error(error.kind()),
            Error::Encoding(quick_xml::encoding::EncodingError::Utf8(error)) => {
                if source.ended && error.error_len().is_none() {
                    return self.truncated();
                }
                GreenButtonError::InvalidUtf8 { position: self.at + error.valid_up_to() as u64 }
            }
            Error::Syntax(_) | Error::IllFormed(IllFormedError::UnclosedReference) if source.ended => {
                self.truncated()
            }
            Error::IllFormed(
                IllFormedError::MismatchedEndTag { .. } | IllFormedError::UnmatchedEndTag(_),
            ) => GreenButtonError::Malformed {
                position: mismatch_at,
                reason: "an end tag that matches no start tag",
            },
            Error::IllFormed(IllFormedError::UnclosedReference) => self.malformed("an unfinished reference"),
            _ => self.malformed("markup"),
        }
    }

    fn escape_error(&self, error: EscapeError) -> GreenButtonError {
        match error {
            EscapeError::UnrecognizedEntity(_, name) => self.entity(&name),
            _ => self.malformed("a reference in an attribute"),
        }
    }

    fn entity(&self, name: &str) -> GreenButtonError {
        GreenButtonError::EntityRefused { position: self.at, name: shorten(name) }
    }

    fn malformed(&self, reason: &'static str) -> GreenButtonError {
        GreenButtonError::Malformed { position: self.at, reason }
    }

    fn truncated(&self) -> GreenButtonError {
        GreenButtonError::Truncated { position: self.at, element: self.open.last().map(|name| shorten(name)) }
    }

    fn read_error(&self, kind: io::ErrorKind) -> GreenButtonError {
        GreenButtonError::Read { position: self.at, kind }
    }
}
