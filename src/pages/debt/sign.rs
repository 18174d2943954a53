//! The acknowledgement as it would be signed today, in both languages, and its signature (DEB-4).

use api::plans::{GetPlanOffer, PlanOffer, PostPlan};
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::text_prop::TextProp;
use words::Language;

use super::anew::Anew;
use crate::client::{self, ClientError, new_request_id};
use crate::components::button::{Button, ButtonKind};
use crate::components::card::Card;
use crate::components::disclosure::Disclosure;
use crate::components::field::{Field, FieldKind};
use crate::components::icon::IconName;
use crate::components::leading::leading;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::switch::Switch;
use crate::pages::reader::{Reader, say};
use crate::session::SessionState;

/// The longest name that signs.
const LONGEST_NAME: usize = 120;

#[derive(Clone, Copy)]
struct Signing {
    months: RwSignal<u32>,
    offer: RwSignal<Option<PlanOffer>>,
    name: RwSignal<String>,
    agreed: RwSignal<bool>,
    tried: RwSignal<bool>,
    busy: RwSignal<bool>,
    failed: RwSignal<Option<ClientError>>,
    /// What was sent, and what that request is called: the same again is the same request.
    request: StoredValue<(String, String)>,
    anew: Anew,
}

/// The button that brings the texts, and what comes.
pub fn sign(months: RwSignal<u32>, anew: Anew) -> AnyView {
    let signing = Signing {
        months,
        offer: RwSignal::new(None),
        name: RwSignal::new(String::new()),
        agreed: RwSignal::new(false),
        tried: RwSignal::new(false),
        busy: RwSignal::new(false),
        failed: RwSignal::new(None),
        request: StoredValue::new((String::new(), new_request_id())),
        anew,
    };
    // Another number of months is another acknowledgement.
    Effect::new(move |_| {
        months.track();
        signing.offer.set(None);
        signing.agreed.set(false);
    });
    let shown = move || match signing.offer.get() {
        Some(offer) => leading(signing.form(&offer)),
        None => {
            let read = move |()| signing.read();
            view! { <Button label=say(words::plan_read) on_press=read busy=signing.busy wide=true /> }
                .into_any()
        }
    };
    view! {
        <div class="columns__stack">
            {shown}
            <div role="status">{move || signing.told()}</div>
        </div>
    }
    .into_any()
}

impl Signing {
    fn read(self) {
        let Some(account) = untrack(|| SessionState::here().account_id()) else { return };
        self.busy.set(true);
        self.failed.set(None);
        let reply = client::send(GetPlanOffer { account, months: self.months.get_untracked() });
        spawn_local_scoped_with_cancellation(async move {
            let reply = reply.await;
            self.busy.try_set(false);
            match reply {
                Ok(offer) => self.offer.try_set(Some(offer)),
                Err(error) if self.anew.is_moved_on(&error) => None,
                Err(error) => self.failed.try_set(Some(error)).and(None),
            };
        });
    }

    fn form(self, offer: &PlanOffer) -> AnyView {
        let submit = move |submitted: leptos::ev::SubmitEvent| {
            submitted.prevent_default();
            self.send();
        };
        let (currency, total) = (offer.plan.currency, offer.plan.total.clone());
        let count = i64::try_from(offer.plan.instalments.len()).unwrap_or(i64::MAX);
        let confirm = move || {
            let reader = Reader::here();
            let counted = reader.counted(count, words::count_instalments_gen);
            words::acknowledgement_confirm(reader.language, &reader.money(currency, &total), &counted)
        };
        let unconfirmed = move || {
            let is_missing = self.tried.get() && !self.agreed.get();
            is_missing
                .then(|| view! { <p class="field__error">{say(words::plan_confirm_wrong)}</p> }.into_any())
        };
        let wrong = move || self.tried.get().then(|| self.name_wrong()).flatten();
        let texts = texts(&offer.acknowledgement);
        view! {
            <form class="columns__stack" novalidate on:submit=submit>
                <Card heading=say(words::plan_sign_title)>
                    {texts}
                    <Switch label=TextProp::from(confirm) on=self.agreed />
                    {unconfirmed}
                    <Field
                        id="signature"
                        label=say(words::plan_name)
                        value=self.name
                        kind=FieldKind::Name
                        error=Signal::derive(wrong)
                    />
                    <Button label=say(words::plan_sign) busy=self.busy wide=true />
                    <Button
                        label=say(words::action_cancel)
                        kind=ButtonKind::Plain
                        on_press=move |()| self.offer.set(None)
                    />
                </Card>
            </form>
        }
        .into_any()
    }

