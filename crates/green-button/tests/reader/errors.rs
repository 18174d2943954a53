//! Each refusal, with its byte or element.

use std::io::{self, BufReader, Read};

use crate::made::{NEW_YEAR, WATT_HOURS, block, entry, feed, file, hour, read, reading, reading_type};
use green_button::{GreenButtonError, Limits};

fn refused(bytes: &[u8]) -> GreenButtonError {
    green_button::read(bytes, Limits::default()).expect_err("the file is refused")
}

#[test]
fn what_is_not_a_whole_xml_file_is_named_by_its_byte() {
    let truncated = |position, element: Option<&str>| GreenButtonError::Truncated {
        position,
        element: element.map(Into::into),
    };
    let malformed = |position, reason| GreenButtonError::Malformed { position, reason };
    let doctype = |position| GreenButtonError::DoctypeRefused { position };
    let entity = |position, name: &str| GreenButtonError::EntityRefused { position, name: name.into() };
    for (text, error) in [
        ("", GreenButtonError::Empty),
        (" \n\t\r\n", GreenButtonError::Empty),
        ("start,end,kWh", GreenButtonError::NotXml { position: 0 }),
        ("\n\n{\"a\":1}", GreenButtonError::NotXml { position: 2 }),
        ("          oops <a/>", GreenButtonError::NotXml { position: 10 }),
        ("PK\u{3}\u{4}", GreenButtonError::NotXml { position: 0 }),
        ("<?xml version='1.0'", truncated(0, None)),
        ("<?xml version='1.0'?>\n", truncated(22, None)),
        ("<!-- only this -->", truncated(18, None)),
        ("<", truncated(0, None)),
        ("<feed", truncated(0, None)),
        ("<feed>", truncated(6, Some("feed"))),
        ("<feed><a:entry>  ", truncated(17, Some("entry"))),
        ("<feed><entry></entry", truncated(13, Some("entry"))),
        ("<feed><!-- never", truncated(6, Some("feed"))),
        ("<feed><![CDATA[ never", truncated(6, Some("feed"))),
        ("<feed>&am", truncated(6, Some("feed"))),
        ("<feed a='never>", truncated(0, None)),
        ("<feed></entry>", malformed(6, "an end tag that matches no start tag")),
        ("<feed/></feed>", malformed(7, "an end tag that matches no start tag")),
        ("<feed/><feed/>", malformed(7, "a second root element")),
        ("<feed/> more", malformed(7, "text outside the root element")),
        ("<feed/>&amp;", malformed(7, "text outside the root element")),
        ("<feed/><![CDATA[x]]>", malformed(7, "CDATA outside the root element")),
        (
            "<feed><?xml version='1.0'?></feed>",
            malformed(6, "an XML declaration that is not at the beginning"),
        ),
        ("<feed>a & b</feed>", malformed(8, "an unfinished reference")),
        ("<feed>&#xD800;</feed>", malformed(6, "a character reference")),
        ("<feed>&#0;</feed>", malformed(6, "a character reference")),
        ("<feed a=1/>", malformed(0, "an attribute")),
        ("<feed a='1' a='2'/>", malformed(0, "an attribute")),
        ("<feed><link href='?a=1&b=2'/></feed>", malformed(6, "a reference in an attribute")),
        ("<feed><></></feed>", malformed(6, "a tag without a name")),
        ("<feed><!oops></feed>", malformed(6, "markup")),
        ("<!DOCTYPE feed><feed/>", doctype(0)),
        (
            "<?xml version='1.0'?><!DOCTYPE feed [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><feed>&b;</feed>",
            doctype(21),
        ),
        ("<!DOCTYPE feed SYSTEM 'file:///etc/hostname'><feed/>", doctype(0)),
        ("<feed>&b;</feed>", entity(6, "b")),
        ("<feed><title a='&b;'/></feed>", entity(6, "b")),
        (
            "<?xml version='1.0' encoding='ISO-8859-1'?><feed/>",
            GreenButtonError::UnsupportedEncoding { encoding: "ISO-8859-1".into() },
        ),
        ("<html><body>Sign in</body></html>", GreenButtonError::NotGreenButton { root: "html".into() }),
        (
            "<feed><entry><title>News</title></entry></feed>",
            GreenButtonError::NotGreenButton { root: "feed".into() },
        ),
        (
            "<feed><entry><content><UsagePoint/></content></entry></feed>",
            GreenButtonError::NoEnergy { other_readings: 0 },
        ),
        ("<IntervalBlock><IntervalBlock/></IntervalBlock>", malformed(15, "an element inside its own kind")),
        ("<entry><entry/></entry>", malformed(7, "an element inside its own kind")),
    ] {
        assert_eq!(refused(text.as_bytes()), error, "{text}");
        let with_mark = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        assert_eq!(shifted(&error), refused(&with_mark), "{text} after a byte order mark");
    }
}

