//! A cut: what may be cut and why, what comes before it, the filling stations, and how the service returns (DIS-1 to DIS-8).

use api::accounts::Commodity as Supplied;
use api::standing::Standing;
use billing::disconnection::{DisconnectionAnswer, LadderAnswer, LadderStep};
use billing::hafez::Commodity;
use billing::money::Currency;
use billing::rulebook::debt::promises_on;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::reasons;
use crate::components::card::{Card, SectionTitle};
use crate::components::disclosure::Disclosure;
use crate::components::icon::IconName;
use crate::components::list_row::{ListRow, TileTone};
use crate::components::status_tag::{StatusTag, TagKind};
use crate::pages::pay::sum::of_wire;
use crate::pages::reader::Reader;
use crate::pages::states::phone;

/// The section. In Kuwait a cut is only of what is overdue; the Saudi limits are told before that.
pub fn cut(reader: Reader, standing: &Standing) -> AnyView {
    let language = reader.language;
    let owes = of_wire(&standing.overdue, standing.currency).minor() > 0;
    if !owes && standing.currency == Currency::KWD {
        return ().into_any();
    }
    let shown = match &standing.cut.answer {
        Some(answer) => decided(reader, standing, answer),
        None => view! { <Card><p class="card__text">{words::cut_unknown(language)}</p></Card> }.into_any(),
    };
    view! {
        <SectionTitle title=words::cut_title(language) />
        {shown}
    }
    .into_any()
}

fn decided(reader: Reader, standing: &Standing, answer: &DisconnectionAnswer) -> AnyView {
    let language = reader.language;
    let (kind, icon, label) = if answer.allowed {
        (TagKind::Bad, IconName::Alert, words::cut_possible(language))
    } else {
        (TagKind::Good, IconName::Shield, words::cut_not_now(language))
    };
    let service = answer.service.map(|service| {
        let named = match service {
            Commodity::Electricity => reader.commodity(Supplied::Electricity),
            Commodity::Water => reader.commodity(Supplied::Water),
        };
        words::cut_what(language, named)
    });
    let end = move || view! { <StatusTag kind=kind label=label icon=icon /> }.into_any();
    let title = service.unwrap_or_else(|| words::cut_title(language).to_owned());
    let (findings, of_ladder, of_way) = (answer.findings.clone(), answer.clone(), standing.clone());
    let why = question(words::action_why(language), IconName::Info, move || reasons(reader, &findings));
    let ladder = question(words::cut_ladder(language), IconName::Bell, move || ladder(reader, &of_ladder));
    let way_back = answer.service.map(|service| {
        question(words::cut_way_back(language), IconName::Home, move || way_back(reader, &of_way, service))
    });
    view! {
        <section class="card card--flush">
            <ListRow title=title end=end />
            {why}
            {ladder}
            {way_back}
        </section>
    }
    .into_any()
}

fn question(
    label: &'static str,
    icon: IconName,
    answer: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    view! { <Disclosure label=label icon=icon answer=answer /> }.into_any()
}

fn ladder(reader: Reader, answer: &DisconnectionAnswer) -> AnyView {
    let language = reader.language;
    let rows: Vec<AnyView> =
        (1_u64..).zip(&answer.ladder).map(|(place, step)| step_row(reader, place, step)).collect();
    let earliest = answer.earliest.map(|day| reader.full_day(day));
    let earliest = earliest.unwrap_or_else(|| words::ladder_no_day(language).to_owned());
    view! {
        <div class="disclosure__rows">
            {rows}
            <ListRow
                title=words::ladder_cut(language)
                note=TextProp::from(earliest)
                icon=IconName::Alert
                tone=TileTone::Warn
            />
        </div>
    }
    .into_any()
}

fn step_row(reader: Reader, place: u64, step: &LadderAnswer) -> AnyView {
    let language = reader.language;
    let title = match step.step {
        LadderStep::Warning => words::ladder_warning_place(language, &reader.whole(place)),
        LadderStep::Notice => words::ladder_notice(language).to_owned(),
        LadderStep::FinalNotice => words::ladder_final(language).to_owned(),
    };
    let note = match step.served.zip(step.ends) {
        Some((served, ends)) => words::ladder_served(language, &reader.day(served), &reader.full_day(ends)),
        None => words::ladder_not_served(language).to_owned(),
    };
    let (icon, tone) = match step.served {
        Some(_) => (IconName::Bell, TileTone::Warn),
        None => (IconName::Clock, TileTone::Brand),
    };
    view! { <ListRow title=title note=TextProp::from(note) icon=icon tone=tone /> }.into_any()
}

/// Where water is had meanwhile, that the bill remains, how the service returns: in this order (DIS-8).
fn way_back(reader: Reader, standing: &Standing, service: Commodity) -> AnyView {
    let language = reader.language;
    let in_kuwait = standing.currency == Currency::KWD;
    let row = |title: &'static str, note: String, icon| {
        view! { <ListRow title=title note=TextProp::from(note) icon=icon /> }.into_any()
    };
    let stations = (in_kuwait && service == Commodity::Water).then(|| {
        let note = words::cut_stations(language, &reader.digits.write(phone()));
        row(words::cut_stations_title(language), note, IconName::Home)
    });
    let due = words::cut_still_due(language, &reader.money(standing.currency, &standing.due));
    let restored = match (in_kuwait, restored_within(standing)) {
        (true, _) => Some(words::cut_restored(language).to_owned()),
        (false, Some(hours)) => {
            let counted = reader.counted(hours, words::count_hours_gen);
            Some(words::cut_restored_sa(language, &counted))
        }
        (false, None) => None,
    };
    view! {
        <div class="disclosure__rows">
            {stations}
            {row(words::cut_still_due_title(language), due, IconName::Receipt)}
            {restored.map(|note| row(words::cut_restored_title(language), note, IconName::Check))}
        </div>
    }
    .into_any()
}

/// Hours after payment within which the service returns; none where no single one is promised (DIS-7).
fn restored_within(standing: &Standing) -> Option<i64> {
    let mut promises = promises_on("sa.restoration", standing.cut.request.at.day);
    let promise = promises.next().filter(|promise| promise.variant.is_none())?;
    promises.next().is_none().then_some(promise.within.millionths() / billing::number::MILLION)
}
