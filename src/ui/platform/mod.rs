//! Access to browser APIs other than rendering and storage, a file for each.

pub(crate) mod backup_file;
mod clipboard;
mod clock;
mod elements;
mod files;
mod glimpse;
mod markup;
mod normalizer;
mod quota;
mod random;
mod rescue;
mod tasks;

pub(crate) use clipboard::copy;
pub(crate) use clock::{date_and_time, milliseconds, moment, now, short_date, time_of_day, today};
pub(crate) use elements::{click, element, focus_first, has, hide_popover, is_narrow, scroll_into_view};
pub(crate) use files::{bytes_of, decode, download, download_as};
pub(crate) use glimpse::{is_glimpse_shown, remove_glimpse, save_glimpse};
pub(crate) use markup::{display_of, node_name, parse_page, walk};
pub(crate) use normalizer::BrowserNormalizer;
pub(crate) use quota::{Room, ask_to_persist, persist, room};
pub(crate) use random::replica;
pub(crate) use rescue::{offer_for_rescue, reload, show_panics};
pub(crate) use tasks::{next_paint, run_eagerly, yield_microtasks, yield_to_browser};
