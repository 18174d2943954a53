//! Head-ends that speak by MQTT, with a real Mosquitto: what a broker, a server or a connection takes with it comes
//! again, and is kept once. `ADAD_TEST_MOSQUITTO` names the program, else Debian's place for it; without one the tests
//! say that they were skipped.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use api::accounts::ServicePointId;
use api::commands::{CommandResult, Order, PostAcknowledgement};
use api::meter_events::MeterEventsTaken;
use api::problem::Problem;
use api::readings::ReadingsTaken;
use server::actions::send_command::queue_command;
use server::mqtt::receive::{Receiving, receive};
use server::mqtt::send::Sender;
use server::mqtt::{Broker, DEMO};
use server::secrets;
use server::store::{Store, accounts, commands, head_ends, intervals};
use tokio::task::JoinHandle;

use crate::common::TestApp;
use crate::common::record::{FLAT_POWER, VILLA_POWER, day_start, furnish, stores};

/// A broker that is killed when its test ends.
struct Mosquitto {
    child: Child,
    program: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Drop for Mosquitto {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Mosquitto {
    /// A broker on a port of its own; none where there is no Mosquitto.
    fn start(more: &str) -> Option<Self> {
        let named = std::env::var_os("ADAD_TEST_MOSQUITTO").map(PathBuf::from);
        let program = named.unwrap_or_else(|| PathBuf::from("/usr/sbin/mosquitto"));
        if !program.exists() {
            // Past the test's captured output, so that a skipped test never looks like a passed one.
            let _ = writeln!(std::io::stderr(), "skipped: no {} for the tests of MQTT", program.display());
            return None;
        }
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(secrets::token().unwrap());
        std::fs::create_dir_all(&folder).unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let config = format!(
            "listener {port} 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location {}/\n{more}",
            folder.display()
        );
        std::fs::write(folder.join("mosquitto.conf"), config).unwrap();
        let child = run(&program, &folder);
        let broker = Self { child, program, folder, port };
        broker.wait();
        Some(broker)
    }

    /// As by a power cut: nothing is written out.
    fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn start_again(&mut self) {
        self.child = run(&self.program, &self.folder);
        self.wait();
    }

    fn wait(&self) {
        let begun = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(10), "the broker does not start");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn broker(&self) -> Broker {
        Broker::at(&format!("mqtt://127.0.0.1:{}", self.port), None, None).unwrap()
    }
}

fn run(program: &Path, folder: &Path) -> Child {
    let mut command = Command::new(program);
    // As root it would become another user, who may not write here.
    let config = std::fs::read_to_string(folder.join("mosquitto.conf")).unwrap();
    if !config.contains("\nuser ") {
        std::fs::write(folder.join("mosquitto.conf"), config + "\nuser root\n").unwrap();
    }
    command.arg("-c").arg(folder.join("mosquitto.conf"));
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn receiving(app: &TestApp, broker: Broker) -> JoinHandle<()> {
    tokio::spawn(receive(app.state.clone(), Receiving { broker, client: "adad".into(), demo: true }))
}

async fn one_app() -> TestApp {
    let store = stores().await.remove(0);
    furnish(&store).await;
    TestApp::start(store).await
}

/// Ten seconds each, from eight on.
fn batch(at: i64, count: i64) -> String {
    let reading = |at: i64| {
        let start = day_start("2026-09-18") + 20 * 3600 + at * 10;
        format!(r#"{{"service_point":"{FLAT_POWER}","start":{start},"seconds":10,"usage":"0.01"}}"#)
    };
    format!(r#"{{"readings":[{}]}}"#, (at..at + count).map(reading).collect::<Vec<_>>().join(","))
}

/// How many ten-second intervals there are from eight on, and whether their numbers are all different.
async fn kept(store: &Store) -> (usize, bool) {
    let mut db = store.read().await.unwrap();
    let arrivals = intervals::after(&mut db, &ServicePointId(FLAT_POWER.into()), 0, 10_000).await.unwrap();
    let mut numbers: Vec<_> = arrivals.iter().map(|arrival| arrival.sequence).collect();
    numbers.dedup();
    (arrivals.len(), numbers.len() == arrivals.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_is_killed_in_mid_stream_loses_nothing_and_doubles_nothing() {
    let Some(mut mosquitto) = Mosquitto::start("") else { return };
    let app = one_app().await;
    app.state.clock.set(app.state.clock.now() + 86_400);
    let _receiving = receiving(&app, mosquitto.broker());
    let broker = mosquitto.broker();
    let sending = tokio::spawn(async move {
        let mut sender = Sender::connect(&broker, DEMO);
        let (mut added, mut repeated) = (0, 0);
        for at in 0..40 {
            let answer = sender.send("readings", &batch(at * 5, 5)).await.unwrap();
            let taken: ReadingsTaken = serde_json::from_slice(&answer).unwrap();
            assert_eq!(taken.refused, []);
            added += taken.kept.added;
            repeated += taken.kept.repeated;
        }
        (added, repeated)
    });
    for _ in 0..2 {
        let before = kept(&app.state.store).await.0;
        while kept(&app.state.store).await.0 < before + 20 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        mosquitto.kill();
        tokio::time::sleep(Duration::from_millis(300)).await;
        mosquitto.start_again();
    }
    let (added, repeated) = tokio::time::timeout(Duration::from_secs(60), sending).await.unwrap().unwrap();
    assert_eq!(kept(&app.state.store).await, (200, true));
    // What was told as added and what was repeated after a lost answer is all that there is.
    assert_eq!(added + repeated, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_while_no_server_is_there_waits_and_another_server_takes_over() {
    let Some(mosquitto) = Mosquitto::start("") else { return };
    for store in stores().await {
        furnish(&store).await;
        let (first, second) = (TestApp::start(store.clone()).await, TestApp::start(store).await);
        for app in [&first, &second] {
            app.state.clock.set(app.state.clock.now() + 86_400);
        }
        let client = secrets::token().unwrap();
        let begin = |app: &TestApp| {
            let receiving = Receiving { broker: mosquitto.broker(), client: client.clone(), demo: true };
            tokio::spawn(receive(app.state.clone(), receiving))
        };
        let running = begin(&first);
        let mut sender = Sender::connect(&mosquitto.broker(), DEMO);
        sender.send("readings", &batch(0, 10)).await.unwrap();
        running.abort();
        // Nobody receives now; the batch is sent, and answered when somebody does.
        let sending = tokio::spawn(async move { sender.send("readings", &batch(10, 10)).await.unwrap() });
        tokio::time::sleep(Duration::from_millis(300)).await;
        let running = begin(&second);
        let answer = tokio::time::timeout(Duration::from_secs(30), sending).await.unwrap().unwrap();
        let taken: ReadingsTaken = serde_json::from_slice(&answer).unwrap();
        assert_eq!(taken.kept.added + taken.kept.repeated, 10);
        assert_eq!(kept(&second.state.store).await, (20, true));
        running.abort();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_end_speaks_under_its_own_name_and_is_answered_like_by_http() {
    let Some(mosquitto) = Mosquitto::start("") else { return };
    let app = one_app().await;
    let mut record = app.state.store.begin().await.unwrap();
    head_ends::add(&mut record, "north", "hash", 1).await.unwrap();
    head_ends::assign(&mut record, "M-flat-electricity", "north").await.unwrap();
    let flat = ServicePointId(FLAT_POWER.into());
    let point = accounts::find_point(&mut record, &flat).await.unwrap().unwrap();
    let command = queue_command(&mut record, 5, &point, Order::Connect).await.unwrap();
    record.commit().await.unwrap();
    let _receiving = receiving(&app, mosquitto.broker());

    let mut north = Sender::connect(&mosquitto.broker(), "north");
    let taken: ReadingsTaken =
        serde_json::from_slice(&north.send("readings", &batch(0, 2)).await.unwrap()).unwrap();
    assert_eq!((taken.kept.added, taken.refused.len()), (2, 0));
    let at = app.state.clock.now();
    let event = |point: &str| {
        format!(r#"{{"id":"e1","service_point":"{point}","at":{at},"what":{{"kind":"connected"}}}}"#)
    };
    let events = format!(r#"{{"events":[{},7,{}]}}"#, event(FLAT_POWER), event("none"));
    let taken: MeterEventsTaken =
        serde_json::from_slice(&north.send("events", &events).await.unwrap()).unwrap();
    let told: Vec<_> = taken.refused.iter().map(|refused| (refused.index, refused.code.as_str())).collect();
    assert_eq!((taken.added, told), (1, vec![(1, "item-malformed"), (2, "item-meter-unknown")]));

    let said = PostAcknowledgement { command: command.id, at, result: CommandResult::Done };
    let said = serde_json::to_string(&said).unwrap();
    assert_eq!(north.send("acknowledgements", &said).await.unwrap(), b"null");
    let mut db = app.state.store.read().await.unwrap();
    assert_eq!(commands::all_waiting(&mut db, 9).await.unwrap(), []);

    for (kind, body, code) in [("readings", "{", "body-malformed"), ("readings", "[]", "body-not-object")] {
        let refused: Problem = serde_json::from_slice(&north.send(kind, body).await.unwrap()).unwrap();
        assert_eq!(refused.code, code);
    }
    let mut stranger = Sender::connect(&mosquitto.broker(), "stranger");
    let refused: Problem =
        serde_json::from_slice(&stranger.send("readings", &batch(0, 1)).await.unwrap()).unwrap();
    assert_eq!(refused.code, "key-wrong");
    let mut demo = Sender::connect(&mosquitto.broker(), DEMO);
    let foreign = batch(2, 1).replace(FLAT_POWER, VILLA_POWER);
    let taken: ReadingsTaken =
        serde_json::from_slice(&demo.send("readings", &foreign).await.unwrap()).unwrap();
    assert_eq!(taken.kept.added, 1, "a meter without a head-end takes the word of any");
    let taken: ReadingsTaken =
        serde_json::from_slice(&demo.send("readings", &batch(3, 1)).await.unwrap()).unwrap();
    assert_eq!(taken.refused[0].code, "item-meter-unknown", "the north's meter does not");
}

/// The broker's certificate is checked.
#[tokio::test(flavor = "multi_thread")]
async fn over_tls_the_broker_shows_its_certificate() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(secrets::token().unwrap());
    std::fs::create_dir_all(&folder).unwrap();
    for name in ["right", "wrong"] {
        let made = Command::new("openssl")
            .args([
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
            ])
            .args(["-subj", "/CN=broker", "-addext", "subjectAltName=IP:127.0.0.1"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .arg("-keyout")
            .arg(folder.join(format!("{name}.key")))
            .arg("-out")
            .arg(folder.join(format!("{name}.pem")))
            .stderr(Stdio::null())
            .status();
        if !made.is_ok_and(|status| status.success()) {
            let _ = writeln!(std::io::stderr(), "skipped: no openssl to make a broker's certificate");
            return;
        }
    }
    let more = format!("certfile {0}/right.pem\nkeyfile {0}/right.key", folder.display());
    let Some(mosquitto) = Mosquitto::start(&more) else { return };
    let app = one_app().await;
    let at = |ca: &str| {
        let address = format!("mqtts://127.0.0.1:{}", mosquitto.port);
        Broker::at(&address, Some(folder.join(ca)), None).unwrap()
    };
    let _receiving = receiving(&app, at("right.pem"));
    let mut sender = Sender::connect(&at("right.pem"), DEMO);
    let sent = tokio::time::timeout(Duration::from_secs(20), sender.send("readings", &batch(0, 1))).await;
    let taken: ReadingsTaken = serde_json::from_slice(&sent.unwrap().unwrap()).unwrap();
    assert_eq!(taken.kept.added, 1);
    let mut fooled = Sender::connect(&at("wrong.pem"), DEMO);
    let sent = tokio::time::timeout(Duration::from_secs(2), fooled.send("readings", &batch(1, 1))).await;
    assert!(sent.is_err(), "a broker with another certificate is not spoken to");
    assert_eq!(kept(&app.state.store).await.0, 1);
}
