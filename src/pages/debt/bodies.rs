//! Each body of the government that looks at a debt, and travel (DEB-6).

use api::standing::Standing;
use billing::rulebook::debt::{Body, LinkState};
use billing::standing::{BodyAnswer, Permission};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::permission;
use crate::components::card::SectionTitle;
use crate::components::disclosure::Disclosure;
use crate::components::icon::IconName;
use crate::components::list_row::ListRow;
use crate::components::status_tag::{StatusTag, TagKind};
use crate::pages::reader::Reader;

/// The rows; nothing outside Kuwait.
pub fn bodies(reader: Reader, standing: &Standing) -> AnyView {
    let Some(government) = &standing.government else { return ().into_any() };
    let answer = &government.answer;
    let (linked, others): (Vec<_>, Vec<_>) =
        answer.bodies.iter().partition(|body| body.state == LinkState::InForce);
    let rows: Vec<AnyView> = linked.into_iter().map(|body| row(reader, body)).collect();
    let others = (!others.is_empty()).then(|| {
        let others: Vec<BodyAnswer> = others.into_iter().cloned().collect();
        let rows = move || {
            let rows: Vec<AnyView> = others.iter().map(|body| row(reader, body)).collect();
            view! { <div class="disclosure__rows">{rows}</div> }.into_any()
        };
        let label = words::debt_bodies_other(reader.language);
        view! { <Disclosure label=label icon=IconName::Clock answer=rows /> }.into_any()
    });
    view! {
        <SectionTitle title=words::debt_standing_title(reader.language) />
        <div class="card card--flush">
            {rows}
            {travel(reader, answer.travel)}
            {others}
        </div>
    }
    .into_any()
}

fn row(reader: Reader, body: &BodyAnswer) -> AnyView {
    let language = reader.language;
    let name = match body.body {
        Body::Interior => words::debt_body_interior(language),
        Body::Works => words::debt_body_works(language),
        Body::Manpower => words::debt_body_manpower(language),
        Body::Commerce => words::debt_body_commerce(language),
    };
    let (link, transactions) = (body.state, body.transactions);
    let note = match (link, body.since) {
        (LinkState::InForce, Some(day)) => words::debt_body_since(language, &reader.full_day(day)),
        (LinkState::InForce, None) => words::debt_body_in_force(language).to_owned(),
        (LinkState::Trial, _) => words::debt_body_trial(language).to_owned(),
        (LinkState::Planned, _) => words::debt_body_planned(language).to_owned(),
    };
    let end = move || (link == LinkState::InForce).then(|| permission(reader, transactions));
    view! { <ListRow title=name note=TextProp::from(note) end=end /> }.into_any()
}

fn travel(reader: Reader, travel: Permission) -> AnyView {
    let end = move || {
        let (kind, icon, label) = match travel {
            Permission::Allowed => {
                (TagKind::Good, IconName::Check, words::debt_travel_allowed(reader.language))
            }
            Permission::Blocked => {
                (TagKind::Bad, IconName::Lock, words::debt_travel_blocked(reader.language))
            }
        };
        view! { <StatusTag kind=kind label=label icon=icon /> }.into_any()
    };
    view! { <ListRow title=words::debt_travel(reader.language) end=end /> }.into_any()
}
