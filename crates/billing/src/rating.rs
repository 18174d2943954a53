//! Bills that are more than one schedule over one period: changes, shares, supplies, averages, corrections.

pub mod category_change;
pub mod closing_bill;
pub mod fixed_bill;
pub mod grouping;
pub mod mixed_use;
pub mod rebill;
pub mod temporary_supply;
