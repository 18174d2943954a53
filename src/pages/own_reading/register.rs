//! The register as the meter shows it: a window for each digit.

use leptos::prelude::*;

use crate::format::preferences::Digits;

/// The windows of a register whose digits are not known.
const USUAL_WINDOWS: usize = 5;

/// What stands in the windows before the point, and after it. Leading zeros are the meter's own.
pub fn windows(shown: &str, digits: Option<u32>) -> (String, String) {
    let (whole, part) = shown.split_once('.').unwrap_or((shown, ""));
    let whole = whole.trim_start_matches('0');
    let count = digits.and_then(|digits| usize::try_from(digits).ok()).unwrap_or(USUAL_WINDOWS);
    (format!("{whole:0>count$}"), part.to_owned())
}

/// The windows, with the number that was typed or, fainter, the last one. What is typed stands in its field, so a screen
/// reader need not hear it again.
pub fn register(shown: &str, is_typed: bool, digits: Option<u32>, shape: Digits) -> AnyView {
    let (whole, part) = windows(shown, digits);
    let window = |class: &'static str| {
        move |digit: char| view! { <span class=class>{shape.write(&digit.to_string())}</span> }.into_any()
    };
    let point = (!part.is_empty()).then(|| view! { <span class="register__point"></span> }.into_any());
    let whole: Vec<AnyView> = whole.chars().map(window("register__digit")).collect();
    let part: Vec<AnyView> = part.chars().map(window("register__digit register__digit--part")).collect();
    let class = if is_typed { "register" } else { "register register--last" };
    view! {
        <div class=class dir="ltr" aria-hidden="true">
            {whole}
            {point}
            {part}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::windows;

    #[test]
    fn a_register_has_a_window_for_each_digit() {
        for (shown, digits, whole, part) in [
            ("812", Some(5), "00812", ""),
            ("00812.5", Some(5), "00812", "5"),
            ("123456", Some(5), "123456", ""),
            ("7", None, "00007", ""),
            ("", Some(4), "0000", ""),
        ] {
            assert_eq!(windows(shown, digits), (whole.to_owned(), part.to_owned()), "{shown}");
        }
    }
}
