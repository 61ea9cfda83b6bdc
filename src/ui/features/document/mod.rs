//! The articles and annotations of the page: executing edits, saving them, and synchronizing with other tabs. Drawing them
//! belongs to other features.

mod articles;
mod clearing;
mod context;
mod deliver;
mod delivery;
mod edit;
mod notify;
mod opening;
mod other_tabs;
mod place;
mod set_aside;
mod state;
mod status;
mod tags;

pub(crate) use clearing::delete_everything;
pub(crate) use deliver::deliver;
pub(crate) use deliver::with_timeout;
pub(crate) use delivery::delivery;
pub(crate) use edit::end_step;
pub(crate) use edit::execute;
pub(crate) use edit::quote_of;
pub(crate) use edit::settle;
pub(crate) use notify::report_step;
pub(crate) use opening::retry;
pub(crate) use place::Missing;
pub(crate) use place::missing;
pub(crate) use place::opened;
pub(crate) use set_aside::download_set_aside;
pub(crate) use set_aside::download_set_aside_item;
pub(crate) use state::annotation_count;
pub(crate) use status::Trouble;
pub(crate) use status::add_set_aside;
pub(crate) use status::explain_trouble;
pub(crate) use status::is_saving;
pub(crate) use status::open_trouble;
pub(crate) use status::trouble;
pub(crate) use tags::codebook;
pub(crate) use tags::few_tags;
pub(crate) use tags::handy_tags;
pub(crate) use tags::has_more_tags;
pub(crate) use tags::listed_tags;
pub(crate) use tags::tag_name;
pub(crate) use tags::tag_of;
pub(crate) use tags::use_codebook;

use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature = Feature {
    start: opening::start,
    storage_event: other_tabs::storage_event,
    task: Some(|store, task| Box::pin(opening::read_durable(store.clone(), task))),
    ..Feature::NONE
};

pub(crate) type Slice = state::Document;
