//! A handle to the page's state, which notifies listeners of changes. It is generic and knows nothing of the state.
//!
//! Actions change the state through [`Store::update`]; components read it through the hooks.

mod hooks;

use std::{
    cell::{Cell, Ref, RefCell, RefMut},
    rc::Rc,
};

use wasm_bindgen_futures::spawn_local;

pub(crate) use hooks::{use_selected, use_selected_immediately, use_store};

use super::platform;

/// A callback after each change of the state.
struct Listener<S> {
    id: u64,
    /// True if it is called even while a repaint of the text is pending.
    immediate: bool,
    notify: Rc<dyn Fn(&S)>,
}

/// What all clones of a store share.
struct Shared<S> {
    state: RefCell<S>,
    listeners: RefCell<Vec<Listener<S>>>,
    next_listener: Cell<u64>,
    /// True while a repaint of the text is pending, before which only immediate listeners are notified.
    painting: Cell<bool>,
    /// Counts the requested repaints.
    paint: Cell<u32>,
}

/// A handle to the state. Clones share it.
pub(crate) struct Store<S>(Rc<Shared<S>>);

impl<S> Clone for Store<S> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<S> PartialEq for Store<S> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Removes its listener when it is dropped.
pub(crate) struct Subscription<S> {
    store: Store<S>,
    id: u64,
}

impl<S> Drop for Subscription<S> {
    fn drop(&mut self) {
        self.store.0.listeners.borrow_mut().retain(|it| it.id != self.id);
    }
}

impl<S> Store<S> {
    /// A store with this state.
    pub(crate) fn new(state: S) -> Self {
        Self(Rc::new(Shared {
            state: RefCell::new(state),
            listeners: RefCell::default(),
            next_listener: Cell::default(),
            painting: Cell::default(),
            paint: Cell::default(),
        }))
    }

    /// Reads the state. Panics if `look` changes it.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&S) -> T) -> T {
        look(&self.0.state.borrow())
    }

    /// Changes the state and notifies the listeners, which must not change it.
    pub(crate) fn update<T>(&self, change: impl FnOnce(&mut S) -> T) -> T {
        let result = change(&mut self.0.state.borrow_mut());
        self.notify();
        result
    }

    /// Borrows the state. Panics on changes while the borrow is held.
    pub(crate) fn state(&self) -> Ref<'_, S> {
        self.0.state.borrow()
    }

    /// Borrows the state to change it without notifying the listeners. Drop it before you call anything that reads the
    /// state.
    pub(crate) fn state_mut(&self) -> RefMut<'_, S> {
        self.0.state.borrow_mut()
    }

    /// True while a repaint of the text is pending, so that only immediate listeners are notified.
    pub(crate) fn is_painting(&self) -> bool {
        self.0.painting.get()
    }

    /// Calls `notify` after each change. An `immediate` listener is called even while a repaint of the text is pending.
    pub(crate) fn subscribe(&self, immediate: bool, notify: impl Fn(&S) + 'static) -> Subscription<S> {
        let id = self.0.next_listener.get();
        self.0.next_listener.set(id + 1);
        self.0.listeners.borrow_mut().push(Listener { id, immediate, notify: Rc::new(notify) });
        Subscription { store: self.clone(), id }
    }

    /// Notifies every listener, or only the immediate ones while a repaint of the text is pending.
    fn notify(&self) {
        let painting = self.0.painting.get();
        let listeners = self.0.listeners.borrow();
        let due: Vec<_> =
            listeners.iter().filter(|it| it.immediate || !painting).map(|it| Rc::clone(&it.notify)).collect();
        drop(listeners);
        let state = self.0.state.borrow();
        for notify in due {
            notify(&state);
        }
    }
}

impl<S: 'static> Store<S> {
    /// Lets the browser paint the text before the other listeners are notified. So an edit shows in the next frame, and
    /// cards and counts one frame later. Does nothing while such a repaint is pending.
    pub(crate) fn paint_text_first(&self) {
        if !self.0.painting.get() {
            self.paint_text_next();
        }
    }

    /// Like [`Self::paint_text_first`], but waits for one more repaint if one is pending already.
    pub(crate) fn paint_text_next(&self) {
        if gloo::utils::document().hidden() {
            return;
        }
        let paint = self.0.paint.get().wrapping_add(1);
        self.0.paint.set(paint);
        self.0.painting.set(true);
        self.after_paint(move |store| {
            if store.0.paint.get() == paint {
                store.0.painting.set(false);
                store.notify();
            }
        });
    }

    /// Calls `act` once the browser has painted the changes made so far.
    pub(crate) fn after_paint(&self, act: impl FnOnce(&Self) + 'static) {
        let store = self.clone();
        spawn_local(async move {
            platform::next_paint().await;
            act(&store);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listeners_are_notified_until_they_are_dropped() {
        let store = Store::new(0);
        let seen = Rc::new(Cell::new(0));
        let subscription = store.subscribe(false, {
            let seen = Rc::clone(&seen);
            move |state| seen.set(*state)
        });
        store.update(|state| *state = 7);
        assert_eq!(seen.get(), 7);
        drop(subscription);
        store.update(|state| *state = 8);
        assert_eq!((seen.get(), store.read(|state| *state)), (7, 8));
    }

    #[test]
    fn a_pending_repaint_holds_back_all_but_immediate_listeners() {
        let store = Store::new(0);
        let (early, late) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
        let hold = |cell: &Rc<Cell<i32>>| {
            let cell = Rc::clone(cell);
            move |state: &i32| cell.set(*state)
        };
        let _subscriptions = (store.subscribe(true, hold(&early)), store.subscribe(false, hold(&late)));
        store.0.painting.set(true);
        store.update(|state| *state = 7);
        assert_eq!((early.get(), late.get()), (7, 0));
        store.0.painting.set(false);
        store.notify();
        assert_eq!(late.get(), 7);
    }
}
