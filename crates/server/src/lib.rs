//! The record and its API. Routes read, actions write, the store alone speaks SQL.

pub mod actions;
pub mod auth;
pub mod body;
pub mod calendar;
pub mod clock;
pub mod commands;
pub mod config;
pub mod demo;
pub mod error;
pub mod export;
pub mod household;
pub mod hub;
pub mod intake;
pub mod jobs;
pub mod limiter;
pub mod photo;
pub mod plausible;
pub mod portal;
pub mod practice;
pub mod protection;
pub mod routes;
pub mod secrets;
pub mod seed;
pub mod state;
pub mod store;
pub mod synthetic;
