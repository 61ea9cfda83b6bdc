//! The clock and the calendar, in the person's zone.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

use super::chance::random;
use crate::{annotation::Timestamp, session::Moment};

/// The wall clock.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds since 1970 fit")]
pub(crate) fn now() -> Timestamp {
    Timestamp(Date::now().max(0.0) as u64)
}

/// The wall clock and fresh random bytes.
pub(crate) fn moment() -> Moment {
    Moment { now: now(), entropy: random() }
}

/// The person's calendar date as `2026-11-21`.
pub(crate) fn today() -> String {
    let date = Date::new_0();
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// Milliseconds since the page was opened, whatever becomes of the wall clock.
pub(crate) fn milliseconds() -> f64 {
    web_sys::window().and_then(|it| it.performance()).map_or_else(Date::now, |it| it.now())
}

/// A time in the words of the person's language and zone.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
pub(crate) fn date_and_time(time: Timestamp) -> String {
    let options = Object::new();
    for part in ["dateStyle", "timeStyle"] {
        let _ =
            Reflect::set(&options, &part.into(), &if part == "dateStyle" { "long" } else { "short" }.into());
    }
    Date::new(&JsValue::from_f64(time.0 as f64)).to_locale_string("en-GB", &options).into()
}

/// The time of day, and the date where it is not today's, in the words of the person's zone.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
pub(crate) fn time_of_day(time: Timestamp) -> String {
    let date = Date::new(&JsValue::from_f64(time.0 as f64));
    let clock = format!("{:02}:{:02}", date.get_hours(), date.get_minutes());
    let day = short_date(time);
    if day == today() { clock } else { format!("{day} {clock}") }
}

/// A day in the person's zone, in as few words as there can be.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
pub(crate) fn short_date(time: Timestamp) -> String {
    let date = Date::new(&JsValue::from_f64(time.0 as f64));
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}
