//! Medical need for electricity (DIS-5): what is registered, what it protects from, and how to register one. Saudi Arabia
//! alone has rules for it, so nothing is promised elsewhere.

mod form;

use api::accounts::Country;
use api::dire_need::{DireNeedPage, GetDireNeed, NeedState, RegisteredNeed};
use api::own_readings::PHOTO_ROUTE;
use billing::disconnection::NeedKind;
use billing::finding::FindingAnswer;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use words::Language;

use crate::client::use_loading;
use crate::clock::Clock;
use crate::components::card::{Card, SectionTitle};
use crate::components::facts::{Fact, Facts};
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::components::status_tag::{StatusTag, TagKind};
use crate::pages::loaded::{property, strip, when_here};
use crate::pages::overview::figures::local_day;
use crate::pages::page::use_title;
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::pages::states::phone;
use crate::session::SessionState;

/// Findings of the rule that speak of a need.
const OF_NEED: [&str; 4] = ["dire-need", "emergency", "dire-need-incomplete", "assumed-parameter"];
const INCOMPLETE: &str = "dire-need-incomplete";
/// What rests on a figure that is assumed.
const ASSUMED: &str = "assumed-parameter";

/// The page at `/settings/medical-need`.
pub fn dire_need() -> AnyView {
    use_title(|| words::settings_medical_title(Reader::here().language).to_owned());
    let session = SessionState::here();
    let country = Memo::new(move |_| session.account().map(|account| account.country));
    let shown = move || match country.get() {
        Some(Country::Sa) => in_saudi_arabia(session),
        _ => {
            let title = say(words::settings_medical_none);
            let body = move || {
                let reader = Reader::here();
                words::settings_medical_none_body(reader.language, &reader.digits.write(phone()))
            };
            view! { <Notice kind=NoticeKind::Plain icon=IconName::Info title=title>{body}</Notice> }
                .into_any()
        }
    };
    view! {
        <div class="frame__narrow">
            <PageHeader
                title=say(words::settings_medical_title)
                note=property()
                back=("/settings".to_owned(), TextProp::from(say(words::nav_more)))
            />
            {shown}
        </div>
    }
    .into_any()
}

fn in_saudi_arabia(session: SessionState) -> AnyView {
    let loading = use_loading(move || Some(GetDireNeed { account: session.account_id()? }));
    let again = Callback::new(move |()| loading.retry());
    view! {
        {strip(loading)}
        {when_here(
            loading,
            skeletons::one_block,
            words::settings_medical_error,
            move |page| registered(Reader::here(), page),
        )}
        {form::form(again)}
    }
    .into_any()
}

fn registered(reader: Reader, page: &DireNeedPage) -> AnyView {
    let findings = page.answer.as_ref().map(|answer| answer.findings.as_slice()).unwrap_or_default();
    let counts = page.counted.is_some();
    let said: Vec<AnyView> =
        findings.iter().filter(|_| counts).filter_map(|finding| finding_view(reader, finding)).collect();
    let needs: Vec<AnyView> = page.needs.iter().map(|need| card(reader, page.now, need)).collect();
    let title = (!needs.is_empty())
        .then(|| view! { <SectionTitle title=say(words::settings_medical_registered) /> }.into_any());
    view! {
        <div class="columns__stack">
            <p class="card__text">{words::settings_medical_help(reader.language)}</p>
            {said}
        </div>
        {title}
        <div class="columns__stack">{needs}</div>
    }
    .into_any()
}

/// What the rule says of the need that counts today.
fn finding_view(reader: Reader, finding: &FindingAnswer) -> Option<AnyView> {
    if !OF_NEED.contains(&finding.code.as_str()) {
        return None;
    }
    let message = reader.message(&finding.message);
    let view = match finding.code.as_str() {
        INCOMPLETE => view! { <Notice kind=NoticeKind::Warn title=message /> }.into_any(),
        // Other figures of the rule are assumed too; those of the hours of a cut are told where a cut is.
        ASSUMED if !message.contains(words::assumed_emergency_days(reader.language)) => return None,
        ASSUMED => view! {
            <p class="card__text">
                <StatusTag kind=TagKind::Outline label=words::assumed_badge(reader.language) />
                " "
                {message}
            </p>
        }
        .into_any(),
        _ => view! { <Notice kind=NoticeKind::Good title=message /> }.into_any(),
    };
    Some(view)
}

