//! A file's use by calendar month, and what each month costs under a schedule.

use billing::bill::{self, BillFacts};
use billing::error::{BillingError, Refusal};
use billing::money::{Currency, Money};
use billing::number::Number;
use billing::period::{Day, Period};
use billing::rulebook::{self, FeeAmount, Schedule};
use green_button::MeterFile;
use time::Date;

use crate::pages::overview::figures::local_day;

/// A calendar month of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthUse {
    /// Its days.
    pub period: Period,
    /// What was used in it.
    pub used: Number,
}

/// The months that the file has readings in; a reading belongs to the month that it begins in.
pub fn months(file: &MeterFile) -> Vec<MonthUse> {
    let offset = file.utc_offset_s.unwrap_or(0);
    let mut months: Vec<MonthUse> = Vec::new();
    for reading in &file.readings {
        let Some((day, _)) = local_day(reading.start, offset) else { continue };
        let (first, last) = ends_of_month(day);
        match months.last_mut().filter(|month| month.period.first() == first) {
            Some(month) => {
                month.used = Number::from_millionths(month.used.millionths() + reading.usage_micro);
            }
            None => {
                let used = Number::from_millionths(reading.usage_micro);
                months.push(MonthUse { period: Period::new(first, last), used });
            }
        }
    }
    months
}

fn ends_of_month(day: Date) -> (Date, Date) {
    let last = day.month().length(day.year());
    (day.replace_day(1).unwrap_or(day), day.replace_day(last).unwrap_or(day))
}

/// Schedules of electricity with published prices.
pub fn schedules() -> impl Iterator<Item = &'static Schedule> {
    rulebook::schedules().iter().filter(|schedule| {
        schedule.unit == "kWh" && schedule.versions.last().is_some_and(|version| version.published)
    })
}

/// Whether its meter fee goes by the breaker's rating.
pub fn needs_breaker(schedule: &Schedule) -> bool {
    let fees = schedule.versions.iter().flat_map(|version| version.prices.fees.iter());
    fees.into_iter().any(|fee| matches!(fee.amount, FeeAmount::ByBreaker(_)))
}

/// What each month costs, and all of them. `breaker_amps` counts where the schedule needs it.
///
/// # Errors
/// What the engine refuses, such as a month before the schedule's first version.
pub fn price(
    months: &[MonthUse],
    schedule: &Schedule,
    breaker_amps: Option<u32>,
) -> Result<(Vec<Money>, Money), Refusal> {
    let cost = |month: &MonthUse| {
        let facts = BillFacts::of_schedule(schedule.id, month.period, month.used, breaker_amps);
        bill::calculate(&facts).map(|bill| bill.total)
    };
    let costs: Vec<Money> = months.iter().map(cost).collect::<Result<_, _>>()?;
    let sum = sum(&costs, schedule.currency)?;
    Ok((costs, sum))
}

/// All of `costs`.
///
/// # Errors
/// [`BillingError::NumberTooLarge`].
pub fn sum(costs: &[Money], currency: Currency) -> Result<Money, Refusal> {
    let sum = costs.iter().try_fold(0_i128, |sum, cost| sum.checked_add(cost.minor()));
    let sum = sum.ok_or_else(|| BillingError::NumberTooLarge.at(""))?;
    Ok(Money::from_minor(sum, currency))
}

/// First and last local day of the file.
pub fn days(file: &MeterFile) -> Option<(Day, Day)> {
    let offset = file.utc_offset_s.unwrap_or(0);
    let day = |time: i64| local_day(time, offset).map(|(day, _)| Day(day));
    day(file.start).zip(day(file.end.saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> MeterFile {
        let reading = |start: i64, value: i64| {
            format!(
                "<IntervalReading><timePeriod><duration>3600</duration><start>{start}</start></timePeriod>\
                 <value>{value}</value></IntervalReading>"
            )
        };
        // 31 January 2024 23:00 and 1 February 00:00, UTC.
        let readings =
            reading(1_706_742_000, 1_500) + &reading(1_706_745_600, 500) + &reading(1_706_749_200, 250);
        let xml = format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content><ReadingType xmlns=\"http://naesb.org/espi\">\
             <powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom></ReadingType></content></entry><entry><content>\
             <IntervalBlock xmlns=\"http://naesb.org/espi\">{readings}</IntervalBlock></content></entry></feed>"
        );
        green_button::read(xml.as_bytes(), green_button::Limits::default()).unwrap()
    }

    #[test]
    fn readings_fall_into_the_months_they_begin_in() {
        let used: Vec<_> =
            months(&file()).iter().map(|month| (month.period.days(), month.used.to_string())).collect();
        assert_eq!(used, [(31, "1.5".to_owned()), (29, "0.75".to_owned())]);
    }

    #[test]
    fn each_month_is_priced_by_itself() {
        let schedule = rulebook::schedule("kw.electricity.private").unwrap();
        let (costs, sum) = price(&months(&file()), schedule, None).unwrap();
        // 1.5 and 0.75 units at 2 fils: 3 fils and, rounded, 2.
        assert_eq!((costs.len(), sum.to_string().as_str()), (2, "0.005"));
    }

    #[test]
    fn a_saudi_schedule_needs_the_breaker_and_has_its_fee_and_tax() {
        let schedule = rulebook::schedule("sa.electricity.residential").unwrap();
        assert!(needs_breaker(schedule));
        let refused = price(&months(&file()), schedule, None).unwrap_err();
        assert_eq!((refused.error.code(), refused.field.as_str()), ("breaker-missing", "/breaker_amps"));
        // 1.5 kWh × 0.18 = 0.27, with the fee of 15 and 15 % on both 17.56; 0.75 × 0.18 = 0.14 (0.135), 17.41.
        let (costs, sum) = price(&months(&file()), schedule, Some(100)).unwrap();
        assert_eq!(costs.iter().map(ToString::to_string).collect::<Vec<_>>(), ["17.56", "17.41"]);
        assert_eq!(sum.to_string(), "34.97");
    }

    #[test]
    fn every_published_schedule_of_electricity_is_offered() {
        let offered: Vec<_> = schedules().map(|schedule| schedule.id).collect();
        assert!(
            offered.contains(&"kw.electricity.private") && offered.contains(&"sa.electricity.industrial")
        );
        assert!(offered.iter().all(|id| id.contains("electricity")), "{offered:?}");
    }
}
