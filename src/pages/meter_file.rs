//! A Green Button file, read on this device, kept on it and sent nowhere: what it holds, and what it costs under any
//! tariff.

mod choice;
mod found;
mod kept;
mod months;
mod prices;
mod reading;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::text_prop::TextProp;
use web_sys::File;

use crate::components::card::Card;
use crate::components::field::FilePick;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::components::progress::Progress;
use crate::pages::lazy::lazy_part;
use crate::pages::page::use_title;
use crate::pages::reader::{Reader, say};
use crate::pages::refusal::{self, Refused, refusal};
use crate::pages::skeletons;
use found::found;
use kept::Kept;
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

/// The file that is looked at.
#[derive(Clone, Copy)]
struct Opened {
    stage: RwSignal<Stage>,
    name: RwSignal<String>,
    done: RwSignal<u64>,
    whole: RwSignal<u64>,
}

impl Opened {
    fn nothing() -> Self {
        Self {
            stage: RwSignal::new(Stage::None),
            name: RwSignal::new(String::new()),
            done: RwSignal::new(0),
            whole: RwSignal::new(0),
        }
    }

    /// Reads `file`; one that is chosen now is kept once it could be read.
    fn open(self, file: File, keep_in: Option<Kept>) {
        self.name.set(file.name());
        self.whole.set(reading::size(&file));
        self.done.set(0);
        self.stage.set(Stage::Reading);
        spawn_local(async move {
            let read = reading::read(&file, self.done).await;
            // Another file may have been chosen meanwhile, or the page left.
            if self.name.try_get_untracked().as_deref() == Some(&file.name()) {
                let kept = keep_in.filter(|_| read.is_ok());
                self.stage.try_set(read.map_or_else(Stage::Failed, Stage::Done));
                if let Some(kept) = kept {
                    kept.keep(&file).await;
                }
            }
        });
    }

    fn close(self) {
        self.stage.set(Stage::None);
        self.name.set(String::new());
    }
}

/// The page at `/tools/meter-file`. It needs no sign-in, for nothing leaves the device.
#[cfg_attr(feature = "split", lazy)]
pub async fn meter_file() -> AnyView {
    view! { <MeterFilePage /> }.into_any()
}

#[component]
fn MeterFilePage() -> impl IntoView {
    use_title(|| words::meter_file_title(Reader::here().language).to_owned());
    fetch_ahead();
    let (opened, kept) = (Opened::nothing(), Kept::look());
    let pick = Callback::new(move |event: leptos::ev::Event| {
        if let Some(file) = reading::picked(&event) {
            opened.open(file, Some(kept));
        }
    });
    view! {
        <div class="frame__narrow">
            <PageHeader
                title=say(words::meter_file_title)
                note=TextProp::from(say(words::meter_file_kind_help))
                back=("/tools".to_owned(), TextProp::from(say(words::nav_tools)))
            />
            <div class="columns__stack">
                {kept::list(kept, opened)}
                {move || match opened.stage.get() {
                    Stage::None => ().into_any(),
                    Stage::Reading => working(opened).into_any(),
                    Stage::Failed(failed) => refused(failed),
                    Stage::Done(read) => lazy_part(Box::pin(found(read)), skeletons::one_block),
                }}
                {pick_view(pick)}
                <Notice kind=NoticeKind::Plain title=say(words::consumption_import_help) />
            </div>
        </div>
    }
}

/// What is needed once a file is chosen, so that the page works without a connection from now on.
fn fetch_ahead() {
    refusal::fetch_ahead();
    #[cfg(feature = "split")]
    spawn_local(found::__preload_found());
}

fn pick_view(pick: Callback<leptos::ev::Event>) -> AnyView {
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

fn working(opened: Opened) -> impl IntoView {
    let Opened { name, done, whole, .. } = opened;
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

fn refused(failed: Failed) -> AnyView {
    view! {
        <Notice kind=NoticeKind::Bad title=say(words::meter_file_refused)>
            {refusal(Refused::File(failed.refusal()))}
        </Notice>
    }
    .into_any()
}
