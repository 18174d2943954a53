//! The commands as an operator runs them: serve, import, feed.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use api::readings::Meters;

use crate::common::client;

pub(crate) const FLAT: &str = "100217783";

/// A child that is killed when its test ends.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(crate) fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(server::secrets::token().unwrap());
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

pub(crate) fn adad(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adad"));
    command.args(arguments).current_dir(folder).env_remove("ADAD_HEAD_END_KEY");
    command
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    adad(folder, arguments).output().unwrap()
}

/// Runs a command that succeeds or not, and says `told` on the way.
pub(crate) fn run_and_hear(folder: &Path, arguments: &[&str], succeeds: bool, told: &str) {
    let output = run(folder, arguments);
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.success(), succeeds, "{arguments:?}: {text}");
    assert!(text.contains(told), "{arguments:?}: {text}");
}

/// Serves on a port of its own; the line that names it is the sign that it is ready.
pub(crate) fn serve(folder: &Path) -> (Running, String) {
    let mut command = adad(folder, &["serve", "--demo", "--listen", "127.0.0.1:0"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let address =
        lines.find_map(|line| line.unwrap().strip_prefix("adad serves on http://").map(str::to_owned));
    (Running(child), address.unwrap())
}

async fn meters(folder: &Path, address: &str) -> Meters {
    let key = std::fs::read_to_string(folder.join("data/head-end.key")).unwrap();
    let bearer = format!("Bearer {key}");
    client::send(address.parse().unwrap(), "GET", "/api/v1/meters", &[("authorization", &bearer)], b"")
        .await
        .json()
}

#[tokio::test]
async fn a_fed_demo_moves() {
    let folder = folder();
    let (_server, address) = serve(&folder);
    let before = meters(&folder, &address).await;
    let server = format!("http://{address}");
    let arguments = ["feed", "--server", &server, "--account", FLAT, "--speed", "600"];
    let _feed = Running(adad(&folder, &arguments).stdout(Stdio::null()).spawn().unwrap());
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let now = meters(&folder, &address).await;
        let moved = now
            .meters
            .iter()
            .zip(&before.meters)
            .filter(|(now, before)| now.reported_to > before.reported_to);
        let moved: Vec<_> =
            moved.map(|(now, _)| (now.account.0.as_str(), now.reported_to.unwrap())).collect();
        // At this speed the meter soon leaves the server's own time behind.
        if moved.iter().any(|(_, to)| *to > before.now + 600) {
            assert_eq!(moved.iter().map(|(account, _)| *account).collect::<Vec<_>>(), [FLAT]);
            return;
        }
    }
    panic!("nothing was fed in ten seconds");
}

#[tokio::test]
async fn a_file_is_imported_whole_or_refused_with_its_place() {
    let folder = folder();
    assert!(run(&folder, &["seed"]).status.success());
    let reading = |start: i64| {
        format!(
            "<IntervalReading><timePeriod><duration>3600</duration><start>{start}</start></timePeriod><value>1250</value></IntervalReading>"
        )
    };
    let file = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content><ReadingType xmlns=\"http://naesb.org/espi\"><uom>72</uom>\
         </ReadingType></content></entry><entry><content><IntervalBlock xmlns=\"http://naesb.org/espi\">{}{}</IntervalBlock>\
         </content></entry></feed>",
        reading(1_500_000_000),
        reading(1_500_003_600)
    );
    std::fs::write(folder.join("whole.xml"), &file).unwrap();
    std::fs::write(folder.join("cut.xml"), &file[..file.len() - 30]).unwrap();
    for (name, account, succeeds, told) in [
        ("cut.xml", FLAT, false, "cut short"),
        ("missing.xml", FLAT, false, "missing.xml"),
        ("whole.xml", "9009", false, "account 9009"),
        ("whole.xml", FLAT, true, "2 readings, 2.5 kWh"),
        ("whole.xml", FLAT, true, "new 0, known 2"),
    ] {
        run_and_hear(&folder, &["import", "green-button", name, "--account", account], succeeds, told);
    }
}

/// A household's real files, when they are at hand, to the watt-hour.
#[tokio::test]
async fn real_files_are_imported_to_the_watt_hour() {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let files = std::env::var_os("ADAD_METER_FILES").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let folder = folder();
    assert!(run(&folder, &["seed"]).status.success());
    for (name, told) in [
        ("household-hourly-year.xml", "8760 readings, 4425.305 kWh"),
        ("household-hourly-362.xml", "362 readings, 291.018 kWh"),
        ("utility-hourly-300.xml", "300 readings, 248.53 kWh"),
    ] {
        let path =
            [files.join(name), files.join("green-button").join(name)].into_iter().find(|path| path.exists());
        let Some(path) = path else {
            use std::io::Write;
            // Past the test's captured output, so that a skipped file never looks like a passed one.
            let _ = writeln!(
                std::io::stderr(),
                "skipped: {name} is not at hand (ADAD_METER_FILES or ../shared/data)"
            );
            continue;
        };
        let output = run(&folder, &["import", "green-button", path.to_str().unwrap(), "--account", FLAT]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.starts_with(told), "{name}: {text}");
    }
}

#[test]
fn what_is_assumed_is_listed_with_what_would_settle_it() {
    let output = run(&folder(), &["rulebook", "assumed"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    for line in [
        "  sa.check-high-factor = 2 (2025-01-01)",
        "  kw.electricity.investment.statutory = 30 (2017-08-22)",
        "  kw.warning-days = 7 (2012-01-01)",
        "  common.projection-cooling-percent-08 = ",
        "grouping-limits (TAR-11)",
        "  Joined units are one usage under one set of limits. Settled by one bill of joined units.",
        "  عدد الفترات الفعلية",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert_eq!(
        text.matches("ettled by").count() + text.matches("Nothing has to settle it").count(),
        text.matches("\n\n").count()
    );
}

#[tokio::test]
async fn a_busy_port_and_a_wrong_address_are_told() {
    let folder = folder();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (arguments, told) in [
        (["serve", "--listen", address.as_str()], "cannot listen on"),
        (["serve", "--database-url", "mysql://x"], "begins with sqlite: or postgres:"),
    ] {
        let output = adad(&folder, &arguments).env("ADAD_LISTEN", "127.0.0.1:0").output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && text.contains(told), "{text}");
    }
}
