//! The compute contract, field by field: rounding, segments, taxes, refusals.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use billing::compute;
use billing::error::Refusal;
use billing::finding::Message;
use serde_json::{Value, json};

fn run(rule: &str, request: &Value) -> Result<Value, Refusal> {
    let answer = compute::run(rule, request.to_string().as_bytes(), &|_| Message::default())?;
    assert!(answer.ends_with("}\n"), "one line: {answer}");
    Ok(serde_json::from_str(&answer).unwrap())
}

fn bill(tariff: &str, from: &str, to: &str, usage: &str) -> Value {
    let request = json!({"tariff": {"id": tariff}, "period": {"from": from, "to": to}, "usage": usage, "breaker_amps": 100});
    run("bill", &request).unwrap_or_else(|refusal| panic!("{tariff} {from}: {refusal}"))
}

fn lines(answer: &Value) -> Vec<String> {
    let part = |line: &Value, name: &str| line[name].as_str().unwrap_or("-").to_owned();
    let lines = answer["lines"].as_array().unwrap().iter();
    lines.map(|line| ["code", "quantity", "price", "amount"].map(|name| part(line, name)).join(" ")).collect()
}

#[test]
fn answers_have_the_fields_of_the_contract_in_order() {
    let request = br#"{"tariff":{"id":"sa.electricity.residential"},"period":{"from":"2026-08-01","to":"2026-08-31"},"usage":"6300","breaker_amps":100}"#;
    let answer = compute::run("bill", request, &|_| Message::default()).unwrap();
    let start = r#"{"currency":"SAR","days":31,"lines":[{"code":"tier-1","quantity":"6200","unit":"kWh","price":"0.18","amount":"1116.00"},{"code":"tier-2","quantity":"100","unit":"kWh","price":"0.3","amount":"30.00"},{"code":"fee.meter","amount":"15.00"}],"subtotal":"1161.00","taxes":[{"rate":"0.15","base":"1161.00","amount":"174.15"}],"tax":"174.15","total":"1335.15","findings":[],"working":[{"rule":"TAR-1","formula":"#;
    assert!(answer.starts_with(start), "{answer}");
    let limit = r#"{"rule":"TAR-5","formula":"limit × days ÷ base_days","inputs":{"limit":"6000","days":"31","base_days":"30"},"result":"6200","source":"sa-service-guide"}"#;
    assert!(answer.contains(limit), "{answer}");
}

#[test]
fn tiers_at_their_boundaries() {
    let statutory = "kw.electricity.investment.statutory";
    for (usage, total) in [
        ("0", "0.000"),
        ("0.1", "0.001"),
        ("0.099999", "0.000"),
        ("1000", "5.000"),
        ("1000.1", "5.001"),
        ("1001", "5.010"),
        ("2000", "15.000"),
        ("2001", "15.015"),
        ("3000", "30.000"),
    ] {
        let answer = bill(statutory, "2026-06-01", "2026-06-30", usage);
        assert_eq!(answer["total"], total, "{usage} kWh");
        assert_eq!(answer["findings"][0]["code"], "assumed-parameter");
    }
    assert_eq!(bill("kw.electricity.private", "2026-06-01", "2026-06-30", "9000")["total"], "18.000");
    assert_eq!(bill("kw.water.private", "2026-06-01", "2026-06-30", "10000")["total"], "8.000");
    assert_eq!(bill("kw.electricity.investment", "2026-06-01", "2026-06-30", "1001")["total"], "5.005");
}

#[test]
fn limits_follow_the_days_and_quantities_add_up() {
    let answer = bill("kw.electricity.investment.statutory", "2026-07-28", "2026-08-27", "2500");
    let expected =
        ["tier-1 1033.333333 0.005 5.167", "tier-2 1033.333334 0.01 10.333", "tier-3 433.333333 0.015 6.500"];
    assert_eq!(lines(&answer), expected);
    assert_eq!(answer["lines"][0]["quantity_exact"], "3100/3");
    let whole = bill("sa.electricity.residential", "2016-06-01", "2016-07-02", "2500");
    assert_eq!(lines(&whole)[0], "tier-1 2133 0.05 106.65", "32 days: 2133.33 rounds to 2133");
}

