//! What opens transactions today, with the sum filled in where it is paid.

use api::standing::{Government, Standing};
use billing::period::Day;
use billing::rulebook::debt::term_on;
use billing::standing::WayToBeFree;
use leptos::prelude::*;
use time::Duration;

use super::dinars;
use crate::components::button::ButtonLink;
use crate::components::card::Card;
use crate::pages::pay::sum::of_wire;
use crate::pages::reader::Reader;

/// The ways that the rule names.
pub fn way(reader: Reader, standing: &Standing) -> AnyView {
    let Some(government) = &standing.government else { return ().into_any() };
    let ways: Vec<AnyView> = government
        .answer
        .allowed_again
        .iter()
        .map(|way| match way {
            WayToBeFree::Pay { amount } => pay(reader, standing, government, amount),
            WayToBeFree::Plan => {
                view! { <p class="card__text">{words::debt_route_plan(reader.language)}</p> }.into_any()
            }
        })
        .collect();
    view! { <Card>{ways}</Card> }.into_any()
}

fn pay(reader: Reader, standing: &Standing, government: &Government, amount: &str) -> AnyView {
    let (language, currency) = (reader.language, standing.currency);
    let (least, due) = (of_wire(amount, currency), of_wire(&standing.due, currency));
    let full = words::debt_route_full(language, &reader.money(currency, amount));
    // What is left after it still runs into the notice.
    let runs = notice_ends(government).filter(|_| least.minor() < dinars(government.request.debt).minor());
    let until = runs.map(|day| {
        view! { <p class="card__text">{words::debt_route_until(language, &reader.full_day(day))}</p> }
            .into_any()
    });
    // What is owed on another property is paid on that account.
    let here = if least.minor() > due.minor() { due } else { least };
    let link = (here.minor() > 0).then(|| {
        let label = words::debt_pay_button(language, &reader.money(currency, &here.to_string()));
        view! { <ButtonLink href=format!("/pay?amount={here}") label=label /> }.into_any()
    });
    view! {
        <p class="card__text">
            <b>{full}</b>
        </p>
        {until}
        {link}
    }
    .into_any()
}

/// The first day on which a notice that still runs stops transactions.
pub fn notice_ends(government: &Government) -> Option<Day> {
    let request = &government.request;
    let days = term_on("kw.notice-days", request.on.0)?.count();
    let ends = request.notices.iter().filter_map(|notice| notice.served.0.checked_add(Duration::days(days)));
    ends.filter(|end| *end > request.on.0).min().map(Day)
}
