//! A file's use by calendar month, and what each month costs under a schedule.

use billing::bill::{self, BillFacts};
use billing::error::{BillingError, Refusal};
use billing::money::Money;
use billing::number::Number;
use billing::period::{Day, Period};
use billing::rulebook::{self, Schedule};
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

/// Schedules of electricity that need nothing but the use to price it.
pub fn schedules() -> impl Iterator<Item = &'static Schedule> {
    rulebook::schedules().iter().filter(|schedule| {
        let newest = schedule.versions.last();
        let published = newest.is_some_and(|version| version.published);
        schedule.unit == "kWh"
            && published
            && newest.is_some_and(|version| price_of(schedule.id, version.effective_from).is_ok())
    })
}

/// Whether one unit on one day has a price without further facts.
fn price_of(id: &str, day: Date) -> Result<Money, Refusal> {
    let facts = BillFacts::of_schedule(id, Period::new(day, day), Number::from_units(1), None);
    bill::calculate(&facts).map(|bill| bill.total)
}

/// What each month costs, and all of them.
///
/// # Errors
/// What the engine refuses, such as a month before the schedule's first version.
pub fn price(months: &[MonthUse], schedule: &Schedule) -> Result<(Vec<Money>, Money), Refusal> {
    let cost = |month: &MonthUse| {
        let facts = BillFacts::of_schedule(schedule.id, month.period, month.used, None);
        bill::calculate(&facts).map(|bill| bill.total)
    };
    let costs: Vec<Money> = months.iter().map(cost).collect::<Result<_, _>>()?;
    let sum = costs.iter().try_fold(0_i128, |sum, cost| sum.checked_add(cost.minor()));
    let sum = sum.ok_or_else(|| BillingError::NumberTooLarge.at(""))?;
    Ok((costs, Money::from_minor(sum, schedule.currency)))
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
        let (costs, sum) = price(&months(&file()), schedule).unwrap();
        // 1.5 and 0.75 units at 2 fils: 3 fils and, rounded, 2.
        assert_eq!((costs.len(), sum.to_string().as_str()), (2, "0.005"));
    }

    #[test]
    fn only_schedules_that_need_no_more_are_offered() {
        let offered: Vec<_> = schedules().map(|schedule| schedule.id).collect();
        assert!(offered.contains(&"kw.electricity.private"), "{offered:?}");
        assert!(!offered.contains(&"sa.electricity.residential"), "a breaker's rating is needed");
        assert!(offered.iter().all(|id| id.contains("electricity")));
    }
}
