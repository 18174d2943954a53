//! A complaint with all that happened to it: how it stands, and what the engine says of its rights.

use api::accounts::{ComplaintId, Country};
use api::complaint_steps::{StepBy, StepKind};
use api::complaints::{ComplaintKind, ComplaintState, Rights};
use billing::complaint::{AppealTo, CaseStep, ComplaintAnswered, ComplaintRequest, Subject, complaint};
use billing::credit::prepaid_switch;
use billing::moment::Moment;
use billing::number::Number;
use billing::period::Day;
use sqlx::AnyConnection;
use words::debt::every_finding_message;

use super::debt_cut::DebtCut;
use super::standing::moment;
use crate::calendar::civil_day;
use crate::error::{Error, Result};
use crate::store::accounts::AccountRecord;
use crate::store::complaint_steps::{self, StepRecord};
use crate::store::complaints::{self, ComplaintRecord, RequestRecord};

/// A complaint with its history.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// As it was filed.
    pub record: ComplaintRecord,
    /// What happened, oldest first.
    pub steps: Vec<StepRecord>,
    /// Its photos, each with its step.
    pub photos: Vec<(i64, String)>,
}

/// What a complaint's rights depend on beside itself.
#[derive(Clone, Debug, Default)]
pub struct Circumstances {
    /// Whether government transactions are stopped (Kuwait).
    pub transactions_blocked: bool,
    /// When the service was cut over a debt.
    pub cut: Option<DebtCut>,
}

impl Case {
    /// The complaint of that number, whose ever it is.
    ///
    /// # Errors
    /// What the record reports.
    pub async fn find(db: &mut AnyConnection, id: &ComplaintId) -> Result<Option<Self>> {
        match complaints::find(db, id).await? {
            Some(record) => Ok(Some(Self::load(db, record).await?)),
            None => Ok(None),
        }
    }

    /// A complaint's history.
    ///
    /// # Errors
    /// What the record reports.
    pub async fn load(db: &mut AnyConnection, record: ComplaintRecord) -> Result<Self> {
        let steps = complaint_steps::steps(db, &record.id).await?;
        let photos = complaints::photos(db, &record.id).await?;
        Ok(Self { record, steps, photos })
    }

    /// The complaints of an account, newest first.
    ///
    /// # Errors
    /// What the record reports.
    pub async fn of_account(db: &mut AnyConnection, account: &AccountRecord) -> Result<Vec<Self>> {
        let mut cases = Vec::new();
        for record in complaints::of_account(db, &account.summary.id).await? {
            cases.push(Self::load(db, record).await?);
        }
        Ok(cases)
    }

    /// How it stands.
    #[must_use]
    pub fn state(&self) -> ComplaintState {
        let pending = |opens: &str, closes: &str| {
            let newest = self.steps.iter().rev().map(|step| step.what.kind());
            newest.into_iter().find(|kind| [opens, closes].contains(kind)) == Some(opens)
        };
        match () {
            () if self.has("withdrawn") => ComplaintState::Withdrawn,
            () if self.is_closed() => ComplaintState::Closed,
            () if self.has("appeal-decided") => ComplaintState::Decided,
            () if self.has("appealed") => ComplaintState::Appealed,
            () => match self.answer() {
                Some((_, true)) => ComplaintState::Accepted,
                Some((_, false)) => ComplaintState::Rejected,
                None if pending("test-ordered", "tested") => ComplaintState::MeterTest,
                None if self.steps.iter().any(|step| step.by == StepBy::Staff) => ComplaintState::Review,
                None => ComplaintState::Received,
            },
        }
    }

