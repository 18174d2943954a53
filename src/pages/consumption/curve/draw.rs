//! The drawing of the curve: from the lowest to the highest power of each column of pixels, broken where nothing was
//! measured, and the same time of last year as a dashed line.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::super::canvas::Canvas;
use super::super::palette::Palette;
use super::super::pen::{FOOT, HEAD, Outcome, Pen, Plot, SPAN, ticks};
use super::decimate::Column;

/// All that is drawn, in millionths of a kilowatt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Curve {
    pub columns: Vec<Option<Column>>,
    /// The same of last year; as many, or none.
    pub past: Vec<Option<Column>>,
    /// Words below, each at a place between 0 and 1,000,000.
    pub labels: Vec<(i64, String)>,
}

/// Draws it; `figure` writes an axis figure.
pub fn draw(canvas: Canvas, palette: &Palette, curve: &Curve, figure: &dyn Fn(i64) -> String) -> Outcome {
    let root = canvas.into_drawing_area();
    let pen = Pen { palette, figure, root: &root, chosen: None };
    let (_, height) = root.dim_in_pixel();
    let height = i32::try_from(height).unwrap_or(i32::MAX);
    let highest = |columns: &[Option<Column>]| columns.iter().flatten().map(|column| column.high).max();
    let past = curve.past.iter().flatten().map(|column| column.mean).max();
    let ticks = ticks(highest(&curve.columns).max(past).unwrap_or(0), 4);
    let most = ticks.last().copied().unwrap_or(1).max(1);
    let plot = pen.plot(curve.columns.len(), most, HEAD..height - FOOT);
    let end = SPAN * place(curve.columns.len().max(1));
    pen.grid(&plot, &ticks, end)?;
    for part in parts(&curve.columns) {
        pen.part(&plot, &part)?;
    }
    for part in parts(&curve.past) {
        let middle = |(at, column): &(usize, Column)| (SPAN * place(*at) + SPAN / 2, column.mean);
        let line: Vec<_> = part.iter().map(middle).collect();
        // Over the curve itself the dashes would hardly be seen.
        pen.line(&plot, line.clone(), palette.surface, 4)?;
        pen.dashes(&plot, line, palette.past, (5, 4), 2)?;
    }
    for (at, label) in &curve.labels {
        let (x, y) = plot.map_coordinate(&(end * at / 1_000_000, 0));
        pen.line(&plot, vec![(end * at / 1_000_000, 0), (end * at / 1_000_000, most / 40)], palette.edge, 1)?;
        pen.text(label, (x, y + 6), palette.ink_3, (HPos::Center, VPos::Top), false)?;
    }
    Ok(())
}

/// Columns in a row, each with its place.
type Part = Vec<(usize, Column)>;

/// The rows of columns between the gaps.
fn parts(columns: &[Option<Column>]) -> Vec<Part> {
    let mut parts: Vec<Part> = vec![Vec::new()];
    for (at, column) in columns.iter().enumerate() {
        match (column, parts.last_mut()) {
            (Some(column), Some(part)) => part.push((at, *column)),
            (None, Some(part)) if !part.is_empty() => parts.push(Vec::new()),
            _ => (),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn place(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX / SPAN)
}

impl Pen<'_> {
    /// Power holds through its span, so its line goes in steps; below the lowest the ground is tinted.
    fn part(&self, plot: &Plot, part: &[(usize, Column)]) -> Outcome {
        let steps = |height: fn(&Column) -> i64| -> Vec<(i64, i64)> {
            let ends = |(at, column): &(usize, Column)| {
                let left = SPAN * place(*at);
                [(left, height(column)), (left + SPAN, height(column))]
            };
            part.iter().flat_map(ends).collect()
        };
        let (highs, lows) = (steps(|column| column.high), steps(|column| column.low));
        let ends = highs.first().zip(highs.last()).map_or((0, 0), |(first, last)| (first.0, last.0));
        let back = |lower: &[(i64, i64)]| {
            highs.iter().copied().chain(lower.iter().rev().copied()).collect::<Vec<_>>()
        };
        let ground = [(ends.0, 0), (ends.1, 0)];
        plot.draw(&Polygon::new(back(&ground), self.palette.band.filled()))?;
        plot.draw(&Polygon::new(back(&lows), self.palette.live.filled()))?;
        self.line(plot, highs, self.palette.live, 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_breaks_the_curve() {
        let column = Column { low: 1, high: 2, mean: 1 };
        for (columns, found) in [
            (vec![Some(column), None, None, Some(column), Some(column)], vec![vec![0], vec![3, 4]]),
            (vec![None, Some(column), None], vec![vec![1]]),
            (vec![None], vec![]),
            (vec![], vec![]),
        ] {
            let places: Vec<Vec<usize>> =
                parts(&columns).iter().map(|part| part.iter().map(|(at, _)| *at).collect()).collect();
            assert_eq!(places, found);
        }
    }
}
