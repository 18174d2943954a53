//! Reading what a caller sends, with an exact refusal for what cannot be read.

use api::problem::ApiError;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use crate::error::Error;

/// Bytes of a JSON body: a thousand readings take about 130 kB.
const JSON_BYTES: usize = 1 << 20;

/// A JSON body of type `T`, sent as `application/json`.
pub struct Json<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        if !is_json(request.headers()) {
            return Err(ApiError::ContentType.into());
        }
        let body = read(request, JSON_BYTES).await?;
        Ok(Self(parse(&body)?))
    }
}

/// The whole body, if it is not longer than `most`.
pub async fn read(request: Request, most: usize) -> Result<Bytes, ApiError> {
    let too_large = ApiError::BodyTooLarge { limit_bytes: most as u64 };
    let told = content_length(request.headers());
    if told.is_some_and(|length| length > most as u64) {
        return Err(too_large);
    }
    // Any other failure is a caller that went away, who will not read the answer.
    to_bytes(request.into_body(), most).await.map_err(|_| too_large)
}

/// The length that the caller tells.
pub fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    let text = str::from_utf8(body)
        .map_err(|error| ApiError::BodyMalformed { position: error.valid_up_to() as u64 + 1 })?;
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let field = pointer(error.path());
        let error = error.into_inner();
        if error.is_data() { ApiError::ValueInvalid { field } } else { malformed(text, &error) }
    })?;
    json.end().map_err(|error| malformed(text, &error))?;
    Ok(value)
}

/// serde tells line and column of a byte; the wire counts bytes from the beginning.
fn malformed(text: &str, error: &serde_json::Error) -> ApiError {
    let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    ApiError::BodyMalformed { position: (before + error.column().max(1)) as u64 }
}

fn pointer(path: &Path) -> String {
    path.iter().fold(String::new(), |pointer, segment| match segment {
        Segment::Seq { index } => format!("{pointer}/{index}"),
        Segment::Map { key } => format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { variant } => format!("{pointer}/{variant}"),
        Segment::Unknown => pointer,
    })
}

#[cfg(test)]
mod tests {
    use api::readings::PostReadings;
    use api::session::SignIn;

    use super::*;

    #[test]
    fn a_body_that_cannot_be_read_names_its_byte_or_its_field() {
        for (body, refusal) in [
            (&b""[..], ApiError::BodyMalformed { position: 1 }),
            (b"{\"account\":\n  oops}", ApiError::BodyMalformed { position: 15 }),
            (b"{\"account\":\"\xff\"}", ApiError::BodyMalformed { position: 13 }),
            (b"{\"account\":1,\"code\":\"2\"}", ApiError::ValueInvalid { field: "/account".into() }),
            (b"{\"account\":\"1\",\"code\":\"2\"} x", ApiError::BodyMalformed { position: 28 }),
            (b"[]", ApiError::ValueInvalid { field: String::new() }),
        ] {
            assert_eq!(parse::<SignIn>(body), Err(refusal), "{}", String::from_utf8_lossy(body));
        }
        let body = br#"{"readings":[{"service_point":"a","start":1,"seconds":-1,"usage":"1"}]}"#;
        let refusal = ApiError::ValueInvalid { field: "/readings/0/seconds".into() };
        assert_eq!(parse::<PostReadings>(body), Err(refusal));
    }
}
