//! Times and dates, in the person's time zone.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

use super::random::random_bytes;
use crate::{annotation::Timestamp, session::Moment};

/// The current time of the wall clock.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds since 1970 fit")]
pub(crate) fn now() -> Timestamp {
    Timestamp(Date::now().max(0.0) as u64)
}

/// The current time and random bytes.
pub(crate) fn moment() -> Moment {
    Moment { now: now(), entropy: random_bytes() }
}

/// Today's date, as `2026-11-21`.
pub(crate) fn today() -> String {
    let date = Date::new_0();
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// Milliseconds since the page was opened, by a monotonic clock.
pub(crate) fn milliseconds() -> f64 {
    web_sys::window().and_then(|it| it.performance()).map_or_else(Date::now, |it| it.now())
}

/// A date and time in words.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
pub(crate) fn date_and_time(time: Timestamp) -> String {
    let options = Object::new();
    for part in ["dateStyle", "timeStyle"] {
        let _ =
            Reflect::set(&options, &part.into(), &if part == "dateStyle" { "long" } else { "short" }.into());
    }
    Date::new(&JsValue::from_f64(time.0 as f64)).to_locale_string("en-GB", &options).into()
}

/// The time of day, as `14:05`, with the date before it unless that is today.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
pub(crate) fn time_of_day(time: Timestamp) -> String {
    let date = Date::new(&JsValue::from_f64(time.0 as f64));
    let clock = format!("{:02}:{:02}", date.get_hours(), date.get_minutes());
    let day = short_date(time);
    if day == today() { clock } else { format!("{day} {clock}") }
}

/// A date, as `2026-11-21`.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
pub(crate) fn short_date(time: Timestamp) -> String {
    let date = Date::new(&JsValue::from_f64(time.0 as f64));
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}
