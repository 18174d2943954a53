//! The built portal: read once at the start, then served from memory. Only what was read can be asked for.

mod accept;
mod ahead;
mod policy;

use std::collections::HashMap;
use std::io;
use std::path::Path;

use api::payment_links::PAGE;
use api::problem::ApiError;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::error::refuse;
use crate::secrets::hex;
use crate::state::AppState;

/// A name that says what is in the file is kept for ever.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Any other name is asked for again each time; the tag makes that cheap.
const ASK_AGAIN: &str = "no-cache";
/// `portal-0123456789abcdef.css`: digits of the contents' hash.
const HASH_DIGITS: usize = 16;
const INDEX: &str = "/index.html";

/// All files of the portal by their path.
#[derive(Debug)]
pub struct Portal {
    files: HashMap<String, PortalFile>,
    policy: HeaderValue,
}

impl Default for Portal {
    fn default() -> Self {
        Self { files: HashMap::new(), policy: policy::of_page("") }
    }
}

#[derive(Debug, Default)]
struct PortalFile {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    tag: String,
    /// For a page: what it asks for first.
    ahead: Option<HeaderValue>,
}

impl Portal {
    /// Reads all files below `folder`; a file `x.br` or `x.gz` is the compressed form of `x`.
    ///
    /// # Errors
    /// The folder or a file cannot be read.
    pub fn load(folder: &Path) -> io::Result<Self> {
        let mut portal = Self::default();
        portal.read_folder(folder, "")?;
        // A compressed form of nothing is a file of its own that nobody asks for.
        portal.files.retain(|_, file| !file.plain.is_empty());
        if let Some(index) = portal.files.get_mut(INDEX) {
            let page = String::from_utf8_lossy(&index.plain);
            portal.policy = policy::of_page(&page);
            index.ahead = ahead::of_page(&page);
        }
        Ok(portal)
    }

    /// What a browser may run, as the content security policy.
    #[must_use]
    pub fn policy(&self) -> HeaderValue {
        self.policy.clone()
    }

    fn read_folder(&mut self, folder: &Path, below: &str) -> io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{below}/{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                self.read_folder(&entry.path(), &name)?;
                continue;
            }
            let contents = Bytes::from(std::fs::read(entry.path())?);
            if let Some(name) = name.strip_suffix(".br") {
                self.file(name).brotli = Some(contents);
            } else if let Some(name) = name.strip_suffix(".gz") {
                self.file(name).gzip = Some(contents);
            } else {
                let file = self.file(&name);
                file.tag = format!("\"{}\"", hex(&Sha256::digest(&contents)[..16]));
                file.plain = contents;
            }
        }
        Ok(())
    }

    fn file(&mut self, name: &str) -> &mut PortalFile {
        self.files.entry(name.to_owned()).or_default()
    }

    /// The file at `path`. A path that names no file is a page, which `index.html` shows.
    fn find(&self, path: &str) -> Option<(&str, &PortalFile)> {
        let last = path.rsplit('/').next().unwrap_or_default();
        // The token of a payment link holds a point, and is no file's name.
        let asked = if last.contains('.') && !path.starts_with(PAGE) { path } else { INDEX };
        self.files.get_key_value(asked).map(|(name, file)| (name.as_str(), file))
    }
}

/// Answers whatever no route does: files and pages of the portal, and a problem for the rest.
pub async fn portal_file(State(app): State<AppState>, request: Request) -> Response {
    let path = request.uri().path();
    if path == "/api" || path.starts_with("/api/") {
        return refuse(&ApiError::NotFound);
    }
    let Some((name, file)) = app.portal.find(path) else {
        return refuse(&ApiError::NotFound);
    };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return refuse(&ApiError::MethodNotAllowed);
    }
    file.answer(name, request.headers())
}

impl PortalFile {
    fn answer(&self, name: &str, asked: &HeaderMap) -> Response {
        let (coding, contents) =
            accept::choose(asked, self.brotli.as_ref(), self.gzip.as_ref()).unwrap_or(("", &self.plain));
        let known = asked.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
        let unchanged = known.is_some_and(|tags| tags.split(',').any(|tag| tag.trim() == self.tag));
        let mut response = if unchanged {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            contents.clone().into_response()
        };
        let headers = response.headers_mut();
        let cache = if is_named_by_contents(name) { FOR_EVER } else { ASK_AGAIN };
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(tag) = HeaderValue::from_str(&self.tag) {
            headers.insert(header::ETAG, tag);
        }
        if let Some(ahead) = &self.ahead {
            headers.insert(header::LINK, ahead.clone());
        }
        if !coding.is_empty() && !unchanged {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        response
    }
}

fn is_named_by_contents(name: &str) -> bool {
    let stem = name.rsplit('/').next().and_then(|last| last.split('.').next()).unwrap_or_default();
    let hash = stem.rsplit('-').next().unwrap_or_default();
    hash.len() == HASH_DIGITS && hash.len() < stem.len() && hash.bytes().all(|b| b.is_ascii_hexdigit())
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_with_the_hash_is_kept_for_ever() {
        for (name, kept) in [
            ("/portal-0123456789abcdef.css", true),
            ("/fonts/latin-0123456789abcdef.woff2", true),
            ("/index.html", false),
            ("/0123456789abcdef.css", false),
            ("/portal-0123456789abcde.css", false),
            ("/portal-0123456789abcdeg.css", false),
        ] {
            assert_eq!(is_named_by_contents(name), kept, "{name}");
        }
    }
}
