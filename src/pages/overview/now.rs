//! The living meter: power now, today's use and what it costs.

use api::accounts::{AccountId, ServicePoint};
use api::live::LiveReading;
use billing::money::Currency;
use leptos::prelude::*;
use std::time::Duration;

use super::chart::{self, Drawn};
use super::{figures, mark_first_figure};
use crate::clock::Clock;
use crate::components::amount::{Amount, AmountSize, AmountTone};
use crate::components::card::Card;
use crate::components::chart::LiveMark;
use crate::format::Unit;
use crate::live::Stream;
use crate::pages::lazy::in_turn;
use crate::pages::reader::{Reader, kilowatts, say};

/// A meter that has said nothing for this long is silent.
const SILENT_S: i64 = 15 * 60;

/// What all cards of an account share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// Of its bills.
    pub currency: Currency,
    /// The server's time when the page's reply was made.
    pub now: i64,
    /// Seconds that local time is ahead of UTC.
    pub utc_offset_s: i32,
}

/// The card of a digital meter.
#[component]
pub fn NowCard(
    point: ServicePoint,
    at: Site,
    newest: Signal<Option<LiveReading>>,
    stream: RwSignal<Stream>,
    account: AccountId,
) -> impl IntoView {
    let drawn = Drawn { account, service_point: point.id.clone(), at, newest };
    let now = Memo::new(move |_| newest.with(|reading| figures::now(&point, reading.as_ref()?).ok()));
    mark_first_figure(Signal::derive(move || now.with(Option::is_some)));
    let age = use_age(now);
    let silent = Signal::derive(move || age.get() >= SILENT_S || stream.get() == Stream::Paused);
    let mark = move || {
        let text = move || {
            let reader = Reader::here();
            words::time_ago(reader.language, &reader.ago_gen(age.get()))
        };
        view! { <LiveMark age=text silent=silent /> }
    };
    let caption = move || {
        let reader = Reader::here();
        match (stream.get(), age.get() >= SILENT_S) {
            (Stream::Paused, _) => Some(words::consumption_live_paused(reader.language).to_owned()),
            (_, true) => Some(words::overview_now_silent(reader.language, &reader.ago_gen(age.get()))),
            _ => None,
        }
    };
    let figures = move || now.with(|now| now.as_ref().map(|now| figures_view(now, at, silent.get())));
    view! {
        <Card heading=say(words::consumption_power_now) aside=mark class="columns__seven overview__now">
            {figures}
            {in_turn(chart::today_chart(drawn), chart::room)}
            // Its place is kept: a meter that falls silent moves nothing.
            <p class="card__caption overview__told">{caption}</p>
        </Card>
    }
}

fn figures_view(now: &figures::Now, at: Site, silent: bool) -> AnyView {
    let tone = if silent { AmountTone::Old } else { AmountTone::Ink };
    view! {
        <div class="card__pair">
            <Amount value=kilowatts(now.watts) unit=Unit::Kilowatts size=AmountSize::Figure tone=tone />
            <p class="card__pair-end">
                {say(words::overview_now_midnight)} <br />
                <Amount value=now.today.to_string() unit=Unit::KilowattHours /> " · "
                <Amount value=now.today_cost.clone() unit=Unit::Money(at.currency) />
            </p>
        </div>
    }
    .into_any()
}

/// Seconds since the newest reading ended, told anew every second.
fn use_age(now: Memo<Option<figures::Now>>) -> Memo<i64> {
    let clock = Clock::here();
    let ticks = RwSignal::new(0_u32);
    let tick = move || ticks.update(|ticks| *ticks = ticks.wrapping_add(1));
    if let Ok(interval) = set_interval_with_handle(tick, Duration::from_secs(1)) {
        on_cleanup(move || interval.clear());
    }
    Memo::new(move |_| {
        ticks.track();
        now.with(|now| now.as_ref().map_or(0, |now| clock.now() - now.read_at)).max(0)
    })
}
