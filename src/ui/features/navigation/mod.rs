//! Navigation between articles, annotations and views; the address and the browser's history; links; the side panels.
//! The current place itself is the state of the `location` feature.

mod annotations;
mod articles;
mod commands;
mod history;
mod link;
mod panels;
mod state;
mod views;

pub(crate) use annotations::focus_clicked;
pub(crate) use annotations::go_to_annotation;
pub(crate) use articles::go_to_share;
pub(crate) use articles::open;
pub(crate) use history::address_changed;
pub(crate) use history::before_unload;
pub(crate) use history::replace_next;
pub(crate) use history::save_place;
pub(crate) use history::save_place_soon;
pub(crate) use link::copy_article_link;
pub(crate) use link::copy_link;
pub(crate) use panels::show_cards;
pub(crate) use panels::show_panel;
pub(crate) use state::Panel;
pub(crate) use views::LeaveView;
pub(crate) use views::leave_view;
pub(crate) use views::show_view;
pub(crate) use views::toggle_view;

use yew::html;

use crate::ui::feature::{Feature, Region};
use panels::Backdrop;

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    view: Some((Region::Overlay, || html! { <Backdrop /> })),
    started: history::start,
    articles_changed: history::articles_changed,
    part_read: history::remove_glimpse,
    loaded: history::loaded,
    cleared: history::forget,
    lazy: &[link::LINK_HTML],
    ..Feature::NONE
};

pub(crate) type Slice = state::Navigation;
