//! The colours of the drawing, as the style sheet has them in the theme that is shown.

use plotters::prelude::RGBColor;
use web_sys::CssStyleDeclaration;

/// A ground and the mark on it.
type Tier = ((u8, u8, u8), (u8, u8, u8));

/// What the drawing is made of; each field is the custom property of its name.
pub struct Palette {
    pub surface: RGBColor,
    pub ink: RGBColor,
    pub ink_2: RGBColor,
    pub ink_3: RGBColor,
    pub edge: RGBColor,
    pub grid: RGBColor,
    pub live: RGBColor,
    pub band: RGBColor,
    pub past: RGBColor,
    /// The three tiers; further ones look like the third.
    pub tiers: [Tier; 3],
    /// The grounds of the second and third tier behind the running total.
    pub zones: [RGBColor; 2],
}

impl Palette {
    /// Reads the colours that hold on the page now.
    pub fn of_page() -> Option<Self> {
        let window = web_sys::window()?;
        let page = window.document()?.document_element()?;
        let style = window.get_computed_style(&page).ok()??;
        let property = |name: &str| colour(&style, name);
        let solid = |name: &str| {
            let (red, green, blue) = property(name);
            RGBColor(red, green, blue)
        };
        Some(Self {
            surface: solid("--surface"),
            ink: solid("--ink"),
            ink_2: solid("--ink-2"),
            ink_3: solid("--ink-3"),
            edge: solid("--edge"),
            grid: solid("--grid"),
            live: solid("--live"),
            band: solid("--band"),
            past: solid("--past"),
            tiers: [
                (property("--t1"), property("--t1-mark")),
                (property("--t2"), property("--t2-mark")),
                (property("--t3"), property("--t3-mark")),
            ],
            zones: [solid("--t2-soft"), solid("--t3-soft")],
        })
    }
}

fn colour(style: &CssStyleDeclaration, name: &str) -> (u8, u8, u8) {
    style.get_property_value(name).ok().as_deref().and_then(parse).unwrap_or((128, 128, 128))
}

/// `#0a5965`, or the short form that minifying makes of it.
fn parse(text: &str) -> Option<(u8, u8, u8)> {
    let digits = text.trim().strip_prefix('#')?;
    let pair = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    let single = |at: usize| u8::from_str_radix(digits.get(at..at + 1)?, 16).ok().map(|digit| digit * 17);
    match digits.len() {
        6 => Some((pair(0)?, pair(2)?, pair(4)?)),
        3 => Some((single(0)?, single(1)?, single(2)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn colours_of_the_style_sheet_are_read() {
        for (text, colour) in [
            (" #0a5965", Some((10, 89, 101))),
            ("#fff", Some((255, 255, 255))),
            ("#1a2", Some((17, 170, 34))),
            ("red", None),
            ("#12345", None),
            ("", None),
        ] {
            assert_eq!(parse(text), colour, "{text}");
        }
    }
}
