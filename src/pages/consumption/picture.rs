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

/// Draws what is shown on a canvas.
pub type Paint = Box<dyn Fn(Canvas, &Palette)>;

/// What is shown now, ready to be drawn elsewhere; none while there is no chart.
pub type Shown = StoredValue<Option<Paint>, LocalStorage>;

/// The picture as a `data:` address: a webview that saves no files still shows it. None where there is no chart, or
/// the browser refuses.
pub fn picture(reader: Reader, shown: Shown, title: &str, unit: &str) -> Option<String> {
    let element: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    let palette = Palette::of_page()?;
    let font = document().body().map(|body| super::chart::font_of(&body))?;
    let mut canvas = Canvas::of_size(&element, SIZE, FINER, font)?;
    canvas.head(&palette, title, unit, reader.language == words::Language::Arabic)?;
    shown.with_value(|paint| paint.as_ref().map(|paint| paint(canvas, &palette)))?;
    element.to_data_url().ok()
}
