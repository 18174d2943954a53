//! The report of a fault (MET-5): the number for what cannot wait, a form for the rest, and what was reported.

use api::accounts::{AccountId, Country, ServicePointId};
use api::faults::{FaultKind, FaultReport, PostFault};
use api::meter_events::MOST_NOTE;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use words::Language;

use super::Shown;
use super::writing::Writing;
use crate::components::button::{Button, ButtonKind};
use crate::components::card::{Card, SectionTitle};
use crate::components::field::TextArea;
use crate::components::icon::{Icon, IconName, IconSize};
use crate::components::list_row::ListRow;
use crate::components::notice::{Notice, NoticeKind};
use crate::format::day::CivilTime;
use crate::pages::reader::{Reader, say};
use crate::pages::states::phone;

/// Kuwait's number for faults (kuwait.md 5); where there is none of its own the provider's.
const KUWAIT_FAULTS: &str = "152";

/// A report that is being written.
#[derive(Clone, Copy)]
pub struct FaultEntry {
    writing: Writing,
    kind: RwSignal<FaultKind>,
    open: RwSignal<bool>,
    sent: RwSignal<Option<FaultReport>>,
    place: StoredValue<(AccountId, ServicePointId)>,
    on_sent: Callback<()>,
}

impl FaultEntry {
    /// For a service point.
    pub fn begin(account: AccountId, point: ServicePointId, on_sent: Callback<()>) -> Self {
        Self {
            writing: Writing::begin(),
            kind: RwSignal::new(FaultKind::NoSupply),
            open: RwSignal::new(false),
            sent: RwSignal::new(None),
            place: StoredValue::new((account, point)),
            on_sent,
        }
    }

    fn send(self) {
        if self.writing.busy.get_untracked() {
            return;
        }
        let (account, point) = self.place.get_value();
        let post = PostFault {
            account: Some(account),
            service_point: Some(point),
            request_id: self.writing.request_id(),
            kind: self.kind.get_untracked(),
            text: self.writing.text.get_untracked(),
        };
        let arrived = move |report: FaultReport| {
            self.open.try_set(false);
            self.sent.try_set(Some(report));
            self.on_sent.try_run(());
        };
        self.writing.send(post, Callback::new(arrived));
    }
}

/// The card, then the reports so far.
pub(super) fn fault(shown: &Shown<'_>, entry: FaultEntry) -> AnyView {
    let phone = match shown.country {
        Country::Kw => KUWAIT_FAULTS,
        Country::Sa => phone(),
    };
    let call = move || {
        let reader = Reader::here();
        words::fault_phone(reader.language, &reader.digits.write(phone))
    };
    let body = move || match (entry.open.get(), entry.sent.get()) {
        (true, _) => form(entry),
        (false, Some(report)) => sent(entry, &report),
        (false, None) => start(entry, words::fault_report),
    };
    view! {
        <Card heading=say(words::fault_report)>
            <a class="button button--plain" href=format!("tel:{phone}")>
                <Icon name=IconName::Phone size=IconSize::Text />
                <span>{call}</span>
            </a>
            {body}
        </Card>
        {reports(shown)}
    }
    .into_any()
}

fn start(entry: FaultEntry, label: fn(Language) -> &'static str) -> AnyView {
    let open = move |()| entry.open.set(true);
    view! { <Button label=say(label) kind=ButtonKind::Outline on_press=open /> }.into_any()
}

fn sent(entry: FaultEntry, report: &FaultReport) -> AnyView {
    let number = report.number.clone();
    let title = move || {
        let reader = Reader::here();
        words::fault_sent(reader.language, &reader.digits.write(&number))
    };
    view! {
        <div class="columns__stack" role="status">
            <Notice kind=NoticeKind::Good icon=IconName::Check title=TextProp::from(title)>
                <p>{say(words::fault_sent_next)}</p>
            </Notice>
            {start(entry, words::fault_again)}
        </div>
    }
    .into_any()
}

fn form(entry: FaultEntry) -> AnyView {
    let submit = move |submitted: leptos::ev::SubmitEvent| {
        submitted.prevent_default();
        entry.send();
    };
    view! {
        <form class="columns__stack" novalidate on:submit=submit>
            {choice(entry)}
            <TextArea
                id="fault-text".to_owned()
                label=say(words::fault_text)
                value=entry.writing.text
                most=MOST_NOTE
                error=entry.writing.error
            />
            <Button label=say(words::fault_send) busy=entry.writing.busy wide=true />
        </form>
    }
    .into_any()
}

fn choice(entry: FaultEntry) -> AnyView {
    let option = move |(at, kind): (usize, &FaultKind)| {
        let is_chosen = entry.kind.get_untracked() == *kind;
        view! { <option value=at.to_string() selected=is_chosen>{say(name(*kind))}</option> }.into_any()
    };
    let options: Vec<AnyView> = FaultKind::ALL.iter().enumerate().map(option).collect();
    let choose = move |value: String| {
        let chosen = value.parse::<usize>().ok().and_then(|at| FaultKind::ALL.get(at).copied());
        entry.kind.set(chosen.unwrap_or(FaultKind::Other));
    };
    view! {
        <label class="field">
            <span class="field__label">{say(words::fault_kind)}</span>
            <span class="field__box">
                <select class="field__input" on:change:target=move |event| choose(event.target().value())>
                    {options}
                </select>
            </span>
        </label>
    }
    .into_any()
}

fn reports(shown: &Shown<'_>) -> Option<AnyView> {
    let (reader, offset) = (shown.reader, shown.utc_offset_s);
    let row = |report: &FaultReport| {
        let time = reader.time(CivilTime::at(report.at, offset));
        let number = words::fault_row(reader.language, &reader.digits.write(&report.number), &time);
        let note = match report.text.as_str() {
            "" => number,
            text => format!("{number} · {text}"),
        };
        view! { <ListRow title=name(report.kind)(reader.language) note=note icon=IconName::Document /> }
            .into_any()
    };
    let rows: Vec<AnyView> = shown.page.faults.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <SectionTitle title=say(words::fault_reports) />
            <div class="card card--flush">{rows}</div>
        }
        .into_any()
    })
}

fn name(kind: FaultKind) -> fn(Language) -> &'static str {
    match kind {
        FaultKind::NoSupply => words::fault_kind_no_supply,
        FaultKind::Unsteady => words::fault_kind_unsteady,
        FaultKind::MeterStopped => words::fault_kind_meter_stopped,
        FaultKind::MeterDamaged => words::fault_kind_meter_damaged,
        FaultKind::Other => words::fault_kind_other,
    }
}
