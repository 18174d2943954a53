//! The inquiry's XML: elements in a `request`, answered by elements without a root.

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::Event;

use super::fields::Fields;

/// More elements than any answer has.
const MOST_ELEMENTS: usize = 100;

/// Writes a request.
#[must_use]
pub fn write(elements: &[(&str, &str)]) -> String {
    format!("<request>{}</request>", write_answer(elements))
}

/// Writes an answer: elements without a root.
#[must_use]
pub fn write_answer(elements: &[(&str, &str)]) -> String {
    elements.iter().map(|(name, value)| format!("<{name}>{}</{name}>", escape(*value))).collect()
}

/// Reads elements that stand side by side, in a root or without one; none if it is no such XML. No entity but the
/// predefined ones, no document type, nothing that reads elsewhere.
#[must_use]
pub fn read(text: &str) -> Option<Fields> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut fields, mut open, mut value) = (Fields::default(), Vec::<String>::new(), String::new());
    for _ in 0..MOST_ELEMENTS * 3 {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                open.push(start.local_name().as_ref().to_owned());
                value.clear();
            }
            Event::End(_) => {
                let name = open.pop()?;
                fields.add(&name, value.trim());
                value.clear();
            }
            Event::Empty(empty) => fields.add(empty.local_name().as_ref(), ""),
            Event::Text(part) => value.push_str(&part),
            Event::GeneralRef(entity) => {
                value.push_str(quick_xml::escape::resolve_predefined_entity(&entity)?);
            }
            Event::Eof => return open.is_empty().then_some(fields),
            Event::Decl(_) | Event::Comment(_) => {}
            Event::CData(_) | Event::DocType(_) | Event::PI(_) => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let text = write(&[("id", "a&b"), ("amt", "10.000")]);
        assert_eq!(text, "<request><id>a&amp;b</id><amt>10.000</amt></request>");
        let fields = read(&text).unwrap();
        assert_eq!((fields.get("id").as_str(), fields.get("amt").as_str()), ("a&b", "10.000"));
    }

    #[test]
    fn an_answer_has_no_root() {
        let fields = read("<result>CAPTURED</result>\n<payid>1</payid><udf1/>").unwrap();
        assert_eq!((fields.get("result").as_str(), fields.get("udf1").as_str()), ("CAPTURED", ""));
        for bad in [
            "<result>CAPTURED",
            "<a></b>",
            "<!DOCTYPE a [<!ENTITY x \"y\">]><result>&x;</result>",
            "<result>&x;</result>",
            "<result><![CDATA[CAPTURED]]></result>",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(read("no xml at all").map(|fields| fields.get("result")), Some(String::new()));
        assert_eq!(read(&"<a></a>".repeat(1000)), None);
    }
}
