//! One reading from the first digit to the server's answer. What was typed is never lost on the way.

use api::accounts::AccountId;
use api::own_readings::{OwnReading, PHOTOS_ROUTE, Photo as HandedOver, PostOwnReading};
use api::problem::Problem;
use billing::finding::Message;
use billing::number::Number;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::task::spawn_local;
use web_sys::Blob;

use super::draft::{self, Draft, DraftName};
use super::meaning::Known;
use crate::client::{ClientError, new_request_id, send, send_file};
use crate::device::DeviceError;
use crate::format::typed::decimal;
use crate::pages::drafts::{restore_then_keep, when_online};
use crate::pages::photo::{self, Photo, PhotoRefusal};
use crate::session::SessionState;

const UNAUTHORISED: u16 = 401;

/// Where a reading stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// It is being typed.
    Typing,
    /// It is on its way.
    Sending,
    /// There is no network: it goes when there is.
    Waiting,
    /// The server wants a photo, or the customer's word.
    Unlikely(Message),
    /// The server refused it.
    Refused(Message),
    /// No answer that can be read.
    Failed,
    /// The server has it.
    Sent(OwnReading),
}

/// A reading and all that is typed for it.
#[derive(Clone, Copy)]
pub struct Entry {
    /// The number as it is typed.
    pub typed: RwSignal<String>,
    /// Its photo.
    pub photo: RwSignal<Option<Photo>, LocalStorage>,
    /// What is wrong with the photo.
    pub photo_refusal: RwSignal<Option<PhotoRefusal>>,
    /// What the server says of the number.
    pub refusal: RwSignal<Option<Message>>,
    /// Whether it was sent as it is, so that nothing wrong is left unsaid.
    pub tried: RwSignal<bool>,
    /// Where it stands.
    pub stage: RwSignal<Stage>,
    /// Whether the device keeps the draft.
    pub kept: RwSignal<Result<(), DeviceError>>,
    handed_over: RwSignal<Option<String>>,
    request_id: StoredValue<String>,
    name: StoredValue<DraftName>,
    account: StoredValue<AccountId>,
    session: SessionState,
    on_sent: Callback<()>,
}

impl Entry {
    /// The reading of a service point, with the draft that this device keeps of it.
    pub fn begin(account: AccountId, known: Known, on_sent: Callback<()>) -> Self {
        let name = DraftName::of(&account, &known.point.id);
        let entry = Self {
            typed: RwSignal::new(String::new()),
            photo: RwSignal::new_local(None),
            photo_refusal: RwSignal::new(None),
            refusal: RwSignal::new(None),
            tried: RwSignal::new(false),
            stage: RwSignal::new(Stage::Typing),
            kept: RwSignal::new(Ok(())),
            handed_over: RwSignal::new(None),
            request_id: StoredValue::new(new_request_id()),
            name: StoredValue::new(name.clone()),
            account: StoredValue::new(account),
            session: SessionState::here(),
            on_sent,
        };
        let restore = async move {
            match draft::find(&name).await {
                Ok(found) => entry.restore(found).await,
                Err(error) => entry.kept.set(Err(error)),
            }
        };
        restore_then_keep(restore, move || entry.keep_on_change());
        let known = StoredValue::new(known);
        when_online(move || {
            if entry.stage.get_untracked() == Stage::Waiting {
                known.with_value(|known| entry.send(known, false));
            }
        });
        entry
    }

    async fn restore(self, found: Option<(Draft, Option<Blob>)>) {
        let Some((draft, photo)) = found else { return };
        self.request_id.set_value(draft.request_id);
        if self.typed.with_untracked(String::is_empty) {
            self.typed.set(draft.typed);
        }
        if let Some(file) = photo {
            // What this device kept, it could open before.
            self.photo.set(photo::open(file).await.ok());
            self.handed_over.set(draft.photo);
        }
    }

    fn keep_on_change(self) {
        Effect::new(move |_| {
            let draft = Draft {
                request_id: self.request_id.get_value(),
                typed: self.typed.get(),
                photo: self.handed_over.get(),
            };
            let is_empty = draft.typed.is_empty() && self.photo.with(Option::is_none);
            let name = self.name.get_value();
            spawn_local(async move {
                let kept = match is_empty {
                    true => draft::remove(&name).await,
                    false => draft::keep(&name, &draft).await,
                };
                self.kept.try_set(kept);
            });
        });
        // What was wrong is mended, or at least another.
        Effect::new(move |_| {
            self.typed.track();
            self.refusal.set(None);
            self.tried.set(false);
            if matches!(self.stage.get_untracked(), Stage::Unlikely(_) | Stage::Refused(_) | Stage::Failed) {
                self.stage.set(Stage::Typing);
            }
        });
    }

