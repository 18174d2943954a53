//! That a complaint about the bill is open.

use api::bills::BillDispute;
use billing::money::Currency;
use leptos::prelude::*;

use crate::components::card::CardLink;
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::pages::reader::Reader;

/// What is in dispute, and the way to the complaint. It travels with the bills that it concerns.
pub fn dispute(reader: Reader, dispute: &BillDispute, currency: Currency) -> AnyView {
    let language = reader.language;
    let disputed = words::complaint_disputed(language, &reader.money(currency, &dispute.disputed));
    let label = words::complaint_open_link(language, &reader.digits.write(&dispute.complaint.0));
    view! {
        <section class="card">
            <Notice kind=NoticeKind::Warn title=words::complaint_open_already(language) icon=IconName::Info>
                {disputed}
            </Notice>
            <CardLink href=format!("/complaints/{}", dispute.complaint) label=label />
        </section>
    }
    .into_any()
}
