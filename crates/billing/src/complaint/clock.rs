//! What each country gives the customer while a complaint runs.

use time::{Date, Duration};

use super::{AppealTo, CaseState, CaseStep, ComplaintRequest, Subject};
use crate::bounds;
use crate::calendar;
use crate::error::{BillingError, Refusal};
use crate::finding::Finding;
use crate::finding::debt::DebtFinding;
use crate::money::Currency;
use crate::rulebook::Term;
use crate::rulebook::debt::{needed_on, term_on};

/// How the case stands, and what the customer may rely on.
pub(super) struct Rights {
    pub(super) state: CaseState,
    pub(super) answer_due: Option<Date>,
    pub(super) working_days_left: Option<i64>,
    pub(super) protected: bool,
    pub(super) restore_at_once: bool,
    pub(super) appeal_to: Option<AppealTo>,
    pub(super) grievance_due: Option<Date>,
    pub(super) suit_until: Option<Date>,
    pub(super) findings: Vec<Finding>,
}

/// The clock in working days from the one after the receipt; no cut before the answer and, as we take it, through an
/// appeal; the appeal to the regulator against an answer or for want of one.
pub(super) fn in_saudi_arabia(request: &ComplaintRequest) -> Result<Rights, Refusal> {
    let (received, on) = (request.received.0, request.on.0);
    let id = match request.about {
        Subject::Other => "sa.other-complaint-answer-days",
        Subject::Bill | Subject::MeterTest => "sa.complaint-answer-days",
    };
    let term = needed_on(id, received).map_err(|error| error.at("/received"))?;
    let at = |error: BillingError| error.at("/on");
    let due = calendar::working_day_after(received, term.count()).map_err(at)?;
    let state = state(request, Some(due));
    let left = match state {
        CaseState::Open => Some(calendar::working_days(on, due).map_err(at)?),
        _ => None,
    };
    let late_by = match state {
        CaseState::Late => Some(calendar::working_days(due, on).map_err(at)?),
        _ => None,
    };
    let by_bill = request.about == Subject::Bill;
    let waits = matches!(state, CaseState::Open | CaseState::Late);
    let protected = by_bill && (waits || state == CaseState::Appealed);
    let accepted = request.answer.is_some_and(|answer| answer.accepted && answer.told.0 <= on);
    let restore = accepted && request.cut.is_some_and(|cut| cut.day <= on);
    let against_test = request.about == Subject::MeterTest && waits;
    let appeal = matches!(state, CaseState::Late | CaseState::Rejected) || against_test;
    let told = [
        left.map(|_| DebtFinding::AnswerDue { working_days: term.count(), on: due }),
        late_by.map(|working_days| DebtFinding::AnswerLate { due, working_days }),
        protected.then_some(DebtFinding::ProtectedFromCut),
        restore.then_some(DebtFinding::RestoredAtOnce),
        against_test.then_some(DebtFinding::TestAppeal),
    ];
    let mut findings: Vec<_> = told.into_iter().flatten().map(Finding::Debt).collect();
    findings.extend(term.finding());
    if protected && state == CaseState::Appealed {
        findings.push(Finding::assumed("protection-through-appeal", "appeal-decided"));
    }
    Ok(Rights {
        state,
        answer_due: Some(due),
        working_days_left: left,
        protected,
        restore_at_once: restore,
        appeal_to: appeal.then_some(AppealTo::Authority),
        grievance_due: None,
        suit_until: None,
        findings,
    })
}

/// No clock and no protection; the grievance about stopped transactions since the law of 2025.
pub(super) fn in_kuwait(request: &ComplaintRequest) -> Result<Rights, Refusal> {
    let on = request.on.0;
    let state = state(request, None);
    let days = |id| term_on(id, on).map(Term::count);
    let terms = days("kw.grievance-days").zip(days("kw.suit-days"));
    let mut told = Vec::new();
    if state == CaseState::Open {
        told.push(DebtFinding::NoClockPublished { days: terms.map(|(answer, _)| answer) });
    }
    if state == CaseState::Open && request.about == Subject::Bill {
        let undisputed = bounds::money(request.undisputed, Currency::KWD, "/undisputed")?;
        told.push(DebtFinding::NoProtectionPublished { undisputed });
    }
    let filed = request.grievance.filter(|grievance| grievance.filed.0 <= on);
    let open = terms.filter(|_| request.transactions_blocked && filed.is_none());
    let concerned = terms.filter(|_| request.transactions_blocked || filed.is_some());
    told.extend(
        concerned.map(|(answer_days, suit_days)| DebtFinding::GrievanceFirst { answer_days, suit_days }),
    );
    let (due, suit) = match filed.zip(terms) {
        Some((grievance, (answer, suit))) => grievance_days(grievance, answer, suit, on)?,
        None => (None, None),
    };
    Ok(Rights {
        state,
        answer_due: None,
        working_days_left: None,
        protected: false,
        restore_at_once: false,
        appeal_to: open.map(|_| AppealTo::Ministry),
        grievance_due: due,
        suit_until: suit,
        findings: told.into_iter().map(Finding::Debt).collect(),
    })
}

/// The last day for the answer, and the last to sue: from the decision, or from the silence that is a refusal.
fn grievance_days(
    grievance: CaseStep,
    answer: i64,
    suit: i64,
    on: Date,
) -> Result<(Option<Date>, Option<Date>), Refusal> {
    let later = |day: Date, days: i64| {
        day.checked_add(Duration::days(days)).ok_or_else(|| BillingError::NotADate.at("/grievance/filed"))
    };
    let due = later(grievance.filed.0, answer)?;
    let decided = grievance.decided.map(|day| day.0).filter(|day| *day <= on);
    let told = decided.unwrap_or(due).min(due);
    Ok((Some(due), Some(later(told, suit)?)))
}

fn state(request: &ComplaintRequest, due: Option<Date>) -> CaseState {
    let on = request.on.0;
    let come = |day: Option<crate::period::Day>| day.is_some_and(|day| day.0 <= on);
    let answer = request.answer.filter(|answer| answer.told.0 <= on);
    let appeal = request.appeal.filter(|appeal| appeal.filed.0 <= on);
    match (appeal, answer) {
        (Some(appeal), _) if come(appeal.decided) => CaseState::Decided,
        (Some(_), _) => CaseState::Appealed,
        (None, Some(answer)) if answer.accepted => CaseState::Accepted,
        (None, Some(_)) => CaseState::Rejected,
        (None, None) if due.is_some_and(|due| on > due) => CaseState::Late,
        (None, None) => CaseState::Open,
    }
}
