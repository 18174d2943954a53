//! What all our drawings share: a plot inside the canvas, lines, words, and the grid with its figures. All places are
//! whole numbers: time in hundredths of a span, use in millionths of the unit.

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordi64;
use plotters::element::DashedPathElement;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::canvas::Canvas;
use super::palette::Palette;

/// Hundredths of a span.
pub const SPAN: i64 = 100;
/// Pixels for the figures of the axis, for the words below, and above the highest line.
pub const GUTTER: i32 = 46;
pub const FOOT: i32 = 24;
pub const HEAD: i32 = 18;
const TEXT: f64 = 12.0;

pub type Area = DrawingArea<Canvas, Shift>;
pub type Plot = DrawingArea<Canvas, Cartesian2d<RangedCoordi64, RangedCoordi64>>;
pub type Outcome = Result<(), DrawingAreaErrorKind<super::canvas::CanvasError>>;

/// Draws in the colours of the page.
pub struct Pen<'a> {
    pub palette: &'a Palette,
    /// Writes a figure of the axis.
    pub figure: &'a dyn Fn(i64) -> String,
    pub root: &'a Area,
    /// The place of the span that is marked.
    pub chosen: Option<usize>,
}

impl Pen<'_> {
    /// A plot of so many spans, from zero to `most`, in these rows of pixels.
    pub fn plot(&self, spans: usize, most: i64, rows: std::ops::Range<i32>) -> Plot {
        let (width, _) = self.root.dim_in_pixel();
        let right = i32::try_from(width).unwrap_or(i32::MAX) - 8;
        let end = SPAN * i64::try_from(spans.max(1)).unwrap_or(1);
        let pixels = (GUTTER..right, rows.end..rows.start);
        self.root.apply_coord_spec(Cartesian2d::<RangedCoordi64, RangedCoordi64>::new(
            0..end,
            0..most,
            pixels,
        ))
    }

    pub fn line(&self, plot: &Plot, points: Vec<(i64, i64)>, colour: RGBColor, width: u32) -> Outcome {
        plot.draw(&PathElement::new(points, ShapeStyle::from(&colour).stroke_width(width)))
    }

    pub fn dashes(
        &self,
        plot: &Plot,
        points: Vec<(i64, i64)>,
        colour: RGBColor,
        dash: (u32, u32),
        width: u32,
    ) -> Outcome {
        let style = ShapeStyle::from(&colour).stroke_width(width);
        plot.draw(&DashedPathElement::new(points, dash.0, dash.1, style))
    }

    pub fn text(
        &self,
        text: &str,
        at: (i32, i32),
        colour: RGBColor,
        anchor: (HPos, VPos),
        bold: bool,
    ) -> Outcome {
        let weight = if bold { FontStyle::Bold } else { FontStyle::Normal };
        let font = FontDesc::new(FontFamily::SansSerif, TEXT, weight);
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(anchor.0, anchor.1));
        // Each text keeps its own direction: the number of "10 fils" stands where its reader begins.
        self.root.draw_text(&format!("\u{2068}{text}\u{2069}"), &style, at)
    }

    /// Lines of the grid with their figures beside them, and the ground line.
    pub fn grid(&self, plot: &Plot, ticks: &[i64], end: i64) -> Outcome {
        for tick in ticks {
            let colour = if *tick == 0 { self.palette.edge } else { self.palette.grid };
            self.line(plot, vec![(0, *tick), (end, *tick)], colour, 1)?;
            let (x, y) = plot.map_coordinate(&(0, *tick));
            let anchor = (HPos::Right, VPos::Center);
            self.text(&(self.figure)(*tick), (x - 6, y), self.palette.ink_3, anchor, false)?;
        }
        Ok(())
    }
}

/// Round figures from zero to at least `most`, about `count` of them above zero.
pub fn ticks(most: i64, count: i64) -> Vec<i64> {
    let rough = (most / count.max(1)).max(1);
    let mut step = 1_i64;
    while step.saturating_mul(10) <= rough {
        step = step.saturating_mul(10);
    }
    let step = [1, 2, 5, 10]
        .map(|times| step.saturating_mul(times))
        .into_iter()
        .find(|step| *step >= rough)
        .unwrap_or(rough);
    let last = (most + step - 1) / step;
    (0..=last.max(1)).map(|at| at * step).collect()
}

#[cfg(test)]
mod tests {
    use super::ticks;

    #[test]
    fn ticks_are_round_and_reach_the_highest_bar() {
        for (most, count, expected) in [
            (87, 4, vec![0, 50, 100]),
            (87, 1, vec![0, 100]),
            (1_000, 4, vec![0, 500, 1_000]),
            (800, 4, vec![0, 200, 400, 600, 800]),
            (0, 4, vec![0, 1]),
            (3, 4, vec![0, 1, 2, 3]),
        ] {
            assert_eq!(ticks(most, count), expected, "{most} in {count}");
        }
    }
}
