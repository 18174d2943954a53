//! Sign-in: an account number, then the one-time code that the holder was sent.

use api::session::{CodeSent, SendCode, SignIn};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::client::{self, ClientError};
use crate::components::app_frame::Brand;
use crate::components::button::{Button, ButtonKind};
use crate::components::card::CardLink;
use crate::components::field::{Field, FieldKind};
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::LanguageSwitch;
use crate::format::latin_digits;
use crate::pages::page::{RETURN, SIGN_IN, use_title};
use crate::pages::reader::{Reader, say};
use crate::router::{Place, query};
use crate::session::{SessionState, SignedIn};

/// What was typed and how it went.
#[derive(Clone, Copy)]
struct Form {
    account: RwSignal<String>,
    code: RwSignal<String>,
    /// The number that a code was sent for.
    sent: RwSignal<Option<String>>,
    /// What is wrong in the field, as a function of the reader.
    wrong: RwSignal<Option<Wrong>>,
    busy: RwSignal<bool>,
}

/// Why the form was not taken.
#[derive(Clone, PartialEq)]
enum Wrong {
    Empty,
    NotDigits,
    Refused(ClientError),
}

/// The page at `/sign-in`.
#[cfg_attr(feature = "split", lazy)]
pub async fn sign_in() -> AnyView {
    view! { <SignInPage /> }.into_any()
}

