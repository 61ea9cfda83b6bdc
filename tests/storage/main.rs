//! Tests of the storage layer: saved data comes back, whatever fails and whoever else writes.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops and says where")]
#![expect(unreachable_pub, reason = "modules of tests have no public interface")]

mod articles;
#[path = "../support/default_tags.rs"]
mod default_tags;
mod disk;
mod durable_copy;
mod failures;
mod local_copy;
mod memory;
mod packs;
#[path = "../support/properties.rs"]
mod properties;
mod scaling;
mod set_aside;
mod tab_state;
mod tabs;
mod tags;
