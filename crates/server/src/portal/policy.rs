//! What a browser may run: our files, and what stands in the page itself, told by its hash.

use axum::http::HeaderValue;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Where the page has neither script nor style of its own.
const NOTHING: &str = "default-src 'self'; frame-ancestors 'self'";

/// The policy for a portal with this page. `'wasm-unsafe-eval'` lets the portal's WebAssembly start and no script
/// more; frames are for hosts of our own origin.
pub(super) fn of_page(page: &str) -> HeaderValue {
    let (scripts, styles) = (hashes(page, "script"), hashes(page, "style"));
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; \
         img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'self'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(NOTHING))
}

/// The hash of each `<tag>...</tag>` without attributes, as the policy wants it.
fn hashes(page: &str, tag: &str) -> String {
    let (opens, closes) = (format!("<{tag}>"), format!("</{tag}>"));
    let within = page.split(&opens).skip(1).filter_map(|rest| rest.split_once(&closes));
    within.map(|(text, _)| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(text)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_page_is_told_by_its_hash() {
        // `printf 'a()' | openssl dgst -sha256 -binary | base64`
        let hash = "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='";
        for (page, tag, found) in [
            ("<script>a()</script>", "script", format!(" {hash}")),
            ("<style>a()</style><script>a()</script>", "style", format!(" {hash}")),
            ("<script>a()</script><p><script>a()</script>", "script", format!(" {hash} {hash}")),
            ("<script src=\"/a.js\"></script>", "script", String::new()),
            ("<script>never closed", "script", String::new()),
            ("", "script", String::new()),
        ] {
            assert_eq!(hashes(page, tag), found, "{page}");
        }
    }
}
