//! The export and the stored form: what is written is read back, and whatever is read does no harm.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should stop there")]
#![expect(unreachable_pub, reason = "the modules of a test have no public face")]

mod any;
mod backup;
mod bad_files;
mod damage;
#[path = "../support/properties.rs"]
mod properties;
mod round_trip;
mod schema;
mod stored;
mod texts;
