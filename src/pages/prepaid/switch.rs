//! To prepaid and back: whether it may be done, why not, and the request (PRE-2).

use api::prepaid::{PostPrepaidSwitch, PrepaidPoint, SwitchRequest, SwitchState};
use billing::credit::prepaid_switch::WayOfPaying;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use crate::client::{self, new_request_id};
use crate::clock::Clock;
use crate::components::button::{Button, ButtonKind};
use crate::components::card::Card;
use crate::components::notice::{Notice, NoticeKind};
use crate::format::day::CivilTime;
use crate::pages::reader::{Reader, say};
use crate::pages::tools::grounds;
use crate::session::SessionState;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    Idle,
    Sure,
    Busy,
    Failed,
}

/// The card of the way to the other way of paying.
pub fn switch(point: &PrepaidPoint, again: Callback<()>) -> AnyView {
    let to = match point.way {
        WayOfPaying::Prepaid => WayOfPaying::Postpaid,
        WayOfPaying::Postpaid => WayOfPaying::Prepaid,
    };
    let is_back = to == WayOfPaying::Postpaid;
    let title = if is_back { words::prepaid_back } else { words::prepaid_switch_title };
    let waits = point.newest_request.as_ref().is_some_and(|request| request.state == SwitchState::Asked);
    let findings = point.switch.findings.clone();
    let why = move || grounds::findings(Reader::here(), &findings);
    let back_from = point.switch.back_from;
    let stay = (!is_back && point.switch.allowed).then(|| {
        let text = move || {
            let reader = Reader::here();
            words::prepaid_switch_stay(reader.language, &reader.full_day(back_from))
        };
        view! { <p class="card__text">{text}</p> }.into_any()
    });
    let ask = (point.switch.allowed && !waits).then(|| ask(point, to, title, again));
    let newest = point.newest_request.clone().map(newest);
    view! {
        <Card heading=say(title)>
            {newest}
            {stay}
            {why}
            {ask}
        </Card>
    }
    .into_any()
}

fn newest(request: SwitchRequest) -> AnyView {
    let clock = Clock::here();
    let kind = match request.state {
        SwitchState::Asked => NoticeKind::Warn,
        SwitchState::Done => NoticeKind::Good,
        SwitchState::Refused => NoticeKind::Bad,
    };
    let title = move || {
        let reader = Reader::here();
        let asked = reader.time(CivilTime::at(request.asked_at, clock.utc_offset_s()));
        match (request.state, request.holds_from) {
            (SwitchState::Done, Some(from)) => {
                words::prepaid_switch_done(reader.language, &reader.full_day(from))
            }
            (SwitchState::Asked | SwitchState::Done, _) => {
                words::prepaid_switch_asked(reader.language, &asked)
            }
            (SwitchState::Refused, _) => words::prepaid_switch_refused(reader.language, &asked),
        }
    };
    view! { <Notice kind=kind title=title /> }.into_any()
}

/// A press asks whether it is meant; only the second sends it.
fn ask(
    point: &PrepaidPoint,
    to: WayOfPaying,
    title: fn(words::Language) -> &'static str,
    again: Callback<()>,
) -> AnyView {
    let asking = RwSignal::new(Asking::Idle);
    let request_id = StoredValue::new(new_request_id());
    let (service_point, meter) = (point.service_point.clone(), point.meter.number.clone());
    let send = Callback::new(move |()| {
        asking.set(Asking::Busy);
        let account = untrack(|| SessionState::here().account_id());
        let reply = client::send(PostPrepaidSwitch {
            account,
            service_point: Some(service_point.clone()),
            request_id: request_id.get_value(),
            to,
        });
        spawn_local_scoped_with_cancellation(async move {
            match reply.await {
                Ok(_) => {
                    asking.try_set(Asking::Idle);
                    again.try_run(());
                }
                Err(_) => {
                    asking.try_set(Asking::Failed);
                }
            }
        });
    });
    let question = move || {
        let reader = Reader::here();
        let meter = reader.digits.write(&meter);
        match to {
            WayOfPaying::Prepaid => words::prepaid_switch_confirm(reader.language, &meter),
            WayOfPaying::Postpaid => words::prepaid_back_confirm(reader.language, &meter),
        }
    };
    let shown = move || match asking.get() {
        Asking::Idle | Asking::Failed => {
            let failed = (asking.get() == Asking::Failed).then(|| {
                view! { <Notice kind=NoticeKind::Bad title=say(words::prepaid_switch_failed) /> }.into_any()
            });
            let press = move |()| asking.set(Asking::Sure);
            view! {
                {failed}
                <Button label=say(title) kind=ButtonKind::Outline on_press=press />
            }
            .into_any()
        }
        Asking::Sure | Asking::Busy => {
            let busy = Signal::derive(move || asking.get() == Asking::Busy);
            let question = question.clone();
            view! {
                <p class="card__text" role="alert">
                    <b>{question}</b>
                </p>
                <Button label=say(title) on_press=send busy=busy />
                <Button
                    label=say(words::action_cancel)
                    kind=ButtonKind::Plain
                    on_press=move |()| asking.set(Asking::Idle)
                />
            }
            .into_any()
        }
    };
    view! { <div class="columns__stack">{shown}</div> }.into_any()
}
