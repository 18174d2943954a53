//! Broken files by the thousand: an error or a reading, never a panic, always the same.

use std::io::BufReader;

use crate::made::{WATT_HOURS, block, entry, feed, hour, read, reading_type};
use green_button::Limits;

fn small() -> String {
    let body = feed(&[
        entry(&[("self", "ReadingType/1")], &reading_type(WATT_HOURS)),
        "<entry><link rel='related' href='ReadingType/1'/><title>Villa &amp; حديقة</title><content><MeterReading/></content></entry>".into(),
        entry(
            &[("up", "nowhere")],
            &block(&format!("<interval><duration>7200</duration><start>1</start></interval><!-- two -->{}{}", hour(0, "<![CDATA[5]]>"), hour(1, "-7.5"))),
        ),
    ]);
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}")
}

/// Small and the same in every run (xorshift64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

#[test]
fn every_shortened_file_is_refused() {
    let xml = small();
    assert!(read(&xml).is_ok());
    for length in 0..xml.len() {
        let found = green_button::read(&xml.as_bytes()[..length], Limits::default());
        assert!(found.is_err(), "the first {length} bytes were read as {found:?}");
    }
}

#[test]
fn the_size_of_the_inputs_buffer_changes_nothing() {
    let xml = "\u{FEFF}".to_owned() + &small();
    let whole = read(&xml);
    assert!(whole.is_ok());
    for capacity in [1, 2, 3, 5, 7, 64] {
        let input = BufReader::with_capacity(capacity, xml.as_bytes());
        assert_eq!(green_button::read(input, Limits::default()), whole, "{capacity} bytes at a time");
    }
}

#[test]
fn changed_bytes_never_panic_and_a_sum_is_always_that_of_its_readings() {
    let xml = small().into_bytes();
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let telling = b"<>/&;'\"=![]-?x0129. \n\0\xFF\xC3";
    let (mut read, mut refused) = (0, 0);
    for _ in 0..40_000 {
        let mut bytes = xml.clone();
        for _ in 0..=chance.below(3) {
            let at = chance.below(bytes.len());
            match chance.below(4) {
                0 => bytes[at] = telling[chance.below(telling.len())],
                1 => bytes[at] = chance.below(256) as u8,
                2 => drop(bytes.drain(at..(at + 1 + chance.below(8)).min(bytes.len()))),
                _ => {
                    let from = chance.below(bytes.len());
                    let piece = bytes[from..(from + chance.below(80)).min(bytes.len())].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
            if bytes.is_empty() {
                break;
            }
        }
        match green_button::read(&bytes[..], Limits::default()) {
            Ok(file) => {
                read += 1;
                let sum: i64 = file.readings.iter().map(|reading| reading.usage_micro).sum();
                assert_eq!(file.total_micro, sum);
                assert!(file.readings.windows(2).all(|pair| pair[0].end() <= pair[1].start));
            }
            Err(error) => {
                refused += 1;
                assert!(!error.to_string().is_empty());
            }
        }
    }
    assert!(read > 1_000 && refused > 1_000, "{read} read, {refused} refused: the changes miss the point");
}

/// Links are looked up, not searched: a file of many meters and blocks takes no longer than its size.
#[test]
fn many_links_do_not_multiply() {
    let mut entries: Vec<String> = (0..3_000)
        .map(|n| {
            entry(&[("self", &format!("MeterReading/{n}")), ("related", "ReadingType/1")], "<MeterReading/>")
        })
        .collect();
    entries.push(entry(&[("self", "ReadingType/1")], &reading_type(WATT_HOURS)));
    entries.push(entry(&[("self", "ReadingType/2")], &reading_type("<uom>38</uom>")));
    entries.extend((0..3_000).map(|n| entry(&[("up", &format!("MeterReading/{n}"))], &block(&hour(n, "1")))));
    let started = std::time::Instant::now();
    assert_eq!(read(&feed(&entries)).map(|file| file.readings.len()), Ok(3_000));
    assert!(started.elapsed().as_secs() < 10, "took {:?}", started.elapsed());
}
