//! What a holder wanted to pay when the line broke, kept on this device and shown again for their word. It goes with the
//! drafts at sign-out, and is never sent by itself.

use api::accounts::AccountId;
use api::payments::PostPayment;
use wasm_bindgen::JsValue;

use crate::device::{self, Drawer};
use crate::json;

fn name(account: &AccountId) -> String {
    format!("payment/{account}")
}

/// What was wanted, with the name it was asked for under.
pub async fn find(account: &AccountId) -> Option<PostPayment> {
    let text = device::find(Drawer::Drafts, &name(account)).await.ok()??.as_string()?;
    json::read(&text).ok()
}

/// Keeps it; says whether this device does.
pub async fn keep(account: &AccountId, wanted: &PostPayment) -> bool {
    match serde_json::to_string(wanted) {
        Ok(text) => device::keep(Drawer::Drafts, &name(account), &JsValue::from(text)).await.is_ok(),
        Err(_) => false,
    }
}

/// It is at the bank now, or not wanted any more.
pub async fn remove(account: AccountId) {
    // What a device cannot remove it could not keep.
    device::remove(Drawer::Drafts, &name(&account)).await.ok();
}
