//! What is due, one by one.

use api::accounts::BillId;
use api::payments::{ChargeKind, Debt, DebtKind};
use billing::money::Currency;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::components::amount::Amount;
use crate::components::button::{Button, ButtonKind};
use crate::components::card::SectionTitle;
use crate::components::icon::IconName;
use crate::components::list_row::{ListRow, TileTone};
use crate::format::Unit;
use crate::pages::bills::state_tag;
use crate::pages::reader::{Reader, say};

/// What a debt is for, in words.
pub fn name(reader: Reader, of: &DebtKind) -> String {
    match of {
        DebtKind::Bill { month, .. } => words::bill_title(reader.language, &reader.month(*month)),
        DebtKind::Charge { charged, on, .. } => {
            let kind = match charged {
                ChargeKind::Deposit => words::pay_charge_deposit,
                ChargeKind::Fine => words::pay_charge_fine,
                ChargeKind::Fee => words::pay_charge_fee,
                ChargeKind::Instalment => words::pay_charge_instalment,
            };
            format!("{} · {}", kind(reader.language), reader.full_day(*on))
        }
    }
}

/// A bill that was chosen to be paid first: its id, its name and what is left of it.
pub type Choose = Callback<(BillId, DebtKind, String)>;

/// The list, oldest first, with a way to choose one bill where there are several.
pub fn debts(currency: Currency, debts: &[Debt], choose: Option<Choose>) -> Option<AnyView> {
    let choose = choose.filter(|_| debts.len() > 1);
    let row = |debt: &Debt| {
        let (of, left, state) = (debt.of.clone(), debt.left.clone(), debt.state);
        let (title, note) = (of.clone(), debt.clone());
        let title = move || name(Reader::here(), &title);
        let note = move || {
            let reader = Reader::here();
            let date = reader.day(note.due_on);
            if note.left == note.total {
                words::pay_debt_until(reader.language, &date)
            } else {
                words::pay_debt_part(reader.language, &reader.money(currency, &note.total), &date)
            }
        };
        let end = move || {
            let (of, sum) = (of.clone(), left.clone());
            let choose = choose.zip(bill_of(&of)).map(move |(choose, bill)| {
                let press = move |()| choose.run((bill.clone(), of.clone(), sum.clone()));
                view! { <Button label=say(words::pay_debt_this) kind=ButtonKind::Plain on_press=press /> }
                    .into_any()
            });
            view! {
                <span class="bill-row__end">
                    <Amount value=left.clone() unit=Unit::Money(currency) />
                    <span class="bill-row__tags">{state_tag(state)}</span>
                    {choose}
                </span>
            }
        };
        view! { <ListRow title=title note=TextProp::from(note) icon=IconName::Receipt tone=TileTone::Warn end=end /> }
            .into_any()
    };
    let order =
        choose.map(|_| view! { <p class="card__caption">{say(words::pay_debts_order)}</p> }.into_any());
    (!debts.is_empty()).then(|| {
        view! {
            <SectionTitle title=say(words::pay_debts_title) />
            <div class="card card--flush">{debts.iter().map(row).collect::<Vec<_>>()}</div>
            {order}
        }
        .into_any()
    })
}

fn bill_of(of: &DebtKind) -> Option<BillId> {
    match of {
        DebtKind::Bill { bill, .. } => Some(bill.clone()),
        DebtKind::Charge { .. } => None,
    }
}
