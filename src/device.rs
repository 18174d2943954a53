//! What is kept on this device, in its IndexedDB: it outlives a reload, and never leaves the device by itself.
//!
//! `web-sys` directly: a database with a key and a value needs no more, and a crate for it would weigh more than this.

use js_sys::{Array, Promise};
use leptos::prelude::window;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

const DATABASE: &str = "adad";
const VERSION: u32 = 1;

/// Where a thing is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawer {
    /// What a holder has not sent yet. It is emptied at sign-out.
    Drafts,
    /// Meter files, which need no sign-in. They stay until they are removed.
    MeterFiles,
}

impl Drawer {
    const ALL: [Self; 2] = [Self::Drafts, Self::MeterFiles];

    const fn name(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::MeterFiles => "meter-files",
        }
    }
}

/// Why nothing could be kept or found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceError {
    /// This browser keeps nothing, or not now: some webviews and private windows do not.
    NoStorage,
    /// The device has no room left.
    Full,
}

/// What is kept under `name`: text, a `Blob`, or whatever the browser can copy.
///
/// # Errors
/// [`DeviceError`].
pub async fn find(drawer: Drawer, name: &str) -> Result<Option<JsValue>, DeviceError> {
    let found = in_drawer(drawer, IdbTransactionMode::Readonly, |store| store.get(&name.into())).await?;
    Ok((!found.is_undefined()).then_some(found))
}

/// Keeps `value` under `name`, in the place of what was there.
///
/// # Errors
/// [`DeviceError`].
pub async fn keep(drawer: Drawer, name: &str, value: &JsValue) -> Result<(), DeviceError> {
    let put = |store: &IdbObjectStore| store.put_with_key(value, &name.into());
    in_drawer(drawer, IdbTransactionMode::Readwrite, put).await.map(drop)
}

/// Removes what is kept under `name`; nothing there is no error.
///
/// # Errors
/// [`DeviceError`].
pub async fn remove(drawer: Drawer, name: &str) -> Result<(), DeviceError> {
    in_drawer(drawer, IdbTransactionMode::Readwrite, |store| store.delete(&name.into())).await.map(drop)
}

/// Removes all that is in `drawer`.
///
/// # Errors
/// [`DeviceError`].
pub async fn empty(drawer: Drawer) -> Result<(), DeviceError> {
    in_drawer(drawer, IdbTransactionMode::Readwrite, IdbObjectStore::clear).await.map(drop)
}

/// The names of all that is in `drawer`, in their order.
///
/// # Errors
/// [`DeviceError`].
pub async fn names(drawer: Drawer) -> Result<Vec<String>, DeviceError> {
    let names = in_drawer(drawer, IdbTransactionMode::Readonly, IdbObjectStore::get_all_keys).await?;
    let names = names.dyn_into::<Array>().map_err(|_| DeviceError::NoStorage)?;
    Ok(names.iter().filter_map(|name| name.as_string()).collect())
}

/// Asks one thing of a drawer, and waits until it is written.
async fn in_drawer(
    drawer: Drawer,
    mode: IdbTransactionMode,
    ask: impl FnOnce(&IdbObjectStore) -> Result<IdbRequest, JsValue>,
) -> Result<JsValue, DeviceError> {
    let database = open().await?;
    let begun = database.transaction_with_str_and_mode(drawer.name(), mode);
    let asked = begun.and_then(|transaction| {
        let request = ask(&transaction.object_store(drawer.name())?)?;
        Ok((transaction, request))
    });
    let answer = match asked {
        Ok((transaction, request)) => match end(&transaction).await {
            Ok(()) => request.result().map_err(|error| reason(&error)),
            Err(error) => Err(error),
        },
        Err(error) => Err(reason(&error)),
    };
    database.close();
    answer
}

async fn open() -> Result<IdbDatabase, DeviceError> {
    let factory = window().indexed_db().ok().flatten().ok_or(DeviceError::NoStorage)?;
    let request = factory.open_with_u32(DATABASE, VERSION).map_err(|error| reason(&error))?;
    let opening = request.clone();
    // The browser's own: who asked may be gone before the database is made.
    let make = Closure::once_into_js(move || {
        // What cannot be made is missed when it is asked for.
        let database = opening.result().ok().and_then(|made| made.dyn_into::<IdbDatabase>().ok());
        for drawer in Drawer::ALL {
            database.as_ref().map(|database| database.create_object_store(drawer.name()));
        }
    });
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
    let opened = Promise::new(&mut |done, failed| {
        request.set_onsuccess(Some(&done));
        request.set_onerror(Some(&failed));
    });
    JsFuture::from(opened).await.map_err(|_| failure(request.error().ok().flatten()))?;
    let database = request.result().map_err(|error| reason(&error))?;
    database.dyn_into().map_err(|_| DeviceError::NoStorage)
}

/// Waits for the end of `transaction`: only then is a value on the device.
async fn end(transaction: &IdbTransaction) -> Result<(), DeviceError> {
    let ended = Promise::new(&mut |done, failed| {
        transaction.set_oncomplete(Some(&done));
        transaction.set_onabort(Some(&failed));
    });
    JsFuture::from(ended).await.map(drop).map_err(|_| failure(transaction.error()))
}

fn reason(error: &JsValue) -> DeviceError {
    failure(error.dyn_ref::<DomException>().cloned())
}

fn failure(error: Option<DomException>) -> DeviceError {
    match error {
        Some(error) if error.name() == "QuotaExceededError" => DeviceError::Full,
        _ => DeviceError::NoStorage,
    }
}
