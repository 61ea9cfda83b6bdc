//! The identity of this tab, and the history and draft that it restores or adopts from a closed tab.

mod actions;
mod state;

pub(crate) use actions::adopt_orphaned_draft;
pub(crate) use actions::drafts;

use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature = Feature {
    start: actions::start,
    read: actions::adopt_local,
    task: Some(|store, turn| Box::pin(actions::load_tab(store.clone(), turn))),
    ..Feature::NONE
};

pub(crate) type Slice = state::Tab;
