//! The ways to a photo, and what is said below them.

use api::own_readings::{MOST_PHOTO_BYTES, MOST_PHOTO_SIDE};
use leptos::prelude::*;
use web_sys::Blob;
use words::Language;
use words::codes::size_words;

use super::photo::{self, Photo, PhotoFault, PhotoRefusal};
use crate::components::button::{Button, ButtonKind};
use crate::components::icon::{Icon, IconName, IconSize};
use crate::pages::reader::{Reader, say};

/// A photo is taken now, or chosen; `many` where several may be chosen at once. `below` is the id of what is said of it.
pub fn ways(below: &'static str, many: bool, on_pick: Callback<Vec<Blob>>) -> AnyView {
    let pick = move |event: leptos::ev::Event| on_pick.run(photo::picked(&event));
    let way = move |label: fn(Language) -> &'static str, takes: bool| {
        let class = if takes { "button button--outline own-photo__take" } else { "button button--outline" };
        view! {
            <label class=format!("{class} own-photo__way")>
                <Icon name=IconName::Upload size=IconSize::Text />
                <span>{say(label)}</span>
                <input
                    class="own-photo__input"
                    type="file"
                    accept="image/jpeg,image/png,image/webp"
                    capture=takes.then_some("environment")
                    multiple=many && !takes
                    aria-describedby=below
                    on:change=pick
                />
            </label>
        }
        .into_any()
    };
    let ways = [way(words::reading_photo_take, true), way(words::reading_photo_choose, false)];
    view! { <div class="own-photo__ways">{Vec::from(ways)}</div> }.into_any()
}

/// A photo that was picked, by its number, and the way to `leave` it away.
pub fn row(reader: Reader, number: usize, photo: &Photo, leave: Callback<()>) -> AnyView {
    let number = reader.whole(number as u64);
    let shown = photo::shown(photo, words::complaint_photo_number(reader.language, &number));
    let label = words::complaint_photo_remove(reader.language, &number);
    view! {
        <div class="complaint-photo">
            {shown}
            <Button label=label kind=ButtonKind::Plain on_press=leave />
        </div>
    }
    .into_any()
}

/// What becomes of a photo, or what was wrong with the last one.
pub fn below(reader: Reader, refusal: Option<PhotoRefusal>) -> AnyView {
    let language = reader.language;
    let limit = reader.digits.write(&size_words(language, MOST_PHOTO_BYTES));
    let wrong = match refusal {
        None => {
            let help = words::reading_photo_help(language, &limit);
            return view! { <p class="field__hint">{help}</p> }.into_any();
        }
        Some(PhotoRefusal::There(message)) => reader.message(&message),
        Some(PhotoRefusal::TooMany(most)) => words::photo_too_many(language, &reader.whole(most as u64)),
        Some(PhotoRefusal::Here(PhotoFault::Kind)) => words::error_photo_kind(language).to_owned(),
        Some(PhotoRefusal::Here(PhotoFault::Dimensions)) => {
            words::error_photo_dimensions(language, &reader.whole(MOST_PHOTO_SIDE.into()))
        }
        Some(PhotoRefusal::Here(PhotoFault::TooLarge(bytes))) => {
            // Rounded down, a size just above the limit would read as the limit.
            let size = reader.digits.write(&size_words(language, bytes + (1 << 20) - 1));
            words::reading_photo_too_large(language, &size, &limit)
        }
    };
    view! {
        <p class="field__error" role="alert">
            <Icon name=IconName::Alert size=IconSize::Tag />
            <span>{wrong}</span>
        </p>
    }
    .into_any()
}
