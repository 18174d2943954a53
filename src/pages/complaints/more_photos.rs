//! Photos that are added to a complaint, or to a request: handed over before the words that name them.

use api::accounts::AccountId;
use api::own_readings::{PHOTOS_ROUTE, Photo as HandedOver};
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::task::spawn_local;
use web_sys::Blob;
use words::Language;

use crate::client::{ClientError, send_file};
use crate::pages::meter::writing::Writing;
use crate::pages::photo::{self, Photo, PhotoRefusal};
use crate::pages::photo_field;
use crate::pages::reader::{Reader, say};

/// Too large, of another kind, no picture.
const OF_THE_FILE: [u16; 3] = [413, 415, 422];

/// The photos that were picked.
#[derive(Clone, Copy)]
pub struct MorePhotos {
    photos: RwSignal<Vec<(Photo, Option<String>)>, LocalStorage>,
    refusal: RwSignal<Option<PhotoRefusal>>,
    most: usize,
}

impl MorePhotos {
    /// None yet, and at most so many.
    pub fn begin(most: usize) -> Self {
        Self { photos: RwSignal::new_local(Vec::new()), refusal: RwSignal::new(None), most }
    }

    /// Whether the last one that was picked was refused, by this device or by the server.
    pub fn is_refused(self) -> bool {
        self.refusal.with(Option::is_some)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.photos.with(Vec::is_empty)
    }

    fn pick(self, files: Vec<Blob>) {
        // Where one is wanted, another takes its place.
        if self.most == 1 && files.len() == 1 {
            self.photos.set(Vec::new());
        }
        if self.photos.with_untracked(Vec::len) + files.len() > self.most {
            self.refusal.set(Some(PhotoRefusal::TooMany(self.most)));
            return;
        }
        self.refusal.set(None);
        spawn_local_scoped_with_cancellation(async move {
            for file in files {
                match photo::open(file).await {
                    Ok(photo) => self.photos.update(|photos| photos.push((photo, None))),
                    Err(fault) => self.refusal.set(Some(PhotoRefusal::Here(fault))),
                }
            }
        });
    }

    /// Where they are picked and seen; `label` says what of.
    pub fn field(self, label: fn(Language) -> &'static str) -> AnyView {
        let pick = Callback::new(move |files| self.pick(files));
        let shown = move || {
            let reader = Reader::here();
            let one = |(at, (photo, _)): (usize, &(Photo, _))| {
                let leave = Callback::new(move |()| {
                    self.photos.update(|photos| drop(photos.remove(at)));
                    self.refusal.set(None);
                });
                photo_field::row(reader, at + 1, photo, leave)
            };
            self.photos.with(|photos| photos.iter().enumerate().map(one).collect::<Vec<_>>())
        };
        let below = move || photo_field::below(Reader::here(), self.refusal.get());
        view! {
            <div class="field" role="group" aria-labelledby="more-photos-label">
                <span class="field__label" id="more-photos-label">
                    {say(label)}
                </span>
                {shown}
                {photo_field::ways("more-photos-below", self.most > 1, pick)}
                <div id="more-photos-below">{below}</div>
            </div>
        }
        .into_any()
    }

    /// What they were picked for has arrived.
    pub fn clear(self) {
        self.photos.try_set(Vec::new());
        self.refusal.try_set(None);
    }

    /// Hands the photos over, each once, then runs `then` with their ids; they stay until that has arrived. `writing` shows
    /// that it is at work, and what was wrong.
    pub fn hand_over(self, account: AccountId, writing: Writing, then: impl FnOnce(Vec<String>) + 'static) {
        writing.busy.set(true);
        let reader = untrack(Reader::here);
        // What follows speaks the reader's language, and knows the page, as if it were done at once.
        let owner = Owner::current();
        spawn_local(async move {
            match self.deliver(&account).await {
                Ok(ids) => match owner {
                    Some(owner) => owner.with(|| then(ids)),
                    None => then(ids),
                },
                Err(ClientError::Refused(problem)) if OF_THE_FILE.contains(&problem.status) => {
                    writing.busy.try_set(false);
                    self.refusal.try_set(Some(PhotoRefusal::There(problem.message)));
                }
                Err(error) => writing.failed(reader, error),
            }
        });
    }

    async fn deliver(self, account: &AccountId) -> Result<Vec<String>, ClientError> {
        let path = PHOTOS_ROUTE.replace("{account}", &account.0);
        let photos = self.photos.try_get_untracked().unwrap_or_default();
        let mut ids = Vec::with_capacity(photos.len());
        for (at, (photo, handed_over)) in photos.into_iter().enumerate() {
            if let Some(id) = handed_over {
                ids.push(id);
                continue;
            }
            let HandedOver { photo: id, .. } = send_file(&path, photo.kind, &photo.file).await?;
            self.photos.try_update(|photos| {
                if let Some((_, known)) = photos.get_mut(at) {
                    *known = Some(id.clone());
                }
            });
            ids.push(id);
        }
        Ok(ids)
    }
}
