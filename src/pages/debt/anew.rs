//! A choice by which the standing changes: it is asked for anew when the choice was taken, and too when another window
//! chose first, for then the page offers what is there no more.

use leptos::prelude::*;

use crate::client::ClientError;
use crate::components::leading::leading;
use crate::components::notice::{Notice, NoticeKind};
use crate::pages::reader::say;

/// The refusals of what is offered no more.
const MOVED_ON: [&str; 2] = ["plan-not-open", "case-moved-on"];

/// What outlives the offer that was chosen from.
#[derive(Clone, Copy)]
pub struct Anew {
    ask: Callback<()>,
    moved_on: RwSignal<bool>,
}

impl Anew {
    /// The standing is asked for by `ask`.
    pub fn of(ask: Callback<()>) -> Self {
        Self { ask, moved_on: RwSignal::new(false) }
    }

    /// The choice was taken.
    pub fn taken(self) {
        self.moved_on.set(false);
        self.ask.run(());
    }

    /// The choice was refused; whether because the standing is another by now.
    pub fn is_moved_on(self, error: &ClientError) -> bool {
        let is = matches!(error, ClientError::Refused(problem) if MOVED_ON.contains(&&*problem.code));
        if is {
            self.moved_on.set(true);
            self.ask.run(());
        }
        is
    }

    /// What happened, above what stands in the offer's place.
    pub fn told(self) -> impl Fn() -> Option<AnyView> {
        move || self.moved_on.get().then(notice)
    }
}

fn notice() -> AnyView {
    let notice = view! {
        <Notice kind=NoticeKind::Bad title=say(words::debt_moved_on_title)>
            <p>{say(words::debt_moved_on_body)}</p>
        </Notice>
    };
    leading(notice.into_any())
}
