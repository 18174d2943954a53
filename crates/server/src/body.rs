//! Reading what a caller sends, with an exact refusal for what cannot be read.

use std::collections::BTreeMap;

use api::problem::ApiError;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
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

/// The text of a JSON body, sent as `application/json`.
pub struct JsonBody(pub Bytes);

impl<S: Sync> FromRequest<S> for JsonBody {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        if !is_json(request.headers()) {
            return Err(ApiError::ContentType.into());
        }
        Ok(Self(read(request, JSON_BYTES).await?))
    }
}

/// The items of a batch, `{"<list>": [...]}`. Each is read alone: one that is not of its shape is the JSON pointer at
/// what is wrong in it, and the others are read all the same.
///
/// # Errors
/// As for any body, where the whole is no such batch.
pub fn parse_batch<T: DeserializeOwned>(body: &[u8], list: &str) -> Result<Vec<Result<T, String>>, ApiError> {
    // Nearly every batch is right throughout.
    if let Ok(mut lists) = serde_json::from_slice::<BTreeMap<String, Vec<T>>>(body)
        && lists.len() == 1
        && let Some(items) = lists.remove(list)
    {
        return Ok(items.into_iter().map(Ok).collect());
    }
    let mut lists: BTreeMap<String, Box<RawValue>> = parse(body)?;
    let items = lists.remove(list).ok_or_else(|| ApiError::ValueInvalid { field: format!("/{list}") })?;
    if let Some((name, _)) = lists.pop_first() {
        let field = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
        return Err(ApiError::ValueInvalid { field });
    }
    let items: Vec<Box<RawValue>> = serde_json::from_str(items.get())
        .map_err(|_| ApiError::ValueInvalid { field: format!("/{list}") })?;
    let item = |raw: Box<RawValue>| {
        let mut json = serde_json::Deserializer::from_str(raw.get());
        serde_path_to_error::deserialize(&mut json).map_err(|error| place(&error))
    };
    Ok(items.into_iter().map(item).collect())
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

/// A JSON document of type `T`.
///
/// # Errors
/// [`ApiError::BodyMalformed`] or [`ApiError::ValueInvalid`] with its place, which is that of a field that is missing too;
/// [`ApiError::BodyNotObject`] for anything else than fields.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    let text = str::from_utf8(body)
        .map_err(|error| ApiError::BodyMalformed { position: error.valid_up_to() as u64 + 1 })?;
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        if !error.inner().is_data() {
            return malformed(text, error.inner());
        }
        if !text.trim_start().starts_with('{') {
            return ApiError::BodyNotObject;
        }
        ApiError::ValueInvalid { field: place(&error) }
    })?;
    json.end().map_err(|error| malformed(text, &error))?;
    Ok(value)
}

/// The JSON pointer at what is wrong, or at the field that is not there: serde tells its name in words only.
fn place(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let (pointer, text) = (pointer(error.path()), error.inner().to_string());
    match text.strip_prefix("missing field `").and_then(|text| text.split_once('`')) {
        Some((name, _)) => format!("{pointer}/{name}"),
        None => pointer,
    }
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
    use api::readings::{IntervalReading, PostReadings};
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
            (b"{\"code\":\"2\"}", ApiError::ValueInvalid { field: "/account".into() }),
            (b"{}", ApiError::ValueInvalid { field: "/account".into() }),
            (b"null", ApiError::BodyNotObject),
            (b" [1]", ApiError::BodyNotObject),
            (b"[]", ApiError::BodyNotObject),
            (b"7", ApiError::BodyNotObject),
            (b"\"x\"", ApiError::BodyNotObject),
        ] {
            assert_eq!(parse::<SignIn>(body), Err(refusal), "{}", String::from_utf8_lossy(body));
        }
        let body = br#"{"readings":[{"service_point":"a","start":1,"seconds":-1,"usage":"1"}]}"#;
        let refusal = ApiError::ValueInvalid { field: "/readings/0/seconds".into() };
        assert_eq!(parse::<PostReadings>(body), Err(refusal));
        let body = br#"{"readings":[{"service_point":"a","start":1,"seconds":1}]}"#;
        let refusal = ApiError::ValueInvalid { field: "/readings/0/usage".into() };
        assert_eq!(parse::<PostReadings>(body), Err(refusal));
    }

    #[test]
    fn one_item_that_cannot_be_read_leaves_the_others() {
        let good = r#"{"service_point":"a","start":1,"seconds":1,"usage":"1"}"#;
        let batch = |items: &str| parse_batch::<IntervalReading>(items.as_bytes(), "readings");
        for (wrong, field) in [
            (r#"{"service_point":"a","start":1,"seconds":-1,"usage":"1"}"#, "/seconds"),
            (r#"{"service_point":"a","start":1,"seconds":1,"usage":0.5}"#, "/usage"),
            (r#"{"service_point":"a","start":1,"seconds":1,"usage":"1","x":1}"#, "/x"),
            (r#"{"service_point":"a","start":1,"seconds":1}"#, "/usage"),
            ("7", ""),
        ] {
            let items = batch(&format!(r#"{{"readings":[{good},{wrong},{good}]}}"#)).unwrap();
            assert!(items[0].is_ok() && items[2].is_ok(), "{wrong}");
            assert_eq!(items[1], Err(field.to_owned()), "{wrong}");
        }
        assert_eq!(batch(r#"{"readings":[]}"#).unwrap(), []);
        for (body, refusal) in [
            (r#"{"readings":7}"#, ApiError::ValueInvalid { field: "/readings".into() }),
            (r#"{"readings":[],"x/y":1}"#, ApiError::ValueInvalid { field: "/x~1y".into() }),
            ("{}", ApiError::ValueInvalid { field: "/readings".into() }),
            ("[]", ApiError::BodyNotObject),
            ("null", ApiError::BodyNotObject),
            (r#"{"readings":["#, ApiError::BodyMalformed { position: 13 }),
        ] {
            assert_eq!(batch(body), Err(refusal), "{body}");
        }
    }
}
