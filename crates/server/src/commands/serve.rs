//! `adad serve`.

use std::net::SocketAddr;

use api::accounts::AccountId;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::CommandError;
use super::gateway::{Sandbox, start_sandbox};
use crate::calendar::DAY_S;
use crate::clock::Clock;
use crate::config::Serve;
use crate::hub::Hub;
use crate::intake::Intake;
use crate::jobs::inquire::inquire;
use crate::jobs::watch::watch;
use crate::jobs::{bill_closed_periods, follow_record};
use crate::mqtt::receive::{Receiving, receive};
use crate::portal::Portal;
use crate::protection::keep_panics_private;
use crate::routes::router;
use crate::secrets;
use crate::state::{App, AppState, Limits};
use crate::store::{Store, settings};

/// `adad feed --speed` may leave a demo's time behind by as much as a year.
const DEMO_AHEAD_S: i64 = 366 * DAY_S;

pub(super) async fn serve(serve: Serve) -> Result<(), CommandError> {
    keep_panics_private();
    // A busy port is told before a minute is spent on seeding.
    let listener = TcpListener::bind(serve.listen)
        .await
        .map_err(|error| CommandError::Listen { address: serve.listen, error })?;
    let address = listener.local_addr()?;
    let broker = serve.mqtt.broker()?;
    let public_url = serve.payments.public_url.clone().unwrap_or_else(|| origin(address));
    let mut app = open(&serve, public_url.trim_end_matches('/')).await?;
    let _sandbox = choose_gateway(&serve, &mut app, address).await?;
    let app = AppState::new(app);
    println!("adad serves on http://{address}");
    // They end with the server, before the record closes.
    let mut jobs = JoinSet::new();
    jobs.spawn(follow_record(app.clone()));
    if let Some(broker) = broker {
        let receiving = Receiving { broker, client: serve.mqtt_client.clone(), demo: serve.demo };
        jobs.spawn(receive(app.clone(), receiving));
    }
    if serve.demo {
        jobs.spawn(bill_closed_periods(app.clone()));
    }
    jobs.spawn(watch(app.clone()));
    jobs.spawn(inquire(app.clone()));
    let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let stopping = app.clone();
    axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            stop_asked().await;
            // Streams never end by themselves; without this the server would wait for them for ever.
            stopping.hub.close();
        })
        .await?;
    jobs.shutdown().await;
    app.store.close().await;
    Ok(())
}

async fn open(serve: &Serve, public_url: &str) -> Result<App, CommandError> {
    let database_url = &serve.record.database_url;
    let store = Store::open(database_url).await?;
    if serve.demo && crate::seed::seed(&store).await? {
        println!("The demo is in the record.");
    }
    let ahead = settings::find(&mut *store.read().await?, settings::DEMO_AHEAD_S).await?;
    let portal =
        Portal::load(&serve.portal).map_err(|error| CommandError::File { path: serve.portal.clone(), error });
    let portal = portal.unwrap_or_else(|error| {
        eprintln!("adad: no portal is served, the API alone: {error}");
        Portal::default()
    });
    Ok(App {
        clock: Clock::Running { ahead_s: ahead.unwrap_or(0) },
        hub: Hub::default(),
        intake: Intake::default(),
        portal,
        limits: Limits {
            upload_bytes: serve.max_upload,
            sign_in_codes: serve.sign_in_codes,
            ahead_s: if serve.demo { DEMO_AHEAD_S } else { 0 },
        },
        https_only: serve.https_only,
        head_end_key_hash: secrets::hash(&serve.key.read_or_make(database_url)?),
        send_code: Box::new(print_code),
        sign_in_tries: App::sign_in_limiter(),
        gateway: None,
        public_url: public_url.to_owned(),
        payment_tries: App::payment_limiter(),
        store,
    })
}

/// How a browser on this machine reaches us.
fn origin(address: SocketAddr) -> String {
    match address.ip().is_unspecified() {
        true => format!("http://localhost:{}", address.port()),
        false => format!("http://{address}"),
    }
}

/// The gateway that is named, or of a demo the sandbox.
async fn choose_gateway(
    serve: &Serve,
    app: &mut App,
    address: SocketAddr,
) -> Result<Option<Sandbox>, CommandError> {
    if let Some(named) = serve.payments.gateway(&app.public_url).map_err(CommandError::Says)? {
        app.gateway = Some(Box::new(named));
        return Ok(None);
    }
    if !serve.demo {
        return Ok(None);
    }
    let url = &serve.record.database_url;
    let (sandbox, gateway) =
        start_sandbox(&serve.payments, &app.store, url, address, &app.public_url).await?;
    app.gateway = Some(Box::new(gateway));
    Ok(Some(sandbox))
}

/// The demo's way to send a code: whoever sees the console is the operator.
fn print_code(account: &AccountId, code: &str) {
    println!("code for account {account}: {code}");
}

async fn stop_asked() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // Without signals the server runs until it is killed.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
