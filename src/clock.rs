//! The server's time as this device can tell it: its own clock and how far the server's is ahead.

use leptos::prelude::*;

use crate::format::day::CivilTime;

/// Kuwait's and Riyadh's, until a reply says it.
const GULF_UTC_OFFSET_S: i32 = 3 * 3600;

/// The server's clock. The demo's runs in a time of its own, so ages are told by it alone.
#[derive(Clone, Copy)]
pub struct Clock {
    ahead_ms: RwSignal<f64>,
    utc_offset_s: RwSignal<i32>,
}

impl Clock {
    /// Makes the clock of the app.
    pub fn provide() {
        provide_context(Self {
            ahead_ms: RwSignal::new(0.0),
            utc_offset_s: RwSignal::new(GULF_UTC_OFFSET_S),
        });
    }

    /// The clock of the app.
    pub fn here() -> Self {
        expect_context()
    }

    /// The server said that it was `now` when a reply came, at `came_at_ms` of this device.
    pub fn set(self, now: i64, utc_offset_s: i32, came_at_ms: f64) {
        // Seconds of this century are whole in a float.
        self.ahead_ms.set(now as f64 * 1000.0 - came_at_ms);
        self.utc_offset_s.set(utc_offset_s);
    }

    /// Seconds since 1970 UTC at the server.
    pub fn now(self) -> i64 {
        self.at(js_sys::Date::now())
    }

    /// Seconds that the account's local time is ahead of UTC.
    pub fn utc_offset_s(self) -> i32 {
        self.utc_offset_s.get()
    }

    /// The local time at the server when this device's clock showed `device_ms`.
    pub fn civil_time_of(self, device_ms: f64) -> CivilTime {
        CivilTime::at(self.at(device_ms), self.utc_offset_s.get())
    }

    fn at(self, device_ms: f64) -> i64 {
        ((device_ms + self.ahead_ms.get()) / 1000.0).floor() as i64
    }
}
