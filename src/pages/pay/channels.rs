//! PAY-1: the six channels of Kuwait, each with what it is, what it needs and where it leads.

use api::accounts::Country;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use words::Language;

use crate::components::button::{ButtonKind, ButtonLink};
use crate::components::card::Card;
use crate::components::icon::{Icon, IconName, IconSize};
use crate::components::list_row::ListRow;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::pages::loaded::property;
use crate::pages::not_found;
use crate::pages::page::use_title;
use crate::pages::reader::{Reader, say};
use crate::pages::states::phone;
use crate::session::SessionState;

type Words = fn(Language) -> &'static str;

/// A way to pay.
struct Channel {
    /// In the address.
    key: &'static str,
    icon: IconName,
    name: Words,
    line: Words,
    needs: Words,
    leads: Words,
}

const CHANNELS: [Channel; 6] = [
    Channel {
        key: "office",
        icon: IconName::Home,
        name: words::channel_office_name,
        line: words::channel_office_line,
        needs: words::channel_office_needs,
        leads: words::channel_office_leads,
    },
    Channel {
        key: "site",
        icon: IconName::Document,
        name: words::channel_site_name,
        line: words::channel_site_line,
        needs: words::channel_site_needs,
        leads: words::channel_site_leads,
    },
    Channel {
        key: "link",
        icon: IconName::File,
        name: words::channel_link_name,
        line: words::channel_link_line,
        needs: words::channel_link_needs,
        leads: words::channel_link_leads,
    },
    Channel {
        key: "apps",
        icon: IconName::More,
        name: words::channel_apps_name,
        line: words::channel_apps_line,
        needs: words::channel_apps_needs,
        leads: words::channel_apps_leads,
    },
    Channel {
        key: "call",
        icon: IconName::Phone,
        name: words::channel_call_name,
        line: words::channel_call_line,
        needs: words::channel_call_needs,
        leads: words::channel_call_leads,
    },
    Channel {
        key: "sahel",
        icon: IconName::Check,
        name: words::channel_sahel_name,
        line: words::channel_sahel_line,
        needs: words::channel_sahel_needs,
        leads: words::channel_sahel_leads,
    },
];

/// Whether this account has them.
pub fn has_channels() -> bool {
    untrack(|| SessionState::here().account()).is_some_and(|account| account.country == Country::Kw)
}

/// The page at `/pay/channels`.
pub fn channels() -> AnyView {
    if !has_channels() {
        return not_found::not_found();
    }
    use_title(|| words::pay_channels_title(Reader::here().language).to_owned());
    let row = |channel: &Channel| {
        let (href, note) = (format!("/pay/channels/{}", channel.key), TextProp::from(say(channel.line)));
        view! { <ListRow title=say(channel.name) note=note icon=channel.icon href=href /> }.into_any()
    };
    view! {
        <div class="frame__narrow">
            <PageHeader
                title=say(words::pay_channels_title)
                note=property()
                back=("/pay".to_owned(), TextProp::from(say(words::nav_pay)))
            />
            <p class="card__text">{say(words::pay_channels_note)}</p>
            <div class="card card--flush">{CHANNELS.iter().map(row).collect::<Vec<_>>()}</div>
            {warning()}
        </div>
    }
    .into_any()
}

/// The page at `/pay/channels/` and a channel's key.
pub fn channel(key: &str) -> AnyView {
    let found = CHANNELS.iter().find(|channel| channel.key == key);
    let Some(channel) = found.filter(|_| has_channels()) else { return not_found::not_found() };
    let name = channel.name;
    use_title(move || name(Reader::here().language).to_owned());
    let account = untrack(|| SessionState::here().account_id());
    let number = move || {
        let reader = Reader::here();
        // As it is typed at the device or told to the person: in the reader's digits, ungrouped.
        account
            .as_ref()
            .map(|account| words::channel_number(reader.language, &reader.digits.write(&account.0)))
    };
    view! {
        <div class="frame__narrow">
            <PageHeader
                title=say(name)
                note=property()
                back=("/pay/channels".to_owned(), TextProp::from(say(words::pay_channels_title)))
            />
            <Card>
                <p>{say(channel.line)}</p>
                <dl>
                    <dt class="pay-needs__term">{say(words::channel_needs)}</dt>
                    <dd>{say(channel.needs)}</dd>
                    <dt class="pay-needs__term">{say(words::channel_leads)}</dt>
                    <dd>{say(channel.leads)}</dd>
                </dl>
                <p class="card__caption">{number}</p>
                {way(channel.key)}
            </Card>
            {warning()}
        </div>
    }
    .into_any()
}

/// What can be done from here.
fn way(key: &str) -> AnyView {
    let phone = phone();
    match key {
        "link" => view! { <ButtonLink href="/pay/links" label=say(words::link_create) /> }.into_any(),
        "office" | "call" => {
            let call = move || {
                let reader = Reader::here();
                words::help_call(reader.language, &reader.digits.write(phone))
            };
            view! {
                <a class="button button--outline" href=format!("tel:{phone}")>
                    <Icon name=IconName::Phone size=IconSize::Text />
                    <span>{call}</span>
                </a>
            }
            .into_any()
        }
        _ => view! { <ButtonLink href="/pay" label=say(words::pay_again) kind=ButtonKind::Outline /> }
            .into_any(),
    }
}

/// False links are sent in the ministry's name (kuwait.md 5.1).
pub fn warning() -> AnyView {
    let body = move || {
        let host = location().host().unwrap_or_default();
        words::link_public_warning(Reader::here().language, &host)
    };
    view! {
        <Notice kind=NoticeKind::Warn icon=IconName::Shield title=say(words::link_warning_title)>
            <p>{body}</p>
        </Notice>
    }
    .into_any()
}
