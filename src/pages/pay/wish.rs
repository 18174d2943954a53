//! What a holder wants to pay, from the first digit to the attempt.

use api::accounts::{AccountId, BillId};
use api::payments::{Debt, DebtKind, LONGEST_PAYER, PageLanguage, Payments, PostPayment};
use billing::money::{Currency, Money};
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use words::Language;

use super::attempt::Attempt;
use super::debts::name;
use super::sum::{Limit, Wrong, asked_for, half, of_wire, read, wrong_words};
use super::{PAGE, draft};
use crate::pages::reader::Reader;
use crate::session::SessionState;

/// Which part of what is due is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    Half,
    Other,
}

/// What is typed and chosen. It outlives the answer that it was begun with: a newer one changes what is due, not what
/// somebody has typed.
#[derive(Clone, Copy)]
pub(super) struct Typing {
    amount: RwSignal<String>,
    ahead: RwSignal<bool>,
    payer: RwSignal<String>,
    /// The bill that is paid first, and its name.
    bill: RwSignal<Option<(BillId, DebtKind)>>,
    /// Whose it is, and the sum that the field began with.
    began: StoredValue<Option<(AccountId, String)>>,
}

impl Typing {
    pub(super) fn begin() -> Self {
        Self {
            amount: RwSignal::new(String::new()),
            ahead: RwSignal::new(false),
            payer: RwSignal::new(String::new()),
            bill: RwSignal::new(None),
            began: StoredValue::new(None),
        }
    }

    /// Nothing is typed any more.
    fn forget(self) {
        self.began.set_value(None);
        self.ahead.set(false);
        self.payer.set(String::new());
        self.bill.set(None);
    }

    /// Goes on with what `account` has typed, or begins with the sum `starts`.
    fn go_on(self, account: &AccountId, starts: String) {
        if self.began.with_value(|began| began.as_ref().is_some_and(|(whose, _)| whose != account)) {
            self.forget();
        }
        if !self.is_typed() {
            self.start(account, starts);
        }
    }

    fn start(self, account: &AccountId, starts: String) {
        self.amount.set(starts.clone());
        self.began.set_value(Some((account.clone(), starts)));
    }

    /// Whether another sum stands in the field than it began with.
    fn is_typed(self) -> bool {
        let typed = self.amount.get_untracked();
        self.began.with_value(|began| began.as_ref().is_some_and(|(_, began)| *began != typed))
    }

    /// A bill that is paid by now is not chosen any more.
    fn keep_of(self, debts: &[Debt]) {
        let is_left = |chosen: &BillId| {
            debts.iter().any(|debt| matches!(&debt.of, DebtKind::Bill { bill, .. } if bill == chosen))
        };
        if self.bill.with_untracked(|chosen| chosen.as_ref().is_some_and(|(bill, _)| !is_left(bill))) {
            self.bill.set(None);
        }
    }
}

/// What is wanted, and of which account.
#[derive(Clone, Copy)]
pub(super) struct Wish {
    pub(super) currency: Currency,
    pub(super) due: Money,
    typing: Typing,
    pub(super) typed: RwSignal<String>,
    pub(super) ahead: RwSignal<bool>,
    pub(super) payer: RwSignal<String>,
    /// The bill that is paid first, and its name.
    pub(super) bill: RwSignal<Option<(BillId, DebtKind)>>,
    /// Whether it was sent as it is, so that nothing wrong is left unsaid.
    pub(super) tried: RwSignal<bool>,
    /// Whether the device keeps what was wanted.
    pub(super) kept: RwSignal<bool>,
    /// What an earlier visit wanted.
    pub(super) wanted: RwSignal<Option<String>>,
    account: StoredValue<Option<AccountId>>,
    pub(super) attempt: Attempt,
}

impl Wish {
    pub(super) fn begin(payments: &Payments, typing: Typing, again: Callback<()>) -> Self {
        let due = of_wire(&payments.due, payments.currency);
        let whole = if due.minor() > 0 { due.to_string() } else { String::new() };
        let account = untrack(|| SessionState::here().account_id());
        if let Some(account) = &account {
            typing.go_on(account, asked_for(due).unwrap_or(whole));
        }
        typing.keep_of(&payments.debts);
        // What was paid on the bank's page is not to be paid again.
        let back = Callback::new(move |()| {
            typing.forget();
            again.run(());
        });
        Self {
            currency: payments.currency,
            due,
            typing,
            typed: typing.amount,
            ahead: typing.ahead,
            payer: typing.payer,
            bill: typing.bill,
            tried: RwSignal::new(false),
            kept: RwSignal::new(false),
            wanted: RwSignal::new(None),
            account: StoredValue::new(account),
            attempt: Attempt::begin(back),
        }
    }

