//! KNET's hosted page (RAW method): AES-128-CBC, a redirect there, a notification back, an inquiry in XML.
//!
//! Nothing in it is signed, and what is encrypted can be altered by whoever does not know the key: so the inquiry decides.

pub mod cipher;
pub mod fields;
pub mod xml;

use api::payment_results::{BankReference, PaymentChannel};
use api::payments::PageLanguage;
use billing::money::{Currency, Money};
use ureq::Agent;

use self::cipher::Key;
use self::fields::Fields;
use super::{Asked, Gateway, GatewayError, Notification, Order, outbound};

/// KNET takes dinars alone: their number in ISO 4217.
pub const CURRENCY_CODE: &str = "414";
/// Characters of the longest amount.
const MOST_AMOUNT: usize = 10;
const PURCHASE: &str = "1";
const INQUIRY: &str = "8";

/// A merchant's terminal.
#[derive(Clone)]
pub struct Terminal {
    /// The tranportal id.
    pub id: String,
    /// Its password.
    pub password: String,
    /// The resource key.
    pub key: Key,
    /// The hosted page: with `?param=paymentInit`.
    pub page: String,
    /// The inquiry: with `?param=tranInit&`.
    pub inquiry: String,
    /// Where the gateway tells us how a payment ended.
    pub response_url: String,
    /// Where it sends the browser if a payment fails before it is one.
    pub error_url: String,
    /// How the terminal calls English.
    pub english: String,
    /// It only looks like KNET.
    pub is_sandbox: bool,
}

/// The gateway.
pub struct Knet {
    terminal: Terminal,
    agent: Agent,
}

impl Knet {
    /// The gateway of a terminal.
    #[must_use]
    pub fn new(terminal: Terminal) -> Self {
        Self { terminal, agent: outbound::agent() }
    }

    fn request(&self, order: &Order) -> Result<Fields, GatewayError> {
        let terminal = &self.terminal;
        let language = match order.language {
            PageLanguage::Ar => "AR",
            PageLanguage::En => terminal.english.as_str(),
        };
        let mut fields = Fields::default();
        for (name, value) in [
            ("id", terminal.id.as_str()),
            ("password", &terminal.password),
            ("action", PURCHASE),
            ("langid", language),
            ("currencycode", CURRENCY_CODE),
            ("amt", &amount_text(order.amount)?),
            ("responseURL", &terminal.response_url),
            ("errorURL", &terminal.error_url),
            ("trackid", &order.track_id),
            ("udf1", ""),
            ("udf2", ""),
            ("udf3", ""),
            ("udf4", ""),
            ("udf5", ""),
        ] {
            fields.add(name, value);
        }
        Ok(fields)
    }
}

impl Gateway for Knet {
    fn channel(&self) -> PaymentChannel {
        if self.terminal.is_sandbox { PaymentChannel::Sandbox } else { PaymentChannel::Knet }
    }

    fn page(&self, order: &Order) -> Result<String, GatewayError> {
        let terminal = &self.terminal;
        let encrypted = terminal.key.encrypt(&self.request(order)?.plain());
        Ok(format!(
            "{}&trandata={encrypted}&tranportalId={}&responseURL={}&errorURL={}",
            terminal.page, terminal.id, terminal.response_url, terminal.error_url
        ))
    }

    fn read(&self, body: &[u8]) -> Option<Notification> {
        let encrypted = fields::encrypted_part(body)?;
        let in_clear = self.terminal.key.decrypt(&encrypted)?;
        let fields = Fields::parse(&in_clear);
        let result = fields.get("result");
        Some(Notification {
            track_id: fields.get("trackid"),
            is_cancelled: is_cancelled(&result),
            result,
            as_sent: encrypted,
            in_clear,
        })
    }

    fn is_reachable(&self) -> bool {
        outbound::is_reachable(&self.terminal.page)
    }

    fn ask(&self, order: &Order) -> Result<Asked, GatewayError> {
        let terminal = &self.terminal;
        let amount = amount_text(order.amount)?;
        let body = xml::write(&[
            ("id", terminal.id.as_str()),
            ("password", &terminal.password),
            ("action", INQUIRY),
            ("amt", &amount),
            ("transid", &order.track_id),
            ("trackid", &order.track_id),
            ("udf5", "TrackID"),
        ]);
        let answer = outbound::post(&self.agent, &terminal.inquiry, "application/xml", &body)?;
        Ok(xml::read(&answer).map_or_else(
            || Asked::Unclear("an answer that is no XML".to_owned()),
            |answer| judged(&answer, &order.track_id, &amount),
        ))
    }
}

