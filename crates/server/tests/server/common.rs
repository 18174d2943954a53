//! A server on a port of its own over a small record, on every database at hand.

pub(crate) mod bank;
pub(crate) mod client;
pub(crate) mod record;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use api::accounts::AccountId;
use server::clock::{Clock, DEMO_STARTS_AT};
use server::hub::Hub;
use server::intake::Intake;
use server::payments::Gateway;
use server::portal::Portal;
use server::routes::router;
use server::secrets;
use server::state::{App, AppState, Limits};
use server::store::Store;
use tokio::net::TcpListener;

pub(crate) use client::Reply;

/// The head-end's key in tests.
pub(crate) const KEY: &str = "the-head-ends-key";

/// A running server.
pub(crate) struct TestApp {
    pub(crate) state: AppState,
    pub(crate) address: SocketAddr,
    codes: Arc<Mutex<Vec<(AccountId, String)>>>,
}

impl TestApp {
    /// Serves `store`, at the instant at which the demo begins.
    pub(crate) async fn start(store: Store) -> Self {
        Self::start_with(store, Portal::default(), Limits { upload_bytes: 64 << 10, ..Limits::default() })
            .await
    }

    pub(crate) async fn start_with(store: Store, portal: Portal, limits: Limits) -> Self {
        Self::launch(store, portal, limits, |_| None).await
    }

    /// A server whose payments are made at a gateway that knows the server's origin.
    pub(crate) async fn start_paying(store: Store, gateway: impl FnOnce(&str) -> Box<dyn Gateway>) -> Self {
        Self::launch(store, Portal::default(), Limits::default(), |origin| Some(gateway(origin))).await
    }

    async fn launch(
        store: Store,
        portal: Portal,
        limits: Limits,
        gateway: impl FnOnce(&str) -> Option<Box<dyn Gateway>>,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let public_url = format!("http://{address}");
        let codes: Arc<Mutex<Vec<(AccountId, String)>>> = Arc::default();
        let sent = Arc::clone(&codes);
        let state = AppState::new(App {
            store,
            clock: Clock::standing(DEMO_STARTS_AT),
            hub: Hub::default(),
            intake: Intake::default(),
            portal,
            limits,
            https_only: false,
            head_end_key_hash: secrets::hash(KEY),
            send_code: Box::new(move |account, code| {
                sent.lock().unwrap().push((account.clone(), code.to_owned()));
            }),
            sign_in_tries: App::sign_in_limiter(),
            gateway: gateway(&public_url),
            public_url,
            payment_tries: App::payment_limiter(),
        });
        let service = router(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { state, address, codes }
    }

    /// The newest code that was sent to an account.
    pub(crate) fn code_of(&self, account: &str) -> Option<String> {
        let codes = self.codes.lock().unwrap();
        codes.iter().rev().find(|(to, _)| to.0 == account).map(|(_, code)| code.clone())
    }

    /// Signs in and gives the cookie header.
    pub(crate) async fn sign_in(&self, account: &str) -> String {
        let ask = format!(r#"{{"account":"{account}"}}"#);
        assert_eq!(self.post_json("/api/v1/sign-in/code", &ask, "").await.status, 200);
        let code = self.code_of(account).unwrap();
        let ask = format!(r#"{{"account":"{account}","code":"{code}"}}"#);
        let reply = self.post_json("/api/v1/sign-in", &ask, "").await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
    }

    pub(crate) async fn get(&self, path: &str, cookie: &str) -> Reply {
        self.send("GET", path, &[("cookie", cookie)], b"").await
    }

    pub(crate) async fn post_json(&self, path: &str, body: &str, cookie: &str) -> Reply {
        let headers = [("cookie", cookie), ("content-type", "application/json")];
        self.send("POST", path, &headers, body.as_bytes()).await
    }

    /// Sends readings as the head-end does.
    pub(crate) async fn feed(&self, body: &str) -> Reply {
        self.post_as(KEY, "/api/v1/readings", body).await
    }

    /// Posts as a head-end with that key.
    pub(crate) async fn post_as(&self, key: &str, path: &str, body: &str) -> Reply {
        let bearer = format!("Bearer {key}");
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        self.send("POST", path, &headers, body.as_bytes()).await
    }

    /// Asks as a head-end with that key.
    pub(crate) async fn get_as(&self, key: &str, path: &str) -> Reply {
        let bearer = format!("Bearer {key}");
        self.send("GET", path, &[("authorization", &bearer)], b"").await
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Reply {
        client::send(self.address, method, path, headers, body).await
    }
}