/// What a need is called.
fn kind_name(kind: NeedKind) -> fn(Language) -> &'static str {
    match kind {
        NeedKind::Equipment => words::settings_medical_equipment,
        NeedKind::Emergency => words::settings_medical_emergency,
    }
}

fn card(reader: Reader, now: i64, need: &RegisteredNeed) -> AnyView {
    let language = reader.language;
    let offset = untrack(|| Clock::here().utc_offset_s());
    let today = local_day(now, offset).map(|(today, _)| today);
    let word_holds = need.word_until.is_some_and(|until| today.is_some_and(|today| today <= until.0));
    let (tag, state) = match need.state {
        NeedState::Waiting if need.proof.is_none() => match (need.word_until, word_holds) {
            (Some(_), true) => (TagKind::Info, words::settings_medical_word(language)),
            (Some(_), false) => (TagKind::Plain, words::settings_medical_word_over(language)),
            (None, _) => (TagKind::Plain, words::settings_medical_no_report(language)),
        },
        NeedState::Waiting => (TagKind::Warn, words::settings_medical_waiting(language)),
        NeedState::Proven => (TagKind::Good, words::settings_medical_proven(language)),
        NeedState::Expired => (TagKind::Plain, words::settings_medical_expired(language)),
        NeedState::Refused => (TagKind::Bad, words::settings_medical_refused(language)),
    };
    let proven = need.until.filter(|_| need.state == NeedState::Proven).map(|until| {
        let until = words::settings_medical_until(language, &reader.full_day(until));
        view! { <p class="card__text">{until}</p> }.into_any()
    });
    let last_day = need.until.filter(|_| need.state != NeedState::Proven).map(|until| {
        let until = reader.full_day(until);
        view! { <Fact term=say(words::settings_medical_until_label)>{until}</Fact> }.into_any()
    });
    let soon = need.until.zip(today).is_some_and(|(until, today)| (until.0 - today).whole_days() <= 30);
    let protects = protects(reader, need, word_holds)
        .map(|protects| view! { <p class="card__text">{protects}</p> }.into_any());
    let renew = (soon && need.state == NeedState::Proven)
        .then(|| view! { <p class="card__text">{words::settings_medical_renew(language)}</p> }.into_any());
    let text = (!need.text.is_empty())
        .then(|| view! { <p class="complaint-text" dir="auto">{need.text.clone()}</p> }.into_any());
    let (told, proof, kind) = (reader.full_day(need.told), proof(reader, need), kind_name(need.kind));
    let aside = move || view! { <StatusTag kind=tag label=state /> };
    view! {
        <Card heading=say(kind) aside=aside>
            {proven}
            {protects}
            {renew}
            <Facts>
                <Fact term=say(words::settings_medical_told)>{told}</Fact>
                {last_day}
            </Facts>
            {text}
            {proof}
        </Card>
    }
    .into_any()
}

/// Until when a need protects that no report proves, or that it does not.
fn protects(reader: Reader, need: &RegisteredNeed, word_holds: bool) -> Option<String> {
    let language = reader.language;
    match (need.state, need.word_until) {
        (NeedState::Proven, _) => None,
        (_, Some(until)) if word_holds => {
            Some(words::settings_medical_word_protects(language, &reader.full_day(until)))
        }
        (NeedState::Waiting, _) if need.proof.is_some() => {
            Some(words::settings_medical_protects_not_yet(language).to_owned())
        }
        _ => Some(words::settings_medical_protects_not(language).to_owned()),
    }
}

fn proof(reader: Reader, need: &RegisteredNeed) -> Option<AnyView> {
    let account = untrack(|| SessionState::here().account_id())?;
    let source = PHOTO_ROUTE.replace("{account}", &account.0).replace("{photo}", need.proof.as_ref()?);
    let (href, label) = (source.clone(), words::settings_medical_proof(reader.language));
    Some(
        view! {
            <a class="own-photo__link" href=href target="_blank" rel="noopener">
                <img class="complaint-photos__one" src=source alt=label loading="lazy" width="88" height="88" />
            </a>
        }
        .into_any(),
    )
}
