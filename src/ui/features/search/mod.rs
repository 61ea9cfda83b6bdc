//! The search for words in the open article or in all: its pane, its matches, and moving between them.

mod actions;
mod commands;
mod fold;
mod state;
mod view;

pub(crate) use actions::article_shown;
pub(crate) use actions::close;
pub(crate) use actions::open;
pub(crate) use fold::folding;

use view::Search;
use yew::html;

use crate::ui::feature::{Feature, Region};

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    view: Some((Region::Pane, || html! { <Search /> })),
    articles_changed: actions::articles_changed,
    view_changed: actions::view_changed,
    paint: actions::paint,
    ..Feature::NONE
};

pub(crate) type Slice = state::Searches;
