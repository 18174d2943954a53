//! What was sent without a network, and goes by itself when the line is back. The draft's own request id makes it count
//! once, however often it is tried.

use std::cell::RefCell;

use api::accounts::AccountId;
use api::complaint_requests::{FiledComplaint, PostComplaint};
use api::own_readings::{PHOTOS_ROUTE, Photo as HandedOver};
use web_sys::Blob;

use super::draft::{self, Draft, DraftName};
use crate::client::{ClientError, send, send_file};
use crate::format::typed::decimal;
use crate::pages::waiting;

/// Nobody is signed in, or somebody else.
const WITHOUT_HOLDER: [u16; 2] = [401, 404];

/// Where a draft stopped on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// At a photo.
    Photo(ClientError),
    /// At the complaint itself.
    Complaint(ClientError),
    /// It is on its way already.
    Busy,
}

impl Stopped {
    /// Whether it may go as it is at another time: with a network, or with its holder signed in.
    fn is_for_later(&self) -> bool {
        match self {
            Self::Busy => true,
            Self::Photo(ClientError::Refused(problem)) | Self::Complaint(ClientError::Refused(problem)) => {
                WITHOUT_HOLDER.contains(&problem.status)
            }
            Self::Photo(error) | Self::Complaint(error) => error.is_network(),
        }
    }
}

thread_local! {
    static ON_THE_WAY: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Hands a draft over: the photos first, each once, then the words. `files` are the photos' own; without one the device is
/// asked. What has arrived is a draft no more.
///
/// # Errors
/// [`Stopped`].
pub async fn deliver(
    account: &AccountId,
    name: &DraftName,
    draft: &mut Draft,
    files: &[Blob],
) -> Result<FiledComplaint, Stopped> {
    let id = draft.request_id.clone();
    if ON_THE_WAY.with_borrow(|known| known.contains(&id)) {
        return Err(Stopped::Busy);
    }
    ON_THE_WAY.with_borrow_mut(|known| known.push(id.clone()));
    let outcome = hand_over(account, name, draft, files).await;
    ON_THE_WAY.with_borrow_mut(|known| known.retain(|known| *known != id));
    if outcome.is_ok() {
        // A draft that cannot be removed could not be kept either.
        draft::remove(name).await.ok();
    }
    outcome
}

async fn hand_over(
    account: &AccountId,
    name: &DraftName,
    draft: &mut Draft,
    files: &[Blob],
) -> Result<FiledComplaint, Stopped> {
    let path = PHOTOS_ROUTE.replace("{account}", &account.0);
    for at in 0..draft.photos.len() {
        let Some(photo) = draft.photos.get(at).filter(|photo| photo.handed_over.is_none()).cloned() else {
            continue;
        };
        let file = match files.get(at) {
            Some(file) => Some(file.clone()),
            None => draft::find_photo(name, &photo).await,
        };
        // What this device lost by itself cannot be sent; the words still can.
        let Some(file) = file else { continue };
        let HandedOver { photo: id, .. } =
            send_file(&path, &photo.kind, &file).await.map_err(Stopped::Photo)?;
        if let Some(photo) = draft.photos.get_mut(at) {
            photo.handed_over = Some(id);
        }
        draft::keep(name, draft).await.ok();
    }
    send(post(account, draft)).await.map_err(Stopped::Complaint)
}

fn post(account: &AccountId, draft: &Draft) -> PostComplaint {
    PostComplaint {
        account: Some(account.clone()),
        request_id: draft.request_id.clone(),
        kind: draft.kind,
        bill: draft.bill.clone(),
        service_point: draft.service_point.clone(),
        register: decimal(&draft.typed).ok(),
        text: draft.text.trim().to_owned(),
        photos: draft.photos.iter().filter_map(|photo| photo.handed_over.clone()).collect(),
    }
}

/// Sends what waits on this device; gives how many have arrived.
pub async fn send_waiting() -> usize {
    let (mut arrived, mut waiting) = (0, 0);
    for name in draft::names().await {
        let (Some(account), Ok(Some(mut draft))) = (name.account(), draft::find(&name).await) else {
            continue;
        };
        if !draft.to_send {
            continue;
        }
        match deliver(&account, &name, &mut draft, &[]).await {
            Ok(_) => arrived += 1,
            Err(stopped) if stopped.is_for_later() => waiting += 1,
            Err(_) => {
                // Refused: it waits for its writer, who is told why when it is sent again.
                draft.to_send = false;
                draft::keep(&name, &draft).await.ok();
            }
        }
    }
    waiting::say(waiting > 0);
    arrived
}
