//! One complaint from the first word to its number. What was written is never lost on the way.

use std::time::Duration;

use api::accounts::{AccountId, BillId, ServicePointId};
use api::complaints::ComplaintKind;
use billing::finding::Message;
use billing::number::Number;
use billing::period::Day;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Blob;

use super::added::Added;
use super::draft::{self, Draft, DraftName};
use super::outbox::{self, Stopped};
use crate::client::{ClientError, new_request_id};
use crate::device::DeviceError;
use crate::format::typed::decimal;
use crate::pages::drafts::{restore_then_keep, when_online};
use crate::pages::photo::PhotoRefusal;
use crate::pages::waiting;
use crate::router::Place;
use crate::session::SessionState;

const UNAUTHORISED: u16 = 401;
/// Until what is on its way is asked about.
const AGAIN: Duration = Duration::from_secs(2);

/// Where a complaint stands before it has a number.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// It is being written.
    Writing,
    /// It is on its way.
    Sending,
    /// There is no network: it goes when there is.
    Waiting,
    /// The server refused it.
    Refused(Message),
    /// No answer that can be read.
    Failed,
}

/// A complaint and all that is written for it.
#[derive(Clone, Copy)]
pub struct Entry {
    /// What it is about.
    pub kind: RwSignal<ComplaintKind>,
    /// Whose meter.
    pub point: RwSignal<Option<ServicePointId>>,
    /// The reading as it is typed.
    pub typed: RwSignal<String>,
    /// What happened.
    pub text: RwSignal<String>,
    /// Its photos.
    pub photos: RwSignal<Vec<Added>, LocalStorage>,
    /// What is wrong with the last photo.
    pub photo_refusal: RwSignal<Option<PhotoRefusal>>,
    /// Whether it was sent as it is, so that nothing wrong is left unsaid.
    pub tried: RwSignal<bool>,
    /// Where it stands.
    pub stage: RwSignal<Stage>,
    /// Whether the device keeps the draft.
    pub kept: RwSignal<Result<(), DeviceError>>,
    /// The server has it: it is a draft no more.
    arrived: StoredValue<bool>,
    request_id: StoredValue<String>,
    bill: StoredValue<Option<(BillId, Day)>>,
    pub(super) name: StoredValue<DraftName>,
    account: StoredValue<AccountId>,
    session: SessionState,
    place: Place,
}

impl Entry {
    /// A complaint about the `bill` of a month, or of `kind` where there is none, with what this device keeps of it.
    pub fn begin(
        account: AccountId,
        about: &str,
        bill: Option<(BillId, Day)>,
        kind: ComplaintKind,
        point: Option<ServicePointId>,
    ) -> Self {
        let name = DraftName::of(&account, about);
        let entry = Self {
            kind: RwSignal::new(kind),
            point: RwSignal::new(point),
            typed: RwSignal::new(String::new()),
            text: RwSignal::new(String::new()),
            photos: RwSignal::new_local(Vec::new()),
            photo_refusal: RwSignal::new(None),
            tried: RwSignal::new(false),
            stage: RwSignal::new(Stage::Writing),
            kept: RwSignal::new(Ok(())),
            arrived: StoredValue::new(false),
            request_id: StoredValue::new(new_request_id()),
            bill: StoredValue::new(bill),
            name: StoredValue::new(name.clone()),
            account: StoredValue::new(account),
            session: SessionState::here(),
            place: Place::here(),
        };
        let send_waiting = move || {
            if entry.stage.get_untracked() == Stage::Waiting {
                entry.send();
            }
        };
        let restore = async move {
            match draft::find(&name).await {
                Ok(found) => entry.restore(found).await,
                Err(error) => entry.kept.set(Err(error)),
            }
        };
        let keep = move || {
            entry.keep_on_change();
            send_waiting();
        };
        restore_then_keep(restore, keep);
        when_online(send_waiting);
        entry
    }

    async fn restore(self, found: Option<Draft>) {
        let Some(draft) = found else { return };
        self.request_id.set_value(draft.request_id);
        self.kind.set(draft.kind);
        if draft.service_point.is_some() {
            self.point.set(draft.service_point);
        }
        if self.typed.with_untracked(String::is_empty) {
            self.typed.set(draft.typed);
        }
        if self.text.with_untracked(String::is_empty) {
            self.text.set(draft.text);
        }
        let name = self.name.get_value();
        let mut photos = Vec::with_capacity(draft.photos.len());
        for kept in draft.photos {
            let file = draft::find_photo(&name, &kept).await;
            photos.extend(file.map(|file| Added { kept, file, photo: None }));
        }
        if !photos.is_empty() {
            self.photos.update(|known| known.append(&mut photos));
        }
        if draft.to_send {
            self.stage.set(Stage::Waiting);
        }
    }

