//! Fair days: the same use in shorter and longer periods, with its tier and its cost.

use api::bills::{Bill, BillPart};
use billing::audit::fair_days::{in_days, tier_reached};
use billing::bill::{Bill as Calculated, calculate, tiers};
use billing::error::Refusal;
use billing::money::Currency;
use leptos::prelude::*;
use words::names::line_name;

use super::steps;
use crate::components::bill_line::{BillLine, BillLines};
use crate::format::Unit;
use crate::pages::reader::Reader;
use crate::pages::refusal::{self, Refused};

/// The periods that are compared: the days that limits are meant for, and three fewer and more.
const DAYS: [i64; 3] = [27, BASE_DAYS, 33];
const BASE_DAYS: i64 = 30;

/// The answer. It travels when it is asked for.
pub fn fair_days(reader: Reader, bill: Bill) -> AnyView {
    let several = bill.parts.len() > 1;
    let parts: Vec<AnyView> = bill.parts.iter().map(|part| part_view(reader, part, several)).collect();
    parts.into_any()
}

fn part_view(reader: Reader, part: &BillPart, several: bool) -> AnyView {
    let name = several.then(|| view! { <h3>{reader.commodity(part.commodity)}</h3> }.into_any());
    let answer = match answer(reader, part) {
        Ok(answer) => answer,
        Err(refused) => {
            let text = refusal::refusal(Refused::Sum(refused.error));
            view! { <p class="card__text">{text}</p> }.into_any()
        }
    };
    view! {
        {name}
        {answer}
    }
    .into_any()
}

fn answer(reader: Reader, part: &BillPart) -> Result<AnyView, Refusal> {
    let language = reader.language;
    if tiers(&part.facts)?.len() < 2 {
        return Ok(view! { <p class="card__text">{words::bill_fair_flat(language)}</p> }.into_any());
    }
    let own = calculate(&part.facts)?;
    let mut bills = DAYS.iter().map(|days| in_days(&part.facts, *days)).collect::<Result<Vec<_>, _>>()?;
    let plain = bills.iter().find(|bill| bill.days == BASE_DAYS).map(|bill| bill.total);
    let (own_days, currency, total) = (own.days, own.currency, own.total);
    bills.retain(|bill| bill.days != own_days);
    bills.push(own);
    bills.sort_by_key(|bill| bill.days);
    let money = |amount: billing::money::Money| reader.money(currency, &amount.to_string());
    let sentence = plain.map(|plain| {
        let days = reader.counted(own_days, words::count_days_gen);
        words::bill_fair_days(language, &days, &money(total), &money(plain))
    });
    let part = StoredValue::new(part.clone());
    let lines: Vec<AnyView> =
        bills.into_iter().map(|bill| line(reader, part, bill, own_days, currency)).collect();
    Ok(view! {
        <p class="card__text">{sentence}</p>
        <BillLines>{lines}</BillLines>
    }
    .into_any())
}

fn line(
    reader: Reader,
    part: StoredValue<BillPart>,
    bill: Calculated,
    own_days: i64,
    currency: Currency,
) -> AnyView {
    let days = reader.days(bill.days);
    let label = if bill.days == own_days { words::bill_fair_own(reader.language, &days) } else { days };
    let tier = tier_reached(&bill).map(|tier| line_name(reader.language, &format!("tier-{tier}")));
    let (value, detail, unit) = (bill.total.to_string(), tier.unwrap_or_default(), Unit::Money(currency));
    let bill = StoredValue::new(bill);
    let working = move || {
        bill.with_value(|bill| {
            let bases = bill.lines.iter().flat_map(|line| bill.steps_of(line)).map(|step| step.basis);
            let sources = part.with_value(|part| steps::sources(reader, bases, &part.facts));
            steps::alone(reader, bill.working.steps(), sources, currency)
        })
    };
    view! { <BillLine label=label detail=detail value=value unit=unit working=working /> }.into_any()
}
