//! Each one's part of a bill, by the engine's `split` and, for fixed sums, its `allocation`.

use api::bills::BillSummary;
use billing::collection::allocation::{AllocationRequest, Debt, allocation};
use billing::collection::split::{SplitBy, SplitPart, SplitRequest, split};
use billing::error::{BillingError, Refusal};
use billing::money::Money;
use billing::number::Number;
use billing::working::StepAnswer;
use leptos::prelude::*;
use words::Language;
use words::codes::finding_message;

use crate::components::bill_line::{BillLine, BillLines, BillTotal};
use crate::components::notice::{Notice, NoticeKind};
use crate::format::Unit;
use crate::pages::reader::Reader;
use crate::pages::tools::form::{Field, Kind, Rows};
use crate::pages::tools::grounds::steps_view;
use crate::pages::tools::typed::{Typed, at};

const EQUAL: &str = "equal";
const PERCENT: &str = "percent";
const UNITS: &str = "units";
const SUMS: &str = "sums";
const WAYS: &[&str] = &[EQUAL, PERCENT, UNITS, SUMS];
/// The people.
pub const ROWS: Rows =
    Rows { name: "people", add: words::split_person_add, remove: words::split_person_remove, most: 20 };

/// Two people in equal parts.
pub fn starts() -> Typed {
    Typed::of(&[("by", EQUAL), (ROWS.name, "2")])
}

fn way_words(language: Language, value: &str) -> String {
    let words = match value {
        PERCENT => words::split_by_percent,
        UNITS => words::split_by_units,
        SUMS => words::split_by_sums,
        _ => words::split_by_equal,
    };
    words(language).to_owned()
}

fn name_of(row: usize, part: &str) -> String {
    format!("{}.{row}.{part}", ROWS.name)
}

/// The fields of each person.
pub fn fields(typed: &Typed) -> Vec<Field> {
    let mut fields = vec![Field::new("by", words::split_by, Kind::Few(WAYS, way_words))];
    for row in 0..typed.rows(ROWS.name, ROWS.most) {
        let name = Field::new(name_of(row, "name"), words::split_name, Kind::Name);
        let name = name.at_place(row + 1).optional();
        let share = |label| Field::new(name_of(row, "share"), label, Kind::Decimal).at_place(row + 1);
        match typed.text("by") {
            PERCENT => fields.extend([name, share(words::split_share).of(words::unit_percent)]),
            UNITS => fields.extend([name, share(words::split_units)]),
            SUMS => fields.extend([name, share(words::split_sum).optional()]),
            _ => fields.push(name.wide()),
        }
    }
    fields
}

/// A bill in parts.
#[derive(Debug)]
pub struct Shares {
    parts: Vec<Share>,
    /// What the parts add up to.
    total: Money,
    /// What no fixed sum took and nobody is left to take.
    left: Money,
}

#[derive(Debug)]
struct Share {
    /// Empty for who was not named.
    name: String,
    amount: String,
    steps: Vec<StepAnswer>,
    /// Whether this one carries a minor unit that was left over.
    carries: bool,
}

/// The parts of `bill` among the people in `typed`.
///
/// # Errors
/// What the engine refuses, at the field of the form.
pub fn of(bill: &BillSummary, typed: &Typed) -> Result<Shares, Refusal> {
    let rows = typed.rows(ROWS.name, ROWS.most);
    let amount = Number::parse(&bill.total).map_err(|error| error.at(""))?;
    let (parts, left) = match typed.text("by") {
        SUMS => by_sums(bill, amount, typed, rows)?,
        way => (by_weight(bill, amount, weights(typed, way, rows)?, typed)?, Number::ZERO),
    };
    let money = |text: &str| Money::parse(text, bill.currency).map_err(|error| error.at(""));
    let mut minor = 0;
    for part in &parts {
        minor += money(&part.amount)?.minor();
    }
    Ok(Shares { parts, total: Money::from_minor(minor, bill.currency), left: money(&left.to_string())? })
}

