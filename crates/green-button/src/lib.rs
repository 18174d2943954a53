//! green-button
