//! What the page asks of the browser besides rendering, a file for each of its interfaces.

pub(crate) mod backup_file;
mod chance;
mod characters;
mod clipboard;
mod clock;
mod elements;
mod files;
mod glimpse;
mod markup;
mod numbers;
mod quota;
mod rescue;
mod tasks;

pub(crate) use chance::replica;
pub(crate) use characters::Alphabet;
pub(crate) use clipboard::copy;
pub(crate) use clock::{date_and_time, milliseconds, moment, now, short_date, time_of_day, today};
pub(crate) use elements::{click, element, focus_first, hide_popover, is_narrow, keep_in_view};
pub(crate) use files::{bytes_of, decode, download};
pub(crate) use glimpse::{has_glimpse, keep_glimpse, lift_glimpse};
pub(crate) use markup::{is_hidden, node_name, parse_page, walk};
pub(crate) use numbers::{clamp, fixed};
pub(crate) use quota::{Room, ask_to_persist, persist, room};
pub(crate) use rescue::{offer_for_rescue, reload, show_panics};
pub(crate) use tasks::{begin, drawn, give_way, stand_back};
