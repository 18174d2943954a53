//! The budget and the thresholds that a customer chooses.

use api::alert_settings::{
    AlertSettings, AlertSettingsNow, MOST_DAYS_BEFORE, MOST_THRESHOLDS, PostAlertSettings,
};
use billing::money::{Currency, Money};
use billing::number::Number;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::text_prop::TextProp;

use crate::client;
use crate::components::button::Button;
use crate::components::field::{Field, FieldKind};
use crate::components::notice::{Notice, NoticeKind};
use crate::components::switch::Switch;
use crate::format::typed::{decimal, whole};
use crate::pages::reader::{Reader, say};
use crate::session::SessionState;

/// What is typed, and what is wrong with it.
#[derive(Clone, Copy)]
struct Typed {
    budget: RwSignal<String>,
    days: RwSignal<String>,
    thresholds: RwSignal<String>,
    unusual: RwSignal<bool>,
    /// Whether saving was tried: until then nothing is called wrong.
    tried: RwSignal<bool>,
}

/// Which fields cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Budget,
    Days,
    Thresholds,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Saving {
    Idle,
    Busy,
    Saved,
    Failed,
}

/// The form, filled with what holds now.
pub fn choices(now: &AlertSettingsNow) -> AnyView {
    let currency = now.currency;
    let typed = Typed::of(&now.settings);
    let saving = RwSignal::new(Saving::Idle);
    let wrong = Memo::new(move |_| typed.read(currency, true).err().filter(|_| typed.tried.get()));
    let error = move |field: Wrong, text: fn(Reader, Currency) -> String| {
        Signal::derive(move || (wrong.get() == Some(field)).then(|| text(Reader::here(), currency)))
    };
    let days_help = || {
        let reader = Reader::here();
        words::alerts_days_before_help(reader.language, &reader.whole(u64::from(MOST_DAYS_BEFORE)))
    };
    let thresholds_help = || {
        let reader = Reader::here();
        let example = format!("{} {}", reader.figure("5"), reader.figure("1.500"));
        words::alerts_thresholds_help(reader.language, &reader.whole(MOST_THRESHOLDS as u64), &example)
    };
    let press = move |()| save(typed, currency, saving);
    let said = move || match saving.get() {
        Saving::Saved => {
            Some(view! { <Notice kind=NoticeKind::Good title=say(words::alerts_saved) /> }.into_any())
        }
        Saving::Failed => {
            Some(view! { <Notice kind=NoticeKind::Bad title=say(words::alerts_not_saved) /> }.into_any())
        }
        Saving::Idle | Saving::Busy => None,
    };
    view! {
        <section class="card columns__stack">
            <Field
                id="budget"
                label=say(words::alerts_budget)
                value=typed.budget
                kind=FieldKind::Decimal
                hint=TextProp::from(say(words::alerts_budget_help))
                error=error(Wrong::Budget, sum_wrong)
            />
            <Field
                id="days-before-tier"
                label=say(words::alerts_days_before)
                value=typed.days
                kind=FieldKind::Decimal
                hint=TextProp::from(days_help)
                error=error(Wrong::Days, days_wrong)
            />
            <Field
                id="credit-thresholds"
                label=say(words::alerts_thresholds)
                value=typed.thresholds
                kind=FieldKind::Decimal
                hint=TextProp::from(thresholds_help)
                error=error(Wrong::Thresholds, thresholds_wrong)
            />
            <Switch label=say(words::alerts_unusual) on=typed.unusual />
            <Button
                label=say(words::action_save)
                on_press=press
                busy=Signal::derive(move || saving.get() == Saving::Busy)
            />
            <div role="status">{said}</div>
            <p class="card__caption">{say(words::alerts_kept)}</p>
        </section>
    }
    .into_any()
}

fn sum_wrong(reader: Reader, currency: Currency) -> String {
    let smallest = reader.money(currency, &Money::from_minor(1, currency).to_string());
    words::alerts_sum_wrong(reader.language, &smallest)
}

fn days_wrong(reader: Reader, _: Currency) -> String {
    words::alerts_days_before_help(reader.language, &reader.whole(u64::from(MOST_DAYS_BEFORE)))
}

fn thresholds_wrong(reader: Reader, _: Currency) -> String {
    words::alerts_thresholds_wrong(reader.language, &reader.whole(MOST_THRESHOLDS as u64))
}

