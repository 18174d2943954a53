//! A clearance certificate as whoever has its code sees it: whether it is genuine, and its paper in both languages (SRV-3).

use api::certificates::{CERTIFICATE_QR_ROUTE, CertificateKind, CheckedCertificate, GetCertificate};
use leptos::prelude::*;

use super::checked::checked;
use crate::components::facts::{Fact, Facts};
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::pages::pay::check_way::check_way;
use crate::pages::reader::{Reader, say};

/// The page at `/verify/` and a code.
pub fn certificate(code: String) -> AnyView {
    let asked = GetCertificate { code: code.clone() };
    let code = StoredValue::new(code);
    let shown = move |checked: &CheckedCertificate| whole(checked, code);
    checked(asked, words::verify_title, words::verify_error, shown)
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
    let picture = CERTIFICATE_QR_ROUTE.replace("{code}", code);
    let way = check_way(reader, code, picture, words::certificate_qr);
    let (own, other) = (text(reader, checked), text(reader.other(), checked));
    view! {
        <section class="card certificate">
            {own}
            {other}
            {way}
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
