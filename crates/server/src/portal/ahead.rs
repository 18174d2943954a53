//! What a page asks for before all else, said in the answer's head: the browser asks while the page still comes.

use axum::http::HeaderValue;

/// The page's `<link rel="preload">` and `<link rel="modulepreload">` as the value of a `Link` header.
pub(super) fn of_page(page: &str) -> Option<HeaderValue> {
    let links = page.split("<link ").skip(1).filter_map(|rest| rest.split_once('>'));
    let ahead: Vec<_> = links.filter_map(|(attributes, _)| one(attributes)).collect();
    if ahead.is_empty() {
        return None;
    }
    HeaderValue::from_str(&ahead.join(", ")).ok()
}

fn one(attributes: &str) -> Option<String> {
    let (href, how): (Vec<_>, Vec<_>) =
        attributes.split_whitespace().partition(|attribute| attribute.starts_with("href="));
    let file = href.first()?.strip_prefix("href=\"")?.strip_suffix('"')?;
    let early =
        how.iter().any(|attribute| matches!(*attribute, r#"rel="preload""# | r#"rel="modulepreload""#));
    early.then(|| format!("<{file}>; {}", how.join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_asks_for_first_is_said_in_the_head() {
        let wasm = r#"<link rel="preload" href="/a.wasm" as="fetch" type="application/wasm" crossorigin>"#;
        let said = r#"</a.wasm>; rel="preload"; as="fetch"; type="application/wasm"; crossorigin"#;
        let script = r#"<link rel="modulepreload" href="/a.js">"#;
        for (page, found) in [
            (wasm.to_owned(), Some(said.to_owned())),
            (format!("{wasm}\n{script}"), Some(format!(r#"{said}, </a.js>; rel="modulepreload""#))),
            (r#"<link rel="icon" href="/a.svg">"#.to_owned(), None),
            (r#"<link rel="preload" href="/never-closed"#.to_owned(), None),
            (String::new(), None),
        ] {
            let header = of_page(&page);
            assert_eq!(header.as_ref().and_then(|value| value.to_str().ok()), found.as_deref(), "{page}");
        }
    }
}
