//! Codebooks as files: exporting the codebook, taking one over from a file after a preview, and those that come with the
//! page.

mod actions;
mod bundled;
mod chooser;
mod commands;
mod export;
mod import;
mod preview;
mod read;
mod ready_made;
mod row;
mod state;
mod tools;
mod words;

pub(crate) use actions::offer;

use yew::html;

use crate::ui::{feature::Feature, features::codebook, parts::lazy_html::LazyHtml};
use tools::Tools;

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    lazy: &[
        LazyHtml::new(codebook::TOOLS, || html! { <Tools /> }),
        export::EXPORT_HTML,
        import::IMPORT_HTML,
        ready_made::READY_MADE_HTML,
    ],
    ..Feature::NONE
};

pub(crate) type Slice = state::CodebookFiles;
