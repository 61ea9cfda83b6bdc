//! Glossator: read an article in the browser, highlight passages, tag them, and take the annotations away.
//!
//! The layers and what each may know are in ARCHITECTURE.md.

pub mod annotation;
pub mod interchange;
pub mod session;
pub mod storage;
pub mod text;
pub mod ui;
