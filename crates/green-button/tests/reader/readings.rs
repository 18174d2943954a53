//! What is summed and what is only reported.

use crate::made::{
    NEW_YEAR, WATT_HOURS, block, entry, feed, file, hour, hours, read, reading, reading_type, timed,
};
use green_button::{Conflict, Gap, GreenButtonError, Interval, NotSummed, Quality};

fn interval(hour: i64, usage_micro: i64) -> Interval {
    Interval { start: NEW_YEAR + hour * 3600, seconds: 3600, usage_micro, quality: Quality::Unstated }
}

#[test]
fn a_value_is_scaled_by_its_power_of_ten_without_loss() {
    for (power, value, usage) in [
        ("0", "1250", Ok(1_250_000)),
        ("3", "2", Ok(2_000_000)),
        ("-3", "1250", Ok(1_250)),
        ("-3", "1", Ok(1)),
        ("-6", "1000", Ok(1)),
        ("6", "3", Ok(3_000_000_000)),
        ("3", "1.25", Ok(1_250_000)),
        ("0", "0", Ok(0)),
        ("-6", "1", Err("value is finer")),
        ("0", "0.0001", Err("value is finer")),
        ("12", "9300", Err("value does not fit")),
        ("19", "1", Err("power does not fit")),
        ("-19", "1", Err("power does not fit")),
    ] {
        let kind = format!("<uom>72</uom><powerOfTenMultiplier>{power}</powerOfTenMultiplier>");
        let found =
            read(&file(&kind, &hour(0, value))).map(|file| file.total_micro).map_err(|error| match error {
                GreenButtonError::Inexact { element: "value", .. } => "value is finer",
                GreenButtonError::OutOfRange { element: "value", .. } => "value does not fit",
                GreenButtonError::OutOfRange { element: "powerOfTenMultiplier", .. } => "power does not fit",
                _ => "something else",
            });
        assert_eq!(found, usage, "{value} times ten to the {power}");
    }
}

#[test]
fn only_delivered_energy_of_the_interval_is_summed() {
    for (kind, reason) in [
        ("<uom>72</uom>", None),
        (
            "<uom>72</uom><flowDirection>1</flowDirection><accumulationBehaviour>4</accumulationBehaviour>",
            None,
        ),
        (
            "<uom>72</uom><flowDirection>0</flowDirection><accumulationBehaviour>0</accumulationBehaviour>",
            None,
        ),
        ("<uom>72</uom><flowDirection>19</flowDirection>", Some(NotSummed::Direction)),
        ("<uom>72</uom><flowDirection>4</flowDirection>", Some(NotSummed::Direction)),
        ("<uom>72</uom><accumulationBehaviour>1</accumulationBehaviour>", Some(NotSummed::Accumulation)),
        ("<uom>72</uom><accumulationBehaviour>3</accumulationBehaviour>", Some(NotSummed::Accumulation)),
        ("<uom>38</uom>", Some(NotSummed::Unit)),
        ("<uom>73</uom>", Some(NotSummed::Unit)),
        ("<powerOfTenMultiplier>0</powerOfTenMultiplier>", Some(NotSummed::Unit)),
    ] {
        let energy = entry(&[], &(reading_type(WATT_HOURS) + &block(&hour(0, "5"))));
        let this = entry(&[], &(reading_type(kind) + &block(&(hour(1, "7") + &hour(2, "7")))));
        let found = read(&feed(&[energy, this])).unwrap();
        let others: Vec<_> = found.other_types.iter().map(|other| (other.reason, other.readings)).collect();
        assert_eq!(found.total_micro, if reason.is_some() { 5_000 } else { 19_000 }, "{kind}");
        assert_eq!(others, reason.map(|reason| (reason, 2)).into_iter().collect::<Vec<_>>(), "{kind}");
    }
}

#[test]
fn negative_delivery_is_reported_and_leaves_a_gap() {
    let found =
        read(&file(WATT_HOURS, &(hour(0, "5") + &hour(1, "-3") + &hour(2, "-0") + &hour(3, "7")))).unwrap();
    assert_eq!(hours(&found), [(0, 5_000), (2, 0), (3, 7_000)]);
    assert_eq!(found.gaps, [Gap { start: NEW_YEAR + 3600, seconds: 3600 }]);
    assert_eq!(found.other_types.len(), 1);
    assert_eq!((found.other_types[0].reason, found.other_types[0].readings), (NotSummed::Negative, 1));
}

