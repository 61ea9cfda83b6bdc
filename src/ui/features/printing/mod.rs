//! Printing the open article by a command of the page. Printing by the browser's own command belongs to the reader.

mod actions;
mod commands;
mod state;
mod view;

use yew::html;

use crate::ui::feature::{Feature, Region};
use view::{PrintButtons, PrintedNotes};

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    view: Some((Region::Overlay, || html! { <PrintedNotes /> })),
    export_menu: Some(|| html! { <PrintButtons /> }),
    ..Feature::NONE
};

pub(crate) type Slice = state::Printing;
