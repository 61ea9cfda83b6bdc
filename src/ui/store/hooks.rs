//! The hooks with which components read the state.

use yew::prelude::*;

use super::Store;

/// The store of the page.
#[hook]
pub(crate) fn use_store<S: 'static>() -> Store<S> {
    #[expect(clippy::expect_used, reason = "the root component provides it to all others")]
    use_context::<Store<S>>().expect("a component outside the page")
}

/// Returns what `select` returns for the state, and renders the component again when that changes.
#[hook]
pub(crate) fn use_selected<S, T, F>(select: F) -> T
where
    S: 'static,
    T: Clone + PartialEq + 'static,
    F: Fn(&S) -> T + 'static,
{
    use_selection(false, select)
}

/// Like [`use_selected`], but renders even while a repaint of the text is pending.
#[hook]
pub(crate) fn use_selected_immediately<S, T, F>(select: F) -> T
where
    S: 'static,
    T: Clone + PartialEq + 'static,
    F: Fn(&S) -> T + 'static,
{
    use_selection(true, select)
}

#[hook]
fn use_selection<S, T, F>(immediate: bool, select: F) -> T
where
    S: 'static,
    T: Clone + PartialEq + 'static,
    F: Fn(&S) -> T + 'static,
{
    let store = use_store::<S>();
    let value = store.read(&select);
    let rendered = value.clone();
    use_changes(store, immediate, Box::new(move |state| select(state) != rendered));
    value
}

/// Renders the component again when `has_changed`. Not generic over the selected type, so that it is compiled once.
#[hook]
fn use_changes<S: 'static>(store: Store<S>, immediate: bool, has_changed: Box<dyn Fn(&S) -> bool>) {
    let render = use_force_update();
    let latest = use_mut_ref(|| None);
    *latest.borrow_mut() = Some(has_changed);
    use_effect_with((), move |()| {
        let look = move |state: &S| {
            let changed = latest.borrow().as_ref().is_some_and(|has_changed| has_changed(state));
            if changed {
                render.force_update();
            }
        };
        // Catch up with a change between the first render and this effect.
        store.read(&look);
        let subscription = store.subscribe(immediate, look);
        move || drop(subscription)
    });
}
