//! From one account to another.

use leptos::{prelude::*, text_prop::TextProp};

use super::icon::{Icon, IconName, IconSize};

/// The account's name as the page's title; with several accounts it opens the device's own list.
#[component]
pub fn AccountSwitch(
    /// What it does.
    #[prop(into)]
    label: TextProp,
    /// The accounts: id and name.
    #[prop(into)]
    accounts: Signal<Vec<(String, String)>>,
    /// The id of the one that is shown.
    #[prop(into)]
    chosen: Signal<String>,
    /// Called with the id of another.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let name = move || {
        let chosen = chosen.get();
        let named = accounts.get().into_iter().find_map(|(id, name)| (id == chosen).then_some(name));
        named.unwrap_or_default()
    };
    let options = move || {
        let chosen = chosen.get();
        let option = |(id, name): (String, String)| {
            let is_chosen = id == chosen;
            view! {
                <option value=id selected=is_chosen>
                    {name}
                </option>
            }
            .into_any()
        };
        accounts.get().into_iter().map(option).collect::<Vec<_>>().into_any()
    };
    let several = Memo::new(move |_| accounts.with(|accounts| accounts.len() > 1));
    let list = move || {
        let list = several.get().then(|| {
            view! {
                <Icon name=IconName::ChevronDown size=IconSize::Text class="account-switch__chevron" />
                <select
                    class="account-switch__list"
                    aria-label=label.clone()
                    on:change:target=move |event| on_choose.run(event.target().value())
                >
                    {options}
                </select>
            }
            .into_any()
        });
        list.into_any()
    };
    view! {
        <span class="account-switch">
            <span aria-hidden="true">{name}</span>
            {list}
        </span>
    }
}
