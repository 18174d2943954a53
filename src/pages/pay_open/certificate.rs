//! A clearance certificate as whoever has its code sees it: whether it is genuine, and its paper in both languages (SRV-3).

use api::certificates::{CertificateKind, CheckedCertificate, GetCertificate, VERIFY_PAGE};
use leptos::prelude::*;

use crate::client::use_loading;
use crate::components::button::IconButton;
use crate::components::facts::{Fact, Facts};
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::pages::loaded::{strip, when_here};
use crate::pages::page::{print, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;

/// The page at `/verify/` and a code.
pub fn certificate(code: String) -> AnyView {
    use_title(|| words::verify_title(Reader::here().language).to_owned());
    let code = StoredValue::new(code);
    let loading = use_loading(move || Some(GetCertificate { code: code.get_value() }));
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader title=say(words::verify_title)>
                <IconButton label=say(words::action_print) icon=IconName::Print on_press=print />
            </PageHeader>
            {when_here(loading, skeletons::one_block, words::verify_error, move |checked| whole(checked, code))}
        </div>
    }
    .into_any()
}

fn whole(checked: &CheckedCertificate, code: StoredValue<String>) -> AnyView {
    let day = checked.issued_on;
    let title = move || {
        let reader = Reader::here();
        words::certificate_valid(reader.language, &reader.full_day(day))
    };
    let checked = checked.clone();
    view! {
        <div class="columns__stack">
            <div class="certificate-check">
                <Notice kind=NoticeKind::Good icon=IconName::Check title=title>
                    <p>{say(words::certificate_since)}</p>
                </Notice>
            </div>
            {move || paper(Reader::here(), &checked, &code.get_value())}
        </div>
    }
    .into_any()
}

/// What is printed: the same in both languages, the reader's first.
fn paper(reader: Reader, checked: &CheckedCertificate, code: &str) -> AnyView {
    let address = format!("{}{VERIFY_PAGE}{code}", location().origin().unwrap_or_default());
    let picture = format!("/api/v1/certificates/{code}/qr.svg");
    let (own, other) = (text(reader, checked), text(reader.other(), checked));
    view! {
        <section class="card certificate">
            {own}
            {other}
            <img class="pay-link__code" src=picture alt=words::certificate_qr(reader.language) />
            <p class="certificate__address">{words::certificate_verify(reader.language, &address)}</p>
            <p class="certificate__address">
                {words::certificate_code(reader.language)} ": " <bdi>{code.to_owned()}</bdi>
            </p>
        </section>
    }
    .into_any()
}

fn text(reader: Reader, checked: &CheckedCertificate) -> AnyView {
    let language = reader.language;
    let holder = reader.message(&checked.holder);
    let subject = match (checked.kind, &checked.property, &checked.account) {
        (CertificateKind::Facility, Some(property), Some(account)) => words::certificate_subject_facility(
            language,
            &reader.message(property),
            &reader.digits.write(&account.0),
        ),
        _ => words::certificate_subject_general(language, &holder),
    };
    let day = reader.full_day(checked.issued_on);
    view! {
        <div class="certificate__text" lang=language.code() dir=language.choose("rtl", "ltr")>
            <h2>{words::certificate_title(language)}</h2>
            <p>{words::certificate_body(language, &subject, &day)}</p>
            <Facts>
                <Fact term=words::certificate_holder(language)>{holder}</Fact>
            </Facts>
        </div>
    }
    .into_any()
}
