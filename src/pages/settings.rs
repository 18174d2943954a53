//! Settings: language, digits and theme of this device; the account; sign-out.

use api::accounts::Country;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::text_prop::TextProp;
use words::Language;

use crate::client::ClientError;
use crate::components::button::{Button, ButtonKind};
use crate::components::card::{Card, SectionTitle};
use crate::components::icon::IconName;
use crate::components::list_row::ListRow;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::components::segmented::Segmented;
use crate::device::{self, Drawer};
use crate::format::preferences::{Digits, Preferences, Theme};
use crate::pages::page::{for_holder, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::session::{SessionState, SignedIn};

/// The page at `/settings`.
#[cfg_attr(feature = "split", lazy)]
pub async fn settings() -> AnyView {
    for_holder(|| view! { <Settings /> }.into_any(), skeletons::one_card).into_any()
}

#[component]
fn Settings() -> impl IntoView {
    use_title(|| words::nav_settings(Reader::here().language).to_owned());
    view! {
        <div class="frame__narrow">
            <PageHeader title=say(words::nav_settings) />
            <Device />
            <SectionTitle title=say(words::settings_account) />
            <Account />
            <SectionTitle title=say(words::nav_more) />
            <div class="card card--flush">{ways}</div>
        </div>
    }
}

/// The pages that are not in the navigation.
fn ways() -> Vec<AnyView> {
    let way = |href: &str, icon, title: fn(Language) -> &'static str, note: fn(Language) -> &'static str| {
        let note = TextProp::from(say(note));
        view! { <ListRow title=say(title) note=note icon=icon href=href.to_owned() /> }.into_any()
    };
    // What a country does not have is not in its menu.
    let in_kuwait = SessionState::here().account().is_some_and(|account| account.country == Country::Kw);
    let hafez = in_kuwait.then(|| way("/hafez", IconName::Check, words::nav_hafez, words::hafez_more_help));
    let need = (!in_kuwait).then(|| {
        let (title, note) = (words::settings_medical_title, words::settings_medical_more_help);
        way("/settings/medical-need", IconName::Shield, title, note)
    });
    let debt_help = if in_kuwait { words::debt_more_help_kw } else { words::debt_more_help };
    let ways = vec![
        way("/debt", IconName::Alert, words::nav_debt, debt_help),
        way("/complaints", IconName::Document, words::nav_complaints, words::complaints_more_help),
        way("/alerts", IconName::Alert, words::alerts_title, words::alerts_more_help),
        way("/prepaid", IconName::Clock, words::nav_prepaid, words::prepaid_more_help),
        way("/projection", IconName::Clock, words::projection_title, words::projection_more_help),
        way("/readings/new", IconName::Check, words::reading_title, words::reading_more_help),
        way("/meter", IconName::Bars, words::meter_title, words::meter_more_help),
        way("/split", IconName::Person, words::split_title, words::split_more_help),
        way("/tools", IconName::Receipt, words::nav_tools, words::tools_intro),
        way("/tools/meter-file", IconName::File, words::meter_file_title, words::consumption_import_help),
    ];
    hafez.into_iter().chain(ways).chain(need).collect()
}

/// What is kept on this device only, and acts at once.
#[component]
fn Device() -> impl IntoView {
    let Preferences { language, digits, theme } = Preferences::current();
    let languages =
        vec![(Language::Arabic, TextProp::from("العربية")), (Language::English, TextProp::from("English"))];
    let shapes = vec![(Digits::Latin, TextProp::from("123")), (Digits::ArabicIndic, TextProp::from("١٢٣"))];
    let themes = vec![
        (Theme::Auto, TextProp::from(say(words::settings_theme_system))),
        (Theme::Light, TextProp::from(say(words::settings_theme_light))),
        (Theme::Dark, TextProp::from(say(words::settings_theme_dark))),
    ];
    view! {
        <div class="columns__stack">
            <Card heading=say(words::settings_language)>
                <Segmented
                    legend=say(words::settings_language)
                    name="language"
                    options=languages
                    chosen=language
                    on_choose=move |chosen| language.set(chosen)
                />
            </Card>
            <Card heading=say(words::settings_digits)>
                <Segmented
                    legend=say(words::settings_digits)
                    name="digits"
                    options=shapes
                    chosen=digits
                    on_choose=move |chosen| digits.set(chosen)
                />
            </Card>
            <Card heading=say(words::settings_theme)>
                <Segmented
                    legend=say(words::settings_theme)
                    name="theme"
                    options=themes
                    chosen=theme
                    on_choose=move |chosen| theme.set(chosen)
                />
                <p class="card__caption">{say(words::settings_on_device)}</p>
            </Card>
        </div>
    }
}

#[component]
fn Account() -> impl IntoView {
    let session = SessionState::here();
    let failed = RwSignal::new(None::<ClientError>);
    let busy = RwSignal::new(false);
    let leave = move |()| {
        busy.set(true);
        failed.set(None);
        let sign_out = session.sign_out();
        spawn_local(async move {
            let left = sign_out.await;
            if left.is_ok() {
                // Where nothing can be kept, there is nothing to remove.
                device::empty(Drawer::Drafts).await.ok();
            }
            busy.try_set(false);
            failed.try_set(left.err());
        });
    };
    let holder = move || {
        let reader = Reader::here();
        session.signed_in.with(|signed_in| match signed_in {
            SignedIn::Yes(session) => {
                words::settings_holder(reader.language, &reader.message(&session.holder))
            }
            _ => String::new(),
        })
    };
    let accounts = move || {
        let (reader, chosen) = (Reader::here(), session.account_id());
        let row = |account: api::accounts::AccountSummary| {
            let is_chosen = Some(&account.id) == chosen.as_ref();
            let note = words::account_label(reader.language, &reader.digits.write(&account.id.0));
            let id = account.id.clone();
            let end = move || {
                let id = id.clone();
                let label = say(words::account_switch);
                (!is_chosen).then(|| {
                    view! { <Button label=label kind=ButtonKind::Plain on_press=move |()| session.choose(id.clone()) /> }
                })
            };
            view! { <ListRow title=reader.message(&account.property) note=TextProp::from(note) icon=IconName::Home end=end /> }
        };
        session.accounts().into_iter().map(row).collect_view()
    };
    view! {
        <div class="columns__stack">
            <div class="card card--flush">
                <ListRow title=holder icon=IconName::Person />
                {accounts}
            </div>
            {move || {
                failed.get().map(|_| view! { <Notice kind=NoticeKind::Bad title=say(words::settings_sign_out_failed) /> })
            }}
            <Button
                label=say(words::settings_sign_out)
                kind=ButtonKind::Outline
                icon=IconName::Leave
                on_press=leave
                busy=busy
            />
        </div>
    }
}
