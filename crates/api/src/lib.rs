//! The wire: every endpoint declared once, for the portal that calls it and the server that answers.
//!
//! Money is a bare decimal string in every document that names its currency once; quantities are
//! decimal strings in the unit that the document names; times are whole seconds since 1970 UTC.

pub mod accounts;
pub mod alert_settings;
pub mod alerts;
pub mod attention;
pub mod batches;
pub mod bills;
pub mod case_refusal;
pub mod certificates;
pub mod claims;
pub mod commands;
pub mod complaint_requests;
pub mod complaint_steps;
pub mod complaints;
pub mod consumption;
pub mod dire_need;
pub mod endpoint;
pub mod exports;
pub mod faults;
pub mod hafez;
pub mod intervals;
pub mod live;
pub mod meter_events;
pub mod meter_files;
pub mod meters;
pub mod own_readings;
pub mod payment_links;
pub mod payment_refusal;
pub mod payment_results;
pub mod payments;
pub mod plans;
pub mod prepaid;
pub mod problem;
pub mod projections;
pub mod readings;
pub mod receipt_codes;
pub mod refunds;
pub mod session;
pub mod staff;
pub mod standing;
