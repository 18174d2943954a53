//! A file a page, each page's private children in a folder of its name.

pub mod alerts;
pub mod bill;
pub mod bills;
pub mod compute;
pub mod consumption;
pub mod hafez;
pub mod lazy;
mod loaded;
pub mod meter;
pub mod meter_file;
pub mod not_found;
pub mod overview;
pub mod own_reading;
pub mod page;
pub mod prepaid;
pub mod projection;
pub mod reader;
pub mod recheck;
pub mod refusal;
pub mod service_points;
pub mod settings;
pub mod sign_in;
pub mod skeletons;
pub mod split;
pub mod states;
pub mod tools;
