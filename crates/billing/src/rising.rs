//! A few values in rising order.

/// `values` in rising order, by insertion: they are dozens, and a general sort is much code for the browser.
pub(crate) fn rising<T: Copy>(values: &[T], is_above: impl Fn(T, T) -> bool) -> Vec<T> {
    let mut sorted = Vec::with_capacity(values.len());
    for value in values {
        let place = sorted.iter().rposition(|known| !is_above(*known, *value)).map_or(0, |below| below + 1);
        sorted.insert(place, *value);
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::rising;

    #[test]
    fn values_rise_and_equal_ones_keep_their_order() {
        for values in [&[][..], &[1], &[2, 1], &[3, 1, 2, 1, 3, 0], &[5, 4, 3, 2, 1], &[1, 1, 1]] {
            let mut expected = values.to_vec();
            expected.sort_unstable();
            assert_eq!(rising(values, |a, b| a > b), expected);
        }
        let tagged = [(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        let sorted = rising(&tagged, |a, b| a.0 > b.0);
        assert_eq!(sorted, [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }
}
