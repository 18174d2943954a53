//! A file played now: whole weeks, so that weekday and hour stay.

use crate::made::{NEW_YEAR, WATT_HOURS, block, entry, feed, hour, hours, read, reading_type, timed};
use green_button::{GreenButtonError, MeterFile};

const WEEK_S: i64 = 604_800;
const KUWAIT_S: i32 = 10_800;

fn made(utc_offset: Option<i32>) -> MeterFile {
    let local =
        utc_offset.map(|s| format!("<LocalTimeParameters><tzOffset>{s}</tzOffset></LocalTimeParameters>"));
    let readings = hour(0, "1") + &hour(2, "2") + &hour(2, "3") + &timed(NEW_YEAR - 60, 120, "4");
    let content = local.unwrap_or_default() + &reading_type(WATT_HOURS) + &block(&readings);
    read(&feed(&[entry(&[], &content)])).expect("the file is read")
}

#[test]
fn the_first_reading_comes_nearest_to_now_but_not_after_it() {
    for (now, weeks) in [
        (NEW_YEAR, 0),
        (NEW_YEAR + 1, 0),
        (NEW_YEAR + WEEK_S - 1, 0),
        (NEW_YEAR + WEEK_S, 1),
        (NEW_YEAR - 1, -1),
        (NEW_YEAR - WEEK_S, -1),
        (NEW_YEAR + 37 * WEEK_S + 5, 37),
    ] {
        let mut file = made(None);
        assert_eq!(file.shift_to(now, KUWAIT_S), Ok(weeks * WEEK_S), "{now}");
        assert_eq!(file.start, NEW_YEAR + weeks * WEEK_S);
        assert!(file.start <= now && now < file.start + WEEK_S);
    }
}

#[test]
fn everything_moves_together_and_nothing_else_changes() {
    let before = made(None);
    let mut after = before.clone();
    after.shift_to(NEW_YEAR + WEEK_S, KUWAIT_S).unwrap();
    assert_eq!(hours(&after), [(168, 1_000), (170, 2_000)]);
    assert_eq!(after.gaps[0].start, before.gaps[0].start + WEEK_S);
    assert_eq!(after.end, before.end + WEEK_S);
    assert_eq!(after.conflicts[0].kept, after.readings[1]);
    assert_eq!(after.conflicts[0].left_out.start, after.readings[1].start);
    assert_eq!(after.overlaps[0].left_out.start, before.overlaps[0].left_out.start + WEEK_S);
    after.shift_to(NEW_YEAR, KUWAIT_S).unwrap();
    assert_eq!(after, before);
}

#[test]
fn an_hour_of_the_files_own_place_becomes_the_same_hour_here() {
    // What began at 13:00 Pacific standard time, which is midnight in Kuwait, begins at 13:00 in Kuwait.
    let mut file = made(Some(-28_800));
    let now = NEW_YEAR + WEEK_S;
    let shift = file.shift_to(now, KUWAIT_S).unwrap();
    assert_eq!(file.start, NEW_YEAR - 11 * 3600 + WEEK_S);
    assert_eq!(shift.rem_euclid(WEEK_S), WEEK_S - 11 * 3600);
    assert!(file.start <= now && now < file.start + WEEK_S);
    assert_eq!(file.utc_offset_s, Some(KUWAIT_S));
    assert_eq!(file.shift_to(now, KUWAIT_S), Ok(0), "a second time changes nothing");
}

#[test]
fn a_shift_out_of_time_moves_nothing() {
    for now in [i64::MIN, -WEEK_S, -1, 253_402_300_799 + WEEK_S, i64::MAX] {
        let mut file = made(None);
        let found = file.shift_to(now, KUWAIT_S);
        assert!(
            matches!(found, Err(GreenButtonError::OutOfRange { element: "start", .. })),
            "{now}: {found:?}"
        );
        assert_eq!(file, made(None));
    }
}
