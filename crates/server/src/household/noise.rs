//! Chance that is the same each time: a number from a seed and a place, by the SplitMix64 function.

/// The seed that a name gives (FNV-1a).
#[must_use]
pub fn seed_of(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// A number from `-most` to `most`, each as likely.
#[must_use]
pub fn chance(seed: u64, place: i64, most: i64) -> i64 {
    let values = most.unsigned_abs() * 2 + 1;
    let drawn = split_mix(seed ^ split_mix(place.cast_unsigned())) % values;
    i64::try_from(drawn).unwrap_or_default() - most
}

/// One step of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
fn split_mix(state: u64) -> u64 {
    let state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_mix_gives_the_published_numbers() {
        // The first outputs for seed 0; each state is the one before plus the golden ratio.
        assert_eq!(split_mix(0), 0xe220_a839_7b1d_cdaf);
        assert_eq!(split_mix(0x9e37_79b9_7f4a_7c15), 0x6e78_9e6a_a1b9_65f4);
    }

    #[test]
    fn chance_reaches_both_ends_and_never_further() {
        let drawn: Vec<i64> = (0..1000).map(|place| chance(7, place, 3)).collect();
        assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&-3), Some(&3)));
    }
}
