//! Bills and readings as files.

pub mod csv;
pub mod green_button;
