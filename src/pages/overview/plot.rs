//! Places in a drawing that is stretched over its card, and lines between them.

/// Of the drawing's own grid.
pub const WIDTH: i64 = 1440;
/// Of the drawing's own grid, from the top.
pub const HEIGHT: i64 = 1000;
/// The part of the height that the highest value reaches, so that its label stands above it.
pub const TALLEST: i64 = 820;

/// A place in the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// From the left.
    pub x: i64,
    /// From the top.
    pub y: i64,
}

impl Spot {
    /// From the left, for a style.
    pub fn across(self) -> String {
        tenths_of_percent(self.x * 1000 / WIDTH)
    }

    /// From the top, for a style.
    pub fn down(self) -> String {
        tenths_of_percent(self.y * 1000 / HEIGHT)
    }
}

/// A line through the spots, as the path of an svg.
pub fn path(spots: impl Iterator<Item = Spot>) -> String {
    spots
        .enumerate()
        .map(|(at, Spot { x, y })| format!("{}{x} {y}", if at == 0 { 'M' } else { 'L' }))
        .collect()
}

fn tenths_of_percent(tenths: i64) -> String {
    format!("{}.{}%", tenths / 10, tenths % 10)
}