#[component]
fn SignInPage() -> impl IntoView {
    use_title(|| words::signin_title(Reader::here().language).to_owned());
    let session = SessionState::here();
    let form = Form {
        account: RwSignal::new(String::new()),
        code: RwSignal::new(String::new()),
        sent: RwSignal::new(None),
        wrong: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    go_on_when_signed_in(session);
    // What was wrong is forgotten as soon as it is mended.
    Effect::new(move |_| {
        form.account.track();
        form.code.track();
        form.wrong.set(None);
    });
    let just_left = move || {
        session
            .just_left
            .get()
            .then(|| view! { <Notice kind=NoticeKind::Good title=say(words::signed_out) /> })
    };
    view! {
        <main class="frame__main">
            <div class="sign-in">
                <div class="sign-in__brand">
                    <Brand name=say(words::brand_name) />
                    <LanguageSwitch label=say(words::language_switch) />
                </div>
                {just_left}
                <div class="card">
                    <h1>{say(words::signin_title)}</h1>
                    <p class="card__text">{say(words::signin_intro)}</p>
                    {move || form.wrong.get().map(summary)}
                    {move || match form.sent.get() {
                        None => account_form(form).into_any(),
                        Some(account) => code_form(form, account, session).into_any(),
                    }}
                </div>
                <CardLink href="/tools/meter-file" label=say(words::signin_meter_file) />
            </div>
        </main>
    }
}

/// Whoever is signed in has nothing to do here.
fn go_on_when_signed_in(session: SessionState) {
    let place = Place::here();
    Effect::new(move |_| {
        if session.signed_in.with(|signed_in| matches!(signed_in, SignedIn::Yes(_))) {
            place.replace(way_back(&query(RETURN).unwrap_or_default()));
        }
    });
}

/// A path of ours; anything else would let a link lead the holder away after sign-in.
fn way_back(asked: &str) -> &str {
    let ours = asked.starts_with('/') && !asked.starts_with("//") && !asked.contains('\\');
    if ours && !asked.starts_with(SIGN_IN) { asked } else { "/" }
}

/// What is wrong with the whole form; it takes the focus.
fn summary(wrong: Wrong) -> impl IntoView {
    let node = NodeRef::<leptos::html::Div>::new();
    node.on_load(|node| {
        node.focus().ok();
    });
    let title = move || words::form_errors(Reader::here().language, &words::Count::new(1, "1"));
    let body = move || sentence(&wrong);
    view! {
        <div tabindex="-1" node_ref=node>
            <Notice kind=NoticeKind::Bad title=title>
                {body}
            </Notice>
        </div>
    }
}

fn sentence(wrong: &Wrong) -> String {
    let reader = Reader::here();
    match wrong {
        Wrong::Empty => words::form_required(reader.language).to_owned(),
        Wrong::NotDigits => {
            words::signin_account_invalid(reader.language, &reader.digits.write(EXAMPLE_ACCOUNT))
        }
        Wrong::Refused(ClientError::Refused(problem)) => reader.message(&problem.message),
        Wrong::Refused(error) if error.is_network() => words::signin_offline(reader.language).to_owned(),
        Wrong::Refused(_) => words::signin_error(reader.language).to_owned(),
    }
}

const EXAMPLE_ACCOUNT: &str = "100200300";

fn field_error(form: Form) -> Signal<Option<String>> {
    Signal::derive(move || form.wrong.get().map(|wrong| sentence(&wrong)))
}

fn account_form(form: Form) -> impl IntoView {
    let hint = move || match understood(&form.account.get()) {
        Ok(account) if account != form.account.get().trim() => isolated(&account),
        _ => words::signin_account_help(Reader::here().language).to_owned(),
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        send_code(form);
    };
    view! {
        <form class="sign-in__form" on:submit=send novalidate>
            <Field
                id="account"
                label=say(words::signin_account)
                value=form.account
                kind=FieldKind::AccountNumber
                hint=leptos::text_prop::TextProp::from(hint)
                error=field_error(form)
            />
            <Button label=say(words::signin_send_code) busy=form.busy wide=true />
        </form>
    }
}

fn code_form(form: Form, account: String, session: SessionState) -> impl IntoView {
    let shown = account.clone();
    let sent = move || {
        let reader = Reader::here();
        words::signin_code_sent(reader.language, &reader.digits.write(&shown))
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        enter(form, account.clone(), session);
    };
    let other = move || {
        form.sent.set(None);
        form.code.set(String::new());
        form.wrong.set(None);
    };
    view! {
        <form class="sign-in__form" on:submit=submit novalidate>
            <p class="card__text" role="status">
                {sent}
            </p>
            <Field
                id="code"
                label=say(words::signin_code)
                value=form.code
                kind=FieldKind::OneTimeCode
                hint=leptos::text_prop::TextProp::from(say(words::signin_code_demo))
                error=field_error(form)
            />
            <Button label=say(words::signin_submit) busy=form.busy wide=true />
            <Button
                label=say(words::signin_code_again)
                kind=ButtonKind::Outline
                on_press=move |()| send_code(form)
                wide=true
            />
            <Button label=say(words::signin_other_account) kind=ButtonKind::Plain on_press=move |()| other() />
        </form>
    }
}

/// Digits alone, of any shape, with the spaces and dashes that people put between them left out.
fn understood(typed: &str) -> Result<String, Wrong> {
    let digits: String = latin_digits(typed).chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    match digits.as_str() {
        "" => Err(Wrong::Empty),
        digits if digits.bytes().all(|digit| digit.is_ascii_digit()) => Ok(digits.to_owned()),
        _ => Err(Wrong::NotDigits),
    }
}

/// A number on its own line of a page that runs the other way.
fn isolated(number: &str) -> String {
    format!("\u{2068}{number}\u{2069}")
}

fn send_code(form: Form) {
    let account = match understood(&form.account.get_untracked()) {
        Ok(account) => account,
        Err(wrong) => return form.wrong.set(Some(wrong)),
    };
    form.wrong.set(None);
    form.busy.set(true);
    let reply = client::send(SendCode { account });
    spawn_local(async move {
        let reply = reply.await;
        form.busy.try_set(false);
        match reply {
            Ok(CodeSent { account }) => form.sent.try_set(Some(account)).map_or((), drop),
            Err(error) => form.wrong.try_set(Some(Wrong::Refused(error))).map_or((), drop),
        }
    });
}

fn enter(form: Form, account: String, session: SessionState) {
    let code = match understood(&form.code.get_untracked()) {
        Ok(code) => code,
        Err(wrong) => return form.wrong.set(Some(wrong)),
    };
    form.wrong.set(None);
    form.busy.set(true);
    let reply = client::send(SignIn { account, code });
    spawn_local(async move {
        let reply = reply.await;
        form.busy.try_set(false);
        match reply {
            Ok(signed_in) => session.begin(signed_in),
            Err(error) => form.wrong.try_set(Some(Wrong::Refused(error))).map_or((), drop),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_digits_are_understood() {
        for (typed, account) in
            [("١٠٠ ٢٠٠-300", Some("100200300")), (" 7783 ", Some("7783")), ("77a3", None), ("", None)]
        {
            assert_eq!(understood(typed).ok().as_deref(), account, "{typed:?}");
        }
    }

    #[test]
    fn the_way_back_stays_here() {
        for (asked, way) in [
            ("/bills/2026-08?x=1", "/bills/2026-08?x=1"),
            ("", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/sign-in?return=/", "/"),
        ] {
            assert_eq!(way_back(asked), way, "{asked}");
        }
    }
}
