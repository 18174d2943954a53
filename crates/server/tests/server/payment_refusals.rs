//! What cannot be paid is refused, and what is false changes nothing.

use api::accounts::AccountId;
use api::payment_results::{PaymentId, PaymentResult, PaymentState};
use api::payments::{PaymentProvider, Payments};
use api::problem::Problem;
use server::payments::knet::cipher::Key;
use server::routes::gateways::{KNET_ERROR, KNET_RESPONSE};

use crate::common::bank::{KEY, path, paying};
use crate::common::record::{FLAT, VILLA};

#[tokio::test]
async fn amounts_that_cannot_be_paid_are_refused() {
    for paying in paying().await {
        let cookie = paying.app.sign_in(FLAT).await;
        for (body, status, code, field) in [
            (r#"{"request_id":"a","amount":"0"}"#, 422, "amount-zero", Some("/amount")),
            (r#"{"request_id":"a","amount":"0.000"}"#, 422, "amount-zero", Some("/amount")),
            (r#"{"request_id":"a","amount":"-1"}"#, 422, "amount-zero", Some("/amount")),
            (r#"{"request_id":"a","amount":"1.0005"}"#, 422, "amount-too-precise", Some("/amount")),
            (r#"{"request_id":"a","amount":"25.181"}"#, 422, "amount-above-due", Some("/amount")),
            (
                r#"{"request_id":"a","amount":"1000000","ahead":true}"#,
                422,
                "amount-too-large",
                Some("/amount"),
            ),
            (r#"{"request_id":"a","amount":"one"}"#, 422, "not-a-decimal", Some("/amount")),
            (r#"{"request_id":"a","amount":1}"#, 422, "value-invalid", Some("/amount")),
            (r#"{"request_id":"","amount":"1"}"#, 422, "value-invalid", Some("/request_id")),
            (
                r#"{"request_id":"a","amount":"1","bills":["2002-2026-08"]}"#,
                422,
                "value-invalid",
                Some("/bills"),
            ),
            (
                r#"{"request_id":"a","amount":"1","top_up":"flat-electricity"}"#,
                422,
                "value-invalid",
                Some("/top_up"),
            ),
            (
                r#"{"request_id":"a","amount":"1","top_up":"villa-electricity"}"#,
                422,
                "value-invalid",
                Some("/top_up"),
            ),
            (r#"{"request_id":"a","amount":"1","payer":"a\u0000b"}"#, 422, "value-invalid", Some("/payer")),
            (r#"{"request_id":"a","amount":"1","x":1}"#, 422, "value-invalid", Some("/x")),
        ] {
            let reply = paying.app.post_json(&path(), body, &cookie).await;
            let problem: Problem = reply.json();
            let told = (reply.status, problem.code.as_str(), problem.field.as_deref());
            assert_eq!(told, (status, code, field), "{body}");
            assert!(!problem.message.ar.is_empty());
        }
        paying.start_of(&cookie, "a", "25.180", "").await;
        for (body, code) in [
            (r#"{"request_id":"a","amount":"25.179"}"#, "repeat-conflict"),
            (r#"{"request_id":"b","amount":"25.180"}"#, "payment-in-progress"),
        ] {
            let problem: Problem = paying.app.post_json(&path(), body, &cookie).await.json();
            assert_eq!((problem.status, problem.code.as_str()), (409, code), "{body}");
        }
        assert_eq!(paying.page(&cookie).await.payments.len(), 1);
        let villa = paying.app.sign_in(VILLA).await;
        let reply = paying
            .app
            .post_json(
                &format!("/api/v1/accounts/{VILLA}/payments"),
                r#"{"request_id":"a","amount":"1"}"#,
                &villa,
            )
            .await;
        assert_eq!(reply.json::<Problem>().code, "not-paid-here");
        let page: Payments =
            paying.app.get(&format!("/api/v1/accounts/{VILLA}/payments"), &villa).await.json();
        let sadad = PaymentProvider::Sadad { biller: "002".into(), account: AccountId(VILLA.into()) };
        assert_eq!(page.provider, sadad);
    }
}

#[tokio::test]
async fn what_is_false_changes_nothing() {
    for paying in paying().await {
        let cookie = paying.app.sign_in(FLAT).await;
        let started = paying.start_of(&cookie, "a", "25.180", "").await;
        let PaymentResult { track_id, .. } = paying.result(&started.payment).await;
        let key = Key::parse(KEY).unwrap();
        let forged = |track: &str, result: &str| {
            key.encrypt(&format!("paymentid=1&result={result}&trackid={track}&amt=25.180&tranid=1"))
        };
        for (what, body, status) in [
            ("no digits", "trandata=hello".to_owned(), 422),
            ("nothing", String::new(), 422),
            ("another key", Key::parse("FEDCBA9876543210").unwrap().encrypt("result=CAPTURED"), 422),
            ("another merchant's payment", forged("UNKNOWN", "CAPTURED"), 404),
            // Whoever has the key can write this, and gains nothing: the bank is asked.
            ("not captured at the bank", forged(&track_id, "CAPTURED"), 200),
            ("declined, they say", forged(&track_id, "NOT+CAPTURED"), 200),
        ] {
            let headers = [("content-type", "application/x-www-form-urlencoded")];
            let reply = paying.app.send("POST", KNET_RESPONSE, &headers, body.as_bytes()).await;
            assert_eq!(reply.status, status, "{what}: {}", reply.text());
            assert_eq!(reply.text().starts_with("REDIRECT="), status == 200, "{what}");
            assert_eq!(paying.due(&cookie).await.0, "25.180", "{what}");
            // A person who brings the same is not shown what only a machine can read.
            let headers = [headers[0], ("accept", "text/html")];
            let shown = paying.app.send("POST", KNET_RESPONSE, &headers, body.as_bytes()).await;
            let to_nobodys = shown.header("location").unwrap().ends_with("/pay/result/unknown");
            assert_eq!((shown.status, to_nobodys), (303, status != 200), "{what}");
        }
        assert_eq!(paying.app.get(&format!("{KNET_ERROR}?trackid=UNKNOWN"), "").await.status, 404);
        assert_eq!(paying.app.get(KNET_ERROR, "").await.status, 422);
        assert_eq!(paying.result(&started.payment).await.state, PaymentState::Unknown);
        // The true answer settles it.
        assert_eq!(paying.pay(&started, "CAPTURED", "once").await.state, PaymentState::Captured);
        let unknown = paying.app.get(&format!("/api/v1/payments/{}", PaymentId("guess".into())), "").await;
        assert_eq!(unknown.status, 404);
        paying.check().await;
    }
}
