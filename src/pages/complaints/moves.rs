//! What the holder may do to a complaint: add to it, go on to the authority, take it back.

use api::accounts::{AccountId, ComplaintId};
use api::complaint_requests::{PostAppeal, PostEvidence, PostWithdrawal};
use api::complaints::{Complaint, ComplaintKind, HolderMove, MOST_PHOTOS, MOST_TEXT};
use billing::complaint::AppealTo;
use leptos::prelude::*;
use words::Language;

use super::kinds;
use super::more_photos::MorePhotos;
use crate::components::button::{Button, ButtonKind};
use crate::components::card::SectionTitle;
use crate::components::disclosure::Disclosure;
use crate::components::field::TextArea;
use crate::components::icon::IconName;
use crate::pages::lazy::lazy_part;
use crate::pages::meter::writing::Writing;
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
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
    let taken_back = Withdrawn::of(complaint.summary.kind, is_protected);
    let appeal_to = complaint.rights.answer.as_ref().and_then(|answer| answer.appeal_to);
    let label = authority_label(reader.language, appeal_to);
    let one = |open: &HolderMove| {
        let (what, label, icon) = match open {
            HolderMove::AddEvidence => {
                (What::Add(room), words::complaint_add(reader.language).to_owned(), IconName::Upload)
            }
            HolderMove::Appeal => (What::Appeal(label.clone()), label.clone(), IconName::Document),
            HolderMove::Withdraw => {
                (What::Withdraw(taken_back), (taken_back.label)(reader.language).to_owned(), IconName::Leave)
            }
        };
        let case = case.clone();
        let answer =
            move || lazy_part(Box::pin(complaint_moves(case.clone(), what.clone())), skeletons::one_block);
        view! { <Disclosure label=label icon=icon answer=answer /> }.into_any()
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

/// What a move does.
#[derive(Clone)]
enum What {
    /// Adds words, and photos as long as there is room for so many.
    Add(usize),
    /// Goes on to the authority, in these words.
    Appeal(String),
    /// Takes it back.
    Withdraw(Withdrawn),
}

type Sentence = fn(Language) -> &'static str;

/// What is taken back, and what is asked before.
#[derive(Clone, Copy)]
struct Withdrawn {
    label: Sentence,
    question: Sentence,
}

impl Withdrawn {
    fn of(kind: ComplaintKind, is_protected: bool) -> Self {
        let (label, question): (Sentence, Sentence) = match (kinds::is_request(kind), is_protected) {
            (true, _) => (words::request_withdraw, words::request_withdraw_ask),
            (false, true) => (words::complaint_withdraw, words::complaint_withdraw_confirm),
            (false, false) => (words::complaint_withdraw, words::complaint_withdraw_ask),
        };
        Self { label, question }
    }
}

/// What a move asks for, which travels when it is opened.
#[cfg_attr(feature = "split", lazy)]
async fn complaint_moves(case: Case, what: What) -> AnyView {
    match what {
        What::Add(room) => add(case, room),
        What::Appeal(label) => appeal(case, label),
        What::Withdraw(what) => withdraw(case, what),
    }
}

fn authority_label(language: Language, to: Option<AppealTo>) -> String {
    match to {
        Some(AppealTo::Ministry) => words::complaint_grievance(language).to_owned(),
        _ => words::complaint_appeal(language, words::authority_sa(language)),
    }
}

/// That the whole file goes to the authority.
fn appeal(case: Case, label: String) -> AnyView {
    let writing = Writing::begin();
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
    view! {
        <p class="card__text">{say(words::complaint_appeal_body)}</p>
        {text_form("appeal-text", words::complaint_appeal_why, writing, label, ().into_any(), send)}
    }
    .into_any()
}

/// More words, and more photos as long as there is room.
fn add(case: Case, room: usize) -> AnyView {
    let (writing, picked) = (Writing::begin(), MorePhotos::begin(room));
    let send = move || {
        let case = case.clone();
        picked.hand_over(case.account.clone(), writing, move |photos| {
            let post = PostEvidence {
                account: Some(case.account.clone()),
                complaint: Some(case.complaint.clone()),
                request_id: writing.request_id(),
                text: writing.text.get_untracked(),
                photos,
            };
            let again = changed(case.again);
            let arrived = Callback::new(move |complaint| {
                picked.clear();
                again.run(complaint);
            });
            writing.send(post, arrived);
        });
    };
    let field = (room > 0).then(|| picked.field(words::complaint_photos)).into_any();
    let label = words::complaint_add_send(untrack(Reader::here).language).to_owned();
    text_form("evidence-text", words::complaint_add_text, writing, label, field, send)
}

/// A press asks whether it is meant; the next one does it.
fn withdraw(case: Case, what: Withdrawn) -> AnyView {
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
    let wrong = move || {
        writing.error.get().map(|wrong| view! { <p class="field__error" role="alert">{wrong}</p> }.into_any())
    };
    view! {
        <div class="complaint-move">
            <p class="card__text">{say(what.question)}</p>
            <Button
                label=say(what.label)
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
