//! Sums that are spent as the days go by: prepaid credit, a budget of one's own.

pub mod budget;
pub mod prepaid;
pub mod prepaid_switch;
