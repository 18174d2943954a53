//! Rule `bill`: facts in, lines and total and working out.

mod answer;
mod facts;

pub use answer::{BillAnswer, LineAnswer, TaxAnswer};
pub use facts::*;
