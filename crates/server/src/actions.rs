//! Whatever changes the record. Routes, commands and the seed share these.

pub mod choose_alerts;
pub mod correct_bill;
pub mod correct_multiplier;
pub mod credit;
pub mod daily_use;
pub mod hafez;
pub mod import_meter_file;
pub mod issue_bill;
pub mod keep_projection;
pub mod make_export;
pub mod measure;
pub mod note_event;
pub mod post;
pub mod prepaid;
pub mod raise_alert;
pub mod report_fault;
pub mod run_bills;
pub mod send_command;
pub mod sign_in;
pub mod take_meter_events;
pub mod take_own_reading;
pub mod take_readings;
pub mod take_receipt;
pub mod test_meter;
pub mod watch_account;
