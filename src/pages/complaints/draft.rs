//! A half-written complaint with its photos, kept on this device. It belongs to the holder and goes at sign-out.

use api::accounts::{AccountId, BillId, ServicePointId};
use api::complaints::ComplaintKind;
use billing::period::Day;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use crate::device::{self, DeviceError, Drawer};
use crate::json;

const FOLDER: &str = "complaint/";
const PHOTO: &str = "/photo/";

/// What is written so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What this request is called: sent twice, it counts once.
    pub request_id: String,
    /// What it is about.
    pub kind: ComplaintKind,
    /// The disputed bill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bill: Option<BillId>,
    /// The month that this bill is named for; an older draft does not know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<Day>,
    /// Whose meter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_point: Option<ServicePointId>,
    /// The reading as it was typed.
    pub typed: String,
    /// What happened.
    pub text: String,
    /// The photos, whose files are kept beside it.
    pub photos: Vec<KeptPhoto>,
    /// It was sent when there was no network, and goes when there is.
    pub to_send: bool,
}

/// A photo of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPhoto {
    /// Its name beside the draft.
    pub name: String,
    /// Its content type.
    pub kind: String,
    /// Its id at the server, once it was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_over: Option<String>,
}

impl Draft {
    /// Whether nothing is written yet.
    pub fn is_empty(&self) -> bool {
        self.typed.is_empty() && self.text.is_empty() && self.photos.is_empty()
    }
}

/// The name under which a draft is kept: of an account, and what the complaint is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftName(String);

impl DraftName {
    /// Of a complaint about `about`: a bill's id, or the kind where there is no bill.
    pub fn of(account: &AccountId, about: &str) -> Self {
        Self(format!("{FOLDER}{account}/{about}"))
    }

    /// What it is about.
    pub fn about(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// Whose it is.
    pub fn account(&self) -> Option<AccountId> {
        let (account, _) = self.0.strip_prefix(FOLDER)?.split_once('/')?;
        Some(AccountId(account.to_owned()))
    }

    fn photo(&self, photo: &KeptPhoto) -> String {
        format!("{}{PHOTO}{}", self.0, photo.name)
    }
}

/// The drafts on this device, of all accounts.
pub async fn names() -> Vec<DraftName> {
    let names = device::names(Drawer::Drafts).await.unwrap_or_default();
    let is_draft = |name: &String| name.starts_with(FOLDER) && !name.contains(PHOTO);
    names.into_iter().filter(is_draft).map(DraftName).collect()
}

/// The words of a draft, if there is one.
///
/// # Errors
/// [`DeviceError`].
pub async fn find(name: &DraftName) -> Result<Option<Draft>, DeviceError> {
    let text = device::find(Drawer::Drafts, &name.0).await?.and_then(|text| text.as_string());
    Ok(text.and_then(|text| json::read(&text).ok()))
}

/// The file of a photo, if this device has it.
pub async fn find_photo(name: &DraftName, photo: &KeptPhoto) -> Option<Blob> {
    device::find(Drawer::Drafts, &name.photo(photo)).await.ok()??.dyn_into().ok()
}

/// Keeps the words of a draft.
///
/// # Errors
/// [`DeviceError`].
pub async fn keep(name: &DraftName, draft: &Draft) -> Result<(), DeviceError> {
    let Ok(text) = serde_json::to_string(draft) else { return Ok(()) };
    device::keep(Drawer::Drafts, &name.0, &JsValue::from(text)).await
}

/// Keeps the file of a photo.
///
/// # Errors
/// [`DeviceError`].
pub async fn keep_photo(name: &DraftName, photo: &KeptPhoto, file: &Blob) -> Result<(), DeviceError> {
    device::keep(Drawer::Drafts, &name.photo(photo), file).await
}

/// Removes the file of a photo.
///
/// # Errors
/// [`DeviceError`].
pub async fn remove_photo(name: &DraftName, photo: &KeptPhoto) -> Result<(), DeviceError> {
    device::remove(Drawer::Drafts, &name.photo(photo)).await
}

/// Removes a draft and its photos.
///
/// # Errors
/// [`DeviceError`].
pub async fn remove(name: &DraftName) -> Result<(), DeviceError> {
    let photos = format!("{}{PHOTO}", name.0);
    for kept in device::names(Drawer::Drafts).await? {
        if kept.starts_with(&photos) {
            device::remove(Drawer::Drafts, &kept).await?;
        }
    }
    device::remove(Drawer::Drafts, &name.0).await
}

#[cfg(test)]
mod tests {
    use billing::period::parse_date;

    use super::*;

    #[test]
    fn a_draft_is_read_as_it_was_written() {
        let photo = KeptPhoto { name: "1".into(), kind: "image/png".into(), handed_over: None };
        let draft = Draft {
            request_id: "a-1".into(),
            kind: ComplaintKind::NotMine,
            bill: Some(BillId("30061250948-2026-08".into())),
            month: parse_date("2026-08-01").ok().map(Day),
            service_point: None,
            typed: "١٢٣".into(),
            text: "<script>alert(1)</script> \"سطر\"\nآخر".into(),
            photos: vec![photo.clone(), KeptPhoto { handed_over: Some("p".into()), ..photo }],
            to_send: true,
        };
        let text = serde_json::to_string(&draft).unwrap();
        assert_eq!(json::read::<Draft>(&text), Ok(draft));
    }

    #[test]
    fn a_draft_is_named_by_what_it_is_about() {
        let name = DraftName::of(&AccountId("1".into()), "1-2026-08");
        assert_eq!((name.0.as_str(), name.about()), ("complaint/1/1-2026-08", "1-2026-08"));
        assert_eq!(name.account(), Some(AccountId("1".into())));
    }
}
