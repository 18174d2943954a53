//! All routes. Each table pairs a route of the wire with what answers it; the router is made from the tables alone.

pub mod alerts;
pub mod attention;
pub mod bills;
pub mod complaints;
pub mod compute;
pub mod consumption;
pub mod exports;
mod false_codes;
pub mod faults;
pub mod gateways;
pub mod hafez;
pub mod intervals;
pub mod live;
pub mod meter_files;
pub mod meters;
pub mod overview;
pub mod own_readings;
pub mod path;
pub mod payment_links;
pub mod payments;
pub mod photos;
pub mod prepaid;
pub mod projections;
pub mod qr;
pub mod readings;
pub mod refunds;
pub mod session;
pub mod staff;
pub mod standing;

use api::accounts::GetOverview;
use api::alert_settings::PostAlertSettings;
use api::alerts::{GetAlerts, PostAlertsSeen};
use api::attention::GetAttention;
use api::bills::{GetBill, GetBills};
use api::certificates::{CERTIFICATE_QR_ROUTE, GetCertificate, PostCertificate};
use api::claims::PostClaimPlan;
use api::commands::{GetCommands, PostAcknowledgement};
use api::complaint_requests::{
    GetComplaint, GetComplaintPreview, PostAppeal, PostComplaint, PostEvidence, PostWithdrawal,
};
use api::consumption::GetConsumption;
use api::dire_need::PostDireNeed;
use api::endpoint::Endpoint;
use api::exports::PostExport;
use api::faults::PostFault;
use api::hafez::PostHafez;
use api::intervals::GetIntervals;
use api::meter_events::{PostEventNote, PostMeterEvents};
use api::meters::GetMeterPage;
use api::own_readings::{GetOwnReadings, PHOTO_ROUTE, PHOTOS_ROUTE};
use api::payment_links::{GetPublicLink, PostLinkPayment, PostPaymentLink, QR_ROUTE, RevokePaymentLink};
use api::payment_results::GetPaymentResult;
use api::payments::{GetPayment, PostPayment};
use api::plans::{GetPlanOffer, PostPlan};
use api::prepaid::{GetPrepaid, PostPrepaidSwitch};
use api::problem::ApiError;
use api::projections::GetProjections;
use api::readings::{GetMeters, PostReadings};
use api::receipt_codes::{GetReceiptCheck, PostReceiptCode, RECEIPT_QR_ROUTE};
use api::refunds::PostRefundWay;
use api::session::{SendCode, SignIn};
use api::staff::{
    GetOpenComplaints, GetStaffComplaint, GetWaitingNeeds, PostNeedReview, PostStaffStep, STAFF_PHOTO_ROUTE,
};
use api::standing::GetStanding;
use axum::Router;
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{MethodRouter, any, delete, get, post};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{And, Predicate, SizeAbove};

use crate::auth::{own_account_only, same_origin_only};
use crate::error::refuse;
use crate::portal::portal_file;
use crate::protection::{catch_panics, protect};
use crate::state::AppState;

/// Where every rule of the engine is computed.
pub const COMPUTE: &str = "/api/v1/compute/{rule}";
/// Where the session is asked for and ended.
pub const SESSION: &str = "/api/v1/session";
/// Where a supervisor asks whether the server works.
pub const HEALTH: &str = "/healthz";

/// Bytes of a reply that fits into one packet whatever is done to it.
const SHORT_ENOUGH: u64 = 1_024;

