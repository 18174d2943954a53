//! Clearance certificates: asked for, refused with the reason, and those that were issued (SRV-3).

use std::sync::Arc;

use api::certificates::{Certificate, CertificateKind, PostCertificate, VERIFY_PAGE};
use api::standing::Standing;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::text_prop::TextProp;

use super::anew::Anew;
use super::stopped;
use crate::client::{self, ClientError, new_request_id};
use crate::components::button::{Button, ButtonKind};
use crate::components::card::{Card, SectionTitle};
use crate::components::icon::IconName;
use crate::components::list_row::ListRow;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::segmented::Segmented;
use crate::pages::pay::sum::of_wire;
use crate::pages::reader::{Reader, say};
use crate::session::SessionState;

/// The section; nothing outside Kuwait.
pub fn certificates(standing: &Arc<Standing>, anew: Anew) -> Option<AnyView> {
    standing.government.as_ref()?;
    let issued: Vec<AnyView> = standing.certificates.iter().map(row).collect();
    let issued =
        (!issued.is_empty()).then(|| view! { <div class="card card--flush">{issued}</div> }.into_any());
    let owing = {
        let standing = Arc::clone(standing);
        move || owing(Reader::here(), &standing)
    };
    view! {
        <SectionTitle title=say(words::certificate_title) />
        <Card>
            <p class="card__text">{say(words::certificate_help)}</p>
            {owing}
            {ask(anew)}
        </Card>
        {issued}
    }
    .into_any()
    .into()
}

/// What stands in its way: known before it is asked for.
fn owing(reader: Reader, standing: &Standing) -> Option<AnyView> {
    let due = of_wire(&standing.due, standing.currency);
    let money = reader.money(standing.currency, &standing.due);
    let sentence =
        if stopped(standing) { words::certificate_not_yet } else { words::certificate_not_standing };
    (due.minor() > 0).then(|| {
        view! {
            <p class="card__text">
                <b>{sentence(reader.language, &money)}</b>
            </p>
        }
        .into_any()
    })
}

fn ask(anew: Anew) -> AnyView {
    let kind = RwSignal::new(CertificateKind::Facility);
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<ClientError>);
    let request = StoredValue::new(new_request_id());
    let kinds = vec![
        (CertificateKind::Facility, TextProp::from(say(words::certificate_facility))),
        (CertificateKind::General, TextProp::from(say(words::certificate_general))),
    ];
    let choose = move |chosen| {
        kind.set(chosen);
        // Another kind is another request.
        request.set_value(new_request_id());
    };
    let send = move |()| {
        let account = untrack(|| SessionState::here().account_id());
        busy.set(true);
        failed.set(None);
        let post = PostCertificate { account, request_id: request.get_value(), kind: kind.get_untracked() };
        let reply = client::send(post);
        spawn_local_scoped_with_cancellation(async move {
            let reply = reply.await;
            busy.try_set(false);
            match reply {
                Ok(_) => anew.taken(),
                Err(error) => {
                    failed.try_set(Some(error));
                }
            }
        });
    };
    let told = move || {
        let reader = Reader::here();
        let text = match failed.get()? {
            ClientError::Refused(problem) => reader.digits.write(&reader.message(&problem.message)),
            _ => words::certificate_failed(reader.language).to_owned(),
        };
        Some(view! { <Notice kind=NoticeKind::Warn title=text /> }.into_any())
    };
    view! {
        <Segmented
            legend=say(words::certificate_title)
            name="certificate"
            options=kinds
            chosen=kind
            on_choose=choose
        />
        <div role="status">{told}</div>
        <Button label=say(words::certificate_get) kind=ButtonKind::Outline on_press=send busy=busy />
    }
    .into_any()
}

fn row(certificate: &Certificate) -> AnyView {
    let (kind, day) = (certificate.kind, certificate.issued_on);
    let title = match kind {
        CertificateKind::Facility => words::certificate_facility,
        CertificateKind::General => words::certificate_general,
    };
    let note = move || {
        let reader = Reader::here();
        words::certificate_issued(reader.language, &reader.full_day(day))
    };
    let href = format!("{VERIFY_PAGE}{}", certificate.code);
    view! { <ListRow title=say(title) note=TextProp::from(note) icon=IconName::Document href=href /> }
        .into_any()
}
