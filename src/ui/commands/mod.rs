//! Commands: what a person can do with the page, by key or from the command palette. Each feature registers its own.

mod keys;
mod list;
mod page_command;
mod runnable;

pub(crate) use keys::{command, shown};
pub(crate) use list::all;
pub(crate) use page_command::{ForTag, Group, LEAVE, MAKE, PICK, PageCommand};
pub(crate) use runnable::Runnable;