#[test]
fn values_of_summaries_and_of_the_blocks_interval_are_no_readings() {
    let summary = "<currentBillingPeriodOverAllConsumption><powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom>\
        <timeStamp>1767214800</timeStamp><value>999999</value></currentBillingPeriodOverAllConsumption>\
        <qualityOfReading>14</qualityOfReading><billingPeriod><duration>1</duration><start>2</start></billingPeriod>";
    let xml = feed(&[
        entry(&[], &reading_type(WATT_HOURS)),
        entry(&[], &format!("<UsageSummary>{summary}</UsageSummary>")),
        entry(&[], &format!("<ElectricPowerUsageSummary>{summary}</ElectricPowerUsageSummary>")),
        entry(
            &[],
            &block(&format!(
                "<interval><duration>7200</duration><start>{NEW_YEAR}</start></interval><value>12345</value>{}{}",
                hour(0, "1"),
                hour(1, "2")
            )),
        ),
    ]);
    let found = read(&xml).unwrap();
    assert_eq!(found.total_micro, 3_000);
    assert!(found.other_types.is_empty());
}

#[test]
fn readings_in_any_order_come_out_ascending_with_their_gaps() {
    let ascending = [(0, 1_000), (1, 2_000), (4, 5_000), (6, 7_000)];
    for order in [[0, 1, 4, 6], [6, 4, 1, 0], [4, 0, 6, 1]] {
        let readings: String = order.iter().map(|n| hour(*n, &(n + 1).to_string())).collect();
        let found = read(&file(WATT_HOURS, &readings)).unwrap();
        assert_eq!(hours(&found), ascending, "{order:?}");
        let gap = |hour: i64, hours: i64| Gap { start: NEW_YEAR + hour * 3600, seconds: hours * 3600 };
        assert_eq!(found.gaps, [gap(2, 2), gap(5, 1)], "{order:?}");
        assert_eq!((found.start, found.end), (NEW_YEAR, NEW_YEAR + 7 * 3600), "{order:?}");
    }
}

#[test]
fn the_same_interval_twice_is_one() {
    let other_quality = reading(&format!(
        "<timePeriod><duration>3600</duration><start>{NEW_YEAR}</start></timePeriod><value>1</value>\
         <ReadingQuality><quality>8</quality></ReadingQuality>"
    ));
    let readings = hour(0, "1") + &hour(1, "2") + &hour(0, "1") + &hour(0, "1.000") + &other_quality;
    let found = read(&file(WATT_HOURS, &readings)).unwrap();
    assert_eq!(hours(&found), [(0, 1_000), (1, 2_000)]);
    assert_eq!(found.duplicates, 3);
    assert_eq!(found.readings[0].quality, Quality::Unstated, "the first is kept");
    assert!(found.conflicts.is_empty() && found.overlaps.is_empty());
}

#[test]
fn the_same_start_with_another_value_or_length_is_a_conflict_and_the_first_is_kept() {
    let readings = hour(1, "2") + &hour(0, "1") + &hour(0, "9") + &timed(NEW_YEAR, 900, "1");
    let found = read(&file(WATT_HOURS, &readings)).unwrap();
    assert_eq!(hours(&found), [(0, 1_000), (1, 2_000)]);
    let kept = interval(0, 1_000);
    let shorter = Interval { seconds: 900, ..kept };
    assert_eq!(
        found.conflicts,
        [Conflict { kept, left_out: interval(0, 9_000) }, Conflict { kept, left_out: shorter }]
    );
    assert_eq!(found.duplicates, 0);
}

#[test]
fn of_overlapping_readings_the_first_is_kept_so_that_no_moment_counts_twice() {
    let half_past = timed(NEW_YEAR + 1800, 3600, "9");
    let day = timed(NEW_YEAR - 3600, 86_400, "99");
    let touching = timed(NEW_YEAR + 2 * 3600, 1, "4");
    let found =
        read(&file(WATT_HOURS, &(hour(1, "2") + &hour(0, "1") + &half_past + &day + &touching))).unwrap();
    assert_eq!(found.total_micro, 7_000);
    let left_out: Vec<_> = found.overlaps.iter().map(|pair| (pair.kept, pair.left_out.usage_micro)).collect();
    assert_eq!(left_out, [(interval(0, 1_000), 9_000), (interval(0, 1_000), 99_000)]);
    assert!(found.conflicts.is_empty());
}

