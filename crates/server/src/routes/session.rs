//! Signing in and out.

use std::net::SocketAddr;

use api::accounts::AccountId;
use api::session::{CodeSent, SendCode, Session, SignIn};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::IntoResponse;

use crate::actions::sign_in as actions;
use crate::auth::{SignedIn, no_cookie, session_cookie};
use crate::body::Json;
use crate::error::{Error, Result};
use crate::state::AppState;
use crate::store::sessions::SessionRecord;
use crate::store::{accounts, holders};

type SetCookie = [(HeaderName, String); 1];

/// Sends a one-time code.
pub async fn send_code(
    State(app): State<AppState>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    Json(ask): Json<SendCode>,
) -> Result<axum::Json<CodeSent>> {
    actions::send_code(&app, &AccountId(ask.account.clone()), &caller.ip().to_string()).await?;
    Ok(axum::Json(CodeSent { account: ask.account }))
}

/// Signs in.
pub async fn sign_in(
    State(app): State<AppState>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    Json(ask): Json<SignIn>,
) -> Result<(SetCookie, axum::Json<Session>)> {
    let account = AccountId(ask.account);
    let (token, session) =
        actions::sign_in_with_code(&app, &account, &ask.code, &caller.ip().to_string()).await?;
    let cookie = session_cookie(&token, app.https_only);
    Ok(([(header::SET_COOKIE, cookie)], axum::Json(describe(&app, &session).await?)))
}

/// Says who is signed in.
pub async fn get_session(State(app): State<AppState>, signed_in: SignedIn) -> Result<axum::Json<Session>> {
    Ok(axum::Json(describe(&app, &signed_in.session).await?))
}

/// Signs out. Without a session there is nothing to end, and that is fine.
pub async fn sign_out(
    State(app): State<AppState>,
    signed_in: Option<SignedIn>,
) -> Result<(SetCookie, axum::Json<()>)> {
    if let Some(signed_in) = signed_in {
        actions::sign_out(&app, &signed_in.token_hash).await?;
    }
    Ok(([(header::SET_COOKIE, no_cookie(app.https_only))], axum::Json(())))
}

/// Says that the server works and reaches its record.
pub async fn health(State(app): State<AppState>) -> Result<impl IntoResponse> {
    drop(app.store.read().await?);
    Ok((StatusCode::OK, "ok\n"))
}

async fn describe(app: &AppState, session: &SessionRecord) -> Result<Session> {
    let mut db = app.store.read().await?;
    let holder = holders::find_name(&mut db, &session.holder).await?;
    let mut own = accounts::of_holder(&mut db, &session.holder).await?;
    own.sort_by_key(|account| account.summary.id != session.account);
    Ok(Session {
        holder: holder.ok_or(Error::Bug("a session without a holder"))?,
        accounts: own.into_iter().map(|account| account.summary).collect(),
    })
}
