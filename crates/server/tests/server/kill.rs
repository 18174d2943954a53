//! Server and gateway are killed at random moments while several people pay: money is never lost, doubled or invented.
//!
//! `ADAD_KILL_ROUNDS` says how often; ten times unless it is set.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use api::accounts::AccountId;
use api::payment_results::{PaymentResult, PaymentState};
use api::payments::PaymentStarted;
use server::clock::demo_ahead_s;
use server::gateway::{INQUIRY, PAGE};
use server::store::ledger::check::check;
use server::store::ledger::{self, Book};
use server::store::{Store, payments, settings};
use ureq::Agent;

use crate::common::TestApp;
use crate::common::bank::KEY;
use crate::common::record::{FLAT, addresses, furnish};

const PAYERS: usize = 4;
const READY: Duration = Duration::from_secs(30);
const DRAINED: Duration = Duration::from_secs(120);

/// A process that is killed and started again.
struct Victim {
    command: Box<dyn Fn() -> Command + Send>,
    address: SocketAddr,
    child: Child,
}

impl Victim {
    fn start(address: SocketAddr, command: impl Fn() -> Command + Send + 'static) -> Self {
        let child = command().spawn().unwrap();
        let victim = Self { command: Box::new(command), address, child };
        victim.wait();
        victim
    }

    /// `SIGKILL`: nothing is written out, nobody is told.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn restart(&mut self) {
        self.child = (self.command)().spawn().unwrap();
        self.wait();
    }

    fn wait(&self) {
        let begun = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            assert!(begun.elapsed() < READY, "{} does not start", self.address);
            sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What payers were told.
#[derive(Default)]
struct Told {
    /// Payments that were started, with their amounts.
    started: BTreeMap<String, i64>,
    /// Those that were said to be captured.
    captured: BTreeSet<String>,
}

/// Those who pay.
struct Payers {
    origin: String,
    bank: String,
    cookie: String,
    told: Mutex<Told>,
    next: AtomicU64,
    stop: AtomicBool,
}

impl Payers {
    /// Starts payments, pays them in changing manners, and notes what it is told, until it is stopped.
    fn pay(&self, seed: u64) {
        let config = Agent::config_builder().timeout_global(Some(Duration::from_secs(5))).max_redirects(0);
        let agent = config.http_status_as_error(false).build().new_agent();
        let mut chance = Chance(seed);
        while !self.stop.load(Ordering::Relaxed) {
            let fils = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(started) = self.start(&agent, fils) else { continue };
            let id = started.payment.0.clone();
            self.told.lock().unwrap().started.insert(id.clone(), i64::try_from(fils).unwrap());
            let result = ["CAPTURED", "CAPTURED", "CAPTURED", "NOT+CAPTURED", "CANCELED"][chance.below(5)];
            let manner = ["once", "once", "repeated", "reordered", "never"][chance.below(5)];
            let order = started.page.split("trandata=").nth(1).unwrap().split('&').next().unwrap();
            let form = format!("trandata={order}&result={result}&manner={manner}");
            let address = format!("{}/kpg/pay", self.bank);
            let kind = "application/x-www-form-urlencoded";
            if agent.post(&address).header("content-type", kind).send(&form).is_err() {
                sleep(Duration::from_millis(20));
                continue;
            }
            let address = format!("{}/api/v1/payments/{id}", self.origin);
            let shown = agent
                .get(&address)
                .call()
                .and_then(|mut reply| reply.body_mut().read_json::<PaymentResult>());
            if shown.is_ok_and(|result| result.state == PaymentState::Captured) {
                self.told.lock().unwrap().captured.insert(id);
            }
        }
    }

    /// Each sum is another one. The same request is sent until somebody answers.
    fn start(&self, agent: &Agent, fils: u64) -> Option<PaymentStarted> {
        let address = format!("{}/api/v1/accounts/{FLAT}/payments", self.origin);
        let body = format!(
            r#"{{"request_id":"{fils}","amount":"{}.{:03}","ahead":true}}"#,
            fils / 1000,
            fils % 1000
        );
        while !self.stop.load(Ordering::Relaxed) {
            let sent = agent.post(&address).header("cookie", &self.cookie);
            match sent.header("content-type", "application/json").send(&body) {
                Ok(mut reply) if reply.status().as_u16() == 200 => return reply.body_mut().read_json().ok(),
                Ok(reply) if reply.status().as_u16() < 500 => panic!("{fils}: {}", reply.status()),
                _ => sleep(Duration::from_millis(20)),
            }
        }
        None
    }
}

/// Numbers that look like chance and can be had again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end as u64).unwrap()
    }
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn adad() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adad"));
    command.env("ADAD_KNET_ID", "merchant").env("ADAD_KNET_PASSWORD", "secret").env("ADAD_KNET_KEY", KEY);
    command.env("ADAD_HEAD_END_KEY", "key").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// A record with a holder who is signed in; gives the cookie.
async fn prepare(address: &str) -> String {
    let store = Store::open(address).await.unwrap();
    furnish(&store).await;
    let mut record = store.begin().await.unwrap();
    settings::save(&mut record, settings::DEMO_AHEAD_S, demo_ahead_s()).await.unwrap();
    record.commit().await.unwrap();
    let app = TestApp::start(store).await;
    server::jobs::bill_closed_period(&app.state).await.unwrap();
    let cookie = app.sign_in(FLAT).await;
    app.state.store.close().await;
    cookie
}

