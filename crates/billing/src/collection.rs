//! Sums divided and debts paid, to the last minor unit.

pub mod allocation;
pub mod claim;
pub mod instalments;
pub mod parts;
pub mod split;
