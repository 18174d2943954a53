//! The forms in which utilities write the same thing: namespaces, order, links.

use crate::made::{NEW_YEAR, WATT_HOURS, block, entry, feed, file, hour, hours, read, reading_type};
use green_button::{GreenButtonError, Limits, NotSummed};

#[test]
fn any_namespace_style_is_read() {
    let reading = |p: &str| {
        format!(
            "<{p}IntervalReading><{p}timePeriod><{p}duration>3600</{p}duration><{p}start>{NEW_YEAR}</{p}start>\
             </{p}timePeriod><{p}value>1500</{p}value></{p}IntervalReading>"
        )
    };
    let espi = |p: &str, ns: &str| {
        format!(
            "<{p}ReadingType{ns}><{p}uom>72</{p}uom></{p}ReadingType>\
             <{p}IntervalBlock{ns}>{}</{p}IntervalBlock>",
            reading(p)
        )
    };
    let default_ns = r#" xmlns="http://naesb.org/espi""#;
    for (style, xml) in [
        (
            "default on each element",
            format!(
                "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content>{}</content></entry></feed>",
                espi("", default_ns)
            ),
        ),
        (
            "prefix declared at the root",
            format!(
                "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:espi='http://naesb.org/espi'><entry><content>{}</content></entry></feed>",
                espi("espi:", "")
            ),
        ),
        (
            "prefixes for both",
            format!(
                "<a:feed xmlns:a='http://www.w3.org/2005/Atom' xmlns:e='http://naesb.org/espi'><a:entry><a:content>{}</a:content></a:entry></a:feed>",
                espi("e:", "")
            ),
        ),
        ("undeclared prefix", format!("<feed><entry><content>{}</content></entry></feed>", espi("ns0:", ""))),
        ("no namespace", format!("<feed><entry><content>{}</content></entry></feed>", espi("", ""))),
        ("no feed", format!("<UsagePoints>{}</UsagePoints>", espi("", default_ns))),
        (
            "byte order mark and declaration",
            format!(
                "\u{FEFF}<?xml version='1.0' encoding='UTF-8'?>\n<feed>{}</feed>\n<!-- end -->\n",
                espi("", "")
            ),
        ),
    ] {
        let found = read(&xml).unwrap_or_else(|error| panic!("{style}: {error}"));
        assert_eq!(hours(&found), [(0, 1_500_000)], "{style}");
    }
}

#[test]
fn white_space_comments_cdata_and_references_make_no_difference() {
    let xml = file(
        "<uom> 7<!-- not 9 -->2\n</uom><powerOfTenMultiplier><![CDATA[0]]></powerOfTenMultiplier>",
        &format!(
            "<IntervalReading >\r\n<timePeriod><start>{NEW_YEAR}</start><duration>&#51;600</duration></timePeriod>\
             <cost>12</cost><value>&#x31;<?pi?>5</value></IntervalReading >"
        ),
    );
    assert_eq!(hours(&read(&xml).unwrap()), [(0, 15_000)]);
}

#[test]
fn titles_come_from_the_usage_point_then_from_the_feed() {
    let usage_point = "<entry><title>Flat &amp; roof\n 4</title><content><UsagePoint/></content></entry>";
    let meter = "<entry><title>Hourly</title><content><MeterReading/></content></entry>";
    let readings = entry(&[], &(reading_type(WATT_HOURS) + &block(&hour(0, "1"))));
    for (entries, title) in [
        (format!("<title>Feed</title>{usage_point}{meter}"), Some("Flat & roof 4")),
        (format!("<title>Feed</title>{meter}"), Some("Feed")),
        (format!("<title/>{meter}"), None),
    ] {
        let found = read(&feed(&[entries, readings.clone()])).unwrap();
        assert_eq!(found.title.as_deref(), title);
    }
}

/// A meter reading of Wh and one of another unit, told apart by links alone.
fn linked(block_links: &[(&str, &str)], meter_related: &str, blocks_first: bool) -> String {
    let meter = |own: &str, related: &str, reading_type: &str| {
        entry(&[("self", own), ("related", related), ("related", reading_type)], "<MeterReading/>")
    };
    let declared = [
        entry(&[("self", "/espi/ReadingType/1")], &reading_type("<uom>38</uom>")),
        entry(&[("self", "/espi/ReadingType/2")], &reading_type(WATT_HOURS)),
        meter("/espi/UP/1/MeterReading/1", "/espi/UP/1/MeterReading/1/IntervalBlock", "/espi/ReadingType/1"),
        meter("/espi/UP/1/MeterReading/2", meter_related, "https://utility.example/espi/ReadingType/2/"),
    ]
    .concat();
    let block = entry(block_links, &block(&hour(0, "7")));
    feed(&if blocks_first { [block, declared] } else { [declared, block] })
}

