//! The last bills, where there is room for a table.

use api::accounts::Commodity;
use api::bills::BillSummary;
use leptos::prelude::*;

use super::wide::use_wide;
use crate::components::card::{Card, CardLink};
use crate::components::table::{Column, Table, TableRow};
use crate::format::Unit;
use crate::pages::bills::standing_tag;
use crate::pages::lazy::lazy_part;
use crate::pages::reader::{Reader, say};

/// The table of the newest bills. It travels by itself, and only to where it is seen.
#[component]
pub fn LatestBills(bills: Vec<BillSummary>) -> impl IntoView {
    let wide = use_wide();
    let table = move || match wide.get() {
        true => lazy_part(Box::pin(table(bills.clone())), room),
        false => ().into_any(),
    };
    view! {
        <Card heading=say(words::overview_latest_bills) class="columns__seven overview__wide">
            {table}
            <CardLink href="/bills" label=say(words::overview_all_bills) />
        </Card>
    }
}

fn room() -> AnyView {
    view! { <div class="overview__bills-room" aria-hidden="true"></div> }.into_any()
}

#[cfg_attr(feature = "split", lazy)]
async fn table(bills: Vec<BillSummary>) -> AnyView {
    let table = move || {
        let reader = Reader::here();
        let commodities: Vec<Commodity> = bills
            .first()
            .map(|bill| bill.usages.iter().map(|usage| usage.commodity).collect())
            .unwrap_or_default();
        let mut columns = vec![
            Column::words(words::bills_col_month(reader.language)),
            Column::number(words::bills_col_days(reader.language)),
        ];
        columns.extend(
            commodities.iter().map(|commodity| Column::number(used_heading(reader, &bills, *commodity))),
        );
        columns.push(Column::number(words::bills_col_amount(reader.language)));
        columns.push(Column::words(words::bills_col_state(reader.language)));
        let rows = bills.iter().map(|bill| row(reader, bill, &commodities)).collect();
        view! { <Table caption=words::overview_latest_bills(reader.language) columns=columns rows=rows /> }
    };
    table.into_any()
}

fn used_heading(reader: Reader, bills: &[BillSummary], commodity: Commodity) -> String {
    let usage = bills.iter().flat_map(|bill| &bill.usages).find(|usage| usage.commodity == commodity);
    let unit = usage.map(|usage| words::names::unit_name(reader.language, &usage.unit)).unwrap_or_default();
    format!("{} ({unit})", reader.commodity(commodity))
}

fn row(reader: Reader, bill: &BillSummary, commodities: &[Commodity]) -> TableRow {
    let month = view! { <a class="link" href=format!("/bills/{}", bill.id)>{reader.month(bill.month)}</a> };
    let number = |text: String| view! { <bdi>{text}</bdi> }.into_any();
    let used = |commodity: &Commodity| {
        let usage = bill.usages.iter().find(|usage| usage.commodity == *commodity);
        let unit = usage.and_then(|usage| Unit::from_wire(&usage.unit)).unwrap_or(Unit::KilowattHours);
        number(usage.map(|usage| unit.figure(&usage.usage.to_string(), reader.digits)).unwrap_or_default())
    };
    let mut cells = vec![month.into_any(), number(reader.whole(bill.period.days().unsigned_abs()))];
    cells.extend(commodities.iter().map(used));
    cells.push(number(reader.money(bill.currency, &bill.total)));
    cells.push(standing_tag(bill.state, bill.is_in_parts));
    TableRow::new(cells)
}
