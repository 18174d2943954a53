//! The prices of a tariff and its limits for any number of days (TAR-5), drawn.

use billing::bill::TierRounding;
use billing::error::Refusal;
use billing::finding::Finding;
use billing::number::Number;
use billing::period::{Day, date_text};
use billing::rulebook::{self, Schedule, Tier, Version};
use billing::tier_limits::{TierLimitsAnswer, TierLimitsRequest, tier_limits as limits_for};
use leptos::prelude::*;
use words::Language;
use words::codes::finding_message;
use words::names::{label, rule_name, source_name, tier_name};

use super::form::{Answer, Field, Kind, Rows, Rule};
use super::grounds::{findings, why};
use super::tariffs::{published, tariff_words, unit_of};
use super::tool::{today, tool};
use super::typed::{Typed, at};
use crate::components::card::Card;
use crate::components::table::{Column, Table, TableRow};
use crate::components::tier_bar::{BarTier, BarUse, TierBar};
use crate::pages::reader::Reader;

/// In a tariff's place: limits that are typed in.
const OWN: &str = "own";
const ROWS: Rows =
    Rows { name: "limits", add: words::tools_limit_add, remove: words::tools_limit_remove, most: 9 };

/// The page at `/tools/tier-limits`.
#[cfg_attr(feature = "split", lazy)]
pub async fn tier_limits() -> AnyView {
    let starts = Typed::of(&[
        ("tariff", "sa.electricity.residential"),
        ("on", &date_text(today())),
        ("days", "31"),
        ("usage", "6300"),
        ("base_days", "30"),
        ("limits", "3"),
        ("limits.0", "2000"),
        ("limits.1", "4000"),
        ("limits.2", "6000"),
    ]);
    let rule = Rule { fields, rows: Some(ROWS), answer: Box::new(answer) };
    tool(words::tools_tier_limits, words::tools_tier_limits_help, starts, rule)
}

fn choice_words(language: Language, id: &str) -> String {
    if id == OWN { words::tools_own_limits(language).to_owned() } else { tariff_words(language, id) }
}

fn fields(typed: &Typed) -> Vec<Field> {
    let ids = published().map(|schedule| schedule.id).chain([OWN]).collect();
    let mut fields =
        vec![Field::new("tariff", words::meter_file_tariff, Kind::Many(ids, choice_words)).wide()];
    if typed.text("tariff") == OWN {
        let limit = |row| {
            let field = Field::new(format!("{}.{row}", ROWS.name), words::tools_limit, Kind::Decimal);
            field.at_place(row + 1)
        };
        fields.extend((0..typed.rows(ROWS.name, ROWS.most)).map(limit));
        fields.push(Field::new("base_days", words::tools_base_days, Kind::Whole).of(words::unit_days));
    } else {
        fields.push(Field::new("on", words::tools_tariff_on, Kind::Day));
        let unit = unit_of(typed.text("tariff"));
        fields.push(Field::new("usage", words::tools_usage, Kind::Decimal).of(unit).optional());
    }
    fields.push(Field::new("days", words::tools_period_days, Kind::Whole).of(words::unit_days));
    fields
}

/// What the limits are taken from.
struct Book {
    schedule: &'static Schedule,
    version: &'static Version,
}

impl Book {
    fn of(typed: &Typed) -> Result<Option<Self>, Refusal> {
        let id = typed.text("tariff");
        let Some(schedule) = rulebook::schedule(id) else { return Ok(None) };
        let on = typed.day("on")?;
        let first = schedule.versions.first().map_or(on, |version| version.effective_from);
        let none = billing::error::BillingError::NoTariffInForce { tariff: id.to_owned(), on, first };
        let version = schedule.version_on(on).ok_or_else(|| at(none, "on"))?;
        Ok(Some(Self { schedule, version }))
    }

    fn tiers(&self) -> &[Tier] {
        self.version.prices.bands.first().map_or(&[], |band| &band.tiers)
    }
}