#[test]
fn a_change_of_tax_alone_costs_no_tier() {
    let answer = bill("sa.electricity.residential", "2020-06-16", "2020-07-15", "6300");
    assert_eq!(lines(&answer), ["tier-1 6000 0.18 1080.00", "tier-2 300 0.3 90.00", "fee.meter - - 15.00"]);
    let expected = json!([
        {"rate": "0.05", "base": "592.50", "amount": "29.63"},
        {"rate": "0.15", "base": "592.50", "amount": "88.88"}
    ]);
    assert_eq!(answer["taxes"], expected);
    assert_eq!(answer["total"], "1303.51");
}

#[test]
fn a_change_of_price_splits_by_days() {
    let answer = bill("sa.electricity.commercial", "2026-01-15", "2026-02-13", "9000");
    let expected = [
        "tier-1 3000 0.2 600.00",
        "tier-2 1500 0.3 450.00",
        "fee.meter - - 7.50",
        "tier-1@2 3000 0.22 660.00",
        "tier-2@2 1500 0.32 480.00",
        "fee.meter@2 - - 7.50",
    ];
    assert_eq!(lines(&answer), expected);
    assert_eq!(answer["taxes"], json!([{"rate": "0.15", "base": "2205.00", "amount": "330.75"}]));
}

#[test]
fn price_and_tax_may_change_in_one_period() {
    let answer = bill("sa.electricity.residential", "2017-12-17", "2018-01-15", "6000");
    assert_eq!(lines(&answer)[..2], ["tier-1 1000 0.05 50.00", "tier-2 1000 0.1 100.00"]);
    assert_eq!(lines(&answer)[4..], ["tier-1@2 3000 0.18 540.00", "fee.meter@2 - - 7.50"]);
    assert_eq!(answer["taxes"], json!([{"rate": "0.05", "base": "547.50", "amount": "27.38"}]));
}

#[test]
fn intervals_share_the_usage_where_they_are_known() {
    let request = |intervals: Value, usage: &str| {
        json!({"tariff": {"id": "sa.electricity.commercial"}, "breaker_amps": 60, "usage": usage,
               "period": {"from": "2026-01-29", "to": "2026-01-30"}, "intervals": intervals})
    };
    let across = json!([{"from": "2026-01-29T23:00", "minutes": 120, "usage": "10"}]);
    let answer = run("bill", &request(across, "56")).unwrap();
    assert_eq!(lines(&answer)[0], "tier-1 28 0.2 5.60", "half of the interval, half of the rest");
    let whole = json!([{"from": "2026-01-29T00:00", "minutes": 2880, "usage": "10"}]);
    let refusal = run("bill", &request(whole, "11")).unwrap_err();
    assert_eq!((refusal.error.code(), refusal.field.as_str()), ("intervals-disagree", "/intervals"));
    for wrong in [
        json!([{"from": "2026-01-28T23:00", "minutes": 60, "usage": "1"}]),
        json!([{"from": "2026-01-30T23:30", "minutes": 60, "usage": "1"}]),
        json!([{"from": "2026-01-29T01:00", "minutes": 60, "usage": "1"}, {"from": "2026-01-29T01:30", "minutes": 60, "usage": "1"}]),
        json!([{"from": "2026-01-29T01:00", "minutes": 0, "usage": "0"}]),
        json!([{"from": "2026-01-29T01:00", "minutes": 60, "usage": "57"}]),
    ] {
        let refusal = run("bill", &request(wrong.clone(), "56")).unwrap_err();
        assert_eq!(refusal.error.code(), "intervals-disagree", "{wrong}");
    }
}

