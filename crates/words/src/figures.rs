//! Figures inside sentences, written as beside them.

/// Digits before a decimal mark, in threes.
#[must_use]
pub fn in_threes(whole: &str) -> String {
    let mut text = String::with_capacity(whole.len() + 4);
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_third_digit_from_the_end_has_a_mark_before_it() {
        for (whole, grouped) in
            [("", ""), ("0", "0"), ("999", "999"), ("1030", "1,030"), ("1234567", "1,234,567")]
        {
            assert_eq!(in_threes(whole), grouped);
        }
    }
}
