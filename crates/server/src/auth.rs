//! Who is asking: a holder by the session cookie, the head-end and the staff by their keys.
//!
//! A holder reaches only their own accounts: [`own_account_only`] stands before every route under `/accounts/{account}`,
//! so that a handler cannot forget it, and a foreign account looks like one that does not exist. The Overview's alone
//! asks by itself, in its one look at the record.

use api::accounts::AccountId;
use api::case_refusal::CaseRefusal;
use api::problem::ApiError;
use api::staff::StaffRole;
use axum::extract::{FromRequestParts, OptionalFromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::error::{Error, Result};
use crate::routes::path::PathParts;
use crate::secrets;
use crate::state::AppState;
use crate::store::accounts::{AccountRecord, Asked, InSession};
use crate::store::sessions::SessionRecord;
use crate::store::{accounts, head_ends, sessions, staff};

/// The session cookie's name.
pub const COOKIE: &str = "adad_session";
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// A session ends by itself after twelve hours.
pub const SESSION_S: i64 = 12 * 3600;

/// The holder who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session.
    pub session: SessionRecord,
    /// Under which it is kept.
    pub token_hash: String,
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self> {
        find_session(&parts.headers, app).await?.ok_or(ApiError::SignInRequired.into())
    }
}

impl OptionalFromRequestParts<AppState> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Option<Self>> {
        find_session(&parts.headers, app).await
    }
}

/// The account of the route, which the holder who is signed in holds.
#[derive(Clone, Debug)]
pub struct HolderAccount(pub AccountRecord);

impl<S: Sync> FromRequestParts<S> for HolderAccount {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let account = parts.extensions.get::<Self>().cloned();
        account.ok_or(Error::Bug("an account's route is not behind own_account_only"))
    }
}

impl FromRequestParts<AppState> for Asked {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self> {
        let account = AccountId(PathParts::from_request_parts(parts, app).await?.get("account"));
        let token = token(&parts.headers).ok_or(ApiError::SignInRequired)?;
        Ok(Self { token_hash: secrets::hash(token), now: app.clock.now(), account })
    }
}

/// What was found in a session, if it was anything.
///
/// # Errors
/// [`ApiError::SignInRequired`] without a session, [`ApiError::AccountNotFound`] for a foreign and for an unknown account.
pub fn own<T>(found: InSession<T>) -> Result<T> {
    Ok(found.ok_or(ApiError::SignInRequired)?.ok_or(ApiError::AccountNotFound)?)
}

/// Lets a request pass if the holder who is signed in holds the account of its path.
///
/// # Errors
/// Those of [`own`].
pub async fn own_account_only(
    State(app): State<AppState>,
    asked: Asked,
    mut request: Request,
    next: Next,
) -> Result<Response> {
    let account = own(accounts::find_in_session(&mut *app.store.read().await?, &asked).await?)?;
    request.extensions_mut().insert(HolderAccount(account));
    Ok(next.run(request).await)
}

/// A head-end that has shown its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadEnd {
    /// Its name; empty for whoever has the server's own key.
    pub name: String,
}

impl FromRequestParts<AppState> for HeadEnd {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self> {
        let hash = secrets::hash(bearer(parts).ok_or(ApiError::KeyWrong)?);
        if hash == app.head_end_key_hash {
            return Ok(Self { name: String::new() });
        }
        let name = head_ends::of_key(&mut *app.store.read().await?, &hash).await?;
        Ok(Self { name: name.ok_or(ApiError::KeyWrong)? })
    }
}

/// Somebody of the staff who has shown their key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: StaffRole,
}

impl Staff {
    /// Lets an officer pass.
    ///
    /// # Errors
    /// [`CaseRefusal::RoleMissing`].
    pub fn needs_officer(&self) -> Result<()> {
        self.needs(StaffRole::Officer)
    }

    /// Lets a role pass.
    ///
    /// # Errors
    /// [`CaseRefusal::RoleMissing`].
    pub fn needs(&self, role: StaffRole) -> Result<()> {
        if self.role == role { Ok(()) } else { Err(ApiError::Case(CaseRefusal::RoleMissing).into()) }
    }
}

impl FromRequestParts<AppState> for Staff {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self> {
        let hash = secrets::hash(bearer(parts).ok_or(ApiError::StaffKeyWrong)?);
        let known = staff::of_key(&mut *app.store.read().await?, &hash).await?;
        let (name, role) = known.ok_or(ApiError::StaffKeyWrong)?;
        Ok(Self { name, role })
    }
}

