//! The photos of a complaint that is being written.

use api::complaints::MOST_PHOTOS;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::task::spawn_local;
use web_sys::Blob;

use super::draft::{self, KeptPhoto};
use super::entry::Entry;
use crate::client::new_request_id;
use crate::pages::photo::{self, Photo, PhotoRefusal};

/// A photo that was added.
#[derive(Clone)]
pub struct Added {
    /// Its name in the draft.
    pub kept: KeptPhoto,
    /// Its file.
    pub file: Blob,
    /// As it is shown; one of a kept draft is opened when the part that shows it is there.
    pub photo: Option<Photo>,
}

impl Entry {
    /// Takes photos that were picked, or says at once why not. More than are taken are all left where they are: which
    /// of them matter is not ours to choose.
    pub fn pick(self, files: Vec<Blob>) {
        if self.photos.with_untracked(Vec::len) + files.len() > MOST_PHOTOS {
            self.photo_refusal.set(Some(PhotoRefusal::TooMany(MOST_PHOTOS)));
            return;
        }
        self.photo_refusal.set(None);
        spawn_local_scoped_with_cancellation(async move {
            for file in files {
                match photo::open(file).await {
                    Ok(photo) => self.add(photo).await,
                    Err(fault) => self.photo_refusal.set(Some(PhotoRefusal::Here(fault))),
                }
            }
        });
    }

    async fn add(self, photo: Photo) {
        let kept = KeptPhoto { name: new_request_id(), kind: photo.kind.to_owned(), handed_over: None };
        let stored = draft::keep_photo(&self.name.get_value(), &kept, &photo.file).await;
        let file = photo.file.clone();
        self.photos.update(|photos| photos.push(Added { kept, file, photo: Some(photo) }));
        if stored.is_err() {
            self.kept.set(stored);
        }
    }

    /// Opens what a draft kept.
    pub fn open_kept(self) {
        let is_closed = |added: &&Added| added.photo.is_none();
        let closed: Vec<Added> =
            self.photos.with(|photos| photos.iter().filter(is_closed).cloned().collect());
        if closed.is_empty() {
            return;
        }
        spawn_local_scoped_with_cancellation(async move {
            for Added { kept, file, .. } in closed {
                let opened = photo::open(file).await.ok();
                self.photos.update(|photos| match opened {
                    Some(photo) => {
                        let same = photos.iter_mut().find(|added| added.kept.name == kept.name);
                        same.into_iter().for_each(|added| added.photo = Some(photo.clone()));
                    }
                    // The device could open it before; what it lost since is no photo.
                    None => photos.retain(|added| added.kept.name != kept.name),
                });
            }
        });
    }

    /// Leaves a photo away.
    pub fn leave(self, name: &str) {
        let left = self.photos.with_untracked(|photos| {
            photos.iter().find(|added| added.kept.name == name).map(|added| added.kept.clone())
        });
        self.photos.update(|photos| photos.retain(|added| added.kept.name != name));
        self.photo_refusal.set(None);
        let draft = self.name.get_value();
        spawn_local(async move {
            if let Some(left) = left {
                // What cannot be removed goes with the draft.
                draft::remove_photo(&draft, &left).await.ok();
            }
        });
    }
}
