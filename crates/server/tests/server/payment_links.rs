//! Payment links: whoever holds one may pay, and nobody learns more.

use api::payment_links::{PaymentLink, PaymentLinkState, PaymentLinks, PublicLink};
use api::payment_results::PaymentState;
use api::payments::{PaymentStarted, Payments};
use api::prepaid::Prepaid;
use api::problem::Problem;
use api::refunds::{Refund, RefundState, RefundWay};
use billing::credit::prepaid_switch::WayOfPaying;
use billing::number::Number;
use billing::period::parse_date;
use server::actions::correct_multiplier::correct_multiplier;
use server::store::{accounts, prepaid};

use crate::common::bank::{Paying, paying};
use crate::common::record::{self, FLAT, FLAT_POWER, VILLA, VILLA_POWER, day_start};

fn links() -> String {
    format!("/api/v1/accounts/{FLAT}/payment-links")
}

impl Paying {
    async fn make(&self, cookie: &str, name: &str, amount: &str, open: bool) -> PaymentLink {
        let body = format!(
            r#"{{"request_id":"{name}","amount":"{amount}","open":{open},"last_day":"2026-09-25","note":"Ali"}}"#
        );
        let reply = self.app.post_json(&links(), &body, cookie).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()
    }

    async fn by_link(&self, token: &str, body: &str) -> (u16, String, Option<PaymentStarted>) {
        let reply = self.app.post_json(&format!("/api/v1/pay/l/{token}/payments"), body, "").await;
        match reply.status {
            200 => (200, String::new(), Some(reply.json())),
            status => (status, reply.json::<Problem>().code, None),
        }
    }

    async fn public(&self, token: &str) -> (u16, String, Option<PublicLink>) {
        let reply = self.app.get(&format!("/api/v1/pay/l/{token}"), "").await;
        match reply.status {
            200 => (200, String::new(), Some(reply.json())),
            status => (status, reply.json::<Problem>().code, None),
        }
    }
}

