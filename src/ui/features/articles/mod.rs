//! The list of articles; adding, renaming, moving and removing them; and replacing the text of one.

mod actions;
mod add_text;
mod commands;
mod done;
mod filter;
mod new_text;
mod placing;
mod replace;
mod state;
mod unplaced;
mod view;

pub(crate) use actions::add_texts;
pub(crate) use add_text::INPUT;
pub(crate) use add_text::NEWER;
pub(crate) use done::restore_done;
pub(crate) use new_text::NewText;
pub(crate) use new_text::check;
pub(crate) use new_text::first_line;
pub(crate) use replace::replace_text;

use view::ArticleList;
use yew::html;

use crate::ui::feature::{Feature, Region};

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    start: done::load,
    storage_event: done::storage_event,
    view: Some((Region::Pane, || html! { <ArticleList /> })),
    lazy: &[placing::PLACING_HTML, add_text::ADD_TEXT_HTML],
    ..Feature::NONE
};

pub(crate) type Slice = state::Articles;
