//! A year of quarter hours has more values than a screen has pixels. What is drawn of each column of pixels is its
//! lowest, its highest and its mean value: no peak is lost, wherever it falls.

/// What is drawn of the values of one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub low: i64,
    pub high: i64,
    /// Rounded down.
    pub mean: i64,
}

/// At most `most` columns for the values, in order and each of as many values as its neighbours, give or take one; none
/// where nothing was measured.
pub fn decimate(values: &[Option<i64>], most: usize) -> Vec<Option<Column>> {
    let columns = values.len().min(most);
    let border = |at: usize| at * values.len() / columns.max(1);
    (0..columns).map(|at| values.get(border(at)..border(at + 1)).and_then(column)).collect()
}

fn column(values: &[Option<i64>]) -> Option<Column> {
    let (mut low, mut high, mut sum, mut count) = (i64::MAX, i64::MIN, 0_i64, 0_i64);
    for value in values.iter().flatten() {
        low = low.min(*value);
        high = high.max(*value);
        sum = sum.saturating_add(*value);
        count += 1;
    }
    (count > 0).then(|| Column { low, high, mean: sum.div_euclid(count) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column_of(low: i64, high: i64, mean: i64) -> Option<Column> {
        Some(Column { low, high, mean })
    }

    #[test]
    fn each_column_keeps_its_extremes_and_a_gap_stays_a_gap() {
        let values = [Some(1), Some(9), Some(4), None, None, None, Some(7)];
        assert_eq!(decimate(&values, 3), [column_of(1, 9, 5), column_of(4, 4, 4), column_of(7, 7, 7)]);
        assert_eq!(decimate(&values, 7)[3..5], [None, None]);
        assert_eq!(decimate(&values, 100).len(), 7, "values are not stretched");
        assert_eq!(decimate(&[], 10), []);
        assert_eq!(decimate(&values, 0), []);
    }

    #[test]
    fn no_value_of_a_year_of_quarter_hours_is_lost_or_counted_twice() {
        let values: Vec<Option<i64>> = (0..35_040).map(|at| Some(at * 7_919 % 10_007)).collect();
        for most in [1, 333, 350, 1_000, 35_039, 35_040] {
            let columns = decimate(&values, most);
            assert_eq!(columns.len(), most);
            let high = columns.iter().flatten().map(|column| column.high).max();
            let low = columns.iter().flatten().map(|column| column.low).min();
            assert_eq!((low, high), (Some(0), Some(10_006)), "{most} columns");
        }
        let ones = vec![Some(1); 35_040];
        assert!(decimate(&ones, 333).into_iter().all(|column| column == column_of(1, 1, 1)));
    }
}
