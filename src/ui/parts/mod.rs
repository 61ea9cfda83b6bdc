//! What several features use: components, and the types that they share.

pub(crate) mod button;
pub(crate) mod dialog;
pub(crate) mod direction;
pub(crate) mod icons;
pub(crate) mod notice;
pub(crate) mod words;
