//! What was billed, as facts of the next bill.

use api::accounts::{AccountId, BillId, Quality, ServicePointId};
use api::bills::BilledReadings;
use billing::number::Number;
use billing::period::{Period, date_text};
use sqlx::AnyConnection;
use time::Date;

use super::Result;
use super::text::{day, document, value};

/// What a bill that stands charged for one service point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BilledPart {
    /// The bill.
    pub bill: BillId,
    /// Where.
    pub service_point: ServicePointId,
    /// Its days.
    pub period: Period,
    /// Units.
    pub usage: Number,
    /// How the reading at its end came about.
    pub quality: Quality,
    /// Whether the bill corrects another.
    pub corrected: bool,
}

impl BilledPart {
    /// Whether the use is an estimate that no reading has settled.
    #[must_use]
    pub fn is_estimated(&self) -> bool {
        self.quality == Quality::Estimated && !self.corrected
    }
}

/// What a bill that stands charged for one service point, with its price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedPart {
    /// Where.
    pub service_point: ServicePointId,
    /// Its days.
    pub period: Period,
    /// Units.
    pub usage: Number,
    /// What they cost, fees and taxes included.
    pub total: Number,
}

/// All that the bills of an account that stand charged, with its price, oldest first.
///
/// # Errors
/// What the database reports.
pub async fn priced(db: &mut AnyConnection, account: &AccountId) -> Result<Vec<PricedPart>> {
    let sql = "select p.service_point, b.period_from, b.period_to, p.usage, p.answer \
               from bill b join bill_part p on p.bill = b.id where b.account = $1 \
               and not exists (select 1 from bill c where c.corrects = b.id) order by b.period_from, p.place";
    let rows: Vec<(String, String, String, i64, String)> =
        sqlx::query_as(sql).bind(account.0.clone()).fetch_all(db).await?;
    rows.into_iter()
        .map(|(point, from, to, usage, answer)| {
            let Total { total } = document(&answer, "bill's lines")?;
            let total = Number::parse(&total).map_err(|_| super::StoreError::Damaged("total"))?;
            Ok(PricedPart {
                service_point: ServicePointId(point),
                period: Period { from: day(&from)?, to: day(&to)? },
                usage: Number::from_millionths(usage),
                total,
            })
        })
        .collect()
}

/// Of a bill's answer the total alone.
#[derive(serde::Deserialize)]
pub(super) struct Total {
    pub(super) total: String,
}

/// All that the bills of an account that stand charged before `before`, oldest first.
///
/// # Errors
/// What the database reports.
pub async fn history(db: &mut AnyConnection, account: &AccountId, before: Date) -> Result<Vec<BilledPart>> {
    let sql = "select b.id, p.service_point, b.period_from, b.period_to, p.usage, p.quality, b.corrects \
               from bill b join bill_part p on p.bill = b.id where b.account = $1 and b.period_from < $2 \
               and not exists (select 1 from bill c where c.corrects = b.id) order by b.period_from, p.place";
    let rows: Vec<Row> =
        sqlx::query_as(sql).bind(account.0.clone()).bind(date_text(before)).fetch_all(db).await?;
    rows.into_iter().map(read).collect()
}

/// The readings of a bill at one service point.
///
/// # Errors
/// What the database reports.
pub async fn readings_of(
    db: &mut AnyConnection,
    bill: &BillId,
    point: &ServicePointId,
) -> Result<Option<BilledReadings>> {
    let sql = "select readings from bill_part where bill = $1 and service_point = $2";
    let row: Option<(String,)> =
        sqlx::query_as(sql).bind(bill.0.clone()).bind(point.0.clone()).fetch_optional(db).await?;
    row.map(|(readings,)| document(&readings, "bill's readings")).transpose()
}

/// The first of the bills that stood in place of each other, and how many there are.
///
/// # Errors
/// What the database reports.
pub async fn root_of(db: &mut AnyConnection, bill: &BillId) -> Result<Option<(BillId, i64)>> {
    let sql =
        "select b.root, (select count(*) from bill r where r.root = b.root) from bill b where b.id = $1";
    let row: Option<(String, i64)> = sqlx::query_as(sql).bind(bill.0.clone()).fetch_optional(db).await?;
    Ok(row.map(|(root, count)| (BillId(root), count)))
}

/// What a bill adds to the claim on the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The first of all bills that stood in its place.
    pub root: String,
    /// Whether it stands in the place of another.
    pub corrects: bool,
    /// Minor units: all of it, or what it differs from the one that it corrects.
    pub amount: i64,
}

/// What a bill adds to the claim on the customer.
///
/// # Errors
/// What the database reports.
pub async fn claim(db: &mut AnyConnection, bill: &BillId) -> Result<Option<Claim>> {
    let sql = "select b.root, b.corrects, b.total - b.not_claimed - coalesce(p.total - p.not_claimed, 0) \
               from bill b left join bill p on p.id = b.corrects where b.id = $1";
    let row: Option<(String, Option<String>, i64)> =
        sqlx::query_as(sql).bind(bill.0.clone()).fetch_optional(db).await?;
    Ok(row.map(|(root, corrects, amount)| Claim { root, corrects: corrects.is_some(), amount }))
}

type Row = (String, String, String, String, i64, String, Option<String>);

fn read((bill, point, from, to, usage, quality, corrects): Row) -> Result<BilledPart> {
    Ok(BilledPart {
        bill: BillId(bill),
        service_point: ServicePointId(point),
        period: Period { from: day(&from)?, to: day(&to)? },
        usage: Number::from_millionths(usage),
        quality: value(quality, "reading quality")?,
        corrected: corrects.is_some(),
    })
}
