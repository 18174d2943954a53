//! Alerts that come while the page is open: they take their place in the list, and are told politely.

use api::accounts::AccountId;
use api::alerts::Alert;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{EventSource, MessageEvent};

use crate::json;

/// The alerts that came since the page was opened, newest first.
pub type News = RwSignal<Vec<Alert>>;

/// Listens to the stream of `account`; another account has its own. `on_open` runs whenever the stream begins: what came
/// before it is not in it.
pub fn use_news(
    account: impl Fn() -> Option<AccountId> + 'static,
    on_open: impl Fn() + Copy + 'static,
) -> News {
    let news = News::new(Vec::new());
    Effect::new(move |_| {
        news.set(Vec::new());
        if let Some(account) = account() {
            listen(&account, news, on_open);
        }
    });
    news
}

/// Listens until the current owner ends.
fn listen(account: &AccountId, news: News, on_open: impl Fn() + 'static) {
    // A browser that cannot listen shows the list as it was when the page was opened.
    let Ok(source) = EventSource::new(&api::live::path(account)) else { return };
    let on_alert = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let alert = event.data().as_string().and_then(|text| json::read::<Alert>(&text).ok());
        if let Some(alert) = alert {
            news.update(|news| add(news, alert));
        }
    });
    let on_open = Closure::<dyn Fn()>::new(on_open);
    source.add_event_listener_with_callback("alert", on_alert.as_ref().unchecked_ref()).ok();
    source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
    let held = SendWrapper::new((source, on_alert, on_open));
    on_cleanup(move || held.0.close());
}

/// A stream that broke off may tell an alert twice.
fn add(news: &mut Vec<Alert>, alert: Alert) {
    if news.iter().all(|known| known.id != alert.id) {
        news.insert(0, alert);
    }
}

#[cfg(test)]
mod tests {
    use api::accounts::ServicePointId;
    use api::alerts::AlertFact;

    use super::*;

    #[test]
    fn the_newest_comes_first_and_each_once() {
        let alert = |id: &str| Alert {
            id: id.into(),
            at: 0,
            seen: false,
            fact: AlertFact::CreditOut { service_point: ServicePointId("1".into()) },
        };
        let mut news = Vec::new();
        for id in ["1", "2", "1", "2", "3"] {
            add(&mut news, alert(id));
        }
        let ids: Vec<_> = news.iter().map(|alert| alert.id.as_str()).collect();
        assert_eq!(ids, ["3", "2", "1"]);
    }
}