fn save(typed: Typed, currency: Currency, saving: RwSignal<Saving>) {
    typed.tried.set(true);
    let Ok(settings) = typed.read(currency, false) else {
        saving.set(Saving::Idle);
        return;
    };
    saving.set(Saving::Busy);
    let account = untrack(|| SessionState::here().account_id());
    let reply = client::send(PostAlertSettings { account, settings });
    spawn_local_scoped_with_cancellation(async move {
        let came = if reply.await.is_ok() { Saving::Saved } else { Saving::Failed };
        saving.try_set(came);
    });
}

impl Typed {
    fn of(settings: &AlertSettings) -> Self {
        let thresholds: Vec<String> = settings.credit_thresholds.iter().map(Number::to_string).collect();
        Self {
            budget: RwSignal::new(settings.budget.map(|budget| budget.to_string()).unwrap_or_default()),
            days: RwSignal::new(settings.days_before_tier.to_string()),
            thresholds: RwSignal::new(thresholds.join(" ")),
            unusual: RwSignal::new(settings.use_unusual),
            tried: RwSignal::new(false),
        }
    }

    /// The choice, or the first field that cannot be; `followed` where the answer is to change with the typing.
    fn read(self, currency: Currency, followed: bool) -> Result<AlertSettings, Wrong> {
        let text = |signal: RwSignal<String>| if followed { signal.get() } else { signal.get_untracked() };
        let use_unusual = if followed { self.unusual.get() } else { self.unusual.get_untracked() };
        choice([text(self.budget), text(self.days), text(self.thresholds)], use_unusual, currency)
    }
}

fn choice(typed: [String; 3], use_unusual: bool, currency: Currency) -> Result<AlertSettings, Wrong> {
    let [budget, days, thresholds] = typed;
    let budget = match budget.trim() {
        "" => None,
        typed => Some(sum(typed, currency).ok_or(Wrong::Budget)?),
    };
    let days_before_tier = match days.trim() {
        "" => 0,
        typed => whole(typed).ok().filter(|days| *days <= MOST_DAYS_BEFORE).ok_or(Wrong::Days)?,
    };
    let mut credit_thresholds = Vec::new();
    for typed in thresholds.split_whitespace() {
        let threshold = sum(typed, currency).filter(|sum| !credit_thresholds.contains(sum));
        credit_thresholds.push(threshold.ok_or(Wrong::Thresholds)?);
    }
    if credit_thresholds.len() > MOST_THRESHOLDS {
        return Err(Wrong::Thresholds);
    }
    Ok(AlertSettings { budget, credit_thresholds, days_before_tier, use_unusual })
}

/// A sum above zero in whole minor units.
fn sum(typed: &str, currency: Currency) -> Option<Number> {
    let sum = decimal(typed).ok().filter(|sum| *sum > Number::ZERO)?;
    Money::parse(&sum.to_string(), currency).ok().map(|_| sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_read_or_its_field_is_named() {
        let number = |text: &str| Number::parse(text).unwrap();
        for (budget, days, thresholds, outcome) in [
            ("", "", "", Ok((None, 0, 0))),
            ("25", "3", "5 1.500", Ok((Some("25"), 3, 2))),
            ("٢٥٫٥", "٣١", "١ ٢ ٣ ٤ ٥", Ok((Some("25.5"), 31, 5))),
            ("0", "3", "", Err(Wrong::Budget)),
            ("-1", "3", "", Err(Wrong::Budget)),
            ("1.0005", "3", "", Err(Wrong::Budget)),
            ("x", "3", "", Err(Wrong::Budget)),
            ("1", "32", "", Err(Wrong::Days)),
            ("1", "2.5", "", Err(Wrong::Days)),
            ("1", "3", "5 5", Err(Wrong::Thresholds)),
            ("1", "3", "0", Err(Wrong::Thresholds)),
            ("1", "3", "1 2 3 4 5 6", Err(Wrong::Thresholds)),
        ] {
            let typed = [budget, days, thresholds].map(str::to_owned);
            let got = choice(typed, true, Currency::KWD)
                .map(|chosen| (chosen.budget, chosen.days_before_tier, chosen.credit_thresholds.len()));
            let outcome = outcome.map(|(budget, days, count)| (budget.map(number), days, count));
            assert_eq!(got, outcome, "{budget:?} {days:?} {thresholds:?}");
        }
    }
}
