//! A canvas that plotters draws on: sharp on any screen, its colours from the style sheet.

use std::fmt;

use plotters::style::Color as _;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasPattern, CanvasRenderingContext2d, HtmlCanvasElement};

use super::palette::Palette;

/// The canvas refused.
#[derive(Debug)]
pub struct CanvasError;

impl fmt::Display for CanvasError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the canvas refuses to be drawn on")
    }
}

impl std::error::Error for CanvasError {}

type Outcome = Result<(), DrawingErrorKind<CanvasError>>;

/// The canvas, in the page's own pixels.
pub struct Canvas {
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    font: String,
    patterns: Vec<((u8, u8, u8), CanvasPattern)>,
}

impl Canvas {
    /// Prepares `element` for drawing at the size that it has on the page.
    pub fn new(element: &HtmlCanvasElement, font: String) -> Option<Self> {
        let ratio = web_sys::window()?.device_pixel_ratio().max(1.0);
        let size = (element.client_width(), element.client_height());
        Self::of_size(element, size, ratio, font)
    }

    /// Prepares `element` for drawing so many pixels of the page, each of `ratio` pixels of its own.
    pub fn of_size(
        element: &HtmlCanvasElement,
        (width, height): (i32, i32),
        ratio: f64,
        font: String,
    ) -> Option<Self> {
        let real = |length: i32| (f64::from(length) * ratio).round() as u32;
        let context: CanvasRenderingContext2d = element.get_context("2d").ok()??.dyn_into().ok()?;
        if (element.width(), element.height()) == (real(width), real(height)) {
            // A canvas that is given its size anew is made anew, which takes longer than to wipe it.
            context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0).ok()?;
            context.clear_rect(0.0, 0.0, f64::from(real(width)), f64::from(real(height)));
        } else {
            element.set_width(real(width));
            element.set_height(real(height));
        }
        context.scale(ratio, ratio).ok()?;
        context.set_line_join("round");
        let size = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
        Some(Self { context, size, font, patterns: Vec::new() })
    }

    /// Its width in the page's pixels.
    pub fn pixels_across(&self) -> u32 {
        self.size.0
    }

    /// Colours the ground, writes what is drawn at the top, and leaves the rest for the drawing.
    pub fn head(&mut self, palette: &Palette, title: &str, unit: &str, from_right: bool) -> Option<()> {
        const HEAD: u32 = 72;
        const MARGIN: f64 = 16.0;
        let (width, height) = self.size;
        let whole = f64::from(width);
        self.context.set_fill_style_str(&css_of(palette.surface.to_backend_color()));
        self.context.fill_rect(0.0, 0.0, whole, f64::from(height));
        // A canvas that is on no page knows no direction of writing: the isolating sign gives it one.
        let (align, x, sign) =
            if from_right { ("right", whole - MARGIN, '\u{2067}') } else { ("left", MARGIN, '\u{2066}') };
        self.context.set_text_align(align);
        for (text, colour, font, y) in
            [(title, palette.ink, "600 18px", 32.0), (unit, palette.ink_3, "400 13px", 56.0)]
        {
            self.context.set_fill_style_str(&css_of(colour.to_backend_color()));
            self.context.set_font(&format!("{font} {}", self.font));
            self.context.fill_text(&format!("{sign}{text}\u{2069}"), x, y).ok()?;
        }
        self.context.translate(0.0, f64::from(HEAD)).ok()?;
        self.size.1 = height.checked_sub(HEAD)?;
        Some(())
    }

    /// Fills whatever is filled in `colour` with `strokes` of `mark` upon it, so that tiers are told apart without
    /// colour.
    pub fn pattern(&mut self, colour: (u8, u8, u8), mark: (u8, u8, u8), strokes: Strokes) -> Option<()> {
        const TILE: f64 = 6.0;
        let tile: HtmlCanvasElement =
            web_sys::window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
        tile.set_width(TILE as u32);
        tile.set_height(TILE as u32);
        let context: CanvasRenderingContext2d = tile.get_context("2d").ok()??.dyn_into().ok()?;
        context.set_fill_style_str(&css(colour));
        context.fill_rect(0.0, 0.0, TILE, TILE);
        context.set_stroke_style_str(&css(mark));
        context.set_fill_style_str(&css(mark));
        context.begin_path();
        match strokes {
            // Three strokes, for the corners of the tile belong to its neighbours' diagonals.
            Strokes::Diagonal => {
                for shift in [-TILE, 0.0, TILE] {
                    context.move_to(shift, TILE);
                    context.line_to(shift + TILE, 0.0);
                }
                context.set_line_width(1.4);
                context.stroke();
            }
            Strokes::Dots => {
                context.arc(TILE / 2.0, TILE / 2.0, 1.2, 0.0, std::f64::consts::TAU).ok()?;
                context.fill();
            }
        }
        let pattern = self.context.create_pattern_with_html_canvas_element(&tile, "repeat").ok()??;
        self.patterns.push((colour, pattern));
        Some(())
    }

    fn fill_with(&self, colour: BackendColor) {
        match self.patterns.iter().find(|(known, _)| *known == colour.rgb && colour.alpha >= 1.0) {
            Some((_, pattern)) => self.context.set_fill_style_canvas_pattern(pattern),
            None => self.context.set_fill_style_str(&css_of(colour)),
        }
    }

    fn stroke_with<S: BackendStyle>(&self, style: &S) {
        self.context.set_stroke_style_str(&css_of(style.color()));
        self.context.set_line_width(f64::from(style.stroke_width()));
    }

    fn trace(&self, path: impl IntoIterator<Item = BackendCoord>) {
        self.context.begin_path();
        for (at, (x, y)) in path.into_iter().enumerate() {
            let (x, y) = (middle(x), middle(y));
            if at == 0 { self.context.move_to(x, y) } else { self.context.line_to(x, y) }
        }
    }

    fn font_of<T: BackendTextStyle>(&self, style: &T) -> String {
        let weight = match style.style() {
            plotters_backend::FontStyle::Bold => "600",
            _ => "400",
        };
        // Sizes are whole pixels; to write out floats would be a tenth of this page.
        format!("{weight} {}px {}", style.size() as u32, self.font)
    }
}

