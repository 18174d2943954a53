//! The drawing of consumption by plotters: bars, and above a month's bars the running total between the tiers' limits.
//! All places are whole numbers: time in hundredths of a span, use in millionths of the unit.

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordi64;
use plotters::element::DashedPathElement;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::canvas::{Canvas, Strokes};
use super::palette::Palette;

/// Hundredths of a span.
const SPAN: i64 = 100;
/// The bar stands between these.
const BAR: (i64, i64) = (14, 86);
/// Pixels for the figures of the axis, for the words below, and above the highest line.
const GUTTER: i32 = 46;
const FOOT: i32 = 24;
const HEAD: i32 = 18;
const TEXT: f64 = 12.0;

/// All that is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// One a span, in order.
    pub bars: Vec<Bar>,
    /// What is drawn above a month's bars.
    pub running: Option<Running>,
    /// The span that now lies in.
    pub now: Option<usize>,
}

/// One span.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    /// Use, in the tiers that it falls in: tier and units.
    pub parts: Vec<(usize, i64)>,
    /// Whether it was measured at all.
    pub measured: bool,
    /// The same span of last year.
    pub past: Option<i64>,
    /// Below it, where there is room.
    pub label: Option<String>,
}

/// The running total of a billing period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Running {
    /// Use up to the end of each measured day.
    pub totals: Vec<i64>,
    /// The same of last year, for all days.
    pub past: Vec<i64>,
    /// Where the period is expected to end: low, middle, high.
    pub ends: Option<[i64; 3]>,
    /// Limits with the words of the price below them, and the words of the last price.
    pub limits: Vec<(i64, String)>,
    /// The price above the last limit.
    pub above: String,
}

type Area = DrawingArea<Canvas, Shift>;
type Plot = DrawingArea<Canvas, Cartesian2d<RangedCoordi64, RangedCoordi64>>;
type Outcome = Result<(), DrawingAreaErrorKind<super::canvas::CanvasError>>;

/// Draws everything; `figure` writes an axis figure.
pub fn draw(
    mut canvas: Canvas,
    palette: &Palette,
    drawing: &Drawing,
    figure: &dyn Fn(i64) -> String,
) -> Outcome {
    // A browser without patterns still tells the tiers apart by colour and by the words beside the limits.
    let _ = canvas.pattern(palette.tiers[1].0, palette.tiers[1].1, Strokes::Diagonal);
    let _ = canvas.pattern(palette.tiers[2].0, palette.tiers[2].1, Strokes::Dots);
    let root = canvas.into_drawing_area();
    let pen = Pen { palette, figure, root: &root };
    let (_, height) = root.dim_in_pixel();
    let height = i32::try_from(height).unwrap_or(i32::MAX);
    let split = if drawing.running.is_some() { height * 62 / 100 } else { 0 };
    if let Some(running) = &drawing.running {
        pen.running(running, drawing, HEAD..split - HEAD)?;
    }
    pen.bars(drawing, split + HEAD..height - FOOT)
}

struct Pen<'a> {
    palette: &'a Palette,
    figure: &'a dyn Fn(i64) -> String,
    root: &'a Area,
}

