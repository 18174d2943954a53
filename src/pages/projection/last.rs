//! How the projection of the last period did (PRO-4): projected again from the middle of it with what was known then.

use api::accounts::Commodity;
use billing::number::Number;
use billing::period::Day;
use billing::projection::{Projection, project};
use leptos::prelude::*;

use super::figures::Base;
use crate::components::card::Card;
use crate::pages::reader::Reader;

/// What was expected in the middle of the last period, and what came.
#[derive(Clone, Debug, PartialEq)]
pub struct LookBack {
    /// The month that its bill is named for.
    month: Day,
    /// The morning on which it would have been projected.
    on: Day,
    projection: Projection,
    /// As billed.
    actual: Number,
}

impl LookBack {
    /// Of the newest bill with electricity whose days are known, if there is one.
    pub fn of(base: &Base) -> Option<Self> {
        let bill = base.bills.iter().find(|bill| bill.corrected_by.is_none())?;
        let usage = bill.usages.iter().find(|usage| usage.commodity == Commodity::Electricity)?;
        let facts = base.facts.at_middle_of(bill.period)?;
        let projection = project(&facts).ok()?;
        Some(Self { month: bill.month, on: Day(facts.today), projection, actual: usage.usage })
    }

    fn lies_inside(&self) -> bool {
        (self.projection.low.usage..=self.projection.high.usage).contains(&self.actual)
    }

    /// The error against what came, in percent to one place.
    fn percent(&self) -> Option<Number> {
        let off = self.projection.middle.usage.millionths() - self.actual.millionths();
        let off = Number::from_millionths(off.abs()).fraction();
        let share = off.divided_by(self.actual.fraction()).ok()?.round(3).ok()?;
        i64::try_from(share).ok().map(|thousandths| Number::from_millionths(thousandths * 100_000))
    }
}

/// The card of the look back.
pub fn last(base: StoredValue<Base>) -> AnyView {
    let Some(back) = base.with_value(LookBack::of) else {
        let heading = move || {
            let month = base.with_value(|base| base.bills.first().map(|bill| bill.month));
            let reader = Reader::here();
            let month = month.map(|month| reader.month_name(month)).unwrap_or_default();
            words::projection_last_title(reader.language, month)
        };
        let unknown = move || words::projection_last_unknown(Reader::here().language);
        return base
            .with_value(|base| !base.bills.is_empty())
            .then(|| {
                view! { <Card heading=heading><p class="card__text">{unknown}</p></Card> }
            })
            .into_any();
    };
    let back = StoredValue::new(back);
    let heading = move || {
        let reader = Reader::here();
        words::projection_last_title(reader.language, reader.month_name(back.with_value(|back| back.month)))
    };
    let said = move || {
        let reader = Reader::here();
        back.with_value(|back| base.with_value(|base| sentences(reader, base, back)))
    };
    view! { <Card heading=heading>{said}</Card> }.into_any()
}

fn sentences(reader: Reader, base: &Base, back: &LookBack) -> AnyView {
    let language = reader.language;
    let quantity = |number: Number| base.unit.text(&number.to_string(), language, reader.digits);
    let Projection { low, middle, high, .. } = &back.projection;
    let percent = back.percent().map(|percent| reader.figure(&percent.to_string())).unwrap_or_default();
    let percent = words::assumed_percent(language, &percent);
    let outcome = words::why_pro_4(language, &quantity(middle.usage), &quantity(back.actual), &percent);
    let (from, to) = (quantity(low.usage), quantity(high.usage));
    let range = match back.lies_inside() {
        true => words::projection_last_inside(language, &from, &to),
        false => words::projection_last_outside(language, &from, &to),
    };
    view! {
        <p class="card__text">{outcome}</p>
        <p class="card__text">{range}</p>
        <p class="card__caption">{words::projection_last_note(language, &reader.full_day(back.on))}</p>
    }
    .into_any()
}
