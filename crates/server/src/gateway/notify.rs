//! Tells the merchant how a payment ended, in each manner in which that goes wrong, and sends the browser on.

use std::thread::sleep;
use std::time::Duration;

use super::journal::Outcome;
use super::{Bank, Ordered, page};
use crate::payments::knet::fields::Fields;
use crate::payments::outbound;

/// How late a late notification is.
const LATE: Duration = Duration::from_secs(6);
const FORM: &str = "application/x-www-form-urlencoded";

/// How the merchant is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Once, in time.
    Once,
    /// Three times.
    Repeated,
    /// After some seconds.
    Late,
    /// An older message comes after the newer one.
    Reordered,
    /// Changed on the way.
    Altered,
    /// Not at all, and the browser does not come back.
    Never,
    /// The browser itself brings it, as older terminals do.
    ByBrowser,
    /// The browser is sent to the error address.
    ByError,
}

impl Manner {
    pub(super) fn chosen(choice: &str) -> Self {
        match choice {
            "repeated" => Self::Repeated,
            "late" => Self::Late,
            "reordered" => Self::Reordered,
            "altered" => Self::Altered,
            "never" => Self::Never,
            "browser" => Self::ByBrowser,
            "error" => Self::ByError,
            _ => Self::Once,
        }
    }
}

/// What the browser gets.
pub(super) enum Next {
    /// It goes there.
    See(String),
    /// It shows this.
    Page(String),
}

pub(super) fn send_browser_on(bank: &Bank, order: &Ordered, outcome: &Outcome, manner: Manner) -> Next {
    let message = message(bank, outcome, outcome.told_now());
    let told = match manner {
        Manner::Once => tell(bank, order, &message),
        Manner::Repeated => {
            tell(bank, order, &message);
            tell(bank, order, &message);
            tell(bank, order, &message)
        }
        Manner::Late => {
            sleep(LATE);
            tell(bank, order, &message)
        }
        Manner::Reordered => {
            let told = tell(bank, order, &message);
            for old in ["HOST TIMEOUT", "CANCELED", "NOT CAPTURED"] {
                tell(bank, order, &self::message(bank, outcome, old));
            }
            told
        }
        Manner::Altered => tell(bank, order, &altered(&message)),
        Manner::Never => return Next::Page(page::closed()),
        Manner::ByBrowser => return Next::Page(page::by_browser(order, &message)),
        Manner::ByError => None,
    };
    let error = if manner == Manner::ByError {
        "IPAY0100045-Denied by risk"
    } else {
        "IPAY0100249-Merchant response url is down"
    };
    Next::See(told.unwrap_or_else(|| error_address(order, error)))
}

/// The browser's way back when the merchant gave none.
pub(super) fn error_address(order: &Ordered, error: &str) -> String {
    let (code, text) = error.split_once('-').unwrap_or((error, ""));
    let text = text.replace(' ', "+");
    format!(
        "{}?paymentid={}&trackid={}&Error={code}&ErrorText={text}&amt={}",
        order.error_url,
        super::number(&order.track_id, "payment", 18),
        order.track_id,
        order.amount
    )
}

/// Posts a notification; gives where the merchant wants the browser, from the one line of its answer.
fn tell(bank: &Bank, order: &Ordered, message: &str) -> Option<String> {
    let body = format!("trandata={message}");
    let answer = outbound::post(&bank.agent, &order.response_url, FORM, &body).ok()?;
    let mut lines = answer.lines().filter(|line| !line.trim().is_empty());
    let address = lines.next()?.strip_prefix("REDIRECT=")?.trim().to_owned();
    lines.next().is_none().then_some(address)
}

fn message(bank: &Bank, outcome: &Outcome, result: &str) -> String {
    let result = result.replace(' ', "+");
    let mut fields = Fields::default();
    for (name, value) in [
        ("paymentid", outcome.payment_id.as_str()),
        ("result", &result),
        ("auth", &outcome.authorisation),
        ("avr", "N"),
        ("ref", &outcome.reference),
        ("tranid", &outcome.transaction_id),
        ("postdate", &outcome.post_date),
        ("trackid", &outcome.track_id),
        ("udf1", ""),
        ("udf2", ""),
        ("udf3", ""),
        ("udf4", ""),
        ("udf5", ""),
        ("amt", &outcome.amount),
        ("authRespCode", "00"),
    ] {
        fields.add(name, value);
    }
    bank.merchant.key.encrypt(&fields.plain())
}

/// One digit changed: it spoils one block and changes a letter of the next.
fn altered(message: &str) -> String {
    let at = message.len() / 2;
    let digit = if message.as_bytes().get(at) == Some(&b'0') { "1" } else { "0" };
    format!("{}{digit}{}", &message[..at], &message[at + 1..])
}
