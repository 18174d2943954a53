//! What the holder may do to a complaint: add to it, go on to the authority, take it back.

use api::accounts::{AccountId, ComplaintId};
use api::complaint_requests::{PostAppeal, PostEvidence, PostWithdrawal};
use api::complaints::{Complaint, HolderMove, MOST_PHOTOS, MOST_TEXT};
use billing::complaint::AppealTo;
use leptos::prelude::*;
use words::Language;

use super::more_photos::MorePhotos;
use crate::components::button::{Button, ButtonKind};
use crate::components::card::SectionTitle;
use crate::components::disclosure::Disclosure;
use crate::components::field::TextArea;
use crate::components::icon::IconName;
use crate::pages::meter::writing::Writing;
use crate::pages::reader::{Reader, say};
use crate::session::SessionState;

/// Whose complaint, and what to do when it has changed.
#[derive(Clone)]
struct Case {
    account: AccountId,
    complaint: ComplaintId,
    again: Callback<()>,
}

/// What is open to the holder now.
pub fn moves(reader: Reader, complaint: &Complaint, again: Callback<()>) -> Option<AnyView> {
    let account = untrack(|| SessionState::here().account_id())?;
    let case = Case { account, complaint: complaint.summary.id.clone(), again };
    let room = MOST_PHOTOS.saturating_sub(complaint.evidence.iter().map(|one| one.photos.len()).sum());
    let is_protected = complaint.rights.answer.as_ref().is_some_and(|answer| answer.protected);
    let appeal_to = complaint.rights.answer.as_ref().and_then(|answer| answer.appeal_to);
    let one = |open: &HolderMove| {
        let case = case.clone();
        match open {
            HolderMove::AddEvidence => {
                question(words::complaint_add, IconName::Upload, move || add(case.clone(), room))
            }
            HolderMove::Appeal => appeal(reader, case, appeal_to),
            HolderMove::Withdraw => question(words::complaint_withdraw, IconName::Leave, move || {
                withdraw(case.clone(), is_protected)
            }),
        }
    };
    let rows: Vec<AnyView> = complaint.open_to.iter().map(one).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <SectionTitle title=say(words::complaint_moves_title) />
            <section class="card card--flush">{rows}</section>
        }
        .into_any()
    })
}

fn question(
    label: fn(Language) -> &'static str,
    icon: IconName,
    answer: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    view! { <Disclosure label=say(label) icon=icon answer=answer /> }.into_any()
}

/// To whom it goes, and that the whole file goes with it.
fn appeal(reader: Reader, case: Case, to: Option<AppealTo>) -> AnyView {
    let label = match to {
        Some(AppealTo::Ministry) => words::complaint_grievance(reader.language).to_owned(),
        _ => words::complaint_appeal(reader.language, words::authority_sa(reader.language)),
    };
    let (shown, press) = (label.clone(), label);
    let answer = move || {
        let (writing, case) = (Writing::begin(), case.clone());
        let label = press.clone();
        let send = move || {
            let post = PostAppeal {
                account: Some(case.account.clone()),
                complaint: Some(case.complaint.clone()),
                request_id: writing.request_id(),
                text: writing.text.get_untracked(),
            };
            let again = case.again;
            writing.send(post, changed(again));
        };
        text_form("appeal-text", words::complaint_appeal_why, writing, label, ().into_any(), send)
    };
    let note = words::complaint_appeal_body(reader.language);
    let answer = move || view! { <p class="card__text">{note}</p> {answer()} }.into_any();
    view! { <Disclosure label=shown icon=IconName::Document answer=answer /> }.into_any()
}

/// More words, and more photos as long as there is room.
fn add(case: Case, room: usize) -> AnyView {
    let (writing, photos) = (Writing::begin(), MorePhotos::begin(room));
    let send = move || {
        let case = case.clone();
        photos.hand_over(case.account.clone(), writing, move |photos| {
            let post = PostEvidence {
                account: Some(case.account.clone()),
                complaint: Some(case.complaint.clone()),
                request_id: writing.request_id(),
                text: writing.text.get_untracked(),
                photos,
            };
            let again = case.again;
            writing.send(post, changed(again));
        });
    };
    let field = (room > 0).then(|| photos.field(words::complaint_photos)).into_any();
    let label = words::complaint_add_send(untrack(Reader::here).language).to_owned();
    text_form("evidence-text", words::complaint_add_text, writing, label, field, send)
}

/// A press asks whether it is meant; the next one does it.
fn withdraw(case: Case, is_protected: bool) -> AnyView {
    let writing = Writing::begin();
    let press = move |()| {
        if writing.busy.get_untracked() {
            return;
        }
        let post = PostWithdrawal {
            account: Some(case.account.clone()),
            complaint: Some(case.complaint.clone()),
            request_id: writing.request_id(),
        };
        let again = case.again;
        writing.send(post, changed(again));
    };
    let question: fn(Language) -> &'static str = match is_protected {
        true => words::complaint_withdraw_confirm,
        false => words::complaint_withdraw_ask,
    };
    let wrong = move || {
        writing.error.get().map(|wrong| view! { <p class="field__error" role="alert">{wrong}</p> }.into_any())
    };
    view! {
        <div class="complaint-move">
            <p class="card__text">{say(question)}</p>
            <Button
                label=say(words::complaint_withdraw)
                kind=ButtonKind::Outline
                busy=writing.busy
                on_press=press
            />
            {wrong}
        </div>
    }
    .into_any()
}

/// Asks for the complaint again, if its page is still there.
fn changed(again: Callback<()>) -> Callback<Complaint> {
    Callback::new(move |_| {
        again.try_run(());
    })
}

fn text_form(
    id: &'static str,
    label: fn(Language) -> &'static str,
    writing: Writing,
    send_label: String,
    more: AnyView,
    send: impl Fn() + 'static,
) -> AnyView {
    let submit = move |submitted: leptos::ev::SubmitEvent| {
        submitted.prevent_default();
        if !writing.busy.get_untracked() {
            send();
        }
    };
    view! {
        <form class="complaint-move" novalidate on:submit=submit>
            <TextArea
                id=id.to_owned()
                label=say(label)
                value=writing.text
                most=MOST_TEXT
                error=writing.error
            />
            {more}
            <Button label=send_label busy=writing.busy />
        </form>
    }
    .into_any()
}
