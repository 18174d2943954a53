//! A paper's check: what came of its code, or in plain words why nothing did. A stranger decides by it whether to trust.

use api::endpoint::Endpoint;
use api::problem::Problem;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use words::Language;

use crate::client::{ClientError, Loaded, Loading, Outcome, use_loading};
use crate::components::button::{Button, ButtonKind, IconButton};
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::pages::loaded::strip;
use crate::pages::page::{print, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::pages::states::failure;

const UNKNOWN: &str = "certificate-unknown";
/// Asking again is answered later.
pub const TOO_MANY: &str = "too-many-requests";

type Sentence = fn(Language) -> &'static str;

/// The page of a check: its `title`, and what `shown` makes of the paper, or `sentence` when the fault is ours.
pub fn checked<E>(
    endpoint: E,
    title: Sentence,
    sentence: Sentence,
    shown: impl Fn(&E::Reply) -> AnyView + Send + 'static,
) -> AnyView
where
    E: Endpoint + Clone + 'static,
    E::Reply: Clone + Send + Sync + 'static,
{
    use_title(move || title(Reader::here().language).to_owned());
    let loading = use_loading(move || Some(endpoint.clone()));
    let told = move || {
        loading.outcome.with(|outcome| match outcome {
            Outcome::Waiting => skeletons::one_block(),
            Outcome::Here(Loaded { reply, .. }) => shown(reply),
            Outcome::Failed(error) => not_checked(error, sentence, Callback::new(move |()| loading.retry())),
        })
    };
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader title=say(title)>{printing(loading)}</PageHeader>
            {told}
        </div>
    }
    .into_any()
}

/// What was found is printed, and nothing else.
fn printing<T: Send + Sync>(loading: Loading<T>) -> impl Fn() -> Option<AnyView> {
    move || {
        let is_here = loading.outcome.with(|outcome| matches!(outcome, Outcome::Here(_)));
        is_here.then(|| {
            view! { <IconButton label=say(words::action_print) icon=IconName::Print on_press=print /> }
                .into_any()
        })
    }
}

fn not_checked(error: &ClientError, sentence: Sentence, retry: Callback<()>) -> AnyView {
    match error {
        ClientError::Refused(problem) if problem.code == UNKNOWN => unknown(),
        ClientError::Refused(problem) if problem.code == TOO_MANY => {
            limited(words::verify_limit_title, problem, retry)
        }
        error if error.is_network() => offline(retry),
        error => failure(error, sentence, retry),
    }
}

/// Asking again would say the same, so there is no way to.
fn unknown() -> AnyView {
    view! {
        <Notice kind=NoticeKind::Bad title=say(words::verify_unknown_title)>
            <p>{say(words::verify_unknown_check)}</p>
            <p>{say(words::verify_unknown_ask)}</p>
        </Notice>
    }
    .into_any()
}

/// Too many asked from here.
pub fn limited(title: Sentence, problem: &Problem, retry: Callback<()>) -> AnyView {
    let message = problem.message.clone();
    let wait = TextProp::from(move || Reader::here().message(&message));
    later(title, wait, IconName::Clock, retry)
}

fn offline(retry: Callback<()>) -> AnyView {
    later(words::verify_offline_title, say(words::verify_offline_body).into(), IconName::Offline, retry)
}

/// Nothing is said of the paper yet.
fn later(title: Sentence, body: TextProp, icon: IconName, retry: Callback<()>) -> AnyView {
    view! {
        <div class="columns__stack" role="alert">
            <Notice kind=NoticeKind::Warn icon=icon title=say(title)>
                <p>{move || body.get()}</p>
            </Notice>
            <Button
                label=say(words::action_retry)
                icon=IconName::Retry
                kind=ButtonKind::Outline
                on_press=retry
            />
        </div>
    }
    .into_any()
}