/// The key that a request shows.
fn bearer(parts: &Parts) -> Option<&str> {
    let sent = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    sent.and_then(|value| value.strip_prefix("Bearer "))
}

/// The cookie of a new session. It is out of reach for scripts and for requests from other sites.
#[must_use]
pub fn session_cookie(token: &str, https_only: bool) -> String {
    cookie(token, SESSION_S, https_only)
}

/// The cookie that makes the browser forget the session.
#[must_use]
pub fn no_cookie(https_only: bool) -> String {
    cookie("", 0, https_only)
}

/// Lets a request that changes something pass only if it does not come from a page of another origin.
///
/// # Errors
/// [`ApiError::ForeignOrigin`].
pub async fn same_origin_only(request: Request, next: Next) -> Result<Response> {
    let safe = request.method().is_safe() || is_same_origin(request.headers());
    if safe { Ok(next.run(request).await) } else { Err(ApiError::ForeignOrigin.into()) }
}

/// Browsers of today say themselves where a request comes from (`Sec-Fetch-Site`), and no page can change it; older ones
/// send `Origin`. Programs send neither, and have no cookie that a page could abuse.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text =
        |name| headers.get(name).map(|value: &HeaderValue| value.to_str().map(str::to_ascii_lowercase));
    if let Some(site) = text(SEC_FETCH_SITE) {
        return matches!(site.as_deref(), Ok("same-origin" | "none"));
    }
    let Some(origin) = text(header::ORIGIN) else { return true };
    let Some(Ok(host)) = text(header::HOST) else { return false };
    let authority = origin.as_deref().ok().and_then(|origin| origin.split_once("://"));
    authority.is_some_and(|(_, authority)| authority == host)
}

fn cookie(value: &str, lasts_s: i64, https_only: bool) -> String {
    let secure = if https_only { "; Secure" } else { "" };
    format!("{COOKIE}={value}; Path=/; Max-Age={lasts_s}; HttpOnly; SameSite=Lax{secure}")
}

async fn find_session(headers: &HeaderMap, app: &AppState) -> Result<Option<SignedIn>> {
    let Some(token) = token(headers) else { return Ok(None) };
    let token_hash = secrets::hash(token);
    let session = sessions::find(&mut *app.store.read().await?, &token_hash, app.clock.now()).await?;
    Ok(session.map(|session| SignedIn { session, token_hash }))
}

fn token(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|cookies| cookies.to_str().ok());
    let mut pairs =
        cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, value)| *name == COOKIE && !value.is_empty()).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_another_origin_is_told_by_its_origin() {
        for (site, origin, host, same) in [
            ("", "", "adad.example", true),
            ("", "https://adad.example", "adad.example", true),
            ("", "https://ADAD.example", "adad.EXAMPLE", true),
            ("", "http://127.0.0.1:8080", "127.0.0.1:8080", true),
            ("", "http://127.0.0.1:8081", "127.0.0.1:8080", false),
            ("", "https://evil.example", "adad.example", false),
            ("", "https://adad.example.evil.example", "adad.example", false),
            ("", "null", "adad.example", false),
            ("same-origin", "http://127.0.0.1:8081", "127.0.0.1:8080", true),
            ("none", "", "adad.example", true),
            ("same-site", "https://adad.example", "adad.example", false),
            ("cross-site", "", "adad.example", false),
        ] {
            let sent = [(SEC_FETCH_SITE, site), (header::ORIGIN, origin), (header::HOST, host)];
            let sent = sent.into_iter().filter(|(_, value)| !value.is_empty());
            let headers = sent.map(|(name, value)| (name, HeaderValue::from_static(value))).collect();
            assert_eq!(is_same_origin(&headers), same, "{site} {origin} {host}");
        }
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        for (cookies, found) in [
            ("adad_session=abc", Some("abc")),
            ("a=1; adad_session=abc; b=2", Some("abc")),
            ("adad_session=", None),
            ("xadad_session=abc", None),
            ("", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_static(cookies));
            assert_eq!(token(&headers), found, "{cookies}");
        }
    }

    #[test]
    fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        let kept = "adad_session=abc; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax";
        assert_eq!(session_cookie("abc", false), kept);
        assert_eq!(session_cookie("abc", true), format!("{kept}; Secure"));
    }
}
