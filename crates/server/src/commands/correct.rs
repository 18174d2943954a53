//! `adad meter-test` and `adad correct-multiplier`: what an operator found, and what it does to the bills. Both may be
//! given again: what is done is not done twice.

use api::accounts::{BillId, ServicePointId};
use api::meters::{MeterTest, TestResult};
use api::problem::ApiError;
use billing::error::{BillingError, Refusal};
use billing::number::Number;
use billing::period::{Day, date_text};
use sqlx::AnyConnection;
use time::Date;
use words::Language;
use words::codes::{api_error_words, billing_error_words};

use super::CommandError;
use crate::actions::correct_multiplier::correct_multiplier as correct;
use crate::actions::take_own_reading::today;
use crate::actions::test_meter::{correct_after_test, record_test};
use crate::clock::Clock;
use crate::config::operator::{CorrectMultiplier, MeterTested};
use crate::error::Error;
use crate::practice::practice;
use crate::store::accounts::{self, AccountRecord, PointRecord};
use crate::store::{Store, bills, settings};

pub(super) async fn meter_test(ask: MeterTested) -> Result<(), CommandError> {
    let store = Store::open(&ask.record.database_url).await?;
    let clock = clock(&store).await?;
    let mut record = store.begin().await?;
    let (account, point) = found(&mut record, ask.service_point).await?;
    let on = today(clock.now(), &point)?;
    if ask.on > on {
        return Err(CommandError::Says(format!("--on: {} has not come yet", date_text(ask.on))));
    }
    let result = TestResult::from(ask.result);
    let test = MeterTest { on: Day(ask.on), result, error_percent: ask.error_percent };
    let meter = &point.meter.number;
    let is_new = record_test(&mut record, meter, &test).await.map_err(told)?;
    let days = practice()?.days_to_pay;
    let corrected = match ask.since {
        Some(since) => {
            correct_after_test(&mut record, &account, &point, &test, since, on, days).await.map_err(told)?
        }
        None => Vec::new(),
    };
    let known = if is_new { "on record" } else { "was on record" };
    println!("meter {meter}: {}, {known}", outcome(&test));
    let corrections = Corrections { account: &account, on, corrected: &corrected };
    // A test of an accurate meter changes no bill, and without a day nobody knows which.
    match (ask.since, result) {
        (Some(_), TestResult::Fast | TestResult::Slow) => corrections.tell(&mut record).await?,
        (None, TestResult::Fast | TestResult::Slow) => println!("no bill is corrected without --since"),
        (_, TestResult::Accurate) => (),
    }
    record.commit().await.map_err(crate::store::StoreError::from)?;
    store.close().await;
    Ok(())
}

pub(super) async fn correct_multiplier(ask: CorrectMultiplier) -> Result<(), CommandError> {
    let store = Store::open(&ask.record.database_url).await?;
    let clock = clock(&store).await?;
    let mut record = store.begin().await?;
    let (account, point) = found(&mut record, ask.service_point).await?;
    if ask.right <= Number::ZERO {
        return Err(told(BillingError::MultiplierInvalid.at("--right").into()));
    }
    let on = today(clock.now(), &point)?;
    let days = practice()?.days_to_pay;
    let corrected = correct(&mut record, &account, &point, ask.right, on, days).await.map_err(told)?;
    println!("meter {}: multiplier {}", point.meter.number, ask.right);
    Corrections { account: &account, on, corrected: &corrected }.tell(&mut record).await?;
    record.commit().await.map_err(crate::store::StoreError::from)?;
    store.close().await;
    Ok(())
}

pub(super) async fn clock(store: &Store) -> Result<Clock, CommandError> {
    let ahead = settings::find(&mut *store.read().await?, settings::DEMO_AHEAD_S).await?;
    Ok(Clock::Running { ahead_s: ahead.unwrap_or(0) })
}

pub(super) async fn found(
    record: &mut AnyConnection,
    service_point: String,
) -> Result<(AccountRecord, PointRecord), CommandError> {
    let missing = || CommandError::Says(format!("--service-point: no service point {service_point}"));
    let point = accounts::find_point(record, &ServicePointId(service_point.clone())).await?;
    let point = point.ok_or_else(missing)?;
    let account = accounts::find(record, &point.account).await?.ok_or_else(missing)?;
    Ok((account, point))
}

/// A refusal in words, for a person.
pub(super) fn told(error: Error) -> CommandError {
    match error {
        Error::Refused(Refusal { field, error }) => {
            CommandError::Says(format!("{field}: {}", billing_error_words(Language::English, &error)))
        }
        Error::Api(ApiError::RepeatConflict) => {
            CommandError::Says("another result of a test on that day is on record".to_owned())
        }
        Error::Api(error) => CommandError::Says(api_error_words(Language::English, &error)),
        error => error.into(),
    }
}

fn outcome(test: &MeterTest) -> String {
    let on = date_text(test.on.0);
    match test.result {
        TestResult::Accurate => format!("accurate on {on}"),
        TestResult::Fast => format!("fast by {} % on {on}", test.error_percent),
        TestResult::Slow => format!("slow by {} % on {on}", test.error_percent),
    }
}

/// Bills that were made again.
struct Corrections<'a> {
    account: &'a AccountRecord,
    on: Date,
    corrected: &'a [BillId],
}

impl Corrections<'_> {
    /// A line a bill: the old one, the new one, and what that leaves.
    async fn tell(&self, record: &mut AnyConnection) -> Result<(), CommandError> {
        let summary = &self.account.summary;
        for id in self.corrected {
            let bill = bills::find(record, summary, id, self.on).await?;
            let bill = bill.ok_or(Error::Bug("a corrected bill is missing"))?;
            let old = bill.summary.corrects.as_ref().map(|old| old.0.clone()).unwrap_or_default();
            let mut line = format!("{old} -> {id}: {} {}", bill.summary.total, summary.currency.code());
            if let Some(correction) = &bill.correction {
                line += &format!(", owed {}, not claimed {}", correction.owed, correction.not_claimed);
            }
            println!("{line}");
        }
        println!("{} bills corrected", self.corrected.len());
        Ok(())
    }
}
