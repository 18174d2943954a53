//! Dire need (DIS-5): a proven report protects, an expired one does not, an emergency counts on the customer's word.

use api::accounts::AccountId;
use api::dire_need::{DireNeedPage, NeedState};
use api::problem::Problem;
use api::standing::Standing;
use billing::disconnection::LadderStep;
use billing::period::{Day, parse_date};
use server::actions::serve_notice::serve_notice;
use server::store::accounts;

use crate::common::TestApp;
use crate::common::record::{FLAT, VILLA, day_start};
use crate::complaints::{get, kept_photo, post, with_bills};

/// Serves the villa's notice and final notice.
pub(crate) async fn serve_ladder(app: &TestApp) {
    let mut record = app.state.store.begin().await.unwrap();
    let villa = accounts::find(&mut record, &AccountId(VILLA.into())).await.unwrap().unwrap();
    for (id, step, on) in
        [("a", LadderStep::Notice, "2026-09-28"), ("b", LadderStep::FinalNotice, "2026-11-15")]
    {
        serve_notice(&mut record, &villa, id, step, parse_date(on).unwrap(), 7).await.unwrap().unwrap();
    }
    record.commit().await.unwrap();
}

/// A Monday at ten on which the villa's service may be cut.
async fn at_a_cut(app: &TestApp) {
    serve_ladder(app).await;
    app.state.clock.set(day_start("2027-01-25") + 10 * 3600);
    assert!(may_be_cut(app).await);
}

async fn may_be_cut(app: &TestApp) -> bool {
    get::<Standing>(app, VILLA, "standing").await.cut.answer.unwrap().allowed
}

async fn register(app: &TestApp, body: &str) -> DireNeedPage {
    let reply = post(app, VILLA, "dire-need", body).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

/// An emergency counts for seven days from the word, the first of them its own.
#[tokio::test]
async fn an_emergency_protects_on_the_word_for_its_days() {
    for app in with_bills().await {
        at_a_cut(&app).await;
        let body = r#"{"request_id":"e","kind":"emergency","text":"<i>Oxygen</i>"}"#;
        let page = register(&app, body).await;
        assert_eq!(register(&app, body).await, page, "once");
        assert_eq!((page.needs.len(), page.needs[0].state), (1, NeedState::Waiting));
        assert_eq!(page.needs[0].text, "<i>Oxygen</i>");
        assert!(!page.answer.unwrap().allowed && !may_be_cut(&app).await);
        for (day, protected) in [("2027-01-31", true), ("2027-02-01", false)] {
            app.state.clock.set(day_start(day) + 10 * 3600);
            let page: DireNeedPage = get(&app, VILLA, "dire-need").await;
            let codes: Vec<_> =
                page.answer.unwrap().findings.into_iter().map(|finding| finding.code).collect();
            let incomplete = codes.iter().any(|code| code == "dire-need-incomplete");
            assert_eq!(incomplete, !protected, "{day}: {codes:?}");
        }
        let other = post(&app, VILLA, "dire-need", &body.replace("Oxygen", "Air")).await;
        assert_eq!(other.json::<Problem>().code, "repeat-conflict");
    }
}

/// A report that nobody has looked at yet takes nothing from a word that counts.
#[tokio::test]
async fn a_report_that_waits_leaves_the_word_of_an_emergency() {
    for app in with_bills().await {
        at_a_cut(&app).await;
        let page = register(&app, r#"{"request_id":"e","kind":"emergency"}"#).await;
        let until = Some(Day(parse_date("2027-01-31").unwrap()));
        assert_eq!(page.needs[0].word_until, until);
        let proof = kept_photo(&app, VILLA).await;
        let report = r#"{"request_id":"r","kind":"equipment","proof":"{proof}","until":"2027-06-01"}"#;
        let page = register(&app, &report.replace("{proof}", &proof)).await;
        assert_eq!((page.needs.len(), page.needs[0].word_until), (2, None));
        assert!(!page.answer.unwrap().allowed && !may_be_cut(&app).await);
        app.state.clock.set(day_start("2027-02-01") + 10 * 3600);
        assert!(may_be_cut(&app).await, "neither the word nor the report counts by then");
    }
}

#[tokio::test]
async fn a_need_that_cannot_be_is_refused() {
    for app in with_bills().await {
        app.state.clock.set(day_start("2026-09-18"));
        let (own, foreign) = (kept_photo(&app, VILLA).await, kept_photo(&app, FLAT).await);
        let with = |proof: &str, until: &str| {
            format!(r#"{{"request_id":"x","kind":"equipment","proof":"{proof}","until":"{until}"}}"#)
        };
        for (body, code, status) in [
            (with(&own, "2026-09-17"), "proof-expired", 422),
            (with(&foreign, "2027-01-01"), "value-invalid", 422),
            (with("none", "2027-01-01"), "value-invalid", 422),
            (with(&own, "2027-02-30"), "value-invalid", 422),
            (format!(r#"{{"request_id":"x","kind":"equipment","proof":"{own}"}}"#), "value-invalid", 422),
            (r#"{"request_id":"x","kind":"equipment","until":"2027-01-01"}"#.into(), "value-invalid", 422),
            (r#"{"request_id":"x","kind":"hunger"}"#.into(), "value-invalid", 422),
            (r#"{"request_id":"x","kind":"equipment"}"#.into(), "proof-needed", 422),
            ("null".into(), "body-not-object", 422),
            (r#"{"request_id":"","kind":"equipment"}"#.into(), "value-invalid", 422),
        ] {
            // Each is a sign-in of its own, and those are limited.
            app.state.clock.set(app.state.clock.now() + 600);
            let reply = post(&app, VILLA, "dire-need", &body).await;
            let problem: Problem = reply.json();
            assert_eq!((problem.code.as_str(), reply.status), (code, status), "{body}");
        }
        assert!(get::<DireNeedPage>(&app, VILLA, "dire-need").await.needs.is_empty());
        let in_kuwait = post(&app, FLAT, "dire-need", r#"{"request_id":"x","kind":"emergency"}"#).await;
        assert_eq!(in_kuwait.status, 404, "no Kuwaiti rule names it");
    }
}
