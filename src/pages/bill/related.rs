//! The other bills that one bill speaks of: the one before it, its correction, the estimates that it settled.

use api::accounts::{AccountId, BillId};
use api::bills::{Bill, BillKind, BillSummary, CorrectionReason, GetBill, GetBills};
use billing::audit::comparison::ComparedPart;
use billing::number::Number;

use crate::client::{self, ClientError};

/// Asks for another bill of the same account.
pub async fn ask(bill: &Bill, other: &BillId) -> Result<Bill, ClientError> {
    let account: AccountId = bill.account.id.clone();
    client::ask(GetBill { account, bill: other.clone() }).await
}

/// The bill that came before: an estimated one as it was issued, else the one that stands.
pub async fn ask_earlier(bill: &Bill) -> Result<Option<Bill>, ClientError> {
    let bills = client::ask(GetBills { account: bill.account.id.clone() }).await?;
    match earlier(&bills.bills, &bill.summary) {
        Some(earlier) => ask(bill, &earlier.id).await.map(Some),
        None => Ok(None),
    }
}

fn earlier<'a>(bills: &'a [BillSummary], of: &BillSummary) -> Option<&'a BillSummary> {
    let before = bills.iter().filter(|bill| bill.period.last() < of.period.first());
    // Of two bills of one period, the estimate tells of the reading's kind; of two others, the first was wrong.
    before.max_by_key(|bill| {
        (bill.period.last(), bill.kind == BillKind::Estimated, bill.corrected_by.is_none())
    })
}

/// A bill's parts to compare, with what the readings gave later where it was estimated.
pub async fn compared(bill: &Bill) -> Result<Vec<ComparedPart>, ClientError> {
    let settled = match (&bill.summary.kind, &bill.summary.corrected_by) {
        (BillKind::Estimated, Some(id)) => Some(ask(bill, id).await?),
        _ => None,
    };
    let settled = settled.filter(|settled| {
        settled.correction.as_ref().is_some_and(|why| why.reason == CorrectionReason::Settlement)
    });
    let part = |(at, part): (usize, &api::bills::BillPart)| {
        let measured: Option<Number> =
            settled.as_ref().and_then(|settled| settled.parts.get(at)).map(|part| part.facts.usage);
        ComparedPart { facts: part.facts.clone(), measured }
    };
    Ok(bill.parts.iter().enumerate().map(part).collect())
}

/// The bill whose reading settled this one, and what it settled: the estimated bills with their corrections.
pub struct Settled {
    /// With the real reading.
    pub by: Bill,
    /// As first issued, and as corrected; oldest first.
    pub estimated: Vec<(Bill, Bill)>,
}

/// What settled this bill's estimate, or what this bill settled; none where nothing did yet.
pub async fn ask_settled(bill: &Bill) -> Result<Option<Settled>, ClientError> {
    let Some(by) = settling(bill).await? else { return Ok(None) };
    let mut estimated = Vec::with_capacity(by.settles.len());
    for id in &by.settles {
        let first = ask(bill, id).await?;
        if let Some(corrected) = first.summary.corrected_by.clone() {
            let corrected = ask(bill, &corrected).await?;
            estimated.push((first, corrected));
        }
    }
    Ok((!estimated.is_empty()).then_some(Settled { by, estimated }))
}

async fn settling(bill: &Bill) -> Result<Option<Bill>, ClientError> {
    if !bill.settles.is_empty() {
        return Ok(Some(bill.clone()));
    }
    let correction = match (&bill.correction, &bill.summary.corrected_by) {
        (Some(correction), _) => Some(correction.clone()),
        (None, Some(corrected)) => ask(bill, corrected).await?.correction,
        (None, None) => None,
    };
    match correction.and_then(|correction| correction.settled_by) {
        Some(id) => ask(bill, &id).await.map(Some),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use api::bills::BillState;
    use billing::money::Currency;
    use billing::period::{Day, Period, parse_date};

    use super::*;

    #[test]
    fn the_bill_before_is_the_estimate_as_issued_or_the_one_that_stands() {
        let day = |text: &str| Day(parse_date(text).unwrap());
        let bill = |id: &str, month: u8, kind, corrected_by: Option<&str>| BillSummary {
            id: BillId(id.into()),
            month: day("2026-01-28"),
            period: Period {
                from: day(&format!("2026-{month:02}-01")),
                to: day(&format!("2026-{month:02}-28")),
            },
            issued_on: day("2026-01-28"),
            due_on: day("2026-01-28"),
            currency: Currency::KWD,
            total: "1.000".into(),
            state: BillState::Paid,
            usages: Vec::new(),
            kind,
            corrects: None,
            corrected_by: corrected_by.map(|id| BillId(id.into())),
            owed: None,
            is_in_parts: false,
        };
        use BillKind::{Actual, Corrected, Estimated};
        let bills = [
            bill("5", 5, Actual, None),
            bill("4-2", 4, Corrected, None),
            bill("4", 4, Actual, Some("4-2")),
            bill("3-2", 3, Corrected, None),
            bill("3", 3, Estimated, Some("3-2")),
            bill("2", 2, Actual, None),
        ];
        for (of, before) in
            [(0, Some("4-2")), (1, Some("3")), (2, Some("3")), (3, Some("2")), (4, Some("2")), (5, None)]
        {
            assert_eq!(
                earlier(&bills, &bills[of]).map(|bill| bill.id.0.as_str()),
                before,
                "{}",
                bills[of].id.0
            );
        }
    }
}