fn token(link: &PaymentLink) -> String {
    link.address.rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_link_is_paid_once_by_somebody_without_a_session() {
    for paying in paying().await {
        let cookie = paying.app.sign_in(FLAT).await;
        let link = paying.make(&cookie, "a", "5.180", false).await;
        assert_eq!(paying.make(&cookie, "a", "5.180", false).await, link, "the same request");
        let token = token(&link);
        let (_, _, public) = paying.public(&token).await;
        let public = public.unwrap();
        assert_eq!((public.left.as_str(), public.masked_account.as_str()), ("5.180", "••••1"));
        let told = serde_json::to_string(&public).unwrap();
        assert!(!told.contains(FLAT) && !told.contains("Ali"), "{told}");
        let qr = paying.app.get(&link.qr, "").await;
        assert_eq!((qr.status, qr.header("content-type")), (200, Some("image/svg+xml")));
        assert!(qr.text().starts_with("<svg"));

        let (_, _, started) = paying.by_link(&token, r#"{"request_id":"x","payer":"Ali"}"#).await;
        let started = started.unwrap();
        let other = paying.by_link(&token, r#"{"request_id":"y"}"#).await;
        assert_eq!((other.0, other.1.as_str()), (409, "payment-in-progress"), "somebody else pays it now");
        assert_eq!(paying.pay(&started, "CAPTURED", "once").await.state, PaymentState::Captured);
        let late = paying.by_link(&token, r#"{"request_id":"z"}"#).await;
        assert_eq!((late.0, late.1.as_str()), (409, "link-already-paid"));
        let (_, _, public) = paying.public(&token).await;
        assert_eq!(public.unwrap().state, PaymentLinkState::Paid);
        let list: PaymentLinks = paying.app.get(&links(), &cookie).await.json();
        assert_eq!((list.due.as_str(), list.links[0].state), ("20.000", PaymentLinkState::Paid));
        let page: Payments =
            paying.app.get(&format!("/api/v1/accounts/{FLAT}/payments"), &cookie).await.json();
        assert_eq!((page.payments[0].result.payer.as_str(), &page.payments[0].link), ("Ali", &Some(link.id)));
    }
}

#[tokio::test]
async fn an_open_link_is_paid_in_parts_and_never_above() {
    for paying in paying().await {
        let cookie = paying.app.sign_in(FLAT).await;
        let token = token(&paying.make(&cookie, "a", "10.000", true).await);
        let mut waiting = Vec::new();
        for (name, amount) in [("1", "3.000"), ("2", "3.000"), ("3", "4.000")] {
            let body = format!(r#"{{"request_id":"{name}","amount":"{amount}"}}"#);
            waiting.push(paying.by_link(&token, &body).await.2.unwrap());
        }
        for (body, code) in [
            (r#"{"request_id":"4"}"#, "value-invalid"),
            (r#"{"request_id":"4","amount":"10.001"}"#, "amount-above-link"),
            (r#"{"request_id":"4","amount":"0"}"#, "amount-zero"),
        ] {
            assert_eq!(paying.by_link(&token, body).await.1, code, "{body}");
        }
        for started in &waiting {
            assert_eq!(paying.pay(started, "CAPTURED", "repeated").await.state, PaymentState::Captured);
        }
        assert_eq!(paying.public(&token).await.2.unwrap().state, PaymentLinkState::Paid);
    }
}

#[tokio::test]
async fn a_link_that_ended_was_revoked_guessed_or_changed_opens_nothing() {
    for paying in paying().await {
        let cookie = paying.app.sign_in(FLAT).await;
        let link = paying.make(&cookie, "a", "1.000", false).await;
        let token = token(&link);
        let (id, signature) = token.split_once('.').unwrap();
        let changed = format!("{id}.{}", signature.chars().rev().collect::<String>());
        for false_token in ["guess", &changed, id, &format!("{id}."), "%00", "a.b"] {
            assert_eq!(paying.public(false_token).await.1, "link-unknown", "{false_token}");
            let tried = paying.by_link(false_token, r#"{"request_id":"x"}"#).await;
            assert_eq!(tried.1, "link-unknown", "{false_token}");
        }
        for _ in 0..8 {
            paying.public("guess").await;
        }
        assert_eq!(paying.public("guess").await.1, "too-many-requests");
        assert_eq!(paying.public(&token).await.0, 200, "a true one opens all the same");
        for (amount, last_day, code, field) in [
            ("25.181", "2026-09-25", "link-above-due", "/amount"),
            ("0", "2026-09-25", "amount-zero", "/amount"),
            ("-1", "2026-09-25", "amount-zero", "/amount"),
            ("1.0001", "2026-09-25", "amount-too-precise", "/amount"),
            ("1", "2026-09-17", "value-invalid", "/last_day"),
            ("1", "2026-10-19", "value-invalid", "/last_day"),
        ] {
            let body = format!(r#"{{"request_id":"b","amount":"{amount}","last_day":"{last_day}"}}"#);
            let problem: Problem = paying.app.post_json(&links(), &body, &cookie).await.json();
            assert_eq!((problem.code.as_str(), problem.field.as_deref()), (code, Some(field)), "{body}");
        }
        let other = paying.make(&cookie, "c", "1.000", false).await;
        let own = format!("{}/{}", links(), other.id);
        for _ in 0..2 {
            let ended: PaymentLink =
                paying.app.send("DELETE", &own, &[("cookie", &cookie)], b"").await.json();
            assert_eq!(ended.state, PaymentLinkState::Revoked);
        }
        assert_eq!(paying.public(&self::token(&other)).await.1, "link-expired");
        paying.app.state.clock.set(day_start("2026-09-26") - 1);
        assert_eq!(paying.public(&token).await.0, 200, "to the last second of its last day");
        paying.app.state.clock.set(day_start("2026-09-26"));
        assert_eq!(paying.public(&token).await.1, "link-expired");
    }
}

#[tokio::test]
async fn a_top_up_is_credit_once_and_is_told_on_the_stream() {
    for paying in paying().await {
        let mut record = paying.app.state.store.begin().await.unwrap();
        let request = api::prepaid::SwitchRequest {
            id: "s".into(),
            to: WayOfPaying::Prepaid,
            asked_at: 0,
            state: api::prepaid::SwitchState::Asked,
            holds_from: None,
            reasons: vec![],
        };
        let point = api::accounts::ServicePointId(FLAT_POWER.into());
        prepaid::add_request(&mut record, &point, "s", &request).await.unwrap();
        let from = parse_date("2026-09-01").unwrap();
        prepaid::add_end(&mut record, "s", api::prepaid::SwitchState::Done, Some(from), 0).await.unwrap();
        record.commit().await.unwrap();
        let cookie = paying.app.sign_in(FLAT).await;
        let page = format!("/api/v1/accounts/{FLAT}/prepaid");
        let before: Prepaid = paying.app.get(&page, &cookie).await.json();
        assert_eq!(before.points[0].credit.as_ref().unwrap().left, "-0.220");
        let body = format!(r#"{{"request_id":"t","amount":"2","top_up":"{FLAT_POWER}"}}"#);
        let path = format!("/api/v1/accounts/{FLAT}/payments");
        let started: PaymentStarted = paying.app.post_json(&path, &body, &cookie).await.json();
        assert_eq!(paying.pay(&started, "CAPTURED", "repeated").await.state, PaymentState::Captured);
        let after: Prepaid = paying.app.get(&page, &cookie).await.json();
        let credit = after.points[0].credit.as_ref().unwrap();
        assert_eq!((credit.left.as_str(), credit.top_ups.len()), ("1.780", 1));
        assert!(credit.answer.as_ref().unwrap().ends.days.unwrap() > 10);
        let alerts: api::alerts::Alerts =
            paying.app.get(&format!("/api/v1/accounts/{FLAT}/alerts"), &cookie).await.json();
        assert_eq!(alerts.alerts.iter().filter(|alert| alert.fact.kind() == "topped-up").count(), 1);
        let page: Payments = paying.app.get(&path, &cookie).await.json();
        assert_eq!((page.due.as_str(), page.credit.as_str()), ("25.180", "0.000"), "no bill is paid by it");
    }
}

#[tokio::test]
async fn the_customer_says_how_a_refund_comes() {
    for paying in paying().await {
        let mut record = paying.app.state.store.begin().await.unwrap();
        let villa =
            accounts::find(&mut record, &api::accounts::AccountId(VILLA.into())).await.unwrap().unwrap();
        record::pay(&mut record, VILLA, "r", 133_515).await;
        let point = api::accounts::ServicePointId(VILLA_POWER.into());
        let point = accounts::find_point(&mut record, &point).await.unwrap().unwrap();
        let half = Number::parse("0.5").unwrap();
        correct_multiplier(&mut record, &villa, &point, half, parse_date("2026-09-10").unwrap(), 30)
            .await
            .unwrap();
        record.commit().await.unwrap();
        let cookie = paying.app.sign_in(VILLA).await;
        let way = format!("/api/v1/accounts/{VILLA}/refunds/2002-2026-08-2/way");
        let send = async |body: &str| paying.app.post_json(&way, body, &cookie).await;
        for (body, status) in [
            (r#"{"request_id":"a","way":"bank"}"#, 422),
            (r#"{"request_id":"a","way":"bank","iban":"SA03"}"#, 422),
            (r#"{"request_id":"a","way":"office","iban":"SA0380000000608010167519"}"#, 422),
        ] {
            assert_eq!(send(body).await.status, status, "{body}");
        }
        let bank: Refund =
            send(r#"{"request_id":"a","way":"bank","iban":"SA03 8000 0000 6080 1016 7519"}"#).await.json();
        assert_eq!((bank.state, bank.way), (RefundState::Owed, Some(RefundWay::Bank)));
        assert_eq!(bank.iban_end.as_deref(), Some("7519"));
        let office: Refund = send(r#"{"request_id":"o","way":"office"}"#).await.json();
        assert_eq!((office.way, office.iban_end), (Some(RefundWay::Office), None));
        assert_eq!(send(r#"{"request_id":"a","way":"office"}"#).await.status, 409);
        for _ in 0..2 {
            let kept: Refund = send(r#"{"request_id":"b","way":"next-bill"}"#).await.json();
            assert_eq!((kept.state, kept.amount.as_str()), (RefundState::Kept, "665.85"));
        }
        let page: Payments =
            paying.app.get(&format!("/api/v1/accounts/{VILLA}/payments"), &cookie).await.json();
        assert_eq!((page.credit.as_str(), page.refunds.len()), ("665.85", 1));
        assert_eq!(send(r#"{"request_id":"c","way":"office"}"#).await.status, 422, "it is not owed any more");
    }
}
