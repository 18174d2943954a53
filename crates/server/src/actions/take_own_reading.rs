//! Takes a customer's own reading (ACC-1): once, within its days, and plausible or vouched for.

use api::accounts::{AccountId, Quality, Reading};
use api::own_readings::{OwnReading, PostOwnReading};
use api::problem::ApiError;
use billing::error::{BillingError, Refusal};
use billing::fraction::Fraction;
use billing::metering::pre_issue_check::{PreIssueCheckRequest, UsualRange, pre_issue_check};
use billing::number::Number;
use billing::period::{Day, Period};
use sqlx::AnyConnection;
use time::{Date, Duration};
use words::codes::finding_message;

use super::issue_bill::day_of_issue;
use super::measure::{past_periods, used};
use crate::calendar::{date_of, day_number, period_of};
use crate::error::{Error, Result};
use crate::photo::KeptPhoto;
use crate::practice::practice;
use crate::secrets;
use crate::store::accounts::PointRecord;
use crate::store::billed::{self, BilledPart};
use crate::store::{Store, own_readings, photos, readings};

const LONGEST_REQUEST_ID: usize = 64;
/// Photos that an account may hand over in a day.
const PHOTOS_A_DAY: i64 = 20;
const DAY_S: u32 = 86_400;

/// Keeps a photo for a reading that follows; gives its id.
///
/// # Errors
/// [`ApiError::TooManyRequests`] after twenty in a day; what the record reports.
pub async fn keep_photo(store: &Store, now: i64, account: &AccountId, photo: &KeptPhoto) -> Result<String> {
    let mut record = store.begin().await?;
    if photos::count_since(&mut record, account, now - i64::from(DAY_S)).await? >= PHOTOS_A_DAY {
        return Err(ApiError::TooManyRequests { wait_seconds: DAY_S }.into());
    }
    let id = secrets::token()?;
    photos::add(&mut record, &id, account, now, photo).await?;
    record.commit().await?;
    Ok(id)
}

/// Takes a reading of `point`. The same request again gives the same reply.
///
/// # Errors
/// [`ApiError::RepeatConflict`], [`ApiError::ReadingWindowClosed`], [`ApiError::ReadingUnlikely`] without a photo and
/// without confirmation, [`ApiError::ValueInvalid`]; the engine's `reading-fell` at `/register`.
pub async fn take_own_reading(
    store: &Store,
    now: i64,
    point: &PointRecord,
    post: &PostOwnReading,
) -> Result<OwnReading> {
    if post.request_id.is_empty() || post.request_id.len() > LONGEST_REQUEST_ID {
        return Err(wrong("/request_id"));
    }
    let mut record = store.begin().await?;
    own_readings::lock(&mut record, &point.meter.number).await?;
    if let Some(known) = own_readings::find(&mut record, &point.id, &post.request_id).await? {
        let same = known.reading.register == post.register && known.photo == post.photo;
        return if same { Ok(known) } else { Err(ApiError::RepeatConflict.into()) };
    }
    let today = today(now, point)?;
    let window = window(today)?;
    if today < window.first() || today > window.last() {
        return Err(ApiError::ReadingWindowClosed { from: window.from, to: window.to }.into());
    }
    if let Some(photo) = &post.photo
        && photos::find(&mut record, &point.account, photo).await?.is_none()
    {
        return Err(wrong("/photo"));
    }
    let own = judged(&mut record, now, today, point, post).await?;
    readings::add(&mut record, &point.meter.number, &own.reading).await?;
    own_readings::add(&mut record, &point.id, &post.request_id, &point.meter.number, &own).await?;
    record.commit().await?;
    Ok(own)
}

/// The days on which a reading for the open period is taken.
///
/// # Errors
/// [`Error::Bug`] if the practice or the rulebooks lack it.
pub fn window(today: Date) -> Result<Period> {
    let open = period_of(today, day_of_issue()?);
    let issue = open.last() + Duration::days(1);
    let opens = issue - Duration::days(practice()?.own_reading_opens_days_before_issue);
    Ok(Period { from: Day(opens), to: open.to })
}

/// The civil day of `now` at a service point.
///
/// # Errors
/// [`Error::Bug`] beyond the calendar.
pub fn today(now: i64, point: &PointRecord) -> Result<Date> {
    date_of(day_number(now, point.utc_offset_s)).ok_or(Error::Bug("the clock is beyond the calendar"))
}

/// The reading as it is kept, if it is plausible or vouched for.
async fn judged(
    record: &mut AnyConnection,
    now: i64,
    today: Date,
    point: &PointRecord,
    post: &PostOwnReading,
) -> Result<OwnReading> {
    let meter = &point.meter.number;
    let actual = readings::newest_of(record, meter, Some(Quality::Actual), 1).await?.pop();
    let actual = actual.ok_or(BillingError::NoPastPeriods.at("/register"))?;
    let usage = used(point, actual.register, post.register)
        .map_err(|refusal| Refusal { field: "/register".into(), ..refusal })?;
    let first = date_of(day_number(actual.at, point.utc_offset_s)).unwrap_or(today).min(today);
    let last = today.previous_day().unwrap_or(today).max(first);
    let history = billed::history(record, &point.account, today).await?;
    let ours: Vec<&BilledPart> = history.iter().filter(|part| part.service_point == point.id).collect();
    let check = pre_issue_check(
        &PreIssueCheckRequest {
            period: Period::new(first, last),
            usage,
            unit: point.unit.clone(),
            occupied: true,
            history: past_periods(&ours),
        },
        &finding_message,
    )?;
    let vouched = post.confirmed || post.photo.is_some();
    if let Some(usual) = check.usual.filter(|_| !check.allowed && !vouched) {
        return Err(unlikely(&usual, point)?.into());
    }
    // Two readings of one second would be one.
    let newest = readings::newest(record, meter).await?.map_or(now, |newest| now.max(newest.at + 1));
    let reading = Reading { at: newest, register: post.register, quality: Quality::Customer };
    Ok(OwnReading { reading, photo: post.photo.clone(), usage, unlikely: !check.allowed })
}

/// The usual use in whole units, as a person reads it.
fn unlikely(usual: &UsualRange, point: &PointRecord) -> Result<ApiError> {
    let whole = |figure: &str| -> Result<String, BillingError> {
        Ok(Fraction::whole(Number::parse(figure)?.fraction().round(0)?).to_number()?.to_string())
    };
    let (low, high) = (whole(&usual.low)?, whole(&usual.high)?);
    Ok(ApiError::ReadingUnlikely { low, high, unit: point.unit.clone() })
}

fn wrong(field: &str) -> Error {
    ApiError::ValueInvalid { field: field.to_owned() }.into()
}
