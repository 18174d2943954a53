//! The server from outside: over HTTP, on SQLite and, where `ADAD_TEST_POSTGRES_URL` names a cluster, on PostgreSQL.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod common;

mod alerts;
mod bad_input;
mod bill_run;
mod bills;
mod claims;
mod commands;
mod complaint_corrections;
mod complaint_meter_tests;
mod complaint_photos;
mod complaint_refusals;
mod complaint_steps;
mod complaints;
mod compute;
mod consumption;
mod corrections;
mod dire_need;
mod exports;
mod faults;
mod forbidden_cuts;
mod foreign;
mod hafez;
mod head_ends;
mod kill;
mod ledger;
mod live;
mod meter_events;
mod meter_exchange;
mod meter_exchange_corrections;
mod meter_exchange_estimates;
mod meter_exchange_refusals;
mod meter_files;
mod mqtt;
mod operator;
mod own_readings;
mod payment_links;
mod payment_refusals;
mod payments;
mod portal;
mod prepaid;
mod readings;
mod receipt_codes;
mod seed;
mod sign_in;
mod standing;
mod store;
mod watch;
