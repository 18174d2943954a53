//! Real households' files, when they are at hand: `ADAD_METER_FILES` names their folder, else
//! `../shared/data/green-button` beside the workspace. They are not part of the project.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use green_button::{Limits, MeterFile, NotSummed};

fn find(name: &str) -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let folder = std::env::var_os("ADAD_METER_FILES").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let places = [folder.join(name), folder.join("green-button").join(name)];
    let found = places.into_iter().find(|path| path.is_file());
    if found.is_none() {
        // Past the test's captured output, so that a skipped test never looks like a passed one.
        writeln!(std::io::stderr(), "skipped: {name} is not at hand (ADAD_METER_FILES or ../shared/data)")
            .ok();
    }
    found
}

fn read(name: &str) -> Option<(MeterFile, Duration)> {
    let file = File::open(find(name)?).expect("the file opens");
    let started = Instant::now();
    let file = green_button::read(BufReader::new(file), Limits::default()).expect("the file is read");
    Some((file, started.elapsed()))
}

fn assert_whole(file: &MeterFile, readings: usize, total_wh: i64) {
    assert_eq!(file.readings.len(), readings);
    assert_eq!(file.total_micro, total_wh * 1_000);
    assert_eq!(file.total_micro, file.readings.iter().map(|reading| reading.usage_micro).sum::<i64>());
    assert!(file.readings.iter().all(|reading| reading.seconds == 3600));
    assert!(file.readings.windows(2).all(|pair| pair[0].start < pair[1].start));
    assert_eq!((file.duplicates, file.valueless), (0, 0));
    assert!(file.conflicts.is_empty() && file.overlaps.is_empty());
}

#[test]
fn a_year_of_a_household_to_the_watt_hour_and_within_a_second() {
    let Some((file, took)) = read("household-hourly-year.xml") else { return };
    assert_whole(&file, 8_760, 4_425_305);
    assert_eq!(file.title.as_deref(), Some("Coastal Multi-Family 12hr"));
    assert_eq!(file.utc_offset_s, Some(-28_800));
    assert_eq!((file.start, file.end), (1_293_868_800, 1_325_404_800));
    assert!(file.gaps.is_empty() && file.other_types.is_empty());
    // A build without optimisation is not what the limit is about.
    assert!(took < Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 1 }), "took {took:?}");
}

#[test]
fn a_month_of_a_household_without_its_summaries() {
    let Some((file, _)) = read("household-hourly-362.xml") else { return };
    assert_whole(&file, 362, 291_018);
    assert_eq!(file.title.as_deref(), Some("Coastal Single Family"));
    assert!(file.other_types.is_empty());
}

#[test]
fn a_utility_file_newest_first_with_a_second_reading_type() {
    let Some((file, _)) = read("utility-hourly-300.xml") else { return };
    assert_whole(&file, 300, 248_530);
    assert_eq!((file.start, file.end), (1_677_088_800, 1_678_168_800));
    let others: Vec<_> = file
        .other_types
        .iter()
        .map(|other| (other.reason, other.uom, other.multiplier, other.readings))
        .collect();
    assert_eq!(others, [(NotSummed::Unit, Some(169), 3, 0)]);
}