/// What tells a tier's ground from another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strokes {
    /// The second tier.
    Diagonal,
    /// The third.
    Dots,
}

/// The middle of a pixel, where a line one pixel wide is sharp.
fn middle(pixel: i32) -> f64 {
    f64::from(pixel) + 0.5
}

fn css((red, green, blue): (u8, u8, u8)) -> String {
    format!("rgb({red},{green},{blue})")
}

fn css_of(colour: BackendColor) -> String {
    let (red, green, blue) = colour.rgb;
    format!("rgba({red},{green},{blue},{}%)", (colour.alpha * 100.0) as u32)
}

fn refused<T>(_: JsValue) -> Result<T, DrawingErrorKind<CanvasError>> {
    Err(DrawingErrorKind::DrawingError(CanvasError))
}

impl DrawingBackend for Canvas {
    type ErrorType = CanvasError;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Outcome {
        Ok(())
    }

    fn present(&mut self) -> Outcome {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Outcome {
        self.context.set_fill_style_str(&css_of(colour));
        self.context.fill_rect(f64::from(x), f64::from(y), 1.0, 1.0);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Outcome {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Outcome {
        let (x, y) = (f64::from(left), f64::from(top));
        let (width, height) = (f64::from(right - left), f64::from(bottom - top));
        if fill {
            self.fill_with(style.color());
            self.context.fill_rect(x, y, width, height);
        } else {
            self.stroke_with(style);
            self.context.stroke_rect(x + 0.5, y + 0.5, width - 1.0, height - 1.0);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Outcome {
        self.stroke_with(style);
        self.trace(path);
        self.context.stroke();
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Outcome {
        self.context.begin_path();
        (self.context.arc(middle(x), middle(y), f64::from(radius), 0.0, std::f64::consts::TAU))
            .or_else(refused)?;
        if fill {
            self.fill_with(style.color());
            self.context.fill();
        } else {
            self.stroke_with(style);
            self.context.stroke();
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Outcome {
        self.fill_with(style.color());
        self.trace(vert);
        self.context.close_path();
        self.context.fill();
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, (x, y): BackendCoord) -> Outcome {
        self.context.set_font(&self.font_of(style));
        self.context.set_fill_style_str(&css_of(style.color()));
        self.context.set_text_align(match style.anchor().h_pos {
            HPos::Left => "left",
            HPos::Right => "right",
            HPos::Center => "center",
        });
        self.context.set_text_baseline(match style.anchor().v_pos {
            VPos::Top => "top",
            VPos::Center => "middle",
            VPos::Bottom => "bottom",
        });
        self.context.fill_text(text, f64::from(x), f64::from(y)).or_else(refused)
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<CanvasError>> {
        self.context.set_font(&self.font_of(style));
        let width = self.context.measure_text(text).or_else(refused)?.width();
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}
