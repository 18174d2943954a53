//! The past bills under the tariff that is tried: the electricity of at most twelve, priced by the engine under both.

use api::accounts::Commodity;
use api::bills::{BillSummary, Bills, GetBills};
use billing::money::Money;
use leptos::prelude::*;
use words::names::{label, tariff_name};

use super::figures::Base;
use super::trial::Trial;
use crate::client::{Loading, Outcome, use_loading};
use crate::components::card::Card;
use crate::components::table::{Column, RowMark, Table, TableRow};
use crate::format::Unit;
use crate::pages::reader::Reader;
use crate::pages::skeletons;
use crate::pages::states::failure;

/// A year of monthly bills.
const BILLS: usize = 12;

/// The card, once another tariff is tried.
pub fn past(base: StoredValue<Base>, trial: Trial) -> AnyView {
    let tariff = trial.tariff();
    let is_other =
        Memo::new(move |_| tariff.with(|tariff| base.with_value(|base| *tariff != base.facts.tariff)));
    let loading = use_loading(move || {
        is_other.get().then(|| base.with_value(|base| GetBills { account: base.account.clone() }))
    });
    let shown = move || is_other.get().then(|| tariff.with(|tariff| card(base, loading, tariff)));
    shown.into_any()
}

fn card(base: StoredValue<Base>, loading: Loading<Bills>, tariff: &str) -> AnyView {
    let reader = Reader::here();
    let name = tariff_name(reader.language, tariff).map_or_else(|| tariff.to_owned(), label);
    let heading = words::projection_past_title(reader.language, &name);
    let inside = loading.outcome.with(|outcome| match outcome {
        Outcome::Waiting => skeletons::one_block(),
        Outcome::Failed(error) => {
            let retry = Callback::new(move |()| loading.retry());
            failure(error, words::projection_error, retry)
        }
        Outcome::Here(loaded) => base.with_value(|base| {
            priced_view(reader, base, &heading, &priced(base, &loaded.reply.bills, tariff))
        }),
    });
    view! { <Card heading=heading.clone()>{inside}</Card> }.into_any()
}

/// One bill's electricity under both tariffs; nothing where one was not in force.
struct Priced<'a> {
    bill: &'a BillSummary,
    totals: Option<(Money, Money)>,
}

fn priced<'a>(base: &Base, bills: &'a [BillSummary], tariff: &str) -> Vec<Priced<'a>> {
    let of = |bill: &'a BillSummary| {
        let usage = bill.usages.iter().find(|usage| usage.commodity == Commodity::Electricity)?.usage;
        let price = |tariff: &str| base.price(tariff, bill.period, usage);
        Some(Priced { bill, totals: price(&base.facts.tariff).zip(price(tariff)) })
    };
    bills.iter().filter(|bill| bill.corrected_by.is_none()).filter_map(of).take(BILLS).collect()
}

fn priced_view(reader: Reader, base: &Base, caption: &str, bills: &[Priced<'_>]) -> AnyView {
    let language = reader.language;
    let known: Vec<_> = bills.iter().filter_map(|priced| Some((priced.bill, priced.totals?))).collect();
    if known.is_empty() {
        return view! { <p class="card__text">{words::projection_past_none(language)}</p> }.into_any();
    }
    let sum = |of: fn(&(Money, Money)) -> Money| {
        let minor = known.iter().map(|(_, totals)| of(totals).minor()).sum();
        Money::from_minor(minor, base.currency).to_string()
    };
    let (own, other) = (sum(|totals| totals.0), sum(|totals| totals.1));
    let money = |amount: &str| reader.money(base.currency, amount);
    let count = i64::try_from(known.len()).unwrap_or(0);
    let months = reader.counted(count, words::count_months_gen);
    let result = words::projection_past_result(language, &money(&own), &months, &money(&other));
    let figure = |amount: String| {
        let figure = Unit::Money(base.currency).figure(&amount, reader.digits);
        view! { <bdi>{figure}</bdi> }.into_any()
    };
    let row = |(bill, (own, other)): &(&BillSummary, (Money, Money))| {
        let month = reader.month(bill.month);
        TableRow::new(vec![month.into_any(), figure(own.to_string()), figure(other.to_string())])
    };
    let mut rows: Vec<TableRow> = known.iter().map(row).collect();
    let total = words::bill_line_total(language).to_owned().into_any();
    rows.push(TableRow::new(vec![total, figure(own), figure(other)]).marked(RowMark::Total));
    let columns = vec![
        Column::words(words::consumption_col_month(language)),
        Column::number(words::projection_past_own(language)),
        Column::number(words::projection_past_other(language)),
    ];
    let refused = (known.len() < bills.len()).then(|| {
        view! { <p class="card__caption">{words::projection_past_refused(language)}</p> }.into_any()
    });
    view! {
        <p class="card__text">{result}</p>
        {refused}
        <Table caption=caption.to_owned() columns=columns rows=rows />
    }
    .into_any()
}