/// A route and what answers it.
pub type Route = (&'static str, MethodRouter<AppState>);

/// The routes of one account: only its holder passes.
#[must_use]
pub fn of_an_account() -> Vec<Route> {
    let mut routes = behind_own_account_only();
    routes.push(overview());
    routes
}

/// The one that asks by itself who is signed in.
fn overview() -> Route {
    (GetOverview::ROUTE, get(overview::get_overview))
}

fn behind_own_account_only() -> Vec<Route> {
    vec![
        (GetConsumption::ROUTE, get(consumption::get_consumption)),
        (GetIntervals::ROUTE, get(intervals::get_intervals)),
        (GetBills::ROUTE, get(bills::get_bills)),
        (GetBill::ROUTE, get(bills::get_bill)),
        (GetAlerts::ROUTE, get(alerts::get_alerts)),
        (PostAlertsSeen::ROUTE, post(alerts::post_alerts_seen)),
        (PostAlertSettings::ROUTE, get(alerts::get_alert_settings).post(alerts::post_alert_settings)),
        (api::live::ROUTE, get(live::follow)),
        (api::meter_files::ROUTE, post(meter_files::post_meter_file)),
        (GetMeterPage::ROUTE, get(meters::get_meter_page)),
        (PostEventNote::ROUTE, post(faults::post_event_note)),
        (PostFault::ROUTE, post(faults::post_fault)),
        (GetOwnReadings::ROUTE, get(own_readings::get_own_readings).post(own_readings::post_own_reading)),
        (PostHafez::ROUTE, get(hafez::get_hafez).post(hafez::post_hafez)),
        (PostExport::ROUTE, post(exports::post_export)),
        (GetStanding::ROUTE, get(standing::get_standing)),
        (GetPlanOffer::ROUTE, get(standing::get_plan_offer)),
        (PostPlan::ROUTE, post(standing::post_plan)),
        (PostClaimPlan::ROUTE, post(standing::post_claim_plan)),
        (PostCertificate::ROUTE, post(standing::post_certificate)),
        (PostComplaint::ROUTE, get(complaints::get_complaints).post(complaints::post_complaint)),
        (GetComplaintPreview::ROUTE, get(complaints::get_complaint_preview)),
        (GetComplaint::ROUTE, get(complaints::get_complaint)),
        (PostEvidence::ROUTE, post(complaints::post_evidence)),
        (PostAppeal::ROUTE, post(complaints::post_appeal)),
        (PostWithdrawal::ROUTE, post(complaints::post_withdrawal)),
        (PostDireNeed::ROUTE, get(complaints::get_dire_need).post(complaints::post_dire_need)),
        (GetPrepaid::ROUTE, get(prepaid::get_prepaid)),
        (PostPrepaidSwitch::ROUTE, post(prepaid::post_prepaid_switch)),
        (GetProjections::ROUTE, get(projections::get_projections)),
        (PostPayment::ROUTE, get(payments::get_payments).post(payments::post_payment)),
        (GetPayment::ROUTE, get(payments::get_payment).delete(payments::cancel_payment)),
        (PostReceiptCode::ROUTE, post(payments::post_receipt_code)),
        (
            PostPaymentLink::ROUTE,
            get(payment_links::get_payment_links).post(payment_links::post_payment_link),
        ),
        (RevokePaymentLink::ROUTE, delete(payment_links::delete_payment_link)),
        (PostRefundWay::ROUTE, post(refunds::post_refund_way)),
        (PHOTOS_ROUTE, post(photos::post_photo)),
        (PHOTO_ROUTE, get(photos::get_photo)),
    ]
}

/// The routes that belong to no account.
#[must_use]
pub fn of_everybody() -> Vec<Route> {
    vec![
        (SendCode::ROUTE, post(session::send_code)),
        (SignIn::ROUTE, post(session::sign_in)),
        (SESSION, get(session::get_session).delete(session::sign_out)),
        (GetAttention::ROUTE, get(attention::get_attention)),
        (GetMeters::ROUTE, get(readings::get_meters)),
        (PostReadings::ROUTE, post(readings::post_readings)),
        (PostMeterEvents::ROUTE, post(readings::post_meter_events)),
        (GetCommands::ROUTE, get(readings::get_commands)),
        (PostAcknowledgement::ROUTE, post(readings::post_acknowledgement)),
        (api::exports::ROUTE, get(exports::get_export)),
        (GetPaymentResult::ROUTE, get(payments::get_payment_result)),
        (GetPublicLink::ROUTE, get(payment_links::get_public_link)),
        (PostLinkPayment::ROUTE, post(payment_links::post_link_payment)),
        (QR_ROUTE, get(payment_links::get_qr)),
        (GetCertificate::ROUTE, get(standing::get_certificate)),
        (GetReceiptCheck::ROUTE, get(payments::get_receipt_check)),
        (RECEIPT_QR_ROUTE, get(payments::get_receipt_qr)),
        (GetOpenComplaints::ROUTE, get(staff::get_open_complaints)),
        (GetStaffComplaint::ROUTE, get(staff::get_complaint)),
        (PostStaffStep::ROUTE, post(staff::post_step)),
        (STAFF_PHOTO_ROUTE, get(staff::get_photo)),
        (GetWaitingNeeds::ROUTE, get(staff::get_waiting_needs)),
        (PostNeedReview::ROUTE, post(staff::post_review)),
        (CERTIFICATE_QR_ROUTE, get(standing::get_certificate_qr)),
        (COMPUTE, post(compute::compute)),
        (HEALTH, get(session::health)),
    ]
}

/// The routes of payment gateways, whose requests come from other origins by nature: nothing that they say is believed.
#[must_use]
pub fn of_gateways() -> Vec<Route> {
    vec![
        (gateways::KNET_RESPONSE, any(gateways::knet_response)),
        (gateways::KNET_ERROR, any(gateways::knet_error)),
    ]
}

/// The server.
pub fn router(app: AppState) -> Router {
    let table = |routes: Vec<Route>| {
        routes.into_iter().fold(Router::new(), |router, (path, answer)| router.route(path, answer))
    };
    let guard = from_fn_with_state(app.clone(), own_account_only);
    let own = table(behind_own_account_only()).route_layer(guard);
    own.merge(table(vec![overview()]))
        .merge(table(of_everybody()))
        .layer(shortened())
        .fallback(portal_file)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn(same_origin_only))
        .merge(table(of_gateways()))
        .layer(from_fn(catch_panics))
        .layer(from_fn_with_state(app.clone(), protect))
        .with_state(app)
}

/// Whether a response is one of those that may be shortened, by its head.
type IsReply = fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool;

/// Replies travel short where the caller can read that: two years of days are 10 kB, and 4 kB like this. Files that are
/// handed over stay as they are, for whoever keeps them; and a stream must not wait until there is enough to shorten.
fn shortened() -> CompressionLayer<And<SizeAbove, IsReply>> {
    let is_reply: IsReply =
        |_, _, headers, _| headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    let worth_it = SizeAbove::new(SHORT_ENOUGH).and(is_reply);
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth_it)
}

async fn method_not_allowed(_: Request) -> Response {
    refuse(&ApiError::MethodNotAllowed)
}
