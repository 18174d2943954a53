//! The form of a rule: fields that take any digits, what is refused said at its field, the answer as soon as there is
//! one.

use std::borrow::Cow;
use std::time::Duration;

use billing::error::{BillingError, Refusal};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use words::Language;

use super::field::field_view;
use super::typed::{Typed, at};
use crate::components::button::{Button, ButtonKind};
use crate::components::notice::{Notice, NoticeKind};
use crate::pages::reader::{Reader, say};
use crate::pages::refusal::{Refused, refusal};

/// A sentence without values.
pub type Words = fn(Language) -> &'static str;

/// One thing to fill in.
#[derive(Clone)]
pub struct Field {
    /// Its name of its own, see [`Typed`].
    pub name: Cow<'static, str>,
    /// What is asked for.
    pub label: Words,
    /// Its place among others of the same label, from 1.
    pub place: Option<usize>,
    /// What it takes.
    pub kind: Kind,
    /// Of the number.
    pub unit: Option<Words>,
    /// Whether it may stay empty.
    pub is_optional: bool,
    /// Whether it takes a line of its own.
    pub is_wide: bool,
}

/// What a field takes.
#[derive(Clone)]
pub enum Kind {
    /// A number.
    Decimal,
    /// A count.
    Whole,
    /// A day.
    Day,
    /// Any words.
    Name,
    /// One of a few values, side by side.
    Few(&'static [&'static str], fn(Language, &str) -> String),
    /// One of a longer list.
    Many(Vec<&'static str>, fn(Language, &str) -> String),
}

impl Field {
    /// A field of `kind`.
    pub fn new(name: impl Into<Cow<'static, str>>, label: Words, kind: Kind) -> Self {
        let name = name.into();
        Self { name, label, place: None, kind, unit: None, is_optional: false, is_wide: false }
    }

    /// The same with a unit at its end.
    pub fn of(self, unit: Words) -> Self {
        Self { unit: Some(unit), ..self }
    }

    /// The same at its place in a list.
    pub fn at_place(self, place: usize) -> Self {
        Self { place: Some(place), ..self }
    }

    /// The same, which may stay empty.
    pub fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }

    /// The same on a line of its own.
    pub fn wide(self) -> Self {
        Self { is_wide: true, ..self }
    }

    /// A field that shows other values is another field.
    fn key(&self) -> String {
        match &self.kind {
            Kind::Many(values, _) => format!("{} {}", self.name, values.join(" ")),
            _ => self.name.clone().into_owned(),
        }
    }

    /// What is wrong with its text, before the engine is asked.
    pub fn check(&self, typed: &Typed) -> Result<(), Refusal> {
        match &self.kind {
            _ if self.is_empty(typed) => Ok(()),
            Kind::Decimal => typed.number(&self.name).map(drop),
            Kind::Whole => typed.whole(&self.name).map(drop),
            Kind::Day => typed.day(&self.name).map(drop),
            Kind::Name => Ok(()),
            kind if kind.values().contains(&typed.text(&self.name)) => Ok(()),
            _ => Err(at(BillingError::WrongType, &self.name)),
        }
    }

    fn is_empty(&self, typed: &Typed) -> bool {
        typed.text(&self.name).is_empty()
    }
}

impl Kind {
    /// The values that can be chosen; none where anything can be typed.
    pub fn values(&self) -> &[&'static str] {
        match self {
            Self::Few(values, _) => values,
            Self::Many(values, _) => values,
            _ => &[],
        }
    }
}

/// A list that grows by the row; its field of this name holds how many there are.
#[derive(Clone, Copy)]
pub struct Rows {
    /// The name of the list.
    pub name: &'static str,
    /// Adds a row.
    pub add: Words,
    /// Takes the last one away.
    pub remove: Words,
    /// The most rows.
    pub most: usize,
}

/// What a form asks, and what it makes of it.
pub struct Rule {
    /// The fields that are asked for, given what is chosen so far.
    pub fields: fn(&Typed) -> Vec<Field>,
    /// The list among them.
    pub rows: Option<Rows>,
    /// The engine's answer, as it is shown.
    pub answer: Box<Work>,
}

/// From what was typed to what came out, or to what is refused.
pub type Work = dyn Fn(Reader, &Typed) -> Result<Answer, Refusal> + Send + Sync;

/// What came out.
pub struct Answer {
    /// In one sentence, for those who do not see the page change.
    pub said: String,
    /// As it is shown.
    pub view: AnyView,
}

/// What was refused, by the pointers of the fields.
pub type Refusals = RwSignal<Vec<Refusal>>;

/// How long nobody types before the answer is told.
const REST: Duration = Duration::from_secs(1);