fn request(typed: &Typed, book: Option<&Book>) -> Result<TierLimitsRequest, Refusal> {
    let days = typed.whole("days")?;
    let Some(book) = book else {
        let limit = |row| typed.number(&format!("{}.{row}", ROWS.name));
        let limits: Result<_, Refusal> = (0..typed.rows(ROWS.name, ROWS.most)).map(limit).collect();
        let (base_days, tier_rounding) = (typed.whole("base_days")?, TierRounding::Exact);
        return Ok(TierLimitsRequest { limits: limits?, base_days, days, tier_rounding });
    };
    let prices = &book.version.prices;
    Ok(TierLimitsRequest {
        limits: book.tiers().iter().filter_map(|tier| tier.up_to).collect(),
        base_days: prices.base_days,
        days,
        tier_rounding: prices.tier_rounding,
    })
}

fn answer(reader: Reader, typed: &Typed) -> Result<Answer, Refusal> {
    let book = Book::of(typed)?;
    let request = request(typed, book.as_ref())?;
    let answer = limits_for(&request)?;
    let language = reader.language;
    let days = reader.counted(request.days.into(), words::count_days_gen);
    let title = words::tools_limits_for(language, &days);
    let shown: Vec<String> = answer.limits.iter().map(|limit| reader.figure(limit)).collect();
    let is_flat = answer.limits.is_empty();
    let assumed = book.iter().filter(|_| !is_flat).flat_map(|book| book.version.assumed);
    let assumed: Vec<_> = assumed
        .map(|assumed| Finding::assumed(assumed.name, assumed.value).answer(&finding_message))
        .collect();
    let rule = label(rule_name(language, "TAR-5").unwrap_or_default());
    let why = (!is_flat).then(|| why(reader, rule, &answer.working, None));
    let usage = if typed.text("usage").is_empty() { Number::ZERO } else { typed.number("usage")? };
    if usage < Number::ZERO {
        return Err(at(billing::error::BillingError::Negative, "usage"));
    }
    let drawn = book.as_ref().map(|book| bar(reader, book, &answer, usage));
    let source = book.as_ref().map(|book| source(reader, book));
    let table = table(reader, book.as_ref(), &request, &answer);
    let view = view! {
        <Card heading=title.clone()>{drawn} {table} {source}</Card>
        {findings(reader, &assumed)}
        {why}
    };
    Ok(Answer {
        said: format!("{title}: {}", shown.join(language.choose("، ", ", "))),
        view: view.into_any(),
    })
}

fn source(reader: Reader, book: &Book) -> AnyView {
    let language = reader.language;
    let name = source_name(language, book.version.source.instrument).unwrap_or_default();
    let since = words::source_in_force(language, &reader.full_day(Day(book.version.effective_from)));
    view! {
        <p class="card__caption">{words::source_label(language, name)}</p>
        <p class="card__caption">{since}</p>
    }
    .into_any()
}

fn price_text(reader: Reader, book: &Book, tier: &Tier) -> String {
    match tier.price {
        Some(price) => reader.price(book.schedule.currency, price),
        None => words::not_published(reader.language).to_owned(),
    }
}

fn bar(reader: Reader, book: &Book, answer: &TierLimitsAnswer, usage: Number) -> AnyView {
    let language = reader.language;
    let mut before: Option<String> = None;
    let tier = |(place, tier): (usize, &Tier)| {
        let limit = answer.limits.get(place);
        let shown = match (limit, &before) {
            (Some(limit), _) => words::tier_up_to(language, &reader.short_figure(limit)),
            (None, Some(before)) => words::tier_above(language, before),
            (None, None) => words::tools_no_limit(language).to_owned(),
        };
        before = limit.map(|limit| reader.short_figure(limit));
        let ceiling = limit.and_then(|limit| Number::parse(limit).ok()).map(Number::millionths);
        BarTier { ceiling, price: price_text(reader, book, tier), limit: shown }
    };
    let tiers = book.tiers().iter().enumerate().map(tier).collect();
    let used = reader.exact_quantity(book.schedule.unit, &usage.to_string());
    let place = usage.millionths();
    let position = BarUse { used: place, expected: place, low: place, high: place };
    view! { <TierBar summary=used.clone() tiers=tiers position=position now=used expected=String::new() /> }
        .into_any()
}