fn inline(change: impl Fn(&mut Value)) -> Value {
    let mut request = json!({
        "tariff": {"schedule": {
            "currency": "AED", "unit": "kWh",
            "bands": [{"tiers": [{"up_to": "100", "price": "1"}, {"up_to": null, "price": "2"}]}]
        }},
        "period": {"from": "2026-08-01", "to": "2026-08-10"},
        "usage": "150"
    });
    change(&mut request);
    request
}

#[test]
fn a_schedule_may_be_spelt_out() {
    let schedule =
        |request: &mut Value, part: &str, value: Value| request["tariff"]["schedule"][part] = value;
    let answer = run("bill", &inline(|r| schedule(r, "discounts", json!([{"code": "a", "amount": "190"}, {"code": "b", "amount": "20"}, {"code": "c", "amount": "1"}])))).unwrap();
    assert_eq!(
        lines(&answer)[2..],
        ["discount.a - - -190.00", "discount.b - - -10.00", "discount.c - - 0.00"]
    );
    assert_eq!(answer["total"], "0.00");
    let answer = run(
        "bill",
        &inline(|r| schedule(r, "fees", json!([{"code": "x", "amount": "9", "prorated": true}]))),
    )
    .unwrap();
    assert_eq!(lines(&answer)[2], "fee.x - - 3.00", "10 of 30 days");
    let answer = run(
        "bill",
        &inline(|r| {
            schedule(r, "per_unit_charges", json!([{"code": "fuel", "price": "0.065"}]));
            r["usage"] = json!(0);
        }),
    )
    .unwrap();
    assert_eq!(lines(&answer), ["unit.fuel 0 0.065 0.00"], "no tiers for zero usage");
    assert_eq!(answer["working"][0]["source"], "request");
    let block = json!([{"method": "whole_block", "tiers": [{"up_to": "150", "price": "1"}, {"price": "2"}]}]);
    let answer = run("bill", &inline(|r| schedule(r, "bands", block.clone()))).unwrap();
    assert_eq!(lines(&answer), ["tier-1 150 1 150.00"], "equal to a limit has not passed it");
    let answer = run(
        "bill",
        &inline(|r| {
            schedule(r, "bands", block.clone());
            r["usage"] = json!("150.000001");
        }),
    )
    .unwrap();
    assert_eq!(lines(&answer), ["tier-2 150.000001 2 300.00"]);
}

