//! What the holder wrote and added. It is shown as text, whatever it says.

use api::complaints::{Complaint, Evidence};
use api::own_readings::PHOTO_ROUTE;
use leptos::prelude::*;

use crate::clock::Clock;
use crate::components::card::Card;
use crate::components::facts::{Fact, Facts};
use crate::format::day::CivilTime;
use crate::pages::reader::{Reader, say};
use crate::session::SessionState;

/// The card of what was given.
pub fn given(reader: Reader, complaint: &Complaint) -> Option<AnyView> {
    let register = complaint.register.map(|register| {
        let register = reader.figure(&register.to_string());
        view! {
            <Facts>
                <Fact term=say(words::complaint_meter_reading)>
                    <bdi>{register}</bdi>
                </Fact>
            </Facts>
        }
        .into_any()
    });
    let text = (!complaint.text.is_empty())
        .then(|| view! { <p class="complaint-text" dir="auto">{complaint.text.clone()}</p> }.into_any());
    let mut photos = 0;
    let added: Vec<AnyView> =
        complaint.evidence.iter().map(|evidence| added(reader, evidence, &mut photos)).collect();
    let is_empty = register.is_none() && text.is_none() && added.is_empty();
    (!is_empty).then(|| {
        view! {
            <Card heading=say(words::complaint_given_title)>
                {register}
                {text}
                {added}
            </Card>
        }
        .into_any()
    })
}

fn added(reader: Reader, evidence: &Evidence, photos: &mut u64) -> AnyView {
    let account = untrack(|| SessionState::here().account_id()).map_or_else(String::new, |id| id.0);
    let at = reader.time(CivilTime::at(evidence.at, Clock::here().utc_offset_s()));
    let mut photo = |id: &String| {
        *photos += 1;
        let label = words::complaint_photo_number(reader.language, &reader.whole(*photos));
        let source = PHOTO_ROUTE.replace("{account}", &account).replace("{photo}", id);
        let href = source.clone();
        view! {
            <a class="own-photo__link" href=href target="_blank" rel="noopener">
                <img class="complaint-photos__one" src=source alt=label loading="lazy" width="88" height="88" />
            </a>
        }
        .into_any()
    };
    let shown: Vec<AnyView> = evidence.photos.iter().map(&mut photo).collect();
    let text = (!evidence.text.is_empty())
        .then(|| view! { <p class="complaint-text" dir="auto">{evidence.text.clone()}</p> }.into_any());
    view! {
        <div class="complaint-given">
            <p class="card__caption">{at}</p>
            {text}
            <div class="complaint-photos">{shown}</div>
        </div>
    }
    .into_any()
}