fn journal_of(path: &Path) -> BTreeMap<String, i64> {
    let text = std::fs::read_to_string(path).unwrap();
    let outcomes = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let captured = outcomes.filter(|outcome| outcome["result"] == "CAPTURED");
    captured
        .map(|outcome| {
            let fils = outcome["amount"].as_str().unwrap().replace('.', "").parse().unwrap();
            (outcome["track_id"].as_str().unwrap().to_owned(), fils)
        })
        .collect()
}

/// The payments of the record by their track id: the amount, the state and the id.
async fn payments_of(address: &str) -> BTreeMap<String, (i64, PaymentState, String)> {
    let store = Store::open(address).await.unwrap();
    let mut db = store.read().await.unwrap();
    let all = payments::newest(&mut db, &AccountId(FLAT.into()), i64::MAX).await.unwrap();
    drop(db);
    store.close().await;
    all.into_iter()
        .map(|fate| (fate.payment.track_id, (fate.payment.amount, fate.state, fate.payment.id.0)))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_nothing_is_lost_doubled_or_invented() {
    let rounds = std::env::var("ADAD_KILL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(10);
    for database in addresses().await {
        let cookie = prepare(&database).await;
        let (bank, server) = (free_address(), free_address());
        let journal = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("kill-{}.jsonl", server::secrets::token().unwrap()));
        let book = journal.clone();
        let bank_victim = Victim::start(bank, move || {
            let mut command = adad();
            command.args(["gateway", "--listen", &bank.to_string(), "--journal"]).arg(&book);
            command
        });
        let url = database.clone();
        let server_victim = Victim::start(server, move || {
            let mut command = adad();
            command.args([
                "serve",
                "--listen",
                &server.to_string(),
                "--database-url",
                &url,
                "--portal",
                "none",
            ]);
            command.args(["--knet-sandbox", "--knet-page", &format!("http://{bank}{PAGE}")]);
            command.args(["--knet-inquiry", &format!("http://{bank}{INQUIRY}")]);
            command
        });
        let payers = Arc::new(Payers {
            origin: format!("http://{server}"),
            bank: format!("http://{bank}"),
            cookie,
            told: Mutex::default(),
            next: AtomicU64::new(1),
            stop: AtomicBool::new(false),
        });
        let paying: Vec<_> = (0..PAYERS as u64)
            .map(|seed| {
                let payers = Arc::clone(&payers);
                std::thread::spawn(move || payers.pay(seed + 1))
            })
            .collect();
        let mut victims = [server_victim, bank_victim];
        let mut chance = Chance(rounds);
        for _ in 0..rounds {
            sleep(Duration::from_millis(30 + chance.below(400) as u64));
            let victim = &mut victims[chance.below(2)];
            victim.kill();
            sleep(Duration::from_millis(chance.below(80) as u64));
            victim.restart();
        }
        payers.stop.store(true, Ordering::Relaxed);
        paying.into_iter().for_each(|payer| payer.join().unwrap());
        // What nobody told is found when the server begins again.
        victims[0].kill();
        victims[0].restart();
        let told = std::mem::take(&mut *payers.told.lock().unwrap());
        judge(&database, &journal, &told, rounds).await;
    }
}

async fn judge(database: &str, journal: &Path, told: &Told, rounds: u64) {
    let at_the_bank = journal_of(journal);
    let begun = Instant::now();
    let kept = loop {
        let kept = payments_of(database).await;
        let captured = kept.values().filter(|(_, state, _)| *state == PaymentState::Captured).count();
        if captured >= at_the_bank.len() || begun.elapsed() > DRAINED {
            break kept;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    let captured: BTreeMap<String, i64> = kept
        .iter()
        .filter(|(_, (_, state, _))| *state == PaymentState::Captured)
        .map(|(track, (amount, ..))| (track.clone(), *amount))
        .collect();
    assert_eq!(captured, at_the_bank, "what the bank took is posted, each once, and nothing else");
    let known: BTreeMap<&String, i64> = kept.values().map(|(amount, _, id)| (id, *amount)).collect();
    for (id, amount) in &told.started {
        assert_eq!(known.get(id), Some(amount), "a payment that was acknowledged");
    }
    let states: BTreeMap<&String, PaymentState> = kept.values().map(|(_, state, id)| (id, *state)).collect();
    for id in &told.captured {
        assert_eq!(states.get(id), Some(&PaymentState::Captured), "a result that was told");
    }
    let store = Store::open(database).await.unwrap();
    let mut db = store.read().await.unwrap();
    let checked = check(&mut db).await.unwrap();
    assert_eq!((checked.sum, checked.imbalances), (0, vec![]));
    let bank = ledger::balance(&mut db, &AccountId(FLAT.into()), Book::Bank).await.unwrap();
    assert_eq!(bank, at_the_bank.values().sum::<i64>());
    let kind = if database.starts_with("sqlite") { "SQLite" } else { "PostgreSQL" };
    println!(
        "{kind}: {rounds} kills, {} payments started, {} captured and posted once, {} told as captured, ledger sum {}",
        kept.len(),
        captured.len(),
        told.captured.len(),
        checked.sum
    );
}
