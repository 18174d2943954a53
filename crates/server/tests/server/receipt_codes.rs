//! A receipt is checked by whoever has its code, and by nobody else.

use api::payment_results::PaymentChannel;
use api::problem::Problem;
use api::receipt_codes::{CheckedReceipt, ReceiptCode};
use billing::money::Currency;
use billing::period::parse_date;

use crate::common::record::{self, FLAT, VILLA};
use crate::common::{Reply, TestApp, bank::paying};

async fn code(app: &TestApp, cookie: &str, account: &str, payment: &str) -> Reply {
    let path = format!("/api/v1/accounts/{account}/payments/{payment}/code");
    app.post_json(&path, "{}", cookie).await
}

async fn check(app: &TestApp, code: &str) -> Reply {
    app.get(&format!("/api/v1/receipts/{code}"), "").await
}

#[tokio::test]
async fn a_receipt_is_checked_without_a_session_and_tells_nothing_private() {
    for paying in paying().await {
        let (app, cookie) = (&paying.app, paying.app.sign_in(FLAT).await);
        let mut record = app.state.store.begin().await.unwrap();
        // One of before: an office's, whose id could be guessed.
        record::pay(&mut record, FLAT, "office-1", 1_000).await;
        record.commit().await.unwrap();
        let given: ReceiptCode = code(app, &cookie, FLAT, "office-1").await.json();
        assert!(given.code.starts_with('r') && given.code.len() == 33, "{}", given.code);
        assert_eq!(code(app, &cookie, FLAT, "office-1").await.json::<ReceiptCode>(), given, "once");
        let reply = check(app, &given.code).await;
        let text = reply.text();
        for private in [FLAT, "office-1", "25.180", "24.180"] {
            assert!(!text.contains(&format!("\"{private}\"")), "{private} in {text}");
        }
        let checked: CheckedReceipt = reply.json();
        let expected = CheckedReceipt {
            paid_on: billing::period::Day(parse_date("1970-01-01").unwrap()),
            amount: "1.000".into(),
            currency: Currency::KWD,
            channel: PaymentChannel::Elsewhere,
            masked_account: "••••1".into(),
        };
        assert_eq!(checked, expected);
        for (code, status) in [(&*given.code, 200), (&*format!("r{}", "0".repeat(32)), 404)] {
            let picture = app.get(&format!("/api/v1/receipts/{code}/qr.svg"), "").await;
            assert_eq!(
                (picture.status, picture.text().starts_with("<svg")),
                (status, status == 200),
                "{code}"
            );
        }
    }
}

#[tokio::test]
async fn what_did_not_arrive_has_no_code_and_a_guessed_code_is_none() {
    for paying in paying().await {
        let (app, cookie) = (&paying.app, paying.app.sign_in(FLAT).await);
        let body = r#"{"request_id":"p","amount":"5","payer":"Noura"}"#;
        let started: api::payments::PaymentStarted =
            app.post_json(&format!("/api/v1/accounts/{FLAT}/payments"), body, &cookie).await.json();
        let payment = started.payment.0.clone();
        assert_eq!(code(app, &cookie, FLAT, &payment).await.json::<Problem>().status, 404, "it waits");
        paying.pay(&started, "CAPTURED", "once").await;
        let given: ReceiptCode = code(app, &cookie, FLAT, &payment).await.json();
        let reply = check(app, &given.code).await;
        assert!(!reply.text().contains("Noura") && !reply.text().contains(&payment), "{}", reply.text());
        assert_eq!(reply.json::<CheckedReceipt>().channel, PaymentChannel::Sandbox);
        let other = app.sign_in(VILLA).await;
        assert_eq!(code(app, &other, FLAT, &payment).await.status, 404, "another's account");
        assert_eq!(code(app, &other, VILLA, &payment).await.status, 404, "another's payment");
        for guessed in ["r".to_owned() + &"0".repeat(32), payment, given.code[1..].to_owned()] {
            let refused: Problem = check(app, &guessed).await.json();
            assert_eq!((refused.code.as_str(), refused.status), ("certificate-unknown", 404), "{guessed}");
        }
        for _ in 0..20 {
            check(app, "r1").await;
        }
        for route in ["receipts", "certificates"] {
            let refused: Problem = app.get(&format!("/api/v1/{route}/{}", "0".repeat(32)), "").await.json();
            assert_eq!((refused.code.as_str(), refused.status), ("too-many-requests", 429), "{route}");
        }
        assert_eq!(check(app, &given.code).await.status, 200, "a true one is told all the same");
    }
}