#[test]
fn a_block_finds_its_reading_type_by_links() {
    let blocks = "/espi/UP/1/MeterReading/2/IntervalBlock";
    for (way, links, related) in [
        (
            "up to the collection",
            vec![("self", "x"), ("up", "/espi/UP/1/MeterReading/2/IntervalBlock")],
            blocks,
        ),
        ("up to a collection of another name", vec![("up", "/espi/blocks/of/2")], "/espi/blocks/of/2"),
        ("up to the meter reading", vec![("up", "https://utility.example/espi/UP/1/MeterReading/2")], "none"),
        ("below the meter reading", vec![("self", "/espi/UP/1/MeterReading/2/IntervalBlock/77")], "none"),
        ("below its collection", vec![("up", "espi/UP/1/MeterReading/2/IntervalBlock")], "none"),
        ("listed by the meter reading", vec![("self", "/espi/block/5")], "/espi/block/5"),
        ("related to the meter reading", vec![("related", "/espi/UP/1/MeterReading/2")], "none"),
        ("related to the reading type", vec![("related", "/espi/ReadingType/2")], "none"),
    ] {
        for blocks_first in [false, true] {
            let found = read(&linked(&links, related, blocks_first));
            let found = found.unwrap_or_else(|error| panic!("{way}, blocks first {blocks_first}: {error}"));
            assert_eq!(hours(&found), [(0, 7_000)], "{way}");
        }
    }
}

#[test]
fn a_block_linked_to_another_unit_is_not_summed() {
    let links = [("up", "/espi/UP/1/MeterReading/1/IntervalBlock")];
    assert_eq!(read(&linked(&links, "none", false)), Err(GreenButtonError::NoEnergy { other_readings: 1 }));
}

#[test]
fn a_block_whose_type_is_open_is_reported_and_not_summed() {
    let known = entry(&[("related", "ReadingType/2")], &block(&hour(0, "7")));
    let unknown = entry(&[("up", "nowhere")], &block(&(hour(1, "8") + &hour(2, "9"))));
    let types = entry(&[("self", "ReadingType/1")], &reading_type("<uom>38</uom>"))
        + &entry(&[("self", "ReadingType/2")], &reading_type(WATT_HOURS));
    let found = read(&feed(&[types, known, unknown])).unwrap();
    assert_eq!(found.total_micro, 7_000);
    let others: Vec<_> = found.other_types.iter().map(|o| (o.reason, o.uom, o.readings)).collect();
    assert_eq!(others, [(NotSummed::Unit, Some(38), 0), (NotSummed::Undetermined, None, 2)]);
}

#[test]
fn without_links_the_only_reading_type_applies_even_if_said_twice() {
    let readings = entry(&[("up", "nowhere")], &block(&hour(0, "7")));
    let same = reading_type(WATT_HOURS);
    let other = reading_type("<uom>72</uom><powerOfTenMultiplier>3</powerOfTenMultiplier>");
    for (types, total) in [
        (vec![entry(&[], &same)], Ok(7_000)),
        (vec![entry(&[], &same), entry(&[], &same)], Ok(7_000)),
        (vec![entry(&[], &same), entry(&[], &other)], Err(GreenButtonError::NoEnergy { other_readings: 1 })),
        (vec![], Err(GreenButtonError::NoEnergy { other_readings: 1 })),
    ] {
        let xml = feed(&[types.concat(), readings.clone()]);
        assert_eq!(read(&xml).map(|file| file.total_micro), total, "{xml}");
    }
}

#[test]
fn a_reading_type_in_the_blocks_own_entry_comes_first() {
    let xml = feed(&[
        entry(&[], &reading_type("<uom>38</uom>")),
        entry(&[], &(reading_type(WATT_HOURS) + &block(&hour(0, "7")) + &block(&hour(1, "8")))),
    ]);
    assert_eq!(hours(&read(&xml).unwrap()), [(0, 7_000), (1, 8_000)]);
}

#[test]
fn progress_tells_bytes_and_readings_to_the_end() {
    let readings: String = (0..2_000).map(|n| hour(n, "1")).collect();
    let xml = file(WATT_HOURS, &readings);
    let mut told = Vec::new();
    let mut progress = |bytes, readings| told.push((bytes, readings));
    green_button::read_with_progress(xml.as_bytes(), Limits::default(), &mut progress).unwrap();
    assert_eq!(told.last(), Some(&(xml.len() as u64, 2_000)));
    assert!(told.len() > 2 && told.windows(2).all(|pair| pair[0] <= pair[1]), "{told:?}");
}
