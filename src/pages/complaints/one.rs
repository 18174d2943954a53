//! One complaint: how it stands, what protects meanwhile, what happened, and what its holder may do.

use api::accounts::ComplaintId;
use api::complaint_requests::GetComplaint;
use api::complaints::{Complaint, ComplaintKind, ComplaintState, ComplaintSummary};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::list::{is_ended, name, state_tag};
use super::{compensation, given, kinds, moves, rights, steps};
use crate::client::{Outcome, use_loading};
use crate::components::button::{ButtonKind, ButtonLink};
use crate::components::card::{Card, CardLink};
use crate::components::facts::{Fact, Facts};
use crate::components::icon::IconName;
use crate::components::leading::leading;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::pages::loaded::{strip, when_here};
use crate::pages::page::use_title;
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::router::query;
use crate::session::SessionState;

/// The page at `/complaints/:id`.
pub fn one(id: &str) -> AnyView {
    let (session, asked) = (SessionState::here(), ComplaintId(id.to_owned()));
    let id = asked.clone();
    let is_new = query("sent").is_some();
    let loading =
        use_loading(move || Some(GetComplaint { account: session.account_id()?, complaint: asked.clone() }));
    let title = move || {
        // Until it is here it may be either, and most are complaints.
        let kind = loading.outcome.with(|outcome| match outcome {
            Outcome::Here(loaded) => loaded.reply.summary.kind,
            _ => ComplaintKind::SomethingElse,
        });
        kinds::numbered(Reader::here(), kind, &id)
    };
    use_title(title.clone());
    let note = move || {
        loading.outcome.with(|outcome| match outcome {
            Outcome::Here(loaded) => {
                let summary = &loaded.reply.summary;
                name(Reader::here(), summary.kind, summary.month)
            }
            _ => String::new(),
        })
    };
    let moved = StoredValue::new(false);
    let again = Callback::new(move |()| {
        moved.set_value(true);
        loading.retry();
    });
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=title
                note=TextProp::from(note)
                back=("/complaints".to_owned(), TextProp::from(say(words::nav_complaints)))
            />
            {when_here(
                loading,
                skeletons::one_block,
                words::complaints_error,
                move |complaint| {
                    let reader = Reader::here();
                    // What was pressed is gone with the move: the reader is led to how it stands now.
                    let is_moved = moved.try_update_value(std::mem::take).unwrap_or_default();
                    let stands = stands(reader, complaint);
                    let stands = if is_moved { leading(stands) } else { stands };
                    body(reader, complaint, (is_new, stands), again)
                },
            )}
        </div>
    }
    .into_any()
}

fn body(
    reader: Reader,
    complaint: &Complaint,
    (is_new, stands): (bool, AnyView),
    again: Callback<()>,
) -> AnyView {
    let summary = &complaint.summary;
    let rights = (complaint.rights.answer.as_ref().filter(|_| !is_over(summary.state))).map(|answer| {
        let request = &complaint.rights.request;
        rights::view(reader, answer, (request.received, request.on), None)
    });
    view! {
        <div class="columns__stack">
            {is_new.then(|| received(reader, summary))}
            {stands}
            {rights}
            {compensation::owed(reader, complaint)}
            {moves::moves(reader, complaint, again)}
            {steps::steps(reader, complaint)}
            {given::given(reader, complaint)}
        </div>
    }
    .into_any()
}

/// Whether nothing is left to rely on.
fn is_over(state: ComplaintState) -> bool {
    matches!(state, ComplaintState::Withdrawn | ComplaintState::Closed)
}

/// That it arrived, and until when it is answered where that is known.
fn received(reader: Reader, summary: &ComplaintSummary) -> AnyView {
    let number = reader.digits.write(&summary.id.0);
    let language = reader.language;
    let due = summary.answer_due.map(|due| reader.full_day(due));
    let title = match (kinds::is_request(summary.kind), due) {
        (false, Some(due)) => words::complaint_sent(language, &number, &due),
        (false, None) => words::complaint_sent_undated(language, &number),
        (true, Some(due)) => words::request_sent(language, &number, &due),
        (true, None) => words::request_sent_undated(language, &number),
    };
    view! {
        <div role="status">
            <Notice kind=NoticeKind::Good icon=IconName::Check title=title />
        </div>
    }
    .into_any()
}

/// The state, the sums, and the way to the bill.
fn stands(reader: Reader, complaint: &Complaint) -> AnyView {
    let summary = &complaint.summary;
    let (kind, state) = (summary.kind, summary.state);
    let sums = complaint.sums.as_ref().map(|sums| {
        let money = |amount: &str| reader.money(sums.currency, amount);
        let (billed, disputed, rest) = (money(&sums.billed), money(&sums.disputed), money(&sums.undisputed));
        let is_due = !is_ended(state) && sums.undisputed.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
        let pay = is_due.then(|| {
            let (label, href) = (
                words::complaint_pay_undisputed(reader.language, &rest),
                format!("/pay?amount={}", sums.undisputed),
            );
            view! { <ButtonLink href=href label=label kind=ButtonKind::Outline /> }.into_any()
        });
        view! {
            <Facts>
                <Fact term=say(words::complaint_billed)>
                    <bdi>{billed}</bdi>
                </Fact>
                <Fact term=say(words::complaint_disputed_title)>
                    <bdi>{disputed}</bdi>
                </Fact>
                <Fact term=say(words::complaint_undisputed_title)>
                    <bdi>{rest}</bdi>
                </Fact>
            </Facts>
            {pay}
        }
        .into_any()
    });
    let bill = summary.bill.as_ref().map(|bill| {
        view! { <CardLink href=format!("/bills/{bill}") label=words::complaint_to_bill(reader.language) /> }
            .into_any()
    });
    let is_request = ComplaintKind::REQUESTS.contains(&kind);
    let heading = if is_request { words::complaint_stands_request } else { words::complaint_stands };
    view! {
        <Card heading=say(heading) aside=move || state_tag(kind, state)>
            {sums}
            {bill}
        </Card>
    }
    .into_any()
}
