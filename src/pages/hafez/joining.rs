//! The conditions, and the step in or out (HAF-1).

use api::hafez::{Hafez, HafezStep, PostHafez};
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use words::names::{hafez_condition, label};

use crate::client::{self, ClientError};
use crate::components::button::{Button, ButtonKind};
use crate::components::card::Card;
use crate::components::facts::{Fact, Facts};
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::status_tag::{StatusTag, TagKind};
use crate::pages::reader::{Reader, say};
use crate::session::SessionState;

/// A member may leave; whoever is none sees each condition, and may join when all are met.
pub fn joining(reply: &Hafez, again: Callback<()>) -> AnyView {
    let failed = RwSignal::new(None::<ClientError>);
    let busy = RwSignal::new(false);
    let send = move |step| {
        busy.set(true);
        failed.set(None);
        let account = untrack(|| SessionState::here().account_id());
        spawn_local_scoped_with_cancellation(async move {
            let sent = client::send(PostHafez { account, step }).await;
            busy.try_set(false);
            match sent {
                Ok(_) => again.run(()),
                Err(error) => drop(failed.try_set(Some(error))),
            }
        });
    };
    let refused =
        move || failed.get().map(|error| view! { <Notice kind=NoticeKind::Bad title=words_of(&error) /> });
    let inside = match reply.joined_on {
        Some(on) => {
            let since = move || {
                let reader = Reader::here();
                words::hafez_joined(reader.language, &reader.full_day(on))
            };
            let press = move |()| send(HafezStep::Leave);
            view! {
                <p class="card__text">{since}</p>
                <p class="card__caption">{say(words::hafez_leave_help)}</p>
                <Button label=say(words::hafez_leave) kind=ButtonKind::Outline on_press=press busy=busy />
            }
            .into_any()
        }
        None => {
            let press = move |()| send(HafezStep::Join);
            let allowed = reply.eligibility.allowed;
            view! {
                {conditions(reply)}
                {allowed.then(|| view! { <Button label=say(words::hafez_join) on_press=press busy=busy /> })}
            }
            .into_any()
        }
    };
    let heading = match reply.joined_on {
        Some(_) => words::hafez_member,
        None => words::hafez_conditions,
    };
    view! {
        <Card heading=say(heading)>
            {inside} <div role="status">{refused}</div>
        </Card>
    }
    .into_any()
}

/// A refusal in its own words.
fn words_of(error: &ClientError) -> String {
    let reader = Reader::here();
    match error {
        ClientError::Refused(problem) => reader.message(&problem.message),
        _ => words::hafez_not_joined(reader.language).to_owned(),
    }
}

fn conditions(reply: &Hafez) -> AnyView {
    let row = |condition: &billing::hafez::eligibility::ConditionAnswer| {
        let (which, met) = (condition.condition, condition.met);
        let term = move || label(hafez_condition(Reader::here().language, which));
        let (kind, word, icon) = match met {
            true => (TagKind::Good, say(words::hafez_condition_met as fn(_) -> _), IconName::Check),
            false => (TagKind::Warn, say(words::hafez_condition_unmet as fn(_) -> _), IconName::Clock),
        };
        view! {
            <Fact term=term>
                <StatusTag kind=kind label=word icon=icon />
            </Fact>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = reply.eligibility.conditions.iter().map(row).collect();
    view! { <Facts>{rows}</Facts> }.into_any()
}