/// The same error three bytes later.
fn shifted(error: &GreenButtonError) -> GreenButtonError {
    let mut error = error.clone();
    match &mut error {
        GreenButtonError::NotXml { position }
        | GreenButtonError::Truncated { position, .. }
        | GreenButtonError::Malformed { position, .. }
        | GreenButtonError::DoctypeRefused { position }
        | GreenButtonError::EntityRefused { position, .. } => *position += 3,
        _ => {}
    }
    error
}

#[test]
fn bytes_that_are_not_utf_8_are_named() {
    for (bytes, error) in [
        (&b"<feed>ab\xFFc</feed>"[..], GreenButtonError::InvalidUtf8 { position: 8 }),
        (b"<feed><title a='\xC3('/></feed>", GreenButtonError::InvalidUtf8 { position: 16 }),
        (b"<feed>\xD8\xB9\xD8", GreenButtonError::Truncated { position: 6, element: Some("feed".into()) }),
        (b"\x89PNG\r\n\x1a\n", GreenButtonError::NotXml { position: 0 }),
        (b"\xFF\xFE<\0f\0", GreenButtonError::UnsupportedEncoding { encoding: "UTF-16 or UTF-32".into() }),
        (b"<\0?\0x\0", GreenButtonError::UnsupportedEncoding { encoding: "UTF-16 or UTF-32".into() }),
    ] {
        assert_eq!(refused(bytes), error, "{bytes:?}");
    }
}

#[test]
fn numbers_are_named_by_their_element() {
    let value = |text: &str| file(WATT_HOURS, &hour(0, text));
    let timed = |inside: &str| {
        file(WATT_HOURS, &reading(&format!("<timePeriod>{inside}</timePeriod><value>1</value>")))
    };
    let kind = |inside: &str| file(inside, &hour(0, "1"));
    for (xml, element, text) in [
        (value("1.2.3"), "value", "1.2.3"),
        (value("1e3"), "value", "1e3"),
        (value(""), "value", ""),
        (value("12<x/>3"), "value", ""),
        (value(&"0".repeat(5_000)), "value", ""),
        (timed("<start>soon</start><duration>60</duration>"), "start", "soon"),
        (timed("<start>1.5</start><duration>60</duration>"), "start", "1.5"),
        (timed("<start>1</start><duration>PT1H</duration>"), "duration", "PT1H"),
        (kind("<uom>Wh</uom>"), "uom", "Wh"),
        (kind("<uom>72</uom><flowDirection>in</flowDirection>"), "flowDirection", "in"),
        (kind("<uom>72</uom><powerOfTenMultiplier>k</powerOfTenMultiplier>"), "powerOfTenMultiplier", "k"),
    ] {
        let closing = format!("</{element}>");
        let position = xml.find(&closing).expect("the element is there") as u64;
        assert_eq!(
            read(&xml),
            Err(GreenButtonError::BadNumber { element, position, text: text.into() }),
            "{xml}"
        );
    }
    for (xml, element) in [
        (value("99999999999999999999"), "value"),
        (value("9300000000000000000"), "value"),
        (timed("<start>1</start><duration>4294967296</duration>"), "duration"),
        (timed("<start>1</start><duration>-60</duration>"), "duration"),
        (kind("<uom>72</uom><intervalLength>-1</intervalLength>"), "intervalLength"),
    ] {
        let found = read(&xml);
        assert!(
            matches!(found, Err(GreenButtonError::OutOfRange { element: named, .. }) if named == element),
            "{xml}: {found:?}"
        );
    }
}

