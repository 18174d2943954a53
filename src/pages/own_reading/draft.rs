//! What was typed and not sent yet, kept on this device. It belongs to the holder and goes at sign-out.

use api::accounts::{AccountId, ServicePointId};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use crate::device::{self, DeviceError, Drawer};
use crate::json;

/// A reading on its way from the meter to the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What this request is called: sent twice, it counts once.
    pub request_id: String,
    /// The number as it was typed.
    pub typed: String,
    /// The photo's id, once it was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
}

/// The names under which a service point's draft and its photo are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftName(String);

impl DraftName {
    /// Of a service point.
    pub fn of(account: &AccountId, point: &ServicePointId) -> Self {
        Self(format!("own-reading/{account}/{point}"))
    }

    fn photo(&self) -> String {
        format!("{}/photo", self.0)
    }
}

/// The draft and its photo, if there is one.
///
/// # Errors
/// [`DeviceError`].
pub async fn find(name: &DraftName) -> Result<Option<(Draft, Option<Blob>)>, DeviceError> {
    let Some(text) = device::find(Drawer::Drafts, &name.0).await?.and_then(|text| text.as_string()) else {
        return Ok(None);
    };
    let photo = device::find(Drawer::Drafts, &name.photo()).await?;
    let photo = photo.and_then(|photo| photo.dyn_into().ok());
    Ok(json::read(&text).ok().map(|draft| (draft, photo)))
}

/// The first of the service points that has a draft.
pub async fn first_with_draft(account: &AccountId, points: &[ServicePointId]) -> Option<ServicePointId> {
    let names = device::names(Drawer::Drafts).await.ok()?;
    points.iter().find(|point| names.contains(&DraftName::of(account, point).0)).cloned()
}

/// Keeps the words of a draft.
///
/// # Errors
/// [`DeviceError`].
pub async fn keep(name: &DraftName, draft: &Draft) -> Result<(), DeviceError> {
    let Ok(text) = serde_json::to_string(draft) else { return Ok(()) };
    device::keep(Drawer::Drafts, &name.0, &JsValue::from(text)).await
}

/// Keeps its photo, or removes it.
///
/// # Errors
/// [`DeviceError`].
pub async fn keep_photo(name: &DraftName, photo: Option<&Blob>) -> Result<(), DeviceError> {
    match photo {
        Some(photo) => device::keep(Drawer::Drafts, &name.photo(), photo).await,
        None => device::remove(Drawer::Drafts, &name.photo()).await,
    }
}

/// Removes both.
///
/// # Errors
/// [`DeviceError`].
pub async fn remove(name: &DraftName) -> Result<(), DeviceError> {
    device::remove(Drawer::Drafts, &name.0).await?;
    device::remove(Drawer::Drafts, &name.photo()).await
}
