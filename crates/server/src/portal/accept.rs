//! Which of the ready forms a caller takes (`Accept-Encoding`).

use axum::body::Bytes;
use axum::http::{HeaderMap, header};

/// The smallest form that the caller accepts, with the name of its coding; none for the plain file.
pub(super) fn choose<'a>(
    headers: &HeaderMap,
    brotli: Option<&'a Bytes>,
    gzip: Option<&'a Bytes>,
) -> Option<(&'static str, &'a Bytes)> {
    let accepted =
        headers.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    let accepted: Vec<&str> = accepted.flat_map(|value| value.split(',')).collect();
    let ready = [("br", brotli), ("gzip", gzip)];
    ready
        .into_iter()
        .filter(|(coding, _)| takes(&accepted, coding))
        .find_map(|(coding, form)| form.map(|form| (coding, form)))
}

fn takes(accepted: &[&str], coding: &str) -> bool {
    let weight = |name: &str| {
        accepted.iter().find_map(|entry| {
            let (accepted, weight) = entry.split_once(';').unwrap_or((entry, "q=1"));
            accepted.trim().eq_ignore_ascii_case(name).then_some(weight.trim())
        })
    };
    weight(coding).or_else(|| weight("*")).is_some_and(|weight| !is_zero(weight))
}

/// `q=0`, `q=0.`, `q=0.000`: not at all.
fn is_zero(weight: &str) -> bool {
    weight.strip_prefix("q=").is_some_and(|q| q.bytes().all(|b| matches!(b, b'0' | b'.')))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_smallest_accepted_form_is_chosen() {
        let (brotli, gzip) = (Bytes::from_static(b"b"), Bytes::from_static(b"g"));
        for (accepted, chosen) in [
            (None, None),
            (Some("gzip, deflate, br, zstd"), Some("br")),
            (Some("gzip"), Some("gzip")),
            (Some("GZIP;q=0.5"), Some("gzip")),
            (Some("br;q=0, gzip"), Some("gzip")),
            (Some("br;q=0.0, *"), Some("gzip")),
            (Some("*"), Some("br")),
            (Some("*;q=0"), None),
            (Some("identity"), None),
            (Some(""), None),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(accepted) = accepted {
                headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted));
            }
            let coding = choose(&headers, Some(&brotli), Some(&gzip)).map(|(coding, _)| coding);
            assert_eq!(coding, chosen, "{accepted:?}");
        }
    }
}