/// Each one's row and weight.
fn weights(typed: &Typed, way: &str, rows: usize) -> Result<Vec<(usize, Number)>, Refusal> {
    if way == EQUAL {
        return Ok((0..rows).map(|row| (row, Number::from_units(1))).collect());
    }
    let weights: Result<Vec<_>, Refusal> =
        (0..rows).map(|row| Ok((row, typed.number(&name_of(row, "share"))?))).collect();
    let weights = weights?;
    let sum: i64 = weights.iter().map(|(_, weight)| weight.millionths()).fold(0, i64::saturating_add);
    let negative = weights.iter().any(|(_, weight)| *weight < Number::ZERO);
    if way == PERCENT && !negative && sum != Number::from_units(100).millionths() {
        // As the engine says it of shares: together they are 1.
        let sum = Number::from_millionths(sum / 100);
        return Err(at(BillingError::SharesNotWhole { sum }, &name_of(rows - 1, "share")));
    }
    Ok(weights)
}

fn by_weight(
    bill: &BillSummary,
    amount: Number,
    weights: Vec<(usize, Number)>,
    typed: &Typed,
) -> Result<Vec<Share>, Refusal> {
    let named = |row: usize| typed.text(&name_of(row, "name")).to_owned();
    let parts = weights.iter().map(|(row, weight)| SplitPart { name: named(*row), weight: *weight });
    // The engine divides by the weights alone; what they count is told beside the answer.
    let by = if typed.text("by") == UNITS { SplitBy::SubMeters } else { SplitBy::Heads };
    let request = SplitRequest { currency: bill.currency, amount, by, parts: parts.collect() };
    let answer = split(&request, &finding_message).map_err(|refused| {
        let place = refused.field.strip_prefix("/parts/").and_then(|field| field.strip_suffix("/weight"));
        let row = place.and_then(|place| weights.get(place.parse::<usize>().ok()?)).map(|(row, _)| *row);
        match (row, refused.field.as_str()) {
            (Some(row), _) => at(refused.error, &name_of(row, "share")),
            (None, "/parts") => at(refused.error, &name_of(0, "share")),
            _ => refused,
        }
    })?;
    let steps = answer.working.iter();
    let share = |(part, step): (billing::collection::split::SplitAmount, &StepAnswer)| Share {
        name: part.name,
        amount: part.amount,
        carries: step.inputs.0.iter().any(|(name, value)| name == "extra" && value == "1"),
        steps: vec![step.clone()],
    };
    Ok(answer.parts.into_iter().zip(steps).map(share).collect())
}

/// Fixed sums come first; what they leave is divided equally among those without one.
fn by_sums(
    bill: &BillSummary,
    amount: Number,
    typed: &Typed,
    rows: usize,
) -> Result<(Vec<Share>, Number), Refusal> {
    let field = |row| name_of(row, "share");
    let (fixed, open): (Vec<usize>, Vec<usize>) =
        (0..rows).partition(|row| !typed.text(&field(*row)).is_empty());
    let debt =
        |row: &usize| Ok(Debt { id: row.to_string(), due: bill.due_on, amount: typed.number(&field(*row))? });
    let debts: Result<Vec<_>, Refusal> = fixed.iter().map(debt).collect();
    let request = AllocationRequest { currency: bill.currency, receipt: amount, debts: debts? };
    let answer = allocation(&request, &finding_message).map_err(|refused| {
        let place = refused.field.strip_prefix("/debts/").and_then(|field| field.strip_suffix("/amount"));
        match place.and_then(|place| fixed.get(place.parse::<usize>().ok()?)) {
            Some(row) => at(refused.error, &field(*row)),
            None => refused,
        }
    })?;
    let mut shares: Vec<(usize, Share)> = Vec::with_capacity(rows);
    for ((row, part), steps) in fixed.iter().zip(&answer.allocations).zip(answer.working.chunks(2)) {
        let most = Number::parse(&part.paid).map_err(|error| at(error, &field(*row)))?;
        if part.left.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
            // More than the bill has left for this one.
            return Err(at(BillingError::OutOfRange { least: Number::ZERO, most }, &field(*row)));
        }
        let name = typed.text(&name_of(*row, "name")).to_owned();
        shares.push((*row, Share { name, amount: part.paid.clone(), steps: steps.to_vec(), carries: false }));
    }
    let mut left = Number::parse(&answer.remainder).map_err(|error| error.at(""))?;
    if !open.is_empty() {
        let weights = open.iter().map(|row| (*row, Number::from_units(1))).collect();
        shares.extend(open.iter().copied().zip(by_weight(bill, left, weights, typed)?));
        left = Number::ZERO;
    }
    shares.sort_by_key(|(row, _)| *row);
    Ok((shares.into_iter().map(|(_, share)| share).collect(), left))
}

