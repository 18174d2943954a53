//! The last replies, kept in memory while the portal is open, so that a page still has its figures offline.

use std::cell::RefCell;
use std::collections::VecDeque;

/// More than all pages together ask for at a time.
const MOST: usize = 32;

/// A reply as it came.
#[derive(Clone)]
pub(super) struct Kept {
    path: String,
    pub(super) text: String,
    /// By this device's clock, in milliseconds.
    pub(super) came_at: f64,
}

thread_local! {
    static KEPT: RefCell<VecDeque<Kept>> = const { RefCell::new(VecDeque::new()) };
}

pub(super) fn keep(path: &str, text: &str) {
    KEPT.with_borrow_mut(|kept| {
        kept.retain(|reply| reply.path != path);
        kept.truncate(MOST - 1);
        kept.push_front(Kept { path: path.to_owned(), text: text.to_owned(), came_at: js_sys::Date::now() });
    });
}

pub(super) fn find(path: &str) -> Option<Kept> {
    KEPT.with_borrow(|kept| kept.iter().find(|reply| reply.path == path).cloned())
}

/// Drops everything, at sign-out.
pub fn forget() {
    KEPT.with_borrow_mut(VecDeque::clear);
}
