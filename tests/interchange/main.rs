//! Tests of the file formats and stored forms: they survive a round trip, and no input does harm.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops and says where")]
#![expect(unreachable_pub, reason = "modules of tests have no public interface")]

mod any;
mod backup;
mod bad_files;
mod codebooks;
mod damage;
#[path = "../support/default_tags.rs"]
mod default_tags;
#[path = "../support/properties.rs"]
mod properties;
mod round_trip;
mod schema;
mod sniff;
mod stored;
mod tags;
mod texts;
