//! Components and types that several features share. They know no feature.

pub(crate) mod button;
pub(crate) mod combobox;
pub(crate) mod dialog;
pub(crate) mod direction;
pub(crate) mod focus;
pub(crate) mod icons;
pub(crate) mod lazy_html;
pub(crate) mod look;
pub(crate) mod notice;
pub(crate) mod tag_key;
pub(crate) mod tag_search;
pub(crate) mod tag_select;
pub(crate) mod words;
