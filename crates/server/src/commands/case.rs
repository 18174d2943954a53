//! `adad case`: what staff do about a debt, a complaint or a dire need.

use api::accounts::AccountId;
use api::complaint_steps::{ComplaintStep, StepKind};
use api::complaints::Complaint;
use api::problem::ApiError;
use api::staff::{PostNeedReview, PostStaffStep, StaffNeed, StaffRole, StaffStep};
use billing::disconnection::LadderStep;
use billing::period::date_text;
use time::Date;

use super::CommandError;
use super::correct::{clock, told};
use crate::actions::dire_need::{review, waiting_needs};
use crate::actions::handle_complaint::{handle_complaint, open_complaints, staff_complaint};
use crate::actions::serve_notice::serve_notice;
use crate::auth::Staff;
use crate::config::Record;
use crate::config::case::{CaseAsk, OneComplaint, Outcome, Step, TakenStep};
use crate::error::Error;
use crate::secrets;
use crate::store::{Store, StoreError, accounts, staff};

pub(super) async fn case(ask: CaseAsk) -> Result<(), CommandError> {
    match ask {
        CaseAsk::Notice { id, account, step, served_on, record } => {
            notice(&record, &id, &account, step, served_on).await
        }
        CaseAsk::List(record) => list(&record).await,
        CaseAsk::Show(complaint) => show(&complaint).await,
        CaseAsk::Step { complaint, by, note, step } => take_step(&complaint, by, note, step).await,
        CaseAsk::Needs(record) => needs(&record).await,
        CaseAsk::ReviewNeed { need, outcome, by, note, record } => {
            let post = PostNeedReview { need: None, proven: outcome == Outcome::Yes, note };
            review_need(&record, &need, by, &post).await
        }
        CaseAsk::AddStaff { name, role, record } => add_staff(&record, &name, role.into()).await,
        CaseAsk::RevokeStaff { name, record } => revoke_staff(&record, &name).await,
    }
}

async fn notice(
    place: &Record,
    id: &str,
    account: &str,
    step: Step,
    served_on: Date,
) -> Result<(), CommandError> {
    let store = Store::open(&place.database_url).await?;
    let now = clock(&store).await?.now();
    let mut record = store.begin().await?;
    let account = accounts::find(&mut record, &AccountId(account.to_owned())).await?;
    let account = account.ok_or_else(|| CommandError::Says("--account: no such account".to_owned()))?;
    let step = match step {
        Step::Notice => LadderStep::Notice,
        Step::FinalNotice => LadderStep::FinalNotice,
        Step::Warning => LadderStep::Warning,
    };
    let named = serve_notice(&mut record, &account, id, step, served_on, now).await?;
    record.commit().await.map_err(StoreError::from)?;
    store.close().await;
    let Some(debt) = named else {
        return Err(CommandError::Says(format!("nothing was overdue on {}", date_text(served_on))));
    };
    println!("{id}: {debt} {} named, served on {}", debt.currency().code(), date_text(served_on));
    Ok(())
}

/// A refusal in words; the address that is not found here is the complaint's or the need's number.
fn refused(error: Error) -> CommandError {
    match error {
        Error::Api(ApiError::NotFound) => CommandError::Says("no such complaint or need".to_owned()),
        error => told(error),
    }
}

async fn list(place: &Record) -> Result<(), CommandError> {
    let store = Store::open(&place.database_url).await?;
    let now = clock(&store).await?.now();
    let open = open_complaints(&mut *store.read().await?, now).await.map_err(refused)?;
    for listed in open.complaints {
        let summary = listed.summary;
        let due = summary.answer_due.map_or_else(|| "no clock".to_owned(), |due| date_text(due.0));
        let disputed = summary.disputed.as_deref().unwrap_or("-");
        println!("{}: {:?}, {:?}, disputed {disputed}, due {due}", summary.id, summary.kind, summary.state);
    }
    store.close().await;
    Ok(())
}

async fn show(one: &OneComplaint) -> Result<(), CommandError> {
    let store = Store::open(&one.record.database_url).await?;
    let now = clock(&store).await?.now();
    let complaint = staff_complaint(&mut *store.read().await?, &one.id(), now).await.map_err(refused)?;
    print(&complaint);
    store.close().await;
    Ok(())
}