impl Pen<'_> {
    fn plot(&self, spans: usize, most: i64, rows: std::ops::Range<i32>) -> Plot {
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

    fn line(&self, plot: &Plot, points: Vec<(i64, i64)>, colour: RGBColor, width: u32) -> Outcome {
        plot.draw(&PathElement::new(points, ShapeStyle::from(&colour).stroke_width(width)))
    }

    fn dashes(
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

    fn text(
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
    fn grid(&self, plot: &Plot, ticks: &[i64], end: i64) -> Outcome {
        for tick in ticks {
            let colour = if *tick == 0 { self.palette.edge } else { self.palette.grid };
            self.line(plot, vec![(0, *tick), (end, *tick)], colour, 1)?;
            let (x, y) = plot.map_coordinate(&(0, *tick));
            let anchor = (HPos::Right, VPos::Center);
            self.text(&(self.figure)(*tick), (x - 6, y), self.palette.ink_3, anchor, false)?;
        }
        Ok(())
    }

    fn bars(&self, drawing: &Drawing, rows: std::ops::Range<i32>) -> Outcome {
        let used = |bar: &Bar| bar.parts.iter().map(|(_, units)| units).sum::<i64>();
        let tallest =
            drawing.bars.iter().flat_map(|bar| [Some(used(bar)), bar.past]).flatten().max().unwrap_or(0);
        let ticks = ticks(tallest, if drawing.running.is_some() { 1 } else { 4 });
        let most = ticks.last().copied().unwrap_or(1).max(tallest);
        let plot = self.plot(drawing.bars.len(), most.max(1), rows);
        let end = SPAN * i64::try_from(drawing.bars.len()).unwrap_or(1);
        self.grid(&plot, &ticks, end)?;
        for (at, bar) in drawing.bars.iter().enumerate() {
            let left = SPAN * i64::try_from(at).unwrap_or(0);
            self.bar(&plot, left, bar)?;
            if let Some(label) = &bar.label {
                let (x, y) = plot.map_coordinate(&(left + SPAN / 2, 0));
                let is_now = drawing.now == Some(at);
                let colour = if is_now { self.palette.ink } else { self.palette.ink_3 };
                self.text(label, (x, y + 6), colour, (HPos::Center, VPos::Top), is_now)?;
            }
        }
        Ok(())
    }

    fn bar(&self, plot: &Plot, left: i64, bar: &Bar) -> Outcome {
        let (from, to) = (left + BAR.0, left + BAR.1);
        let mut floor = 0;
        for (tier, units) in &bar.parts {
            let (colour, _) = self.palette.tiers[(*tier).min(2)];
            let ground = rgb(colour).filled();
            plot.draw(&Rectangle::new([(from, floor + units), (to, floor)], ground))?;
            floor += units;
        }
        if let Some(past) = bar.past {
            self.line(plot, vec![(left + 6, past), (left + SPAN - 6, past)], self.palette.past, 2)?;
        }
        Ok(())
    }

    fn running(&self, running: &Running, drawing: &Drawing, rows: std::ops::Range<i32>) -> Outcome {
        let spans = drawing.bars.len();
        let end = SPAN * i64::try_from(spans).unwrap_or(1);
        let shown = running.totals.iter().chain(&running.past).chain(running.ends.iter().flatten()).copied();
        let most = shown.max().unwrap_or(0).max(1);
        // A limit far above all use would press the line to the ground.
        let limits: Vec<_> = running.limits.iter().filter(|(limit, _)| *limit <= most * 3 / 2).collect();
        let top = limits.iter().map(|(limit, _)| *limit).max().unwrap_or(0).max(most);
        let top = top + top / 12;
        let plot = self.plot(spans, top, rows);
        self.zones(&plot, &limits, end, top)?;
        let ticks: Vec<i64> = match limits.as_slice() {
            [] => ticks(most, 4),
            limits => std::iter::once(0).chain(limits.iter().map(|(limit, _)| *limit)).collect(),
        };
        self.grid(&plot, &ticks, end)?;
        self.prices(&plot, running, &limits, top)?;
        let points = |totals: &[i64]| -> Vec<(i64, i64)> {
            let at = |(at, total): (usize, &i64)| (SPAN * i64::try_from(at + 1).unwrap_or(0), *total);
            std::iter::once((0, 0)).chain(totals.iter().enumerate().map(at)).collect()
        };
        if !running.past.is_empty() {
            self.dashes(&plot, points(&running.past), self.palette.past, (5, 4), 2)?;
        }
        let line = points(&running.totals);
        let last = line.last().copied().unwrap_or_default();
        if let Some([low, middle, high]) = running.ends {
            let band = vec![last, (end, high), (end, low)];
            plot.draw(&Polygon::new(band, self.palette.band.filled()))?;
            self.dashes(&plot, vec![last, (end, middle)], self.palette.live, (2, 4), 3)?;
            self.spot(&plot, (end, middle), false)?;
        }
        self.line(&plot, line, self.palette.live, 3)?;
        if last.0 > 0 {
            self.spot(&plot, last, true)?;
            let (x, y) = plot.map_coordinate(&last);
            let text = (self.figure)(last.1);
            self.text(&text, (x - 8, y - 6), self.palette.ink, (HPos::Right, VPos::Bottom), true)?;
        }
        Ok(())
    }

    fn spot(&self, plot: &Plot, at: (i64, i64), filled: bool) -> Outcome {
        let ground = if filled { self.palette.live } else { self.palette.surface };
        plot.draw(&Circle::new(at, 5, ground.filled()))?;
        plot.draw(&Circle::new(at, 5, ShapeStyle::from(&self.palette.live).stroke_width(2)))
    }

    /// The ground of each tier above the first, lightly tinted.
    fn zones(&self, plot: &Plot, limits: &[&(i64, String)], end: i64, top: i64) -> Outcome {
        for (at, (limit, _)) in limits.iter().enumerate() {
            let ceiling = limits.get(at + 1).map_or(top, |(next, _)| *next);
            let colour = self.palette.zones[at.min(1)].mix(0.55);
            plot.draw(&Rectangle::new([(0, ceiling), (end, *limit)], colour.filled()))?;
        }
        Ok(())
    }

    /// The price of each tier inside its ground.
    fn prices(&self, plot: &Plot, running: &Running, limits: &[&(i64, String)], top: i64) -> Outcome {
        let last = (top, running.above.clone());
        let shows_all = limits.len() == running.limits.len();
        let ceilings = limits.iter().copied().chain(shows_all.then_some(&last));
        for (ceiling, price) in ceilings {
            // The line begins at the bottom of this side, so the words are clear of it.
            let (x, y) = plot.map_coordinate(&(0, *ceiling));
            self.text(price, (x + 8, y + 5), self.palette.ink_2, (HPos::Left, VPos::Top), false)?;
        }
        Ok(())
    }
}

fn rgb((red, green, blue): (u8, u8, u8)) -> RGBColor {
    RGBColor(red, green, blue)
}

/// Round figures from zero to at least `most`, about `count` of them above zero.
fn ticks(most: i64, count: i64) -> Vec<i64> {
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
