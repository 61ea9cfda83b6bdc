//! Glossator: read articles in the browser, tag passages, and export the annotations.
//!
//! ARCHITECTURE.md describes the layers and their dependencies.

pub mod annotation;
pub mod interchange;
pub mod session;
pub mod storage;
pub mod text;
pub mod ui;