    /// What this device keeps of an earlier visit is filled in again, and waits for the holder's word.
    pub(super) fn restore(self) {
        let Some(account) = self.account.get_value().filter(|_| asked_for(self.due).is_none()) else {
            return;
        };
        spawn_local_scoped_with_cancellation(async move {
            let Some(wanted) = draft::find(&account).await else { return };
            if self.typing.is_typed() {
                return;
            }
            self.typing.start(&account, wanted.amount.clone());
            self.ahead.set(wanted.ahead);
            self.payer.set(wanted.payer.clone());
            self.wanted.set(Some(wanted.amount.clone()));
            self.kept.set(true);
            let request_id = wanted.request_id.clone();
            self.attempt.resume(asked(&wanted), request_id);
        });
    }

    fn limit(self, followed: bool) -> Limit {
        let ahead = if followed { self.ahead.get() } else { self.ahead.get_untracked() };
        if ahead { Limit::None } else { Limit::Due(self.due) }
    }

    /// The sum, or why it cannot be paid; `followed` where the answer is to change with the typing.
    pub(super) fn read(self, followed: bool) -> Result<Money, Wrong> {
        let typed = if followed { self.typed.get() } else { self.typed.get_untracked() };
        read(&typed, self.currency, self.limit(followed))
    }

    pub(super) fn wrong(self) -> Option<String> {
        let wrong = self.read(true).err()?;
        let is_shown = self.tried.get() || !self.typed.with(|typed| typed.trim().is_empty());
        is_shown.then(|| wrong_words(Reader::here(), &wrong, self.currency))
    }

    pub(super) fn payer_wrong(self) -> Option<String> {
        let is_long = self.payer.with(|payer| payer.trim().len() > LONGEST_PAYER);
        is_long.then(|| words::pay_payer_wrong(Reader::here().language).to_owned())
    }

    pub(super) fn part(self) -> Part {
        match read(&self.typed.get(), self.currency, Limit::None) {
            Ok(sum) if sum == self.due => Part::Whole,
            Ok(sum) if sum == half(self.due) => Part::Half,
            _ => Part::Other,
        }
    }

    pub(super) fn choose(self, part: Part) {
        self.bill.set(None);
        self.typed.set(match part {
            Part::Whole => self.due.to_string(),
            Part::Half => half(self.due).to_string(),
            Part::Other => String::new(),
        });
        if part == Part::Other {
            // The field that waits for the sum takes the focus; without it the page stays as it is.
            let field = document()
                .get_element_by_id("amount")
                .and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok());
            if let Some(field) = field {
                field.focus().ok();
            }
        }
    }

    pub(super) fn chosen_bill(self) -> Option<AnyView> {
        let (_, of) = self.bill.get()?;
        let reader = Reader::here();
        let text = words::pay_chosen_bill(reader.language, &name(reader, &of));
        Some(view! { <p class="card__text">{text}</p> }.into_any())
    }

    pub(super) fn button(self) -> String {
        let reader = Reader::here();
        match self.read(true) {
            Ok(sum) => words::pay_button(reader.language, &reader.money(self.currency, &sum.to_string())),
            Err(_) => words::pay_button_bare(reader.language).to_owned(),
        }
    }

    pub(super) fn send(self) {
        self.tried.set(true);
        let (Ok(sum), None) = (self.read(false), untrack(|| self.payer_wrong())) else { return };
        let Some(account) = self.account.get_value() else { return };
        let mut post = PostPayment {
            account: Some(account.clone()),
            request_id: String::new(),
            amount: sum.to_string(),
            ahead: self.ahead.get_untracked(),
            bills: self.bill.get_untracked().into_iter().map(|(bill, _)| bill).collect(),
            top_up: None,
            payer: self.payer.get_untracked().trim().to_owned(),
            language: page_language(untrack(Reader::here).language),
        };
        post.request_id = self.attempt.request_id(&asked(&post));
        let (keeper, wanted) = (account.clone(), post.clone());
        spawn_local(async move {
            let kept = draft::keep(&keeper, &wanted).await;
            self.kept.try_set(kept);
        });
        self.wanted.set(None);
        self.attempt.start(post, PAGE.to_owned(), Some(Box::pin(draft::remove(account))));
    }
}

/// What is asked for, whatever it is called.
fn asked(post: &PostPayment) -> String {
    let bills: Vec<&str> = post.bills.iter().map(|bill| bill.0.as_str()).collect();
    let language = if post.language == PageLanguage::Ar { "ar" } else { "en" };
    let ahead = if post.ahead { "ahead" } else { "" };
    [&post.amount, ahead, &bills.join(","), &post.payer, language].join("\n")
}

/// The gateway's page in the reader's language.
pub fn page_language(language: Language) -> PageLanguage {
    match language {
        Language::Arabic => PageLanguage::Ar,
        Language::English => PageLanguage::En,
    }
}
