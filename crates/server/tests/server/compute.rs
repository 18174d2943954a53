//! The engine answers anybody, with the same bytes over HTTP and on the command line.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use crate::common::record::on_each_database;

const BILL: &str = r#"{"tariff":{"id":"sa.electricity.residential"},"period":{"from":"2026-08-01","to":"2026-09-02"},"usage":"6300","breaker_amps":100}"#;

fn adad(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_adad"))
        .arg("compute")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses at once does not read.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

#[tokio::test]
async fn http_and_command_line_give_the_same_bytes() {
    let app = on_each_database().await.remove(0);
    for (rule, request, status) in [
        ("bill", BILL.as_bytes(), 200),
        ("tier-limits", br#"{"limits":["2000","4000","6000"],"days":24}"#, 200),
        ("bill", b"{", 400),
        ("bill", b"\xff", 400),
        ("bill", b"{}", 422),
        (
            "bill",
            br#"{"tariff":{"id":"x"},"period":{"from":"2026-08-01","to":"2026-09-02"},"usage":1.5}"#,
            422,
        ),
        ("no-such-rule", b"{}", 404),
    ] {
        let reply = app.send("POST", &format!("/api/v1/compute/{rule}"), &[], request).await;
        assert_eq!(reply.status, status, "{rule}: {}", reply.text());
        let output = adad(&[rule], request);
        if status == 200 {
            assert_eq!(reply.body, output.stdout, "{rule}");
            assert_eq!(reply.header("content-type"), Some("application/json"));
            assert!(output.status.success() && output.stdout.ends_with(b"\n"));
            continue;
        }
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{rule}");
        let told: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
        let problem: serde_json::Value = reply.json();
        for part in ["code", "field", "message"] {
            assert_eq!(told["error"][part], problem[part], "{rule} {part}");
        }
    }
}

#[test]
fn rules_are_listed_and_have_schemas() {
    let list = String::from_utf8(adad(&["--list"], b"").stdout).unwrap();
    assert!(
        list.lines().any(|rule| rule == "bill") && list.lines().any(|rule| rule == "tier-limits"),
        "{list}"
    );
    for rule in list.lines() {
        let output = adad(&[rule, "--schema"], b"");
        let schemas: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(schemas.as_array().map(Vec::len), Some(2), "{rule}");
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused() {
    let app = on_each_database().await.remove(0);
    let huge = vec![b' '; (4 << 20) + 1];
    let reply = app.send("POST", "/api/v1/compute/bill", &[], &huge).await;
    assert_eq!(reply.status, 413);
}
