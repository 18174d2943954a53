//! Paying: once, any amount, whatever the gateway does.

use api::alerts::Alerts;
use api::payment_results::PaymentState;
use api::payments::{Payment, PaymentProvider};
use api::problem::Problem;
use server::routes::gateways::{KNET_ERROR, KNET_RESPONSE};

use crate::common::bank::{path, paying};
use crate::common::record::FLAT;

#[tokio::test]
async fn part_all_and_ahead_are_paid_and_posted_once() {
    for paying in paying().await {
        let cookie = paying.app.sign_in(FLAT).await;
        let before = paying.page(&cookie).await;
        assert_eq!((before.due.as_str(), before.debts.len()), ("25.180", 1));
        assert_eq!((before.debts[0].left.as_str(), before.provider), ("25.180", PaymentProvider::Sandbox));
        for (name, amount, more, due, credit) in [
            ("a", "0.001", "", "25.179", "0.000"),
            ("b", "25.179", "", "0.000", "0.000"),
            ("c", "7.5", r#","ahead":true,"payer":"Noura""#, "0.000", "7.500"),
        ] {
            let started = paying.start_of(&cookie, name, amount, more).await;
            assert_eq!(paying.result(&started.payment).await.state, PaymentState::Pending);
            let again = paying.start_of(&cookie, name, amount, more).await;
            assert_eq!(again, started, "the same request");
            let result = paying.pay(&started, "CAPTURED", "once").await;
            assert_eq!(result.state, PaymentState::Captured);
            assert_eq!(result.masked_account, "••••1", "a number of four digits");
            assert!(!result.bank.unwrap().payment_id.is_empty());
            assert_eq!(paying.due(&cookie).await, (due.to_owned(), credit.to_owned()), "{amount}");
            // The back button, and the page once more: it is posted already.
            assert_eq!(paying.pay(&started, "CAPTURED", "once").await.state, PaymentState::Captured);
            assert_eq!(paying.due(&cookie).await, (due.to_owned(), credit.to_owned()), "{amount} again");
        }
        let page = paying.page(&cookie).await;
        let told: Vec<_> = page
            .payments
            .iter()
            .map(|paid| (paid.result.amount.as_str(), paid.allocations.len(), paid.ahead.as_str()))
            .collect();
        let expected = [("0.001", 1, "0.000"), ("25.179", 1, "0.000"), ("7.500", 0, "7.500")];
        assert!(expected.iter().all(|one| told.contains(one)) && told.len() == 3, "{told:?}");
        assert!(page.payments.iter().any(|paid| paid.result.payer == "Noura"));
        let alerts: Alerts = paying.app.get(&format!("/api/v1/accounts/{FLAT}/alerts"), &cookie).await.json();
        let posted = alerts.alerts.iter().filter(|alert| alert.fact.kind() == "payment-posted").count();
        assert_eq!(posted, 3);
        paying.check().await;
    }
}

/// Whatever is repeated, late, older, altered, lost or brought by the browser: the money is posted once.
#[tokio::test]
async fn every_manner_of_notification_posts_once() {
    for paying in paying().await {
        let cookie = paying.app.sign_in(FLAT).await;
        let mut due = 25_180;
        for manner in ["once", "repeated", "reordered", "altered", "error"] {
            let started = paying.start_of(&cookie, manner, "1.000", "").await;
            let result = paying.pay(&started, "CAPTURED", manner).await;
            assert_eq!(result.state, PaymentState::Captured, "{manner}");
            due -= 1_000;
            assert_eq!(paying.due(&cookie).await.0, format!("{}.{:03}", due / 1000, due % 1000), "{manner}");
        }
        // Nobody tells us: it is found by asking.
        let started = paying.start_of(&cookie, "never", "1.000", "").await;
        assert_eq!(paying.choose(&started, "CAPTURED", "never").await.status, 200);
        assert_eq!(paying.result(&started.payment).await.state, PaymentState::Pending);
        paying.look().await;
        assert_eq!(paying.result(&started.payment).await.state, PaymentState::Captured);
        // Older terminals send the browser itself with the message, from another origin and without a session.
        let started = paying.start_of(&cookie, "browser", "1.000", "").await;
        let form = paying.choose(&started, "CAPTURED", "browser").await.text();
        let message =
            form.split("name=\"trandata\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("accept", "text/html"),
            ("sec-fetch-site", "cross-site"),
        ];
        let body = format!("trandata={message}");
        let back = paying.app.send("POST", KNET_RESPONSE, &headers, body.as_bytes()).await;
        assert_eq!(back.status, 303);
        assert_eq!(paying.result(&started.payment).await.state, PaymentState::Captured);
        assert_eq!(paying.due(&cookie).await.0, "18.180");
        paying.check().await;
    }
}

#[tokio::test]
async fn what_was_not_paid_leaves_nothing() {
    for paying in paying().await {
        let cookie = paying.app.sign_in(FLAT).await;
        for (result, state) in
            [("NOT CAPTURED", PaymentState::Declined), ("CANCELED", PaymentState::Cancelled)]
        {
            for manner in ["once", "repeated", "altered"] {
                let started = paying.start_of(&cookie, &format!("{result}{manner}"), "25.180", "").await;
                assert_eq!(paying.pay(&started, result, manner).await.state, state, "{result} {manner}");
                assert_eq!(paying.due(&cookie).await.0, "25.180");
            }
        }
        paying.check().await;
    }
}

#[tokio::test]
async fn a_silent_bank_is_asked_until_it_answers() {
    for paying in paying().await {
        let cookie = paying.app.sign_in(FLAT).await;
        let started = paying.start_of(&cookie, "a", "25.180", "").await;
        let result = paying.pay(&started, "HOST TIMEOUT, CAPTURED", "once").await;
        assert_eq!(result.state, PaymentState::Unknown);
        let refused: Problem =
            paying.app.post_json(&path(), r#"{"request_id":"b","amount":"25.180"}"#, &cookie).await.json();
        assert_eq!((refused.status, refused.code.as_str()), (409, "payment-in-progress"));
        for _ in 0..60 {
            paying.look().await;
            if paying.result(&started.payment).await.state == PaymentState::Captured {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        }
        let result = paying.result(&started.payment).await;
        assert_eq!((result.state, result.was_unknown), (PaymentState::Captured, true));
        assert_eq!(paying.due(&cookie).await.0, "0.000");
        paying.check().await;
    }
}

#[tokio::test]
async fn a_gateway_that_is_down_at_each_step_loses_nothing() {
    for mut paying in paying().await {
        let cookie = paying.app.sign_in(FLAT).await;
        paying.stop_bank().await;
        let ask = r#"{"request_id":"a","amount":"1.000"}"#;
        let refused = paying.app.post_json(&path(), ask, &cookie).await;
        assert_eq!((refused.status, refused.json::<Problem>().code.as_str()), (503, "gateway-unavailable"));
        assert!(paying.page(&cookie).await.payments.is_empty());
        paying.start_bank().await;
        let started = paying.start_of(&cookie, "a", "1.000", "").await;
        assert_eq!(paying.choose(&started, "CAPTURED", "never").await.status, 200);
        paying.stop_bank().await;
        // The error leg comes while it cannot be asked: nobody knows.
        let track = paying.result(&started.payment).await.track_id;
        let heard = paying.app.get(&format!("{KNET_ERROR}?trackid={track}&Error=IPAY0100249"), "").await;
        assert_eq!(heard.status, 303);
        assert_eq!(paying.result(&started.payment).await.state, PaymentState::Unknown);
        let given_up = paying
            .app
            .send("DELETE", &format!("{}/{}", path(), started.payment), &[("cookie", &cookie)], b"")
            .await;
        // Nobody gives up what may be paid, and nobody is told that nothing was taken.
        assert_eq!((given_up.status, given_up.json::<Problem>().code.as_str()), (503, "bank-silent"));
        paying.start_bank().await;
        paying.look().await;
        assert_eq!(paying.result(&started.payment).await.state, PaymentState::Captured);
        assert_eq!(paying.due(&cookie).await.0, "24.180");
        paying.check().await;
    }
}

#[tokio::test]
async fn a_payment_that_is_given_up_is_posted_all_the_same_if_it_is_paid() {
    for paying in paying().await {
        let cookie = paying.app.sign_in(FLAT).await;
        let started = paying.start_of(&cookie, "a", "25.180", "").await;
        let own = format!("{}/{}", path(), started.payment);
        let shown: Payment = paying.app.get(&own, &cookie).await.json();
        assert_eq!(shown.page.as_ref(), Some(&started.page), "it can be gone on with");
        let ended: Payment = paying.app.send("DELETE", &own, &[("cookie", &cookie)], b"").await.json();
        assert_eq!((ended.result.state, ended.page), (PaymentState::Cancelled, None));
        // Its page was still open in another tab, and the money is as good.
        assert_eq!(paying.pay(&started, "CAPTURED", "once").await.state, PaymentState::Captured);
        assert_eq!(paying.due(&cookie).await.0, "0.000");
        // One that was never begun ends by itself.
        let started = paying.start_of(&cookie, "b", "1.000", r#","ahead":true"#).await;
        paying.look().await;
        assert_eq!(paying.result(&started.payment).await.state, PaymentState::Pending);
        paying.app.state.clock.set(paying.app.state.clock.now() + 1200);
        paying.look().await;
        assert_eq!(paying.result(&started.payment).await.state, PaymentState::Cancelled);
        paying.check().await;
    }
}
