//! Laws that hold for every text, every set of annotations and every sequence of commands.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops and says where")]

mod anchor;
mod annotation;
mod codebook_import;
#[path = "../support/default_tags.rs"]
mod default_tags;
mod endnotes;
mod history;
mod own_articles;
#[path = "../support/properties.rs"]
mod properties;
mod search;
mod segments;
mod session;
mod support;
mod tag_actions;
mod tags;
mod text;
mod text_files;
mod unknown_tags;
mod user;
