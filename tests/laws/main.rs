//! Laws that hold for every text, every set of annotations and every sequence of commands.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a law that fails panics, which is how a test speaks"
)]

mod anchor;
mod annotation;
mod desk;
mod files;
mod kept;
mod own;
mod search;
mod segments;
mod session;
mod support;
mod text;
