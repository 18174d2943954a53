//! The files that are kept on this device: open one again, or remove it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::File;

use super::Opened;
use crate::components::button::{Button, ButtonKind};
use crate::components::icon::IconName;
use crate::components::list_row::ListRow;
use crate::components::notice::{Notice, NoticeKind};
use crate::device::{self, DeviceError, Drawer};
use crate::pages::reader::say;

/// What is kept, and whether the device keeps anything.
#[derive(Clone, Copy)]
pub struct Kept {
    names: RwSignal<Vec<String>>,
    refused: RwSignal<Option<DeviceError>>,
}

impl Kept {
    /// Looks for what an earlier visit left.
    pub fn look() -> Self {
        let kept = Self { names: RwSignal::new(Vec::new()), refused: RwSignal::new(None) };
        spawn_local(async move { kept.look_again().await });
        kept
    }

    async fn look_again(self) {
        // What cannot be looked at is said when something is to be kept.
        if let Ok(names) = device::names(Drawer::MeterFiles).await {
            self.names.try_set(names);
        }
    }

    /// Keeps `file` under its name.
    pub async fn keep(self, file: &File) {
        let kept = device::keep(Drawer::MeterFiles, &file.name(), file).await;
        self.refused.try_set(kept.err());
        self.look_again().await;
    }

    async fn remove(self, name: String) {
        if device::remove(Drawer::MeterFiles, &name).await.is_ok() {
            self.look_again().await;
        }
    }
}

/// The kept files, newest use apart: a row each.
pub fn list(kept: Kept, opened: Opened) -> AnyView {
    let rows = move || {
        let rows: Vec<AnyView> = kept.names.get().into_iter().map(|name| row(kept, opened, name)).collect();
        (!rows.is_empty()).then(|| view! { <div class="card card--flush">{rows}</div> }.into_any())
    };
    let refused = move || {
        let title = match kept.refused.get()? {
            DeviceError::Full => say(words::meter_file_device_full)(),
            DeviceError::NoStorage => say(words::meter_file_device_none)(),
        };
        Some(view! { <Notice kind=NoticeKind::Warn title=title /> }.into_any())
    };
    view! {
        {rows}
        {refused}
    }
    .into_any()
}

fn row(kept: Kept, opened: Opened, name: String) -> AnyView {
    let title = format!("\u{2068}{name}\u{2069}");
    let name = StoredValue::new(name);
    let is_open = move || opened.name.with(|open| name.with_value(|name| open == name));
    let open = Callback::new(move |()| {
        spawn_local(async move {
            let found = device::find(Drawer::MeterFiles, &name.get_value()).await;
            // A file that another window has removed meanwhile goes from the list.
            match found.ok().flatten().and_then(|found| found.dyn_into::<File>().ok()) {
                Some(file) => opened.open(file, None),
                None => kept.look_again().await,
            }
        });
    });
    let remove = Callback::new(move |()| {
        if untrack(is_open) {
            opened.close();
        }
        let name = name.get_value();
        spawn_local(async move { kept.remove(name).await });
    });
    let open_button = move || {
        (!is_open()).then(|| {
            view! { <Button label=say(words::meter_file_open) kind=ButtonKind::Soft on_press=open /> }
                .into_any()
        })
    };
    let end = move || {
        view! {
            {open_button}
            <Button label=say(words::action_delete) kind=ButtonKind::Plain on_press=remove />
        }
        .into_any()
    };
    let note =
        move || if is_open() { say(words::meter_file_is_open)() } else { say(words::meter_file_is_kept)() };
    view! { <ListRow title=title note=leptos::text_prop::TextProp::from(note) icon=IconName::File end=end /> }
        .into_any()
}
