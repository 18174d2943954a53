//! The numbers as a file: a quiet control below the card, and what it opens, which travels when it is asked for.

use api::accounts::{MeterKind, ServicePoint};
use api::exports::{ExportKind, ExportLink, PostExport};
use billing::period::Day;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::text_prop::TextProp;
use time::Duration;
use words::Language;

use super::choice::Choice;
use super::{Site, picture};
use crate::client::{ClientError, send};
use crate::components::button::{Button, ButtonKind};
use crate::components::card::Card;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::segmented::Segmented;
use crate::format::day::CivilTime;
use crate::pages::lazy::lazy_part;
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::session::SessionState;
use crate::share::{Shared, share};

/// A year to today begins on the day after today's of last year.
const YEAR: Duration = Duration::days(364);

/// "Export data", until it is pressed; then the choices.
pub fn control(site: Site, point: ServicePoint, choice: Choice) -> AnyView {
    let is_open = RwSignal::new(false);
    let shown = move || {
        if is_open.get() {
            return lazy_part(Box::pin(export(site.clone(), point.clone(), choice)), skeletons::one_block);
        }
        let open = move |()| is_open.set(true);
        view! { <Button label=say(words::consumption_export) kind=ButtonKind::Plain on_press=open /> }
            .into_any()
    };
    view! { <div>{shown}</div> }.into_any()
}

/// What is made of the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    File(ExportKind),
    /// Of the chart that is shown.
    Picture,
}

/// Which days go into the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Days {
    Shown,
    Year,
    All,
}

/// Where the link stands.
#[derive(Clone, Debug, PartialEq)]
enum Link {
    None,
    Asked,
    Here(ExportLink),
    Failed(ClientError),
    /// A picture, made here, with what it shows in words.
    Picture(String, String),
    /// No chart is shown, or the browser makes none.
    NoPicture,
}

#[cfg_attr(feature = "split", lazy)]
async fn export(site: Site, point: ServicePoint, choice: Choice) -> AnyView {
    let (kind, days) = (RwSignal::new(Kind::File(ExportKind::ReadingsCsv)), RwSignal::new(Days::Shown));
    let link = RwSignal::new(Link::None);
    let session = SessionState::here();
    let property = move || {
        session.account().map(|account| Reader::here().message(&account.property)).unwrap_or_default()
    };
    // A link to other days is another link.
    Effect::new(move |_| {
        kind.track();
        days.track();
        choice.days.track();
        link.set(Link::None);
    });
    let speaks = point.meter.kind == MeterKind::Digital;
    let today = site.today;
    let make = move |()| {
        let Kind::File(kind) = kind.get_untracked() else {
            link.set(untrack(|| picture_of(Reader::here(), &property(), &point, choice)));
            return;
        };
        let (from, to) = match days.get_untracked() {
            Days::Shown => {
                let shown = choice.days.get_untracked();
                (Some(shown.from), Some(shown.to))
            }
            Days::Year => (today.checked_sub(YEAR).map(Day), Some(Day(today))),
            Days::All => (None, None),
        };
        let post = PostExport {
            account: Some(site.account.clone()),
            kind,
            service_point: Some(point.id.clone()),
            from,
            to,
        };
        link.set(Link::Asked);
        spawn_local(async move {
            link.try_set(send(post).await.map_or_else(Link::Failed, Link::Here));
        });
    };
    let offset = site.utc_offset_s;
    let label = move || match kind.get() {
        Kind::File(_) => words::export_make(Reader::here().language),
        Kind::Picture => words::consumption_picture_make(Reader::here().language),
    };
    let busy = Signal::derive(move || link.get() == Link::Asked);
    view! {
        <Card heading=say(words::consumption_export)>
            {kinds(kind, speaks)}
            {move || matches!(kind.get(), Kind::File(_)).then(|| which_days(days))}
            <Button label=label kind=ButtonKind::Outline on_press=make busy=busy />
            <div aria-live="polite">{move || outcome(Reader::here(), link.get(), offset)}</div>
        </Card>
    }
    .into_any()
}