fn person(reader: Reader, at: usize, share: &Share) -> String {
    match share.name.as_str() {
        "" => words::split_person(reader.language, &reader.whole(at as u64 + 1)),
        name => name.to_owned(),
    }
}

/// Each one's name and part.
pub fn each(reader: Reader, shares: &Shares) -> Vec<(String, String)> {
    let named = |(at, share): (usize, &Share)| (person(reader, at, share), share.amount.clone());
    shares.parts.iter().enumerate().map(named).collect()
}

/// In one sentence: the parts add up to the bill.
pub fn said(reader: Reader, bill: &BillSummary, shares: &Shares) -> String {
    words::bill_split_sum(reader.language, &reader.money(bill.currency, &shares.total.to_string()))
}

/// As it can be sent to the household.
pub fn text(reader: Reader, bill: &BillSummary, shares: &Shares) -> String {
    let money = |amount: &str| reader.money(bill.currency, amount);
    let mut lines = vec![words::bill_title(reader.language, &reader.month(bill.month))];
    lines.extend(shares.parts.iter().enumerate().map(|(at, share)| {
        format!("\u{2068}{}\u{2069}: {}", person(reader, at, share), money(&share.amount))
    }));
    let total = shares.total.to_string();
    lines.push(format!("{}: {}", words::bill_line_total(reader.language), money(&total)));
    lines.join("\n")
}

/// The lines that are open, by their places: they stay so while somebody types.
pub type OpenLines = StoredValue<Vec<usize>>;

