//! Which gateway payments are made at, and the sandbox.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use clap::builder::BoolishValueParser;

use crate::gateway::Merchant;
use crate::payments::knet::cipher::Key;
use crate::payments::knet::{Knet, Terminal};
use crate::routes::gateways::{KNET_ERROR, KNET_RESPONSE};

/// Where payments are made.
#[derive(Clone, Debug, Args)]
pub struct Payments {
    /// The origin under which browsers and the gateway reach this server; its own address by default.
    #[arg(long, env = "ADAD_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// KNET's hosted page, `https://www.kpay.com.kw/kpg/PaymentHTTP.htm?param=paymentInit`. The terminal's id, password and
    /// resource key are read from ADAD_KNET_ID, ADAD_KNET_PASSWORD and ADAD_KNET_KEY.
    #[arg(long, env = "ADAD_KNET_PAGE", value_name = "URL", requires = "knet_inquiry")]
    pub knet_page: Option<String>,
    /// KNET's inquiry, `https://www.kpay.com.kw/kpg/tranPipe.htm?param=tranInit&`.
    #[arg(long, env = "ADAD_KNET_INQUIRY", value_name = "URL")]
    pub knet_inquiry: Option<String>,
    /// How the terminal calls English: EN, USA or ENG.
    #[arg(long, env = "ADAD_KNET_ENGLISH", default_value = "EN")]
    pub knet_english: String,
    /// The addresses are those of `adad gateway`: no money moves, and customers are told so.
    #[arg(long, env = "ADAD_KNET_SANDBOX", value_parser = BoolishValueParser::new())]
    pub knet_sandbox: bool,
}

/// The sandbox gateway.
#[derive(Clone, Debug, Args)]
pub struct Gateway {
    /// Address and port.
    #[arg(long, default_value = "127.0.0.1:8090")]
    pub listen: SocketAddr,
    /// Where it keeps what it decided.
    #[arg(long, default_value = "data/gateway.jsonl")]
    pub journal: PathBuf,
    /// Ends when its standard input ends: for whoever starts it as a child.
    #[arg(long)]
    pub until_input_ends: bool,
}

/// The terminal's secrets, from the environment: anybody can read a running program's arguments.
///
/// # Errors
/// A sentence that says which is missing.
pub fn merchant() -> Result<Merchant, String> {
    let read = |name: &str| std::env::var(name).map_err(|_| format!("{name} is not set"));
    let key = Key::parse(&read("ADAD_KNET_KEY")?).ok_or("ADAD_KNET_KEY has not sixteen characters")?;
    Ok(Merchant { id: read("ADAD_KNET_ID")?, password: read("ADAD_KNET_PASSWORD")?, key })
}

impl Payments {
    /// The gateway that is named, if one is.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub fn gateway(&self, public_url: &str) -> Result<Option<Knet>, String> {
        let Some((page, inquiry)) = self.knet_page.clone().zip(self.knet_inquiry.clone()) else {
            return Ok(None);
        };
        Ok(Some(self.terminal(merchant()?, page, inquiry, public_url, self.knet_sandbox)))
    }

    /// The gateway of a merchant.
    #[must_use]
    pub fn terminal(
        &self,
        merchant: Merchant,
        page: String,
        inquiry: String,
        public_url: &str,
        is_sandbox: bool,
    ) -> Knet {
        Knet::new(Terminal {
            id: merchant.id,
            password: merchant.password,
            key: merchant.key,
            page,
            inquiry,
            response_url: format!("{public_url}{KNET_RESPONSE}"),
            error_url: format!("{public_url}{KNET_ERROR}"),
            english: self.knet_english.clone(),
            is_sandbox,
        })
    }
}