fn kinds(kind: RwSignal<Kind>, speaks: bool) -> AnyView {
    type Named = (Kind, fn(Language) -> &'static str);
    let mut options: Vec<Named> = vec![
        (Kind::File(ExportKind::ReadingsCsv), words::consumption_export_csv),
        (Kind::Picture, words::consumption_export_picture),
    ];
    if speaks {
        options.insert(1, (Kind::File(ExportKind::GreenButton), words::consumption_export_green_button));
    }
    let choice = |(value, name): Named| {
        view! {
            <label class="export__kind">
                <input
                    type="radio"
                    name="export-kind"
                    prop:checked=move || kind.get() == value
                    on:change=move |_| kind.set(value)
                />
                <span>{say(name)}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="export__kinds">
            <legend class="heard">{say(words::export_format)}</legend>
            {options.into_iter().map(choice).collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}

/// The chart that is shown, with whose it is, what and when.
fn picture_of(reader: Reader, property: &str, point: &ServicePoint, choice: Choice) -> Link {
    let title = |period: &str| {
        words::consumption_picture_title(reader.language, reader.commodity(point.commodity), period, property)
    };
    picture::picture(reader, choice.painted, title)
        .map_or(Link::NoPicture, |(title, address)| Link::Picture(address, title))
}

fn which_days(days: RwSignal<Days>) -> AnyView {
    let options = vec![
        (Days::Shown, TextProp::from(say(words::export_days_shown))),
        (Days::Year, TextProp::from(say(words::export_days_year))),
        (Days::All, TextProp::from(say(words::export_days_all))),
    ];
    view! {
        <Segmented
            legend=say(words::export_days)
            name="export-days"
            options=options
            chosen=days
            on_choose=move |chosen| days.set(chosen)
        />
    }
    .into_any()
}

fn outcome(reader: Reader, link: Link, utc_offset_s: i32) -> AnyView {
    match link {
        Link::None | Link::Asked => ().into_any(),
        Link::Failed(error) => {
            let title = match &error {
                ClientError::Refused(problem) => reader.message(&problem.message),
                ClientError::Unreachable | ClientError::TimedOut => {
                    words::error_unreachable(reader.language).to_owned()
                }
                _ => words::export_error(reader.language).to_owned(),
            };
            view! { <Notice kind=NoticeKind::Bad title=title /> }.into_any()
        }
        Link::NoPicture => {
            view! { <Notice kind=NoticeKind::Warn title=words::consumption_picture_none(reader.language) /> }
                .into_any()
        }
        Link::Picture(address, title) => made(reader, address, title),
        Link::Here(ExportLink { path, ends_at }) => ready(reader, path, CivilTime::at(ends_at, utc_offset_s)),
    }
}

/// The picture itself, to keep as the device keeps pictures, and as a file.
fn made(reader: Reader, address: String, title: String) -> AnyView {
    let file = address.clone();
    view! {
        <Notice kind=NoticeKind::Good title=words::consumption_picture_ready(reader.language)>
            <img class="export__picture" src=address alt=title />
            <a class="button button--primary" href=file download="adad-consumption.png">
                {words::action_download(reader.language)}
            </a>
        </Notice>
    }
    .into_any()
}

/// The link: to follow, to copy, and to read where neither is allowed.
fn ready(reader: Reader, path: String, ends_at: CivilTime) -> AnyView {
    let title = words::export_ready(reader.language, &reader.time(ends_at));
    let address = location().origin().unwrap_or_default() + &path;
    let copied = RwSignal::new(false);
    let text = address.clone();
    let hand_over = move |()| {
        let text = text.clone();
        spawn_local(async move {
            copied.try_set(share(&text, None).await == Shared::Copied);
        });
    };
    let label = move || match copied.get() {
        true => words::action_copied(Reader::here().language),
        false => words::action_share(Reader::here().language),
    };
    view! {
        <Notice kind=NoticeKind::Good title=title>
            <p>{words::export_care(reader.language)}</p>
            <div class="export__ways">
                <a class="button button--primary" href=path download="">
                    {words::action_download(reader.language)}
                </a>
                <Button label=label kind=ButtonKind::Outline on_press=hand_over />
            </div>
            <input
                class="export__link"
                type="text"
                dir="ltr"
                readonly
                aria-label=words::export_link(reader.language)
                value=address
            />
        </Notice>
    }
    .into_any()
}