/// A line each, and who carries what does not divide.
pub fn view(reader: Reader, bill: &BillSummary, shares: Shares, open: OpenLines) -> AnyView {
    let (language, currency) = (reader.language, bill.currency);
    let money = |amount: &str| reader.money(currency, amount);
    let carriers: Vec<String> = (shares.parts.iter().enumerate())
        .filter(|(_, share)| share.carries)
        .map(|(at, share)| format!("\u{2068}{}\u{2069}", person(reader, at, share)))
        .collect();
    let remainder = (!carriers.is_empty()).then(|| {
        let smallest = money(&Money::from_minor(1, currency).to_string());
        let carriers = carriers.join(language.choose("، ", ", "));
        let text = words::split_remainder(language, &smallest, &carriers);
        view! { <p class="card__text">{text}</p> }.into_any()
    });
    let is_whole = shares.left.minor() == 0;
    let left = (!is_whole).then(|| {
        let title = words::split_left(language, &money(&shares.left.to_string()));
        view! { <Notice kind=NoticeKind::Warn title=title /> }.into_any()
    });
    let total = shares.total.to_string();
    let sum = is_whole.then(|| {
        let text = words::bill_split_sum(language, &money(&total));
        view! { <p class="card__caption">{text}</p> }.into_any()
    });
    let line = |(at, share): (usize, Share)| {
        let name = format!("\u{2068}{}\u{2069}", person(reader, at, &share));
        let working = move || steps_view(reader, &share.steps, Some(currency));
        let (value, unit) = (share.amount.clone(), Unit::Money(currency));
        let is_open = open.with_value(|open| open.contains(&at));
        let note = Callback::new(move |is_open| {
            // The page may have gone while its lines closed.
            open.try_update_value(|open| {
                open.retain(|known| *known != at);
                if is_open {
                    open.push(at);
                }
            });
        });
        view! { <BillLine label=name value=value unit=unit working=working open=is_open on_toggle=note /> }
            .into_any()
    };
    let lines: Vec<AnyView> = shares.parts.into_iter().enumerate().map(line).collect();
    view! {
        {left}
        <BillLines>
            {lines}
            <BillTotal label=words::bill_line_total(language) value=total unit=Unit::Money(currency) />
        </BillLines>
        {sum}
        {remainder}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use api::accounts::BillId;
    use api::bills::{BillKind, BillState};
    use billing::money::Currency;
    use billing::period::{Day, Period, parse_date};

    use super::*;

    fn bill(total: &str) -> BillSummary {
        let day = |text| parse_date(text).unwrap();
        BillSummary {
            id: BillId("1".into()),
            month: Day(day("2026-08-28")),
            period: Period::new(day("2026-07-28"), day("2026-08-27")),
            issued_on: Day(day("2026-08-28")),
            due_on: Day(day("2026-09-28")),
            currency: Currency::KWD,
            total: total.into(),
            state: BillState::Due,
            usages: Vec::new(),
            kind: BillKind::Actual,
            corrects: None,
            corrected_by: None,
            owed: None,
            is_in_parts: false,
        }
    }

    fn among(by: &str, shares: &[&str]) -> Typed {
        let mut typed = Typed::of(&[("by", by), (ROWS.name, &shares.len().to_string())]);
        for (row, share) in shares.iter().enumerate() {
            typed.set(&name_of(row, "share"), (*share).to_owned());
        }
        typed
    }

    #[test]
    fn the_parts_add_up_to_the_bill() {
        for (total, by, people, parts) in [
            ("10", EQUAL, &["", "", ""][..], &["3.334", "3.333", "3.333"][..]),
            ("36.607", UNITS, &["333.3", "250", "416.7"], &["12.201", "9.152", "15.254"]),
            ("36.607", PERCENT, &["50", "25", "25"], &["18.303", "9.152", "9.152"]),
            // 20 of 36.607 are fixed; of the rest each gets 8.3035, and the first the fils left over.
            ("36.607", SUMS, &["", "٢٠", ""], &["8.304", "20.000", "8.303"]),
            ("36.607", SUMS, &["20", "16.607"], &["20.000", "16.607"]),
        ] {
            let shares = of(&bill(total), &among(by, people)).unwrap();
            let amounts: Vec<_> = shares.parts.iter().map(|share| share.amount.as_str()).collect();
            assert_eq!(amounts, parts, "{total} by {by}");
            let total = Money::parse(total, Currency::KWD).unwrap();
            assert_eq!((shares.total, shares.left.minor()), (total, 0), "{by}");
        }
    }

    #[test]
    fn who_carries_the_fils_left_over_is_known() {
        let shares = of(&bill("10"), &among(EQUAL, &["", "", ""])).unwrap();
        assert_eq!(shares.parts.iter().map(|share| share.carries).collect::<Vec<_>>(), [true, false, false]);
    }

    #[test]
    fn fixed_sums_may_leave_something() {
        let shares = of(&bill("36.607"), &among(SUMS, &["20", "16"])).unwrap();
        assert_eq!(
            (shares.total.to_string().as_str(), shares.left.to_string().as_str()),
            ("36.000", "0.607")
        );
    }

    #[test]
    fn a_refusal_stands_at_the_persons_field() {
        for (by, people, code, field) in [
            (PERCENT, &["50", "40"][..], "shares-not-whole", "/people/1/share"),
            (PERCENT, &["150", "-50"], "negative", "/people/1/share"),
            (UNITS, &["0", "0"], "out-of-range", "/people/0/share"),
            (UNITS, &["1", "x"], "not-a-decimal", "/people/1/share"),
            (SUMS, &["", "36.608"], "out-of-range", "/people/1/share"),
            (SUMS, &["20", "", "20"], "out-of-range", "/people/2/share"),
            (SUMS, &["0.0005"], "finer-than-minor-unit", "/people/0/share"),
        ] {
            let refused = of(&bill("36.607"), &among(by, people)).map(drop).unwrap_err();
            assert_eq!((refused.error.code(), refused.field.as_str()), (code, field), "{by} {people:?}");
        }
    }
}
