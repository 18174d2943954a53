//! Payment gateways behind one trait. What a gateway sends is never believed by itself: it only tells us to ask.

pub mod knet;
pub mod outbound;

use api::payment_results::{BankReference, PaymentChannel};
use api::payments::PageLanguage;

/// What the gateway is told of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// What we call it there.
    pub track_id: String,
    /// Minor units.
    pub amount: i64,
    /// Of the page.
    pub language: PageLanguage,
}

/// What the gateway answers when it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The money is there. The gateway's own amount and track id were checked against the order.
    Captured(BankReference),
    /// It was not paid, and will not be under this track id.
    NotPaid {
        /// Whoever wanted to pay gave it up.
        is_cancelled: bool,
        /// What the bank calls it.
        bank: BankReference,
    },
    /// The gateway knows of no such payment: it was not begun.
    Missing,
    /// The gateway does not know, or its answer is about another amount or track id.
    Unclear(String),
}

/// Why the gateway does not answer.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// It cannot be reached.
    #[error("the gateway does not answer: {0}")]
    Down(String),
    /// The payment cannot be told in its language.
    #[error("a payment that the gateway cannot take: {0}")]
    Order(&'static str),
}

/// What came in the gateway's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// The payment that it speaks of.
    pub track_id: String,
    /// What it says of it, for the log.
    pub result: String,
    /// Whoever wanted to pay gave it up.
    pub is_cancelled: bool,
    /// As it came.
    pub as_sent: String,
    /// In clear.
    pub in_clear: String,
}

/// A payment gateway. What asks over the network blocks, and is called where that may be.
pub trait Gateway: Send + Sync {
    /// By which way its payments come.
    fn channel(&self) -> PaymentChannel;

    /// The address of its page for a payment.
    ///
    /// # Errors
    /// [`GatewayError::Order`].
    fn page(&self, order: &Order) -> Result<String, GatewayError>;

    /// Reads what was sent to our response address; none if it is not of its making.
    fn read(&self, body: &[u8]) -> Option<Notification>;

    /// Whether its page answers: asks.
    fn is_reachable(&self) -> bool;

    /// How a payment ended: asks.
    ///
    /// # Errors
    /// [`GatewayError::Down`].
    fn ask(&self, order: &Order) -> Result<Asked, GatewayError>;
}
