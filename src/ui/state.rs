//! The store of this page: the hooks of [`super::store`] for the state that the features make up.

use yew::prelude::*;

pub(crate) use super::features::State;
use super::store;

/// The page's store.
pub(crate) type Store = store::Store<State>;

/// The page's store, in a component.
#[hook]
pub(crate) fn use_store() -> Store {
    store::use_store::<State>()
}

/// What `select` returns for the state; the component is rendered again when it returns something else.
#[hook]
pub(crate) fn use_view<T, F>(select: F) -> T
where
    T: Clone + PartialEq + 'static,
    F: Fn(&State) -> T + 'static,
{
    store::use_selected::<State, T, F>(select)
}

/// Like [`use_view`], for what must never lag behind the text.
#[hook]
pub(crate) fn use_view_immediately<T, F>(select: F) -> T
where
    T: Clone + PartialEq + 'static,
    F: Fn(&State) -> T + 'static,
{
    store::use_selected_immediately::<State, T, F>(select)
}
