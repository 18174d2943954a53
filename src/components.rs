//! What pages are made of. A component takes values and never fetches; its sheet in `style/components/` has its
//! name. Text arrives as a [`TextProp`](leptos::text_prop::TextProp): a string, a signal or a closure.

pub mod account_switch;
pub mod amount;
pub mod app_frame;
pub mod bill_line;
pub mod button;
pub mod card;
pub mod chart;
pub mod disclosure;
pub mod due_card;
pub mod facts;
pub mod field;
pub mod icon;
pub mod leading;
pub mod list_row;
pub mod notice;
pub mod offline_strip;
pub mod page_header;
pub mod page_state;
pub mod progress;
pub mod seal;
pub mod segmented;
pub mod slider;
pub mod status_tag;
pub mod stepper;
pub mod switch;
pub mod table;
pub mod text;
pub mod tier_bar;
pub mod working;
pub mod zoom_bar;
