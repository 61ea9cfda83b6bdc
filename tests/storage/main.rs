//! The store: what is kept comes back, whatever the place does and whoever else writes to it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should stop there")]
#![expect(unreachable_pub, reason = "the modules of a test have no public face")]

mod articles;
mod aside;
mod disk;
mod durable;
mod economy;
mod failures;
mod keep;
mod notebook;
mod pack;
mod place;
mod tabs;
