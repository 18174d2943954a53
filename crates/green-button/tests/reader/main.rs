//! The reader from outside, one binary.

mod errors;
mod forms;
mod hostile;
mod made;
mod readings;
mod real_files;
mod shift;
