//! What an operator does by commands: the monthly run, corrections, orders to meters.

use std::process::Stdio;
use std::time::Duration;

use crate::commands::{FLAT, Running, adad, folder, run, run_and_hear, serve};

#[tokio::test]
async fn the_monthly_run_is_told_and_refuses_a_month_that_is_not_over() {
    let folder = folder();
    assert!(run(&folder, &["seed", "--accounts", "1000"]).status.success());
    for (arguments, succeeds, told) in [
        (
            vec!["bill-run", "--period", "2026-08"],
            true,
            "issued 999, issued before 7, held 1\nheld 900000999-2026-08: use-unusual: At",
        ),
        (vec!["bill-run", "--period", "2026-08"], true, "issued 0, issued before 1006, held 1"),
        (vec!["bill-run", "--release", "900000999-2026-08"], true, "issued: 900000999-2026-08"),
        (
            vec!["bill-run", "--period", "2026-08"],
            true,
            "issued 0, issued before 1007, held 0\n1007 accounts",
        ),
        (vec!["bill-run", "--period", "2026-09"], false, "not over before the end of 2026-09-27"),
        (vec!["bill-run", "--period", "2026-13"], false, "--period: "),
        (vec!["bill-run"], false, "--period"),
    ] {
        run_and_hear(&folder, &arguments, succeeds, told);
    }
}

#[tokio::test]
async fn an_operator_records_a_test_and_corrects_bills_and_may_say_so_again() {
    let folder = folder();
    assert!(run(&folder, &["seed"]).status.success());
    let test = |result: &'static str, more: &[&'static str]| {
        let mut arguments = vec![
            "meter-test",
            "--service-point",
            "malqa-electricity",
            "--on",
            "2026-09-10",
            "--result",
            result,
        ];
        arguments.extend(more);
        arguments
    };
    let fast = ["--error-percent", "2.5", "--since", "2026-07-28"];
    let shop = ["correct-multiplier", "--service-point", "mubarakiya-electricity", "--right"];
    for (arguments, succeeds, told) in [
        (
            test("fast", &fast),
            true,
            "meter KFM2019338471: fast by 2.5 % on 2026-09-10, on record\n30061250948-2026-08 -> 30061250948-2026-08-2: ",
        ),
        (test("fast", &fast), true, "was on record\n0 bills corrected"),
        (test("slow", &fast), false, "another result of a test on that day"),
        (test("slow", &["--error-percent", "100"]), false, "another result of a test on that day"),
        (test("odd", &[]), false, "--result"),
        ([&shop[..], &["20"]].concat(), true, "multiplier 20\n0 bills corrected"),
        ([&shop[..], &["0"]].concat(), false, "--right: "),
        ([&shop[..], &["twenty"]].concat(), false, "--right"),
        (
            vec!["correct-multiplier", "--service-point", "none", "--right", "1"],
            false,
            "no service point none",
        ),
    ] {
        run_and_hear(&folder, &arguments, succeeds, told);
    }
}

#[tokio::test]
async fn an_operator_records_an_exchange_and_may_say_so_again() {
    let folder = folder();
    assert!(run(&folder, &["seed"]).status.success());
    let exchange = |more: &[&'static str]| {
        let mut arguments = vec!["meter-exchange", "--service-point", "mubarakiya-electricity"];
        arguments.extend(["--on", "2026-09-10", "--number", "90000001", "--kind", "mechanical"]);
        arguments.extend(more);
        arguments
    };
    let right = ["--time", "10:30", "--last", "99990", "--multiplier", "40", "--digits", "5"];
    for (arguments, succeeds, told) in [
        (exchange(&["--time", "10:30", "--last", "1"]), false, "--last: "),
        (exchange(&["--time", "24:00", "--last", "1"]), false, "00:00 to 23:59"),
        (exchange(&right), true, "90000001: 0, on record"),
        (exchange(&right), true, "was on record"),
        (exchange(&["--time", "10:31", "--last", "99990"]), false, "90000001 is on record already"),
        (vec!["meter-exchange", "--service-point", "none"], false, "--on"),
    ] {
        run_and_hear(&folder, &arguments, succeeds, told);
    }
}

/// What an operator asks of a meter is done by the head-end, and the meter's event says so.
#[tokio::test]
async fn a_command_reaches_the_meter_and_its_event_comes_back() {
    let folder = folder();
    let (_server, address) = serve(&folder);
    for (arguments, succeeds, told) in [
        (vec!["command", "connect", "--meter", "none"], false, "no meter none"),
        (vec!["command", "connect", "--meter", "71450922"], false, "refused: value-invalid"),
        (vec!["command", "disconnect", "--meter", "24106583"], false, "--reason"),
        (vec!["command", "disconnect", "--meter", "24106583", "--reason", "maintenance"], false, "--hours"),
        (
            vec!["command", "disconnect", "--meter", "24106583", "--reason", "debt"],
            false,
            "nothing was cut: the rules do not allow it now",
        ),
        (
            vec!["command", "disconnect", "--meter", "24106583", "--reason", "maintenance", "--hours", "2"],
            true,
            "waits for the head-end of meter 24106583",
        ),
        (vec!["head-end", "add", "North"], false, "small letters"),
        (vec!["head-end", "add", "north"], true, "its key, which is not shown again"),
        (vec!["head-end", "add", "north"], false, "perhaps it was before"),
        (vec!["head-end", "assign", "north", "--meter", "none"], false, "no meter none"),
        (vec!["head-end", "assign", "north", "--meter", "24098177"], true, "the word of north alone"),
        (vec!["head-end", "revoke", "north"], true, "opens nothing"),
        (vec!["head-end", "revoke", "north"], false, "no head-end north has a key"),
    ] {
        run_and_hear(&folder, &arguments, succeeds, told);
    }
    let server = format!("http://{address}");
    let _feed = Running(
        adad(&folder, &["feed", "--server", &server, "--account", FLAT])
            .stdout(Stdio::null())
            .spawn()
            .unwrap(),
    );
    let store =
        server::store::Store::open(&format!("sqlite:{}/data/adad.db", folder.display())).await.unwrap();
    let point = api::accounts::ServicePointId("salmiya-electricity".into());
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let mut db = store.read().await.unwrap();
        let events = server::store::meter_events::newest(&mut db, &point, 9).await.unwrap();
        let waiting = server::store::commands::all_waiting(&mut db, 9).await.unwrap();
        if let ([event], true) = (events.as_slice(), waiting.is_empty()) {
            let text = serde_json::to_string(&event.what).unwrap();
            assert!(
                text.starts_with(r#"{"kind":"disconnected","reason":{"kind":"maintenance","until":"#),
                "{text}"
            );
            return;
        }
    }
    panic!("nothing was done in ten seconds");
}
