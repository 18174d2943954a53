//! The portal.

fn main() {}