#[test]
fn what_is_missing_or_said_twice_is_named() {
    let no_start =
        file(WATT_HOURS, &reading("<timePeriod><duration>60</duration></timePeriod><value>1</value>"));
    let position = no_start.find("<IntervalReading>").expect("the reading is there") as u64;
    assert_eq!(read(&no_start), Err(GreenButtonError::Missing { element: "start", position }));
    for (inside, element) in
        [("<value>1</value><value>2</value>", Some("value")), ("<value>1</value><value>1.0</value>", None)]
    {
        let period = format!("<timePeriod><duration>60</duration><start>{NEW_YEAR}</start></timePeriod>");
        let xml = file(WATT_HOURS, &reading(&(period + inside)));
        let found = read(&xml).map(|file| file.total_micro);
        match element {
            Some(element) => {
                let position = xml.rfind("</value>").expect("the value is there") as u64;
                assert_eq!(found, Err(GreenButtonError::Repeated { element, position }));
            }
            None => assert_eq!(found, Ok(1_000)),
        }
    }
}

#[test]
fn a_file_at_the_limit_is_read_and_one_byte_more_is_refused() {
    let xml = file(WATT_HOURS, &hour(0, "1"));
    let limit = |max_bytes| Limits { max_bytes, ..Limits::default() };
    let size = xml.len() as u64;
    assert!(green_button::read(xml.as_bytes(), limit(size)).is_ok());
    for max_bytes in [0, 1, 3, 4, 5, size / 2, size - 1] {
        let found = green_button::read(xml.as_bytes(), limit(max_bytes));
        assert_eq!(found, Err(GreenButtonError::TooLarge { limit: max_bytes }));
    }
}

#[test]
fn an_endless_file_is_refused_at_the_limit() {
    let endless = BufReader::new(b"<feed>".chain(io::repeat(b' ')));
    let limits = Limits { max_bytes: 1 << 20, max_piece_bytes: 2 << 20, ..Limits::default() };
    assert_eq!(green_button::read(endless, limits), Err(GreenButtonError::TooLarge { limit: 1 << 20 }));
    let endless = BufReader::new(b"<feed><!--".chain(io::repeat(b'a')));
    let found = green_button::read(endless, Limits::default());
    assert_eq!(found, Err(GreenButtonError::PieceTooLarge { position: 6, limit: 1 << 20 }));
}

#[test]
fn a_nest_is_refused_below_the_depth_limit() {
    let nest = |depth: usize| format!("<feed>{}{}</feed>", "<a>".repeat(depth - 1), "</a>".repeat(depth - 1));
    assert_eq!(read(&nest(64)), Err(GreenButtonError::NotGreenButton { root: "feed".into() }));
    assert_eq!(read(&nest(65)), Err(GreenButtonError::TooDeep { position: 6 + 63 * 3, limit: 64 }));
}

#[test]
fn an_input_that_fails_is_reported() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
    let input = BufReader::new(b"<feed><entry>".chain(Broken));
    let error = GreenButtonError::Read { position: 13, kind: io::ErrorKind::ConnectionReset };
    assert_eq!(green_button::read(input, Limits::default()), Err(error));
}

/// The last reading is broken, after thousands of good ones: nothing comes back but the error.
#[test]
fn one_bad_reading_refuses_the_file() {
    let mut readings: String = (0..3_000).map(|n| hour(n, "1")).collect();
    readings += &hour(3_000, "x");
    let xml = feed(&[entry(&[], &reading_type(WATT_HOURS)), entry(&[], &block(&readings))]);
    assert!(matches!(read(&xml), Err(GreenButtonError::BadNumber { element: "value", .. })));
}

#[test]
fn errors_say_where_in_plain_words() {
    for (xml, words) in [
        ("<feed><entry>", "the file is cut short: it ends at byte 13, inside entry"),
        ("<", "the file is cut short: it ends at byte 0, inside its beginning"),
        ("<feed>&lol9;</feed>", "the entity \"lol9\" at byte 6 is refused"),
        ("a", "not XML: unexpected text at byte 0"),
    ] {
        assert_eq!(refused(xml.as_bytes()).to_string(), words);
    }
}
