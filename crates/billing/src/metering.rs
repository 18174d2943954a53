//! From registers and loads to units: readings, corrections, estimates, checks, dates.

pub mod billing_calendar;
pub mod consumption;
pub mod correction;
pub mod estimate;
pub mod meter_test;
pub mod past;
pub mod pre_issue_check;
pub mod settlement;
pub mod unmetered;
