//! A Green Button file, read on this device and sent nowhere: what it holds, and what it costs under any tariff.

mod found;
mod months;
mod reading;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::text_prop::TextProp;

use crate::components::button::{Button, ButtonKind};
use crate::components::card::Card;
use crate::components::field::FilePick;
use crate::components::icon::IconName;
use crate::components::list_row::ListRow;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::components::progress::Progress;
use crate::pages::lazy::lazy_part;
use crate::pages::page::use_title;
use crate::pages::reader::{Reader, say};
use crate::pages::refusal::{Refused, refusal};
use crate::pages::skeletons;
use found::found;
use reading::{Failed, Read};

/// Where the chosen file stands.
#[derive(Clone, PartialEq)]
enum Stage {
    /// None is chosen.
    None,
    /// It is being read.
    Reading,
    /// It was read.
    Done(Read),
    /// It was refused.
    Failed(Failed),
}

/// The page at `/tools/meter-file`. It needs no sign-in, for nothing leaves the device.
#[cfg_attr(feature = "split", lazy)]
pub async fn meter_file() -> AnyView {
    view! { <MeterFilePage /> }.into_any()
}

#[component]
fn MeterFilePage() -> impl IntoView {
    use_title(|| words::meter_file_title(Reader::here().language).to_owned());
    let stage = RwSignal::new(Stage::None);
    let name = RwSignal::new(String::new());
    let (done, whole) = (RwSignal::new(0_u64), RwSignal::new(0_u64));
    let pick = Callback::new(move |event: leptos::ev::Event| {
        let Some(file) = reading::picked(&event) else { return };
        name.set(file.name());
        whole.set(reading::size(&file));
        done.set(0);
        stage.set(Stage::Reading);
        spawn_local(async move {
            let read = reading::read(&file, done).await;
            // Another file may have been chosen meanwhile, or the page left.
            if name.try_get_untracked().as_deref() == Some(&file.name()) {
                stage.try_set(read.map_or_else(Stage::Failed, Stage::Done));
            }
        });
    });
    let remove = Callback::new(move |()| {
        stage.set(Stage::None);
        name.set(String::new());
    });
    view! {
        <div class="frame__narrow">
            <PageHeader
                title=say(words::meter_file_title)
                note=TextProp::from(say(words::meter_file_kind_help))
                back=("/settings".to_owned(), TextProp::from(say(words::nav_more)))
            />
            <div class="columns__stack">
                {move || match stage.get() {
                    Stage::None => none(pick),
                    Stage::Reading => working(name, done, whole).into_any(),
                    Stage::Failed(failed) => view! { {refused(failed)} {none(pick)} }.into_any(),
                    Stage::Done(read) => view! { {chosen(name, remove)} {lazy_part(Box::pin(found(read)), skeletons::one_block)} }.into_any(),
                }}
                <Notice kind=NoticeKind::Plain title=say(words::consumption_import_help) />
            </div>
        </div>
    }
}

fn none(pick: Callback<leptos::ev::Event>) -> AnyView {
    view! {
        <FilePick
            label=say(words::meter_file_choose)
            hint=say(words::meter_file_empty)
            accept=".xml,application/xml,text/xml"
            on_pick=pick
        />
    }
    .into_any()
}

fn working(name: RwSignal<String>, done: RwSignal<u64>, whole: RwSignal<u64>) -> impl IntoView {
    let text = move || {
        let reader = Reader::here();
        let percent = done.get().saturating_mul(100) / whole.get().max(1);
        words::meter_file_working(reader.language, &format!("{}%", reader.whole(percent)))
    };
    view! {
        <Card>
            <p class="list-row__title">
                <bdi>{name}</bdi>
            </p>
            <Progress label=text done=done whole=whole />
            <p class="card__text">{text}</p>
        </Card>
    }
}

fn chosen(name: RwSignal<String>, remove: Callback<()>) -> impl IntoView {
    view! {
        <div class="card card--flush">
            <ListRow title=move || format!("\u{2068}{}\u{2069}", name.get()) icon=IconName::File />
            <div class="list-row">
                <Button
                    label=say(words::consumption_import_remove)
                    kind=ButtonKind::Plain
                    on_press=remove
                />
            </div>
        </div>
    }
}

fn refused(failed: Failed) -> AnyView {
    view! {
        <Notice kind=NoticeKind::Bad title=say(words::meter_file_refused)>
            {refusal(Refused::File(failed.refusal()))}
        </Notice>
    }
    .into_any()
}