    /// Whether nothing more is done to it; the customer may still appeal against a refusal.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        self.has("withdrawn") || self.is_closed()
    }

    /// Closing a refused complaint takes nobody's appeal away: one that comes after opens it again.
    fn is_closed(&self) -> bool {
        let last = self.steps.iter().rev().map(|step| step.what.kind());
        last.into_iter().find(|kind| ["closed", "appealed"].contains(kind)) == Some("closed")
    }

    /// Whether it waits for its answer, or is with whom the customer appealed to.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let undecided = self.has("appealed") && !self.has("appeal-decided");
        !self.is_ended() && (self.answer().is_none() || undecided)
    }

    /// Whether a step of that kind was taken.
    #[must_use]
    pub fn has(&self, kind: &str) -> bool {
        self.steps.iter().any(|step| step.what.kind() == kind)
    }

    /// When the customer was answered, and whether they were right.
    #[must_use]
    pub fn answer(&self) -> Option<(i64, bool)> {
        self.steps.iter().find_map(|step| match step.what {
            StepKind::Answered { accepted } => Some((step.at, accepted)),
            _ => None,
        })
    }

    /// The number of the next step.
    #[must_use]
    pub fn next(&self) -> i64 {
        self.steps.last().map_or(1, |step| step.number + 1)
    }

    /// Adds the next step; false if somebody else took it meanwhile.
    ///
    /// # Errors
    /// What the record reports.
    pub async fn add(
        &mut self,
        db: &mut AnyConnection,
        request: &RequestRecord,
        at: i64,
        (by, actor): (StepBy, &str),
        (what, note): (StepKind, &str),
    ) -> Result<bool> {
        let (number, actor, note) = (self.next(), actor.to_owned(), note.to_owned());
        let step = StepRecord { number, at, actor, by, what, note };
        let added = complaint_steps::add_step(db, &self.record.id, request, &step).await?;
        self.steps.extend(added.then_some(step));
        Ok(added)
    }

    /// What the engine's rule `complaint` says of it now.
    ///
    /// # Errors
    /// [`Error::Bug`] beyond the calendar.
    pub fn rights(&self, account: &AccountRecord, now: i64, around: &Circumstances) -> Result<Rights> {
        let day = |at: i64| Ok::<Day, Error>(Day(civil_day(at, account.utc_offset_s)?));
        let number = |text: &str| Number::parse(text).map_err(Error::from);
        let sums = self.record.sums.as_ref();
        let answer = self
            .answer()
            .map(|(at, accepted)| Ok::<_, Error>(ComplaintAnswered { told: day(at)?, accepted }));
        let request = ComplaintRequest {
            country: engine_country(account.summary.country),
            about: self.subject(),
            received: day(self.record.filed_at)?,
            on: day(now)?,
            bill: sums.map_or(Ok(Number::ZERO), |sums| number(&sums.billed))?,
            undisputed: sums.map_or(Ok(Number::ZERO), |sums| number(&sums.undisputed))?,
            answer: answer.transpose()?,
            cut: around.cut.as_ref().map(|cut| moment(cut.at, account.utc_offset_s)).transpose()?,
            appeal: self.step_to(AppealTo::Authority, account)?,
            transactions_blocked: around.transactions_blocked,
            grievance: self.step_to(AppealTo::Ministry, account)?,
        };
        // Beyond the calendar on record nobody can say, and one that was taken back has no rights.
        let asked = !self.has("withdrawn");
        let answer = asked.then(|| complaint(&request, &every_finding_message).ok()).flatten();
        Ok(Rights { request, answer })
    }

    /// What the engine takes it for: what names a bill disputes it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        match (self.record.bill.is_some(), self.record.kind) {
            (true, _) => Subject::Bill,
            (false, ComplaintKind::MeterTestResult) => Subject::MeterTest,
            (false, _) => Subject::Other,
        }
    }

    fn step_to(&self, whom: AppealTo, account: &AccountRecord) -> Result<Option<CaseStep>> {
        let went = |step: &&StepRecord| matches!(step.what, StepKind::Appealed { to } if to == whom);
        let Some(filed) = self.steps.iter().find(went) else { return Ok(None) };
        let day = |at: i64| civil_day(at, account.utc_offset_s).map(Day);
        let decided = self.steps.iter().find(|step| step.what.kind() == "appeal-decided");
        let decided = decided.map(|step| day(step.at)).transpose()?;
        Ok(Some(CaseStep { filed: day(filed.at)?, decided }))
    }

    /// The local minute at which it came.
    ///
    /// # Errors
    /// [`Error::Bug`] beyond the calendar.
    pub fn filed(&self, account: &AccountRecord) -> Result<Moment> {
        moment(self.record.filed_at, account.utc_offset_s)
    }
}

/// The country as the engine's rules of cases name it.
#[must_use]
pub const fn engine_country(country: Country) -> prepaid_switch::Country {
    match country {
        Country::Kw => prepaid_switch::Country::Kw,
        Country::Sa => prepaid_switch::Country::Sa,
    }
}