    fn name_wrong(self) -> Option<String> {
        let letters = self.name.with(|name| name.trim().chars().count());
        let is_wrong = letters == 0 || letters > LONGEST_NAME;
        is_wrong.then(|| words::plan_name_wrong(Reader::here().language).to_owned())
    }

    fn send(self) {
        self.tried.set(true);
        let name = self.name.get_untracked().trim().to_owned();
        let is_wrong = untrack(|| self.name_wrong()).is_some() || !self.agreed.get_untracked();
        let offer = self.offer.get_untracked().filter(|_| !is_wrong && !self.busy.get_untracked());
        let (Some(offer), Some(account)) = (offer, untrack(|| SessionState::here().account_id())) else {
            return;
        };
        let asked = [offer.sha256.as_str(), &name].join("\n");
        if self.request.with_value(|(known, _)| *known != asked) {
            self.request.set_value((asked, new_request_id()));
        }
        self.busy.set(true);
        self.failed.set(None);
        let reply = client::send(PostPlan {
            account: Some(account),
            request_id: self.request.with_value(|(_, id)| id.clone()),
            months: self.months.get_untracked(),
            sha256: offer.sha256,
            name,
        });
        spawn_local_scoped_with_cancellation(async move {
            let reply = reply.await;
            self.busy.try_set(false);
            match reply {
                Ok(_) => self.anew.taken(),
                Err(error) if self.anew.is_moved_on(&error) => {}
                Err(error) => {
                    // Texts that changed meanwhile are read again.
                    if matches!(&error, ClientError::Refused(_)) {
                        self.offer.try_set(None);
                    }
                    self.failed.try_set(Some(error));
                }
            }
        });
    }

    fn told(self) -> Option<AnyView> {
        let reader = Reader::here();
        let text = match self.failed.get()? {
            ClientError::Refused(problem) => reader.message(&problem.message),
            _ => words::plan_failed(reader.language).to_owned(),
        };
        Some(view! { <Notice kind=NoticeKind::Bad title=text /> }.into_any())
    }
}

/// The reader's text, and the other's one press away: both are signed.
pub fn texts(text: &billing::finding::Message) -> AnyView {
    let (own, other) = (text.clone(), text.clone());
    let own = move || paragraphs(Reader::here().language, &own);
    let other = move || paragraphs(Reader::here().other().language, &other);
    view! {
        {own}
        <Disclosure label=say(words::plan_other_language) icon=IconName::Document answer=other />
    }
    .into_any()
}

/// What was signed, for paper alone: the screen has it behind a press.
pub fn on_paper(text: &billing::finding::Message) -> AnyView {
    let text = text.clone();
    let own = move || paragraphs(Reader::here().language, &text);
    view! { <div class="debt-paper">{own}</div> }.into_any()
}

fn paragraphs(language: Language, text: &billing::finding::Message) -> AnyView {
    let text = language.choose(&text.ar, &text.en);
    let line = |line: &str| view! { <p>{line.to_owned()}</p> }.into_any();
    let direction = language.choose("rtl", "ltr");
    view! {
        <div class="debt-text" lang=language.code() dir=direction>
            {text.lines().map(line).collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}