/// What an answer means for the payment that was asked about, exactly as it was ordered.
fn judged(answer: &Fields, track_id: &str, amount: &str) -> Asked {
    let result = answer.get("result");
    let bank = BankReference {
        payment_id: answer.get("payid"),
        transaction_id: answer.get("tranid"),
        reference: answer.get("ref"),
        authorisation: answer.get("auth"),
        post_date: answer.get("postdate"),
    };
    let words = result.to_ascii_uppercase().replace('+', " ");
    match words.as_str() {
        "CAPTURED" | "SUCCESS" if answer.get("trackid") != track_id => {
            Asked::Unclear("captured under another track id".to_owned())
        }
        "CAPTURED" | "SUCCESS" if answer.get("amt") != amount => {
            Asked::Unclear(format!("captured with another amount, {}", answer.get("amt")))
        }
        "CAPTURED" | "SUCCESS" => Asked::Captured(bank),
        "NOT CAPTURED" | "FAILURE" | "FAILURE(NOT CAPTURED)" => Asked::NotPaid { is_cancelled: false, bank },
        _ if is_cancelled(&words) => Asked::NotPaid { is_cancelled: true, bank },
        _ if words.contains(NO_SUCH_TRANSACTION) => Asked::Missing,
        _ => Asked::Unclear(result),
    }
}

/// The error code of an inquiry about a payment that was never begun.
const NO_SUCH_TRANSACTION: &str = "IPAY0100263";

fn is_cancelled(result: &str) -> bool {
    matches!(result, "CANCELED" | "CANCELLED")
}

/// With exactly three decimals and no other mark.
fn amount_text(fils: i64) -> Result<String, GatewayError> {
    let text = Money::from_minor(i128::from(fils), Currency::KWD).to_string();
    match fils > 0 && text.len() <= MOST_AMOUNT {
        true => Ok(text),
        false => Err(GatewayError::Order("an amount of more than ten characters")),
    }
}

/// The most of one payment, in fils.
pub const MOST_FILS: i64 = 999_999_999;

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(text: &str) -> Fields {
        xml::read(text).unwrap()
    }

    #[test]
    fn only_the_exact_amount_and_track_id_are_paid() {
        let bank = BankReference { payment_id: "9".into(), ..BankReference::default() };
        let paid = |result: &str, track: &str, amt: &str| {
            let xml = format!(
                "<result>{result}</result><payid>9</payid><trackid>{track}</trackid><amt>{amt}</amt>"
            );
            judged(&answer(&xml), "T1", "10.000")
        };
        for (result, track, amt, is_paid) in [
            ("CAPTURED", "T1", "10.000", true),
            ("SUCCESS", "T1", "10.000", true),
            ("CAPTURED", "T2", "10.000", false),
            ("CAPTURED", "T1", "10.001", false),
            ("CAPTURED", "T1", "10", false),
            ("CAPTURED", "T1", "", false),
            ("captured?", "T1", "10.000", false),
            ("SUSPECTED", "T1", "10.000", false),
            ("HOST TIMEOUT", "T1", "10.000", false),
        ] {
            let asked = paid(result, track, amt);
            if is_paid {
                assert_eq!(asked, Asked::Captured(bank.clone()), "{result} {track} {amt}");
            } else {
                assert!(matches!(asked, Asked::Unclear(_)), "{result} {track} {amt}: {asked:?}");
            }
        }
        for (result, is_cancelled) in [
            ("NOT CAPTURED", false),
            ("NOT+CAPTURED", false),
            ("FAILURE", false),
            ("FAILURE(NOT CAPTURED)", false),
            ("CANCELED", true),
            ("CANCELLED", true),
        ] {
            let expected = Asked::NotPaid { is_cancelled, bank: bank.clone() };
            assert_eq!(paid(result, "T1", "10.000"), expected, "{result}");
        }
        assert_eq!(paid("!ERROR!-IPAY0100263-No such transaction", "", ""), Asked::Missing);
    }

    #[test]
    fn an_amount_has_three_decimals_and_ten_characters() {
        for (fils, text) in [(1, "0.001"), (15_750, "15.750"), (MOST_FILS, "999999.999")] {
            assert_eq!(amount_text(fils).unwrap(), text);
        }
        assert!(amount_text(MOST_FILS + 1).is_err() && amount_text(0).is_err());
    }
}
