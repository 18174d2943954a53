//! One function a sentence, written by the build.

use crate::fill::fill;
use crate::language::Language;
use crate::plural::Count;

include!(concat!(env!("OUT_DIR"), "/sentences.rs"));
