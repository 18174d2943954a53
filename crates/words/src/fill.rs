//! Puts values into a text.

/// Opens a stretch whose direction follows its own first strong letter (Unicode FSI).
const ISOLATE: char = '\u{2068}';
/// Closes it (Unicode PDI).
const END: char = '\u{2069}';

/// `text` with its marks replaced: the characters U+0001, U+0002 ... stand for the first, second ... value. Each value
/// is isolated, so that a date or an amount keeps its own direction in Arabic and in English, in HTML text, in an
/// attribute and on a terminal alike.
pub(crate) fn fill(text: &str, values: &[&str]) -> String {
    let room = text.len() + values.iter().map(|value| value.len() + 6).sum::<usize>();
    let mut filled = String::with_capacity(room);
    for c in text.chars() {
        match (u32::from(c) as usize).checked_sub(1).and_then(|place| values.get(place)) {
            Some(value) => {
                filled.push(ISOLATE);
                filled.push_str(value);
                filled.push(END);
            }
            None => filled.push(c),
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_isolated_where_their_marks_stand() {
        for (text, values, filled) in [
            ("Pay by \u{1}", &["28 September"][..], "Pay by \u{2068}28 September\u{2069}"),
            ("بين \u{2} و\u{1}", &["4", "3"], "بين \u{2068}3\u{2069} و\u{2068}4\u{2069}"),
            ("\u{1}, \u{1}", &["a"], "\u{2068}a\u{2069}, \u{2068}a\u{2069}"),
            ("يوم واحد", &["1"], "يوم واحد"),
            ("\u{1}", &["\u{2}"], "\u{2068}\u{2}\u{2069}"),
        ] {
            assert_eq!(fill(text, values), filled, "{text:?}");
        }
    }
}