#[test]
fn each_wrong_value_is_named_with_its_place() {
    let at = |code: &str, field: &str, change: &dyn Fn(&mut Value)| {
        let request = inline(change);
        let refusal = run("bill", &request).expect_err(&format!("{code} at {field}"));
        assert_eq!((refusal.error.code(), refusal.field.as_str()), (code, field), "{request}");
    };
    at("missing-field", "/usage", &|r| drop(r.as_object_mut().unwrap().remove("usage")));
    at("missing-field", "/tariff/id", &|r| r["tariff"] = json!({}));
    at("missing-field", "/tariff/schedule/currency", &|r| {
        drop(r["tariff"]["schedule"].as_object_mut().unwrap().remove("currency"))
    });
    at("unknown-field", "/usgae", &|r| r["usgae"] = json!("1"));
    at("unknown-field", "/period/a~1b", &|r| r["period"]["a/b"] = json!("1"));
    at("unknown-field", "/tariff/schedule", &|r| r["tariff"]["id"] = json!("kw.electricity.private"));
    at("wrong-type", "/period", &|r| r["period"] = json!("august"));
    at("wrong-type", "/usage", &|r| r["usage"] = json!(true));
    at("wrong-type", "/usage", &|r| r["usage"] = json!(1.5));
    at("wrong-type", "/tariff/schedule/currency", &|r| r["tariff"]["schedule"]["currency"] = json!("XXX"));
    at("wrong-type", "/tariff/schedule/bands/0/method", &|r| {
        r["tariff"]["schedule"]["bands"][0]["method"] = json!("x")
    });
    at("not-a-decimal", "/usage", &|r| r["usage"] = json!("1e3"));
    at("number-too-long", "/usage", &|r| r["usage"] = json!("1234567890123"));
    at("number-too-long", "/tariff/schedule/bands/0/tiers/1/price", &|r| {
        r["tariff"]["schedule"]["bands"][0]["tiers"][1]["price"] = json!("0.0000001")
    });
    at("negative", "/usage", &|r| r["usage"] = json!("-1"));
    at("negative", "/usage", &|r| r["usage"] = json!(-1));
    at("negative", "/breaker_amps", &|r| r["breaker_amps"] = json!(-5));
    at("number-too-large", "/breaker_amps", &|r| r["breaker_amps"] = json!(5_000_000_000_u64));
    at("negative", "/tariff/schedule/bands/0/tiers/0/price", &|r| {
        r["tariff"]["schedule"]["bands"][0]["tiers"][0]["price"] = json!("-1")
    });
    at("out-of-range", "/tariff/schedule/tax_rate", &|r| {
        r["tariff"]["schedule"]["tax_rate"] = json!("1.000001")
    });
    at("out-of-range", "/tariff/schedule/base_days", &|r| r["tariff"]["schedule"]["base_days"] = json!(0));
    at("not-a-date", "/period/from", &|r| r["period"]["from"] = json!("2026-02-30"));
    at("period-reversed", "/period/to", &|r| r["period"]["to"] = json!("2026-07-31"));
    at("unknown-tariff", "/tariff/id", &|r| r["tariff"] = json!({"id": "kw.gas"}));
    at("no-tariff-in-force", "/period/from", &|r| {
        r["tariff"] = json!({"id": "kw.electricity.investment"});
        r["period"] = json!({"from": "2017-08-21", "to": "2017-08-25"});
    });
    at("price-not-published", "/tariff/id", &|r| r["tariff"] = json!({"id": "kw.water.non-productive"}));
    at("price-not-published", "/usage", &|r| {
        r["tariff"] = json!({"id": "sa.electricity.residential"});
        r["period"] = json!({"from": "2015-06-01", "to": "2015-06-30"});
        r["breaker_amps"] = json!(60);
        r["usage"] = json!("7000.5");
    });
    at("breaker-missing", "/breaker_amps", &|r| r["tariff"] = json!({"id": "sa.electricity.residential"}));
    at("limits-not-rising", "/tariff/schedule/bands/0/tiers/1/up_to", &|r| {
        r["tariff"]["schedule"]["bands"][0]["tiers"][1]["up_to"] = json!("100")
    });
    at("limits-not-rising", "/tariff/schedule/bands/0/tiers/0/up_to", &|r| {
        r["tariff"]["schedule"]["bands"][0]["tiers"][0]["up_to"] = json!(null)
    });
    at("usage-beyond-last-tier", "/usage", &|r| {
        r["tariff"]["schedule"]["bands"][0]["tiers"][1]["up_to"] = json!("149")
    });
    at("usage-beyond-last-tier", "/usage", &|r| {
        r["tariff"]["schedule"]["bands"][0]["usage_up_to"] = json!("149")
    });
    at("missing-field", "/tariff/schedule/bands", &|r| r["tariff"]["schedule"]["bands"] = json!([]));
    at("not-a-date", "/intervals/0/from", &|r| {
        r["intervals"] = json!([{"from": "2026-08-01 00:00", "minutes": 1, "usage": "1"}])
    });
}

#[test]
fn bytes_that_are_no_request_are_invalid_json() {
    for body in [
        &b""[..],
        b"{",
        b"nul",
        b"\xff\xfe",
        b"{} {}",
        br#"{"usage":"1","usage":"2"}"#,
        b"[1",
        br#"{"a":"\ud800"}"#,
    ] {
        let refusal = compute::run("bill", body, &|_| Message::default()).unwrap_err();
        let known = ["invalid-json", "missing-field", "unknown-field", "wrong-type"];
        assert!(known.contains(&refusal.error.code()), "{body:?}: {refusal:?}");
    }
    let twice = br#"{"usage":"1","usage":"2"}"#;
    assert_eq!(
        compute::run("bill", twice, &|_| Message::default()).unwrap_err().error.code(),
        "invalid-json"
    );
    let refusal = compute::run("gas", b"{}", &|_| Message::default()).unwrap_err();
    assert_eq!((refusal.error.code(), refusal.field.as_str()), ("unknown-rule", ""));
}