fn table(
    reader: Reader,
    book: Option<&Book>,
    request: &TierLimitsRequest,
    answer: &TierLimitsAnswer,
) -> AnyView {
    let language = reader.language;
    let number = |text: String| view! { <bdi>{text}</bdi> }.into_any();
    let tiers = book.map_or(request.limits.len() + 1, |book| book.tiers().len());
    let row = |place: usize| {
        let base = request.limits.get(place).map(|limit| reader.figure(&limit.to_string()));
        let limit = answer.limits.get(place).map(|limit| reader.short_figure(limit));
        let none = || words::tools_no_limit(language).to_owned();
        let mut cells = vec![label(&tier_name(language, place + 1)).into_any()];
        cells.extend(book.and_then(|book| {
            let tier = book.tiers().get(place)?;
            Some(price_text(reader, book, tier).into_any())
        }));
        cells.push(number(base.unwrap_or_else(none)));
        cells.push(number(limit.unwrap_or_else(none)));
        TableRow::new(cells)
    };
    let mut columns = vec![Column::words(words::tools_tier(language))];
    columns.extend(book.map(|_| Column::words(words::tools_price(language))));
    columns.push(Column::number(words::tools_base_limit(language)));
    columns.push(Column::number(words::tools_limit_now(language)));
    let flat = request
        .limits
        .is_empty()
        .then(|| view! { <p class="card__text">{words::tools_flat(language)}</p> }.into_any());
    let rows = (0..tiers).map(row).collect::<Vec<_>>();
    view! {
        {flat}
        <Table caption=words::tools_tier_limits(language) columns=columns rows=rows />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(typed: &Typed) -> Result<Vec<String>, Refusal> {
        let book = Book::of(typed)?;
        Ok(limits_for(&request(typed, book.as_ref())?)?.limits)
    }

    #[test]
    fn limits_follow_the_days_under_the_version_in_force() {
        let of = |tariff, on, days| limits(&Typed::of(&[("tariff", tariff), ("on", on), ("days", days)]));
        // 6,000 × 31 ÷ 30; before 2018 four tiers in whole units: 2,000 × 31 ÷ 30 = 2,066.67.
        assert_eq!(of("sa.electricity.residential", "2026-08-28", "31").unwrap(), ["6200"]);
        assert_eq!(of("sa.electricity.residential", "2017-05-01", "31").unwrap(), ["2067", "4133", "6200"]);
        assert_eq!(of("kw.electricity.investment.statutory", "2026-08-28", "٣١").unwrap()[0], "1033.333333");
        assert!(of("kw.electricity.private", "2026-08-28", "31").unwrap().is_empty());
        let refused = of("sa.electricity.residential", "1999-01-01", "31").unwrap_err();
        assert_eq!((refused.error.code(), refused.field.as_str()), ("no-tariff-in-force", "/on"));
    }

    #[test]
    fn own_limits_have_to_rise() {
        let mut typed = Typed::of(&[("tariff", OWN), ("days", "24"), ("base_days", "30"), ("limits", "2")]);
        typed.set("limits.0", "2000".to_owned());
        typed.set("limits.1", "4000".to_owned());
        assert_eq!(limits(&typed).unwrap(), ["1600", "3200"]);
        typed.set("limits.1", "2000".to_owned());
        let refused = limits(&typed).unwrap_err();
        assert_eq!((refused.error.code(), refused.field.as_str()), ("limits-not-rising", "/limits/1"));
    }
}
