//! Which reading type a block's readings have, by the Atom links between entries. The rule is in the crate's
//! documentation. Each look-up is in a map, so a hostile file cannot make this slow.

use std::collections::BTreeMap;

use crate::collected::{Block, Collected, Links, ReadingType};

/// The collection of a meter reading's blocks, below its own address.
const BLOCKS: &str = "/IntervalBlock";

/// What links lead to: one reading type, or several that differ.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    One(ReadingType),
    Several,
}

impl Found {
    fn join(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        match (one, other) {
            (None, found) | (found, None) => found,
            (Some(one), Some(other)) if one == other => Some(one),
            _ => Some(Self::Several),
        }
    }
}

/// Reading types by where they are found.
pub(crate) struct TypeIndex<'a> {
    by_entry: BTreeMap<usize, Found>,
    by_link: BTreeMap<&'a str, Found>,
    meter_by_entry: BTreeMap<usize, Found>,
    meter_by_link: BTreeMap<&'a str, Found>,
    sole: Option<Found>,
}

impl<'a> TypeIndex<'a> {
    pub(crate) fn new(collected: &'a Collected) -> Self {
        let mut index = Self {
            by_entry: BTreeMap::new(),
            by_link: BTreeMap::new(),
            meter_by_entry: BTreeMap::new(),
            meter_by_link: BTreeMap::new(),
            sole: None,
        };
        for (entry, reading_type) in &collected.types {
            let found = Some(Found::One(*reading_type));
            index.sole = Found::join(index.sole, found);
            add(&mut index.by_entry, *entry, found);
            if let Some(own) = collected.links_of(*entry).and_then(|links| links.own.as_deref()) {
                add(&mut index.by_link, own, found);
            }
        }
        for entry in &collected.meters {
            if let Some(links) = collected.links_of(*entry) {
                index.add_meter(*entry, links);
            }
        }
        index
    }

    fn add_meter(&mut self, entry: usize, links: &'a Links) {
        let found = self.linked(entry, links);
        add(&mut self.meter_by_entry, entry, found);
        for link in links.own.iter().chain(&links.related) {
            add(&mut self.meter_by_link, link.as_str(), found);
        }
    }

    /// The type in the entry itself, or what its related links lead to.
    fn linked(&self, entry: usize, links: &Links) -> Option<Found> {
        let here = self.by_entry.get(&entry).copied();
        here.or_else(|| look_up(&self.by_link, links.related.iter().map(String::as_str)))
    }

    /// The reading type of `block`, if it can be determined.
    pub(crate) fn find(&self, block: Block, collected: &Collected) -> Option<ReadingType> {
        let links = collected.links_of(block.entry);
        let linked = links.and_then(|links| {
            self.linked(block.entry, links)
                .or_else(|| self.meter_by_entry.get(&block.entry).copied())
                .or_else(|| look_up(&self.meter_by_link, ways_up(links)))
        });
        match linked.or(self.sole)? {
            Found::One(reading_type) => Some(reading_type),
            Found::Several => None,
        }
    }
}

/// The addresses at which the meter reading of a block's entry may be known.
fn ways_up(links: &Links) -> impl Iterator<Item = &str> {
    let own = links.own.as_deref();
    let up = links.up.as_deref();
    let above_own =
        own.and_then(|own| own.rsplit_once('/')).and_then(|(above, _)| above.strip_suffix(BLOCKS));
    let above_up = up.and_then(|up| up.strip_suffix(BLOCKS));
    [own, up, above_own, above_up].into_iter().flatten().chain(links.related.iter().map(String::as_str))
}

fn add<K: Ord>(index: &mut BTreeMap<K, Found>, key: K, found: Option<Found>) {
    let joined = Found::join(index.get(&key).copied(), found);
    if let Some(joined) = joined {
        index.insert(key, joined);
    }
}

fn look_up<'a>(index: &BTreeMap<&str, Found>, links: impl Iterator<Item = &'a str>) -> Option<Found> {
    links.fold(None, |found, link| Found::join(found, index.get(link).copied()))
}
