//! A file a page, each page's private children in a folder of its name.

pub mod bill;
pub mod bills;
pub mod consumption;
pub mod meter_file;
pub mod overview;
pub mod settings;
pub mod sign_in;
