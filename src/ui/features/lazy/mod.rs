//! Loads the contents of the views and dialogs once the page shows everything saved, or as soon as one is needed.

mod view;

pub(crate) use view::LazyContent;

use wasm_bindgen_futures::spawn_local;
use yew::Html;

use crate::ui::{
    Store,
    feature::{self, Feature, LazyModule},
};

pub(crate) const FEATURE: Feature = Feature { loaded: load, view_changed: load, ..Feature::NONE };

pub(crate) type Slice = Lazy;

/// Whether the contents have been loaded.
#[derive(Debug, Default)]
pub(crate) enum Lazy {
    #[default]
    NotLoaded,
    Loading,
    Loaded(&'static LazyModule),
    Failed,
}

impl Lazy {
    /// Renders the content with this id, once it has been loaded.
    fn html(&self, id: &str) -> Option<fn() -> Html> {
        match self {
            Self::Loaded(module) => module.get(id).map(|it| it.html),
            _ => None,
        }
    }

    /// True if the contents have been loaded, or could not be.
    pub(crate) fn is_settled(&self) -> bool {
        matches!(self, Self::Loaded(_) | Self::Failed)
    }
}

/// Loads the contents unless that is done or under way.
pub(crate) fn load(store: &Store) {
    // An update notifies all listeners, and most calls find the contents loaded.
    if store.read(|state| matches!(state.lazy, Lazy::Loading | Lazy::Loaded(_))) {
        return;
    }
    store.update(|state| state.lazy = Lazy::Loading);
    let store = store.clone();
    spawn_local(async move {
        let loaded = feature::lazy_module().await;
        store.update(|state| state.lazy = loaded.map_or(Lazy::Failed, Lazy::Loaded));
    });
}
