//! adad
fn main() {}