/// The fields of `rule` in `typed`, and below them its answer.
pub fn form(typed: RwSignal<Typed>, rule: Rule) -> AnyView {
    let refusals: Refusals = RwSignal::new(Vec::new());
    let Rule { fields, rows, answer } = rule;
    let each = move || typed.with(fields);
    let said = RwSignal::new(String::new());
    // Heard once the fingers rest, not at every key, and only when it is news.
    let mut tell = debounce(REST, move |text: String| {
        if said.try_with_untracked(|known| *known != text).unwrap_or(false) {
            said.set(text);
        }
    });
    let answered = move || {
        let reader = Reader::here();
        // What no longer stands there is not heard either.
        let silence = String::new;
        let (found, shown, heard) = typed.with(|typed| {
            let asked = fields(typed);
            let wrong: Vec<Refusal> = asked.iter().filter_map(|field| field.check(typed).err()).collect();
            let is_missing = asked.iter().any(|field| !field.is_optional && field.is_empty(typed));
            match (wrong.is_empty(), is_missing) {
                (false, _) => (wrong, None, silence()),
                (true, true) => (Vec::new(), Some(empty()), silence()),
                (true, false) => match answer(reader, typed) {
                    Ok(Answer { said, view }) => (Vec::new(), Some(view), said),
                    Err(refused) => (vec![refused], None, silence()),
                },
            }
        });
        tell(heard);
        let view = shown.unwrap_or_else(|| typed.with(|typed| unanswered(&fields(typed), &found)));
        // Told to the fields only when it is news, or they would speak at every key.
        if refusals.with_untracked(|known| *known != found) {
            refusals.set(found);
        }
        view
    };
    view! {
        <form class="card rule-form" novalidate on:submit=|event| event.prevent_default()>
            <For each=each key=Field::key children=move |field| field_view(typed, refusals, field) />
            {rows.map(|rows| row_buttons(typed, fields, rows))}
        </form>
        <p class="heard" role="status">{move || said.get()}</p>
        <div class="columns__stack rule-answer">{answered}</div>
    }
    .into_any()
}

fn empty() -> AnyView {
    view! { <p class="card__caption">{say(words::tools_empty)}</p> }.into_any()
}

/// What is refused at no field of the form is said here; of the rest, that it stands at its field.
fn unanswered(fields: &[Field], refusals: &[Refusal]) -> AnyView {
    let at_a_field = |refused: &&Refusal| fields.iter().any(|field| at_field(refused, &field.name));
    let elsewhere = refusals.iter().find(|refused| !at_a_field(refused));
    let body = elsewhere.map(|refused| refusal(Refused::Sum(refused.error.clone())));
    match body {
        Some(body) => {
            view! { <Notice kind=NoticeKind::Bad title=say(words::tools_unanswered)>{body}</Notice> }
                .into_any()
        }
        None => view! { <p class="card__caption">{say(words::tools_error)}</p> }.into_any(),
    }
}

/// Whether `refused` speaks of the field `name`.
pub fn at_field(refused: &Refusal, name: &str) -> bool {
    refused.field.strip_prefix('/').is_some_and(|pointer| pointer.replace('/', ".") == name)
}

fn row_buttons(typed: RwSignal<Typed>, fields: fn(&Typed) -> Vec<Field>, rows: Rows) -> AnyView {
    let count = move || typed.with(|typed| typed.rows(rows.name, rows.most));
    let resize = move |count: usize| typed.update(|typed| typed.set(rows.name, count.to_string()));
    let add = Callback::new(move |()| {
        let new = count();
        resize(new + 1);
        // The new row's first field is what comes next.
        request_animation_frame(move || {
            let first = document().query_selector(&format!("[id^='{}.{new}.']", rows.name)).ok().flatten();
            let first = first.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok());
            // Where it cannot take the focus, it stays on the button.
            let _ = first.map(|field| field.focus());
        });
    });
    let remove = Callback::new(move |()| resize(count().saturating_sub(1)));
    let add_button = move || {
        (count() < rows.most)
            .then(|| view! { <Button label=say(rows.add) kind=ButtonKind::Soft on_press=add /> }.into_any())
    };
    let remove_button = move || {
        (count() > 1).then(|| {
            view! { <Button label=say(rows.remove) kind=ButtonKind::Plain on_press=remove /> }.into_any()
        })
    };
    // A list that is not asked for now has no buttons.
    let is_asked = Memo::new(move |_| {
        typed.with(|typed| fields(typed).iter().any(|field| field.name.starts_with(rows.name)))
    });
    let buttons = move || {
        is_asked
            .get()
            .then(|| view! { <div class="rule-form__rows">{add_button}{remove_button}</div> }.into_any())
    };
    buttons.into_any()
}
