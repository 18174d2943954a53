//! The photos of a complaint that is being written, in a part of their own: who writes first need not wait for what
//! opens and draws pictures. What a draft kept goes with it even where the part does not arrive.

use leptos::prelude::*;

use super::added::Added;
use super::entry::Entry;
use crate::components::card::Card;
use crate::pages::lazy::lazy_part;
use crate::pages::reader::{Reader, say};
use crate::pages::{photo_field, skeletons};

/// The photos, each with the way to leave it away, and the way to another.
pub fn photos(entry: Entry) -> AnyView {
    lazy_part(Box::pin(complaint_photos(entry)), skeletons::one_block)
}

#[cfg_attr(feature = "split", lazy)]
async fn complaint_photos(entry: Entry) -> AnyView {
    Effect::new(move |_| entry.open_kept());
    let pick = Callback::new(move |files| entry.pick(files));
    let shown = move || {
        entry.photos.with(|photos| {
            let reader = Reader::here();
            let one = |(at, added): (usize, &Added)| {
                let name = added.kept.name.clone();
                let leave = Callback::new(move |()| entry.leave(&name));
                added.photo.as_ref().map(|photo| photo_field::row(reader, at + 1, photo, leave))
            };
            photos.iter().enumerate().filter_map(one).collect::<Vec<_>>()
        })
    };
    let below = move || photo_field::below(Reader::here(), entry.photo_refusal.get());
    view! {
        <Card>
            <div class="field" role="group" aria-labelledby="photos-label">
                <span class="field__label" id="photos-label">
                    {say(words::complaint_photos)}
                </span>
                {shown}
                {photo_field::ways("photos-below", true, pick)}
                <div id="photos-below">{below}</div>
            </div>
        </Card>
    }
    .into_any()
}