    /// What is written, as it stands.
    fn draft(self, followed: bool, to_send: bool) -> Draft {
        let draft = move || Draft {
            request_id: self.request_id.get_value(),
            kind: self.kind.get(),
            bill: self.bill.with_value(|bill| bill.as_ref().map(|(id, _)| id.clone())),
            month: self.bill.with_value(|bill| bill.as_ref().map(|(_, month)| *month)),
            service_point: self.point.get(),
            typed: self.typed.get(),
            text: self.text.get(),
            photos: self.photos.with(|photos| photos.iter().map(|added| added.kept.clone()).collect()),
            to_send,
        };
        if followed { draft() } else { untrack(draft) }
    }

    fn keep_on_change(self) {
        Effect::new(move |_| {
            let waits = self.stage.with(|stage| matches!(stage, Stage::Waiting | Stage::Sending));
            let draft = self.draft(true, waits);
            let name = self.name.get_value();
            if self.arrived.get_value() {
                return;
            }
            if waits {
                waiting::say(true);
            }
            spawn_local(async move {
                let kept = match draft.is_empty() && !waits {
                    true => draft::remove(&name).await,
                    false => draft::keep(&name, &draft).await,
                };
                self.kept.try_set(kept);
            });
        });
        // What was wrong is mended, or at least another.
        Effect::new(move |_| {
            self.typed.track();
            self.text.track();
            self.kind.track();
            self.tried.set(false);
            if matches!(self.stage.get_untracked(), Stage::Refused(_) | Stage::Failed) {
                self.stage.set(Stage::Writing);
            }
        });
    }

    /// The number that was typed, if it is one.
    pub fn number(self) -> Option<Number> {
        self.typed.with(|typed| decimal(typed)).ok()
    }

    /// Sends it; without a network it waits, and goes by itself.
    pub fn send(self) {
        self.stage.set(Stage::Sending);
        let mut draft = self.draft(false, true);
        let (account, name) = (self.account.get_value(), self.name.get_value());
        let files: Vec<Blob> =
            self.photos.with_untracked(|photos| photos.iter().map(|added| added.file.clone()).collect());
        spawn_local(async move {
            let outcome = outbox::deliver(&account, &name, &mut draft, &files).await;
            match outcome {
                Ok(complaint) => {
                    self.arrived.try_set_value(true);
                    // The page may be gone; then its number stands in the list.
                    if self.stage.try_get_untracked().is_some() {
                        self.place.replace(&format!("/complaints/{}?sent", complaint.summary.id));
                    }
                }
                Err(stopped) => {
                    // A photo that was handed over is not handed over again.
                    self.photos.try_update(|photos| {
                        for (added, kept) in photos.iter_mut().zip(draft.photos) {
                            added.kept = kept;
                        }
                    });
                    self.stopped(stopped);
                }
            }
        });
    }

    fn send_again(self) {
        if self.stage.try_get_untracked().is_some() {
            self.send();
        }
    }

    fn stopped(self, stopped: Stopped) {
        let (is_photo, error) = match stopped {
            // The server knows it by its name: asked again it says what became of it.
            Stopped::Busy => return set_timeout(move || self.send_again(), AGAIN),
            Stopped::Photo(error) => (true, error),
            Stopped::Complaint(error) => (false, error),
        };
        let stage = match error {
            ClientError::Refused(problem) if problem.status == UNAUTHORISED => {
                self.session.end();
                return;
            }
            ClientError::Refused(problem) if is_photo => {
                self.photo_refusal.try_set(Some(PhotoRefusal::There(problem.message)));
                Stage::Writing
            }
            ClientError::Refused(problem) => {
                if problem.code == "repeat-conflict" {
                    // An earlier one had arrived although its answer had not: this one is a complaint of its own.
                    self.request_id.try_set_value(new_request_id());
                }
                Stage::Refused(problem.message)
            }
            error if error.is_network() => Stage::Waiting,
            _ => Stage::Failed,
        };
        self.stage.try_set(stage);
    }
}
