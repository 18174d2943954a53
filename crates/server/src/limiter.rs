//! So many tries in so long, for each name: an account number or a network address.

use std::collections::HashMap;
use std::sync::Mutex;

/// Names are forgotten when there are more than this and their time is over.
const MANY_NAMES: usize = 10_000;

/// Counts tries by name in windows of time.
#[derive(Debug)]
pub struct Limiter {
    window_s: i64,
    tries: Mutex<HashMap<String, Window>>,
}

#[derive(Clone, Copy, Debug)]
struct Window {
    ends_at: i64,
    tries: u32,
}

impl Limiter {
    /// Counts in windows of `window_s` seconds.
    #[must_use]
    pub fn new(window_s: i64) -> Self {
        Self { window_s, tries: Mutex::default() }
    }

    /// Counts a try of `name`.
    ///
    /// # Errors
    /// The seconds to wait, if `most` were made already.
    pub fn count(&self, name: &str, most: u32, now: i64) -> Result<(), u32> {
        let mut tries = self.tries.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if tries.len() > MANY_NAMES {
            tries.retain(|_, window| window.ends_at > now);
        }
        let fresh = Window { ends_at: now + self.window_s, tries: 0 };
        let window = tries.entry(name.to_owned()).or_insert(fresh);
        if window.ends_at <= now {
            *window = fresh;
        }
        if window.tries >= most {
            return Err(u32::try_from(window.ends_at - now).unwrap_or(u32::MAX));
        }
        window.tries += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_try_after_the_last_waits_for_the_windows_end() {
        let limiter = Limiter::new(60);
        for (name, now, answer) in [
            ("a", 0, Ok(())),
            ("a", 10, Ok(())),
            ("a", 20, Err(40)),
            ("b", 20, Ok(())),
            ("a", 59, Err(1)),
            ("a", 60, Ok(())),
            ("a", 61, Ok(())),
            ("a", 62, Err(58)),
        ] {
            assert_eq!(limiter.count(name, 2, now), answer, "{name} at {now}");
        }
    }
}
