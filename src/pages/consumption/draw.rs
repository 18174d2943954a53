//! The drawing of consumption by plotters: bars, and above a month's bars the running total between the tiers' limits.
//! All places are whole numbers: time in hundredths of a span, use in millionths of the unit.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::canvas::{Canvas, Strokes};
use super::palette::Palette;
use super::pen::{FOOT, HEAD, Outcome, Pen, Plot, SPAN, ticks};

/// The bar stands between these.
const BAR: (i64, i64) = (14, 86);

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

/// Draws everything, the chosen span marked; `figure` writes an axis figure.
pub fn draw(
    mut canvas: Canvas,
    palette: &Palette,
    (drawing, chosen): (&Drawing, Option<usize>),
    figure: &dyn Fn(i64) -> String,
) -> Outcome {
    // A browser without patterns still tells the tiers apart by colour and by the words beside the limits.
    let _ = canvas.pattern(palette.tiers[1].0, palette.tiers[1].1, Strokes::Diagonal);
    let _ = canvas.pattern(palette.tiers[2].0, palette.tiers[2].1, Strokes::Dots);
    let root = canvas.into_drawing_area();
    let pen = Pen { palette, figure, root: &root, chosen };
    let (_, height) = root.dim_in_pixel();
    let height = i32::try_from(height).unwrap_or(i32::MAX);
    let split = if drawing.running.is_some() { height * 62 / 100 } else { 0 };
    if let Some(running) = &drawing.running {
        pen.running(running, drawing, HEAD..split - HEAD)?;
    }
    pen.bars(drawing, split + HEAD..height - FOOT)
}

impl Pen<'_> {
    fn bars(&self, drawing: &Drawing, rows: std::ops::Range<i32>) -> Outcome {
        let used = |bar: &Bar| bar.parts.iter().map(|(_, units)| units).sum::<i64>();
        let tallest =
            drawing.bars.iter().flat_map(|bar| [Some(used(bar)), bar.past]).flatten().max().unwrap_or(0);
        let ticks = ticks(tallest, if drawing.running.is_some() { 1 } else { 4 });
        let most = ticks.last().copied().unwrap_or(1).max(tallest);
        let plot = self.plot(drawing.bars.len(), most.max(1), rows);
        let end = SPAN * i64::try_from(drawing.bars.len()).unwrap_or(1);
        self.mark(&plot, most.max(1))?;
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

    /// The ground of the chosen span.
    fn mark(&self, plot: &Plot, most: i64) -> Outcome {
        let Some(left) = self.chosen.and_then(|at| i64::try_from(at).ok()).map(|at| SPAN * at) else {
            return Ok(());
        };
        let corners = [(left, most), (left + SPAN, 0)];
        plot.draw(&Rectangle::new(corners, self.palette.band.filled()))?;
        // With more contrast grounds are hardly seen.
        plot.draw(&Rectangle::new(corners, ShapeStyle::from(&self.palette.edge).stroke_width(1)))
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
        self.mark(&plot, top)?;
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