#[test]
fn the_largest_numbers_are_exact_or_refused() {
    let most = "999999999999.999999";
    let request = inline(|r| {
        r["usage"] = json!(most);
        r["tariff"]["schedule"]["bands"] = json!([{"tiers": [{"price": most}]}]);
    });
    let answer = run("bill", &request).unwrap();
    assert_eq!(answer["total"], "999999999999999998000000.00", "999999999999.999999 squared, to the fils");
    let request = inline(|r| {
        r["usage"] = json!(most);
        r["period"] = json!({"from": "0001-01-01", "to": "9999-12-31"});
        r["tariff"]["schedule"]["prorate_tiers"] = json!(true);
        r["tariff"]["schedule"]["base_days"] = json!(4_294_967_291_u32);
        r["tariff"]["schedule"]["bands"] =
            json!([{"tiers": [{"up_to": "0.999999", "price": "0.999999"}, {"price": most}]}]);
    });
    if let Err(refusal) = run("bill", &request) {
        assert_eq!(refusal.error.code(), "number-too-large");
    }
}

#[test]
fn a_long_period_is_a_finding_for_saudi_and_own_schedules() {
    let codes = |answer: &Value| {
        answer["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["code"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        codes(&bill("sa.electricity.residential", "2026-07-01", "2026-08-01", "10")),
        ["period-too-long"]
    );
    assert!(codes(&bill("sa.electricity.residential", "2026-07-01", "2026-07-31", "10")).is_empty());
    assert!(codes(&bill("kw.electricity.private", "2026-07-01", "2026-08-30", "10")).is_empty());
    let own = run("bill", &inline(|r| r["period"]["to"] = json!("2026-09-30"))).unwrap();
    assert_eq!(codes(&own), ["period-too-long"]);
}

#[test]
fn the_sums_that_the_contract_spells_out_begin_as_it_says() {
    for (rule, request, start) in [
        (
            "meter-correction",
            r#"{"recorded":"1040","error_percent":"4","runs":"fast"}"#,
            r#"{"actual":"1000","difference":"-40","findings":[],"working":[{"rule":"BIL-6","formula":"round(recorded × 100 ÷ (100 + error_percent), 3)","inputs":{"recorded":"1040","error_percent":"4"},"result":"1000","source":"sa-service-guide"},"#,
        ),
        (
            "unmetered",
            r#"{"loads":[{"watts":"150","count":10}],"use":"street-lighting","days":31}"#,
            r#"{"kwh":"558","watts":"1500","hours":"12","findings":[],"working":[{"rule":"TAR-9","#,
        ),
        (
            "instalments",
            r#"{"amount":"1000.00","currency":"SAR","months":2,"first_due":"2026-09-28"}"#,
            r#"{"currency":"SAR","down_payment":"0.00","instalments":[{"number":1,"due":"2026-09-28","amount":"500.00"},{"number":2,"due":"2026-10-28","amount":"500.00"}],"total":"1000.00","findings":[],"working":[{"rule":"DEB-5","#,
        ),
        (
            "standing",
            r#"{"residency":"non-citizen","on":"2023-09-01","debt":"0.001","missed_consecutive_instalments":0,"plan":null,"notices":[]}"#,
            r#"{"transactions":"blocked","travel":"blocked","bodies":[{"body":"interior","state":"in_force","transactions":"blocked","since":"2023-09-01"}],"reasons":["DEB-2"],"allowed_again":[{"by":"pay","amount":"0.001"}],"findings":["#,
        ),
    ] {
        let answer = compute::run(rule, request.as_bytes(), &|_| Message::default()).unwrap();
        assert!(answer.starts_with(start), "{answer}");
    }
}
