//! The customer's own readings so far, with their photos.

use api::accounts::AccountId;
use api::own_readings::{OwnReading, PHOTO_ROUTE};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::components::list_row::ListRow;
use crate::components::status_tag::{StatusTag, TagKind};
use crate::format::day::CivilTime;
use crate::pages::reader::{Reader, say};

/// The readings, newest first.
pub fn taken(account: &AccountId, unit: &str, utc_offset_s: i32, readings: &[OwnReading]) -> AnyView {
    if readings.is_empty() {
        return view! { <p class="card__text">{say(words::readings_own_none)}</p> }.into_any();
    }
    let rows: Vec<AnyView> =
        readings.iter().map(|own| row(account, unit.to_owned(), utc_offset_s, own.clone())).collect();
    view! { <div class="card card--flush">{rows}</div> }.into_any()
}

fn row(account: &AccountId, unit: String, utc_offset_s: i32, own: OwnReading) -> AnyView {
    let OwnReading { reading, photo, usage, unlikely } = own;
    let date = move |reader: Reader| {
        CivilTime::at(reading.at, utc_offset_s).day.full(reader.language, reader.digits)
    };
    let title = move || Reader::here().figure(&reading.register.to_string());
    let note = move || {
        let reader = Reader::here();
        words::reading_row(reader.language, &date(reader), &reader.quantity(&unit, &usage.to_string()))
    };
    let photo = photo.map(|photo| PHOTO_ROUTE.replace("{account}", &account.0).replace("{photo}", &photo));
    let end = move || {
        let (kind, label): (_, fn(words::Language) -> &'static str) = match unlikely {
            true => (TagKind::Info, words::reading_state_unlikely),
            false => (TagKind::Good, words::reading_state_taken),
        };
        let photo = photo.clone().map(|photo| {
            let name = move || {
                let reader = Reader::here();
                words::reading_photo_of(reader.language, &date(reader))
            };
            let source = photo.clone();
            view! {
                <a class="own-photo__link" href=photo target="_blank" rel="noopener">
                    <img class="own-photo__thumb" src=source alt=name loading="lazy" width="44" height="44" />
                </a>
            }
            .into_any()
        });
        view! {
            <StatusTag kind=kind label=say(label) />
            {photo}
        }
    };
    view! { <ListRow title=title note=TextProp::from(note) end=end /> }.into_any()
}