#[test]
fn a_missing_or_zero_duration_is_taken_from_the_type_or_the_block() {
    let start = format!("<start>{NEW_YEAR}</start>");
    let bare =
        |duration: &str| reading(&format!("<timePeriod>{duration}{start}</timePeriod><value>5</value>"));
    let of_type = "<uom>72</uom><intervalLength>900</intervalLength>";
    let of_block = "<interval><duration>1800</duration><start>1</start></interval>";
    let missing = "missing";
    for (kind, inside, seconds) in [
        (of_type, bare(""), Ok(900)),
        (of_type, bare("<duration>0</duration>"), Ok(900)),
        (of_type, bare("<duration>60</duration>"), Ok(60)),
        (of_type, of_block.to_owned() + &bare(""), Ok(900)),
        ("<uom>72</uom>", of_block.to_owned() + &bare(""), Ok(1800)),
        ("<uom>72</uom><intervalLength>0</intervalLength>", bare("") + of_block, Ok(1800)),
        ("<uom>72</uom>", of_block.to_owned() + &bare("") + &hour(1, "1"), Err(missing)),
        ("<uom>72</uom>", bare(""), Err(missing)),
        ("<uom>72</uom>", bare("<duration>0</duration>"), Err(missing)),
    ] {
        let found =
            read(&file(kind, &inside)).map(|file| file.readings[0].seconds).map_err(|error| match error {
                GreenButtonError::Missing { element: "duration", .. } => missing,
                _ => "something else",
            });
        assert_eq!(found, seconds, "{kind} {inside}");
    }
}

#[test]
fn a_reading_without_a_value_is_counted_and_leaves_a_gap() {
    let start = NEW_YEAR + 3600;
    let bare = reading(&format!(
        "<cost>4</cost><timePeriod><duration>3600</duration><start>{start}</start></timePeriod>"
    ));
    let found = read(&file(WATT_HOURS, &(hour(0, "5") + &bare + &hour(2, "6")))).unwrap();
    assert_eq!((found.valueless, found.total_micro), (1, 11_000));
    assert_eq!(found.gaps, [Gap { start, seconds: 3600 }]);
}

#[test]
fn quality_is_the_most_doubtful_that_is_given() {
    for (codes, quality) in [
        (&[][..], Quality::Unstated),
        (&[0], Quality::Actual),
        (&[17], Quality::Actual),
        (&[8], Quality::Estimated),
        (&[9], Quality::Estimated),
        (&[12], Quality::Estimated),
        (&[10], Quality::Other(10)),
        (&[8, 17], Quality::Estimated),
        (&[17, 13], Quality::Other(13)),
    ] {
        let given: String = codes
            .iter()
            .map(|code| format!("<ReadingQuality><quality>{code}</quality></ReadingQuality>"))
            .collect();
        let inside = format!(
            "{given}<timePeriod><duration>60</duration><start>{NEW_YEAR}</start></timePeriod><value>1</value>"
        );
        let found = read(&file(WATT_HOURS, &reading(&inside))).unwrap();
        assert_eq!(found.readings[0].quality, quality, "{codes:?}");
    }
}

/// Local clocks jump, seconds since 1970 do not: the days of 23 and of 25 hours have neither gap nor repeat.
#[test]
fn daylight_saving_changes_nothing() {
    let local_time = "<LocalTimeParameters><dstEndRule>B40E2000</dstEndRule><dstOffset>3600</dstOffset>\
        <dstStartRule>360E2000</dstStartRule><tzOffset>-28800</tzOffset></LocalTimeParameters>";
    // Midnight of Pacific time before the clocks go back in 2025, and 48 hours and one more.
    let autumn = 1_761_980_400_i64;
    let readings: String = (0..49).map(|hour| timed(autumn + hour * 3600, 3600, "1")).collect();
    let xml = feed(&[entry(&[], local_time), entry(&[], &(reading_type(WATT_HOURS) + &block(&readings)))]);
    let found = read(&xml).unwrap();
    assert_eq!((found.readings.len(), found.total_micro, found.duplicates), (49, 49_000, 0));
    assert!(found.gaps.is_empty() && found.conflicts.is_empty());
    assert_eq!(found.utc_offset_s, Some(-28_800));
}

#[test]
fn instants_from_1970_to_9999_fit() {
    for (start, seconds, fits) in [
        ("0", 1, true),
        ("-1", 3600, false),
        ("253402300798", 1, true),
        ("253402300799", 1, false),
        ("253402300800", 1, false),
        ("9223372036854775807", 1, false),
    ] {
        let inside = format!(
            "<timePeriod><duration>{seconds}</duration><start>{start}</start></timePeriod><value>1</value>"
        );
        let found = read(&file(WATT_HOURS, &reading(&inside)));
        assert_eq!(found.is_ok(), fits, "{start}");
        assert!(fits || matches!(found, Err(GreenButtonError::OutOfRange { .. })), "{start}");
    }
}

#[test]
fn a_total_that_does_not_fit_is_an_error() {
    let readings = hour(0, "9000000000000000") + &hour(1, "9000000000000000");
    assert_eq!(read(&file(WATT_HOURS, &readings)), Err(GreenButtonError::TotalOutOfRange));
}
