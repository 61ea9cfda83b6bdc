//! The store and the hooks of [`super::store`], for the state that the features make up.

use yew::prelude::*;

pub(crate) use super::features::State;
use super::store;

/// The page's store.
pub(crate) type Store = store::Store<State>;

/// Returns the page's store.
#[hook]
pub(crate) fn use_store() -> Store {
    store::use_store::<State>()
}

/// Returns what `select` returns for the state, and renders the component again when that changes.
#[hook]
pub(crate) fn use_view<T, F>(select: F) -> T
where
    T: Clone + PartialEq + 'static,
    F: Fn(&State) -> T + 'static,
{
    store::use_selected::<State, T, F>(select)
}

/// Like [`use_view`], but renders even while a repaint of the text is pending.
#[hook]
pub(crate) fn use_view_immediately<T, F>(select: F) -> T
where
    T: Clone + PartialEq + 'static,
    F: Fn(&State) -> T + 'static,
{
    store::use_selected_immediately::<State, T, F>(select)
}
