//! What goes wrong, and how it is told: `application/problem+json` with a stable code and a sentence in both languages.

use api::problem::{ApiError, Problem};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use billing::error::{BillingError, Refusal};
use words::codes::{api_problem, refusal_problem};

use crate::store::StoreError;

/// After so long a busy server is asked again.
const BUSY_WAIT_S: u32 = 1;

/// What routes and actions return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request or an action failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller can act on it.
    #[error("refused: {}", .0.code())]
    Api(ApiError),
    /// The engine refuses facts: the caller's, or a reading that has to be looked at.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// The record does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The engine refuses facts of the record: a bug or a damaged record.
    #[error("the engine refuses the record's facts: {0}")]
    Engine(#[from] BillingError),
    /// The machine gives no random numbers.
    #[error("no random numbers: {0}")]
    Random(#[from] getrandom::Error),
    /// Something that cannot be, was.
    #[error("{0}")]
    Bug(&'static str),
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Self::Api(error) => refuse(&error),
            Self::Refused(refusal) => problem_response(&refusal_problem(&refusal)),
            // Nobody waits longer for a database that has no connection left.
            Self::Store(StoreError::Database(sqlx::Error::PoolTimedOut)) => refuse(&ApiError::ServerBusy),
            fault => refuse(&log_fault(&fault.to_string())),
        }
    }
}

/// Writes a fault of ours to the log under a reference, which is all that the caller learns.
pub fn log_fault(what: &str) -> ApiError {
    let mut bytes = [0_u8; 4];
    // Without random numbers the reference is all zeros; the fault is logged all the same.
    let _ = getrandom::fill(&mut bytes);
    let reference = crate::secrets::hex(&bytes);
    eprintln!("fault {reference}: {what}");
    ApiError::ServerFault { reference }
}

/// The response of a refusal.
pub fn refuse(error: &ApiError) -> Response {
    let mut response = problem_response(&api_problem(error));
    let wait_seconds = match error {
        ApiError::TooManyRequests { wait_seconds } => Some(*wait_seconds),
        ApiError::ServerBusy => Some(BUSY_WAIT_S),
        _ => None,
    };
    if let Some(wait_seconds) = wait_seconds {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait_seconds));
    }
    response
}

fn problem_response(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(problem).unwrap_or_default();
    let kind = HeaderValue::from_static("application/problem+json");
    (status, [(header::CONTENT_TYPE, kind)], body).into_response()
}
