//! The clock of a complaint as a calendar: what counts, what does not, and the last day for the answer.

use billing::complaint::days_off;
use billing::period::Day;
use leptos::prelude::*;
use time::{Date, Duration};
use words::Language;

use words::debt::holiday_name;

use crate::format::day::CivilDay;
use crate::pages::lazy::lazy_part;
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;

const WEEK: i64 = 7;

/// What a day is to the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Before the clock, or after it.
    Outside,
    /// A weekend.
    NotCounted,
    /// An official holiday, by its id.
    Holiday(&'static str),
    /// It counts.
    Counted,
    /// The last one.
    Due,
}

/// The weeks from the receipt to the last day; none beyond the engine's calendar, which travels by itself.
pub fn calendar(reader: Reader, received: Day, today: Day, due: Day) -> AnyView {
    lazy_part(Box::pin(clock_weeks(reader, received, today, due)), skeletons::one_block)
}

#[cfg_attr(feature = "split", lazy)]
async fn clock_weeks(reader: Reader, received: Day, today: Day, due: Day) -> AnyView {
    table(reader, received, today, due).into_any()
}

fn table(reader: Reader, received: Day, today: Day, due: Day) -> Option<AnyView> {
    let weeks = weeks(received.0, due.0)?;
    let heads: Vec<AnyView> = weeks.first()?.iter().map(|(day, _)| head(reader, *day)).collect();
    let rows: Vec<AnyView> = weeks
        .iter()
        .map(|week| {
            let cells: Vec<AnyView> =
                week.iter().map(|(day, kind)| cell(reader, *day, *kind, *day == today.0)).collect();
            view! { <tr>{cells}</tr> }.into_any()
        })
        .collect();
    Some(
        view! {
            <div class="clock-room">
                <table class="clock">
                    <caption class="heard">{say(words::complaint_clock_title)}</caption>
                    <thead>
                        <tr>{heads}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {legend()}
            {holidays(reader, &weeks)}
        }
        .into_any(),
    )
}

/// Whole weeks from a Sunday, each day with what it is.
fn weeks(received: Date, due: Date) -> Option<Vec<Vec<(Date, Kind)>>> {
    let first = received.checked_sub(Duration::days(received.weekday().number_days_from_sunday().into()))?;
    let last =
        due.checked_add(Duration::days(WEEK - 1 - i64::from(due.weekday().number_days_from_sunday())))?;
    let off = days_off(first, last).ok()?;
    let count = (last - first).whole_days() + 1;
    let off_on = |day: Date| off.iter().find(|(off, _)| *off == day).map(|(_, holiday)| *holiday);
    let kind = |day: Date| match (day, off_on(day)) {
        (day, _) if day == due => Kind::Due,
        (_, Some(Some(holiday))) => Kind::Holiday(holiday),
        (_, Some(None)) => Kind::NotCounted,
        (day, None) if day > received && day < due => Kind::Counted,
        (_, None) => Kind::Outside,
    };
    let days: Vec<(Date, Kind)> = (0..count)
        .map(|at| first.checked_add(Duration::days(at)).map(|day| (day, kind(day))))
        .collect::<Option<_>>()?;
    Some(days.chunks(7).map(<[_]>::to_vec).collect())
}

/// A day of the week: short to the eye, whole to the ear.
fn head(reader: Reader, day: Date) -> AnyView {
    let name = CivilDay::from(Day(day)).weekday_name(reader.language);
    let short = match reader.language {
        Language::Arabic => name.strip_prefix("ال").unwrap_or(name),
        Language::English => name.get(..3).unwrap_or(name),
    };
    view! {
        <th scope="col" abbr=name class="clock__head">
            {short}
        </th>
    }
    .into_any()
}

fn cell(reader: Reader, day: Date, kind: Kind, is_today: bool) -> AnyView {
    let number = reader.digits.write(&day.day().to_string());
    let class = match kind {
        Kind::Outside => "clock__day",
        Kind::NotCounted | Kind::Holiday(_) => "clock__day clock__day--off",
        Kind::Counted => "clock__day clock__day--counted",
        Kind::Due => "clock__day clock__day--due",
    };
    let number = match kind {
        Kind::NotCounted => view! { <s>{number}</s> }.into_any(),
        Kind::Holiday(id) => view! {
            <s>{number}</s>
            <span class="clock__note" aria-hidden="true">
                {words::complaint_clock_holiday(reader.language)}
            </span>
            <span class="heard">{holiday_name(reader.language, id)}</span>
        }
        .into_any(),
        Kind::Due => view! { <strong>{number}</strong> }.into_any(),
        Kind::Outside | Kind::Counted => number.into_any(),
    };
    view! {
        <td class=class class:clock__day--today=is_today aria-current=is_today.then_some("date")>
            {number}
        </td>
    }
    .into_any()
}

/// The holidays by their names, each with its days.
fn holidays(reader: Reader, weeks: &[Vec<(Date, Kind)>]) -> Vec<AnyView> {
    let mut named: Vec<(&'static str, Date, Date)> = Vec::new();
    for (day, kind) in weeks.iter().flatten() {
        let Kind::Holiday(id) = kind else { continue };
        match named.last_mut().filter(|(last, ..)| last == id) {
            Some((_, _, to)) => *to = *day,
            None => named.push((id, *day, *day)),
        }
    }
    let line = |(id, from, to): (&str, Date, Date)| {
        let (name, [from_day, to_day]) =
            (holiday_name(reader.language, id), [from, to].map(|day| reader.full_day(Day(day))));
        let text = if from == to {
            words::complaint_clock_holiday_day(reader.language, name, &from_day)
        } else {
            words::complaint_clock_holiday_days(reader.language, name, &from_day, &to_day)
        };
        view! { <p class="clock__legend">{text}</p> }.into_any()
    };
    named.into_iter().map(line).collect()
}

fn legend() -> AnyView {
    let one = |class: &'static str, name: fn(Language) -> &'static str| {
        view! {
            <span class="clock__sign">
                <span class=class aria-hidden="true"></span>
                <span>{say(name)}</span>
            </span>
        }
        .into_any()
    };
    view! {
        <p class="clock__legend">
            {one("clock__swatch clock__day--counted", words::complaint_clock_counted)}
            {one("clock__swatch clock__day--due", words::complaint_clock_due)}
            {one("clock__swatch clock__day--off", words::complaint_clock_off)}
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use billing::period::parse_date;

    use super::*;

    #[test]
    fn whole_weeks_with_days_off_and_the_last_day() {
        let day = |text| parse_date(text).unwrap();
        // A Friday; ten working days later, over two weekends and National Day.
        let weeks = weeks(day("2026-09-18"), day("2026-10-04")).unwrap();
        assert_eq!(weeks.len(), 4);
        let kinds = |at: usize| weeks[at].iter().map(|(_, kind)| *kind).collect::<Vec<_>>();
        use Kind::{Counted, Due, Holiday, NotCounted, Outside};
        let national = Holiday("sa.holiday.national-day");
        assert_eq!(kinds(0)[5..], [NotCounted, NotCounted]);
        assert_eq!(kinds(1), [Counted, Counted, Counted, national, Counted, NotCounted, NotCounted]);
        assert_eq!(kinds(3)[..2], [Due, Outside]);
    }
}
