//! Files: importing texts, exports and backups, and exporting annotations. Writing backups belongs to `safety`.

mod apply;
mod commands;
mod conclude;
mod encodings;
mod export;
mod export_menu;
mod import;
mod import_button;
mod preview;
mod read_bytes;
mod read_text;
mod report;
mod report_tags;
mod reports;
mod restore;
mod state;
mod unknown_tags;

pub(crate) use export::Scope;
pub(crate) use export::export;
pub(crate) use export_menu::ExportMenu;
pub(crate) use import_button::ImportButton;

use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    lazy: &[reports::IMPORT_HTML, reports::RESTORE_HTML, encodings::ENCODINGS_HTML],
    ..Feature::NONE
};

pub(crate) type Slice = state::Exchange;
