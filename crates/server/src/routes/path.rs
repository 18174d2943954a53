//! The named parts of a path and its query.

use std::collections::HashMap;

use api::problem::ApiError;
use axum::extract::{FromRequestParts, Query, RawPathParams};
use axum::http::request::Parts;
use billing::period::parse_date;
use time::Date;

use crate::error::{Error, Result};

/// The parts of a path by name. What is no text was never an id of ours.
pub struct PathParts(HashMap<String, String>);

impl<S: Send + Sync> FromRequestParts<S> for PathParts {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let named = RawPathParams::from_request_parts(parts, state).await.map_err(|_| ApiError::NotFound)?;
        // PostgreSQL keeps no zero byte in a text: such a part was never an id either.
        let ours = named.iter().filter(|(_, part)| !part.contains('\0'));
        Ok(Self(ours.map(|(name, part)| (name.to_owned(), part.to_owned())).collect()))
    }
}

impl PathParts {
    /// The part called `name`; empty if the route has none, which no id is.
    #[must_use]
    pub fn get(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_default()
    }
}

/// The query's values by name.
pub struct QueryParts(HashMap<String, String>);

impl<S: Send + Sync> FromRequestParts<S> for QueryParts {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let Ok(Query(values)) = Query::from_request_parts(parts, state).await else {
            return Err(ApiError::ValueInvalid { field: "query".into() }.into());
        };
        Ok(Self(values))
    }
}

impl QueryParts {
    /// The value called `name`.
    ///
    /// # Errors
    /// [`ApiError::ValueInvalid`] if it is missing or has a zero byte, which PostgreSQL keeps in no text.
    pub fn get(&self, name: &str) -> Result<&str, ApiError> {
        let value = self.0.get(name).filter(|value| !value.contains('\0'));
        value.map(String::as_str).ok_or_else(|| ApiError::ValueInvalid { field: name.to_owned() })
    }

    /// The day called `name`.
    ///
    /// # Errors
    /// [`ApiError::ValueInvalid`] if it is missing or no day.
    pub fn day(&self, name: &str) -> Result<Date, ApiError> {
        parse_date(self.get(name)?).map_err(|_| ApiError::ValueInvalid { field: name.to_owned() })
    }
}
