//! The sandbox gateway on a port of its own, and what a browser does at its page.

use std::net::SocketAddr;
use std::path::PathBuf;

use api::payment_results::{PaymentId, PaymentResult};
use api::payments::{PaymentStarted, Payments};
use server::gateway::{INQUIRY, Merchant, PAGE, router};
use server::jobs::inquire::look_once;
use server::payments::knet::cipher::Key;
use server::payments::knet::{Knet, Terminal};
use server::routes::gateways::{KNET_ERROR, KNET_RESPONSE};
use server::store::Store;
use server::store::ledger::check::check;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::record::{FLAT, furnish, stores};
use super::{Reply, TestApp, client};

pub(crate) const KEY: &str = "0123456789ABCDEF";

/// A running gateway, and the server that pays there.
pub(crate) struct Paying {
    pub(crate) app: TestApp,
    bank: SocketAddr,
    journal: PathBuf,
    serving: Option<JoinHandle<()>>,
}

pub(crate) fn merchant() -> Merchant {
    Merchant { id: "merchant".into(), password: "secret".into(), key: Key::parse(KEY).unwrap() }
}

impl Paying {
    pub(crate) async fn start(store: Store) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let bank = listener.local_addr().unwrap();
        let journal = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("bank-{}.jsonl", server::secrets::token().unwrap()));
        let routes = router(merchant(), &journal).unwrap();
        let serving = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        let app = TestApp::start_paying(store, |origin| Box::new(knet(bank, origin))).await;
        Self { app, bank, journal, serving: Some(serving) }
    }

    /// The gateway goes away.
    pub(crate) async fn stop_bank(&mut self) {
        if let Some(serving) = self.serving.take() {
            serving.abort();
            let _ = serving.await;
        }
    }

    /// It comes back, with what it knew.
    pub(crate) async fn start_bank(&mut self) {
        let listener = TcpListener::bind(self.bank).await.unwrap();
        let routes = router(merchant(), &self.journal).unwrap();
        self.serving = Some(tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() }));
    }

    /// What a browser does: opens the page, chooses, and gives the reply of the gateway.
    pub(crate) async fn choose(&self, started: &PaymentStarted, result: &str, manner: &str) -> Reply {
        let (_, path) = started.page.split_once("//").unwrap().1.split_once('/').unwrap();
        let shown = client::send(self.bank, "GET", &format!("/{path}"), &[], b"").await;
        assert!(matches!(shown.status, 200 | 303), "{}", shown.text());
        let order = path.split("trandata=").nth(1).unwrap().split('&').next().unwrap();
        let body = format!("trandata={order}&result={}&manner={manner}", result.replace(' ', "+"));
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        client::send(self.bank, "POST", "/kpg/pay", &headers, body.as_bytes()).await
    }

    /// Chooses, follows the browser's way back to the portal's result page, and gives the result.
    pub(crate) async fn pay(&self, started: &PaymentStarted, result: &str, manner: &str) -> PaymentResult {
        let back = self.choose(started, result, manner).await;
        assert_eq!(back.status, 303, "{}", back.text());
        let mut address = back.header("location").unwrap().to_owned();
        if address.contains("/gateways/knet/error") {
            let path = address.split_once("//").unwrap().1.split_once('/').unwrap().1.to_owned();
            let reply = self.app.get(&format!("/{path}"), "").await;
            assert_eq!(reply.status, 303, "{}", reply.text());
            address = reply.header("location").unwrap().to_owned();
        }
        assert!(address.ends_with(&format!("/pay/result/{}", started.payment)), "{address}");
        self.result(&started.payment).await
    }

    pub(crate) async fn result(&self, payment: &PaymentId) -> PaymentResult {
        self.app.get(&format!("/api/v1/payments/{payment}"), "").await.json()
    }

    /// Starts a payment of the flat's; `more` goes into its body.
    pub(crate) async fn start_of(
        &self,
        cookie: &str,
        name: &str,
        amount: &str,
        more: &str,
    ) -> PaymentStarted {
        let body = format!(r#"{{"request_id":"{name}","amount":"{amount}"{more}}}"#);
        let reply = self.app.post_json(&path(), &body, cookie).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()
    }

    /// What the page of paying shows of the flat.
    pub(crate) async fn page(&self, cookie: &str) -> Payments {
        self.app.get(&path(), cookie).await.json()
    }

    /// What the flat owes, and its credit.
    pub(crate) async fn due(&self, cookie: &str) -> (String, String) {
        let page = self.page(cookie).await;
        (page.due, page.credit)
    }

    /// The job that asks the bank looks once.
    pub(crate) async fn look(&self) {
        look_once(&self.app.state, "test", true).await.unwrap();
    }

    /// The ledger adds up.
    pub(crate) async fn check(&self) {
        let checked = check(&mut self.app.state.store.read().await.unwrap()).await.unwrap();
        assert_eq!((checked.sum, checked.imbalances), (0, vec![]));
    }
}

/// The flat's payments.
pub(crate) fn path() -> String {
    format!("/api/v1/accounts/{FLAT}/payments")
}

fn knet(bank: SocketAddr, origin: &str) -> Knet {
    let Merchant { id, password, key } = merchant();
    Knet::new(Terminal {
        id,
        password,
        key,
        page: format!("http://{bank}{PAGE}"),
        inquiry: format!("http://{bank}{INQUIRY}"),
        response_url: format!("{origin}{KNET_RESPONSE}"),
        error_url: format!("{origin}{KNET_ERROR}"),
        english: "EN".into(),
        is_sandbox: true,
    })
}

/// A server and a gateway on each database; the flat owes 25.180.
pub(crate) async fn paying() -> Vec<Paying> {
    let mut all = Vec::new();
    for store in stores().await {
        furnish(&store).await;
        let paying = Paying::start(store).await;
        server::jobs::bill_closed_period(&paying.app.state).await.unwrap();
        all.push(paying);
    }
    all
}
