//! A payment link for each one's part. The names stay on the device: a link is asked for by its sum alone.

use billing::money::Currency;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::components::card::SectionTitle;
use crate::components::icon::IconName;
use crate::components::list_row::ListRow;
use crate::pages::pay::channels::has_channels;
use crate::pages::reader::{Reader, say};

/// A row each, where this account is paid for by links.
pub fn links(reader: Reader, currency: Currency, parts: &[(String, String)]) -> Option<AnyView> {
    let row = |(name, amount): &(String, String)| {
        let (href, money) = (format!("/pay/links?amount={amount}"), reader.money(currency, amount));
        let title = format!("\u{2068}{name}\u{2069}");
        view! { <ListRow title=title note=TextProp::from(money) icon=IconName::File href=href /> }.into_any()
    };
    has_channels().then(|| {
        view! {
            <SectionTitle title=say(words::split_links) />
            <div class="card card--flush">{parts.iter().map(row).collect::<Vec<_>>()}</div>
        }
        .into_any()
    })
}
