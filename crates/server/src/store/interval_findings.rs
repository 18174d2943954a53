//! What was found about reported intervals, kept beside them. Added, never changed; the first finding of a kind stays.

use api::accounts::ServicePointId;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::Result;
use super::text::{ROWS_AT_ONCE, placeholders};

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntervalFinding {
    /// Where.
    pub service_point: ServicePointId,
    /// The interval's first second, as it was reported.
    pub start: i64,
    /// `gap`, or the code of what was not taken without its `item-`.
    pub kind: &'static str,
    /// Seconds of a gap; of what was not taken the usage in millionths.
    pub detail: i64,
}

/// Adds findings of one head-end.
///
/// # Errors
/// What the database reports.
pub async fn add(
    db: &mut AnyConnection,
    head_end: &str,
    now: i64,
    findings: &[IntervalFinding],
) -> Result<()> {
    for rows in findings.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "insert into interval_finding (service_point, start, kind, detail, head_end, noted_at) values {} \
             on conflict do nothing",
            placeholders(rows.len(), 6)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for finding in rows {
            query = query
                .bind(finding.service_point.0.clone())
                .bind(finding.start)
                .bind(finding.kind)
                .bind(finding.detail)
                .bind(head_end.to_owned())
                .bind(now);
        }
        query.execute(&mut *db).await?;
    }
    Ok(())
}

/// The findings of a service point from `from` to before `to`: start, kind and detail, in order.
///
/// # Errors
/// What the database reports.
pub async fn between(
    db: &mut AnyConnection,
    point: &ServicePointId,
    from: i64,
    to: i64,
) -> Result<Vec<(i64, String, i64)>> {
    let sql = "select start, kind, detail from interval_finding \
               where service_point = $1 and start >= $2 and start < $3 order by start, kind";
    Ok(sqlx::query_as(sql).bind(point.0.clone()).bind(from).bind(to).fetch_all(db).await?)
}
