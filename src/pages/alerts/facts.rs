//! An alert in the reader's words, and where it leads.

use api::alerts::AlertFact;
use words::names::tier_name;

use crate::components::icon::IconName;
use crate::pages::reader::Reader;

/// The icon, whether it asks for care, and the page that says more.
pub fn kind(fact: &AlertFact) -> (IconName, bool, String) {
    use AlertFact as Fact;
    let page = |path: &str| path.to_owned();
    match fact {
        Fact::TierNear { .. } | Fact::BudgetPassed { .. } => (IconName::Bars, true, page("/projection")),
        Fact::UseUnusual { .. } => (IconName::Bars, true, page("/consumption")),
        Fact::CreditLow { .. } | Fact::CreditOut { .. } => (IconName::Clock, true, page("/prepaid")),
        Fact::BillIssued { bill, .. } => (IconName::Receipt, false, format!("/bills/{bill}")),
        Fact::BillDueSoon { bill, .. } => (IconName::Clock, true, format!("/bills/{bill}")),
        Fact::PaymentPosted { .. } => (IconName::Check, false, page("/alerts")),
        Fact::ToppedUp { .. } => (IconName::Check, false, page("/prepaid")),
        Fact::ComplaintStep { complaint } => (IconName::Receipt, false, format!("/complaints/{complaint}")),
        Fact::Voltage { .. } => (IconName::Shield, true, page("/meter")),
        Fact::Tamper { .. } | Fact::Fault { .. } | Fact::Disconnected { .. } => {
            (IconName::Alert, true, page("/meter"))
        }
        Fact::Restored { .. } => (IconName::Check, false, page("/meter")),
    }
}

/// What happened, in one or two sentences.
pub fn sentence(reader: Reader, fact: &AlertFact) -> String {
    use AlertFact as Fact;
    let language = reader.language;
    match fact {
        Fact::TierNear { tier, left, unit, on, price, currency, .. } => {
            let left = reader.quantity(unit, &left.to_string());
            let tier = tier_name(language, usize::try_from(*tier).unwrap_or_default());
            let date = reader.weekday(*on);
            match price {
                Some(price) => {
                    words::alert_tier_near(language, &left, &tier, &date, &reader.price(*currency, *price))
                }
                None => words::alert_tier_near_unpriced(language, &left, &tier, &date),
            }
        }
        Fact::BudgetPassed { expected, budget, currency, .. } => {
            let money = |amount: &str| reader.money(*currency, amount);
            words::alert_budget(language, &money(expected), &money(budget))
        }
        Fact::UseUnusual { day, usage, high, unit, .. } => {
            let quantity = |value: String| reader.quantity(unit, &value);
            let (usage, high) = (quantity(usage.to_string()), quantity(high.to_string()));
            words::alert_use_unusual(language, &reader.weekday(*day), &usage, &high)
        }
        Fact::CreditLow { credit, currency, days, .. } => {
            let credit = reader.money(*currency, credit);
            match days {
                Some(days) => {
                    let days = reader.counted(i64::from(*days), words::count_days_gen);
                    words::alert_credit_low(language, &credit, &days)
                }
                None => words::alert_credit_low_long(language, &credit),
            }
        }
        Fact::CreditOut { .. } => words::alert_credit_out(language).to_owned(),
        Fact::BillIssued { month, total, currency, .. } => {
            words::alert_bill_issued(language, &reader.month(*month), &reader.money(*currency, total))
        }
        Fact::BillDueSoon { total, currency, due_on, .. } => {
            words::alert_bill_due_soon(language, &reader.money(*currency, total), &reader.weekday(*due_on))
        }
        Fact::PaymentPosted { amount, currency, .. } => {
            words::alert_payment_posted(language, &reader.money(*currency, amount))
        }
        Fact::ToppedUp { amount, currency, .. } => {
            words::alert_topped_up(language, &reader.money(*currency, amount))
        }
        Fact::ComplaintStep { complaint } => words::alert_complaint_step(language, &complaint.0),
        Fact::Voltage { volts, .. } => {
            words::alert_voltage(language, &reader.exact_quantity("V", &volts.to_string()))
        }
        Fact::Tamper { .. } => words::alert_tamper(language).to_owned(),
        Fact::Disconnected { .. } => words::alert_disconnected(language).to_owned(),
        Fact::Restored { .. } => words::alert_restored(language).to_owned(),
        Fact::Fault { .. } => words::alert_fault(language).to_owned(),
    }
}
