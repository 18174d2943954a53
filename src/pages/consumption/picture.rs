//! The chart as a picture: twice as fine as a page's pixels, with what it shows written above it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlCanvasElement;

use super::canvas::Canvas;
use super::palette::Palette;
use crate::pages::reader::Reader;

/// In the page's pixels.
const SIZE: (i32, i32) = (720, 520);
const FINER: f64 = 2.0;

/// Says something of what is shown.
type Say = Box<dyn Fn(Reader) -> String>;
/// Draws it on a canvas.
type Paint = Box<dyn Fn(Canvas, &Palette)>;

/// What is shown, ready to be drawn elsewhere.
pub struct Painted {
    /// The time that it shows, in words.
    pub period: Say,
    /// What its figures count.
    pub unit: Say,
    /// How it is drawn.
    pub paint: Paint,
}

/// What is shown now; none while there is no chart.
pub type Shown = StoredValue<Option<Painted>, LocalStorage>;

/// What the picture shows in words, and the picture as a `data:` address: a webview that saves no files still shows it.
/// None where there is no chart, or the browser refuses.
pub fn picture(reader: Reader, shown: Shown, title: impl FnOnce(&str) -> String) -> Option<(String, String)> {
    let element: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    let palette = Palette::of_page()?;
    let font = document().body().map(|body| super::chart::font_of(&body))?;
    let mut canvas = Canvas::of_size(&element, SIZE, FINER, font)?;
    shown.with_value(|painted| {
        let painted = painted.as_ref()?;
        let (title, unit) = (title(&(painted.period)(reader)), (painted.unit)(reader));
        canvas.head(&palette, &title, &unit, reader.language == words::Language::Arabic)?;
        (painted.paint)(canvas, &palette);
        Some((title, element.to_data_url().ok()?))
    })
}