/// After all the steps that came: whoever is at the command line has just seen them.
async fn take_step(
    one: &OneComplaint,
    name: String,
    note: String,
    step: TakenStep,
) -> Result<(), CommandError> {
    let store = Store::open(&one.record.database_url).await?;
    let now = clock(&store).await?.now();
    let seen = staff_complaint(&mut *store.read().await?, &one.id(), now).await.map_err(refused)?;
    let step = step.step();
    let decides = matches!(step, StaffStep::DecideAppeal { .. });
    let role = if decides { StaffRole::Authority } else { StaffRole::Officer };
    let post = PostStaffStep {
        complaint: None,
        request_id: secrets::token().map_err(Error::from)?,
        after: seen.steps.last().map_or(0, |step| step.number),
        step,
        note,
    };
    let taken = (&one.id(), &post);
    let complaint = handle_complaint(&store, now, &Staff { name, role }, taken).await.map_err(refused)?;
    print(&complaint);
    store.close().await;
    Ok(())
}

async fn needs(place: &Record) -> Result<(), CommandError> {
    let store = Store::open(&place.database_url).await?;
    let now = clock(&store).await?.now();
    for need in waiting_needs(&mut *store.read().await?, now).await.map_err(refused)? {
        print_need(&need);
    }
    store.close().await;
    Ok(())
}

async fn review_need(
    place: &Record,
    need: &str,
    name: String,
    post: &PostNeedReview,
) -> Result<(), CommandError> {
    let store = Store::open(&place.database_url).await?;
    let now = clock(&store).await?.now();
    let staff = Staff { name, role: StaffRole::Officer };
    let reviewed = review(&store, now, &staff, (need, post)).await.map_err(refused)?;
    print_need(&reviewed);
    store.close().await;
    Ok(())
}

async fn add_staff(place: &Record, name: &str, role: StaffRole) -> Result<(), CommandError> {
    let store = Store::open(&place.database_url).await?;
    let (now, key) = (clock(&store).await?.now(), secrets::token().map_err(Error::from)?);
    let mut record = store.begin().await?;
    staff::add(&mut record, name, role, &secrets::hash(&key), now).await.map_err(|error| {
        CommandError::Says(format!("{name} cannot be added, perhaps they were before: {error}"))
    })?;
    record.commit().await.map_err(StoreError::from)?;
    store.close().await;
    println!("{name}: the key, which is not shown again:\n{key}");
    Ok(())
}

async fn revoke_staff(place: &Record, name: &str) -> Result<(), CommandError> {
    let store = Store::open(&place.database_url).await?;
    let now = clock(&store).await?.now();
    let mut record = store.begin().await?;
    if !staff::revoke(&mut record, name, now).await? {
        return Err(CommandError::Says(format!("nobody of the name {name} has a key")));
    }
    record.commit().await.map_err(StoreError::from)?;
    store.close().await;
    println!("{name}: the key opens nothing any more");
    Ok(())
}

fn print(complaint: &Complaint) {
    let summary = &complaint.summary;
    println!("{}: {:?}, {:?}", summary.id, summary.kind, summary.state);
    if let (Some(bill), Some(sums)) = (&summary.bill, &complaint.sums) {
        let code = sums.currency.code();
        println!(
            "bill {bill}: {} {code}, disputed {}, undisputed {}",
            sums.billed, sums.disputed, sums.undisputed
        );
    }
    if let Some(due) = summary.answer_due {
        println!("answer due {}, protected: {}", date_text(due.0), summary.protected);
    }
    if !complaint.text.is_empty() {
        println!("says: {}", plain(&complaint.text));
    }
    for ComplaintStep { number, what, note, .. } in &complaint.steps {
        println!("{number}. {}{} {}", what.kind(), details(what), plain(note));
    }
}

/// What belongs to a step beside its kind.
fn details(what: &StepKind) -> String {
    match what {
        StepKind::Answered { accepted } | StepKind::AppealDecided { accepted } => {
            if *accepted { ": for the customer" } else { ": against the customer" }.to_owned()
        }
        StepKind::Corrected { bill, total, owed, claimed, not_claimed } => {
            format!(": {bill} of {total}, owed {owed}, claimed {claimed}, not claimed {not_claimed}")
        }
        StepKind::Compensated { amount, .. } => format!(": {amount}"),
        StepKind::Tested { test } => format!(": {:?}, {} % off", test.result, test.error_percent),
        StepKind::Filed
        | StepKind::EvidenceAdded
        | StepKind::TakenUp
        | StepKind::TestOrdered { .. }
        | StepKind::RestorationOrdered
        | StepKind::Appealed { .. }
        | StepKind::Withdrawn
        | StepKind::Closed => String::new(),
    }
}

fn print_need(listed: &StaffNeed) {
    let need = &listed.need;
    let until = need.until.map_or_else(|| "-".to_owned(), |until| date_text(until.0));
    println!("{}: account {}, {:?}, until {until}, {:?}", need.id, listed.account, need.kind, need.state);
}

/// A customer's words without what a terminal obeys.
fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