    /// The number that was typed, if it is one.
    pub fn number(self) -> Option<Number> {
        self.typed.with(|typed| decimal(typed)).ok()
    }

    /// Takes a photo that was picked, or says at once why not.
    pub fn pick(self, file: Blob) {
        spawn_local_scoped_with_cancellation(async move {
            match photo::open(file).await {
                Ok(photo) => {
                    self.photo_refusal.set(None);
                    self.set_photo(Some(photo));
                }
                Err(fault) => self.photo_refusal.set(Some(PhotoRefusal::Here(fault))),
            }
        });
    }

    /// Leaves the photo away.
    pub fn set_photo(self, photo: Option<Photo>) {
        let (name, file) = (self.name.get_value(), photo.as_ref().map(|photo| photo.file.clone()));
        self.photo.set(photo);
        self.handed_over.set(None);
        if matches!(self.stage.get_untracked(), Stage::Unlikely(_)) {
            self.stage.set(Stage::Typing);
        }
        spawn_local(async move {
            let kept = draft::keep_photo(&name, file.as_ref()).await;
            self.kept.try_set(kept);
        });
    }

    /// Sends the reading; `confirmed` is the customer's word for one that is far from the usual.
    pub fn send(self, known: &Known, confirmed: bool) {
        let Some(register) = self.number() else { return };
        self.stage.set(Stage::Sending);
        let post = PostOwnReading {
            account: Some(self.account.get_value()),
            service_point: Some(known.point.id.clone()),
            request_id: self.request_id.get_value(),
            register,
            photo: None,
            confirmed,
        };
        spawn_local(async move {
            match self.deliver(post).await {
                Ok(own) => self.arrived(own).await,
                Err((is_photo, error)) => self.failed(is_photo, error),
            }
        });
    }

    /// The photo first, and once only; then the reading.
    async fn deliver(self, post: PostOwnReading) -> Result<OwnReading, (bool, ClientError)> {
        let photo = self.photo.try_get_untracked().flatten();
        let mut handed_over = self.handed_over.try_get_untracked().flatten();
        if let Some(Photo { file, kind, .. }) = photo
            && handed_over.is_none()
        {
            let account = post.account.as_ref().map(|account| account.0.as_str()).unwrap_or_default();
            let path = PHOTOS_ROUTE.replace("{account}", account);
            let HandedOver { photo, .. } =
                send_file(&path, kind, &file).await.map_err(|error| (true, error))?;
            self.handed_over.try_set(Some(photo.clone()));
            handed_over = Some(photo);
        }
        send(PostOwnReading { photo: handed_over, ..post }).await.map_err(|error| (false, error))
    }

    async fn arrived(self, own: OwnReading) {
        // The page may be gone; the draft goes all the same.
        if let Some(name) = self.name.try_get_value() {
            draft::remove(&name).await.ok();
        }
        self.request_id.try_set_value(new_request_id());
        self.handed_over.try_set(None);
        self.photo.try_set(None);
        self.typed.try_set(String::new());
        self.stage.try_set(Stage::Sent(own));
        self.on_sent.try_run(());
    }

    fn failed(self, is_photo: bool, error: ClientError) {
        let refused = |problem: Problem| match problem.code.as_str() {
            "reading-unlikely" => Stage::Unlikely(problem.message),
            _ if is_photo => {
                self.photo_refusal.try_set(Some(PhotoRefusal::There(problem.message)));
                Stage::Typing
            }
            "repeat-conflict" => {
                // An earlier number had arrived although its answer had not: this one is a reading of its own.
                self.request_id.try_set_value(new_request_id());
                self.on_sent.try_run(());
                Stage::Refused(problem.message)
            }
            _ if problem.field.as_deref() == Some("/register") => {
                self.refusal.try_set(Some(problem.message));
                Stage::Typing
            }
            _ => Stage::Refused(problem.message),
        };
        let stage = match error {
            ClientError::Refused(problem) if problem.status == UNAUTHORISED => {
                self.session.end();
                return;
            }
            ClientError::Refused(problem) => refused(*problem),
            error if error.is_network() => Stage::Waiting,
            _ => Stage::Failed,
        };
        self.stage.try_set(stage);
    }
}
