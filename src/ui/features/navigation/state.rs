//! The state of the side panels, and what keeps the address and the browser's history up to date.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo::timers::callback::Timeout;

use crate::ui::{
    State, Store,
    features::{location::Place, viewport},
    store::Subscription,
    surface::{Surface, TextPosition},
};

/// The slice of navigation.
#[derive(Default)]
pub(crate) struct Navigation {
    /// The panel over the reader.
    pub(super) panel: Option<Panel>,
    /// The link that the dialog shows.
    pub(super) link: Option<String>,
    pub(super) tracker: Rc<PlaceTracker>,
}

impl Navigation {
    /// The panel over the reader.
    pub(crate) fn panel(&self) -> Option<Panel> {
        self.panel
    }

    /// Closes the panel over the reader.
    pub(crate) fn close_panel(&mut self) {
        self.panel = None;
    }
}

/// A side panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Panel {
    Articles,
    Annotations,
}

/// Records the current place in the address and the browser's history.
#[derive(Default)]
pub(super) struct PlaceTracker {
    /// The latest place of the person. The current entry of the browser's history may still be one behind.
    pub(super) last_place: RefCell<Option<Place>>,
    /// The number of entries of this page before the current one in the browser's history.
    pub(super) depth: Cell<u32>,
    /// The position in the text when the person left it.
    pub(super) position_left: Cell<Option<TextPosition>>,
    /// The position in the text that was saved last.
    pub(super) position_saved: Cell<Option<TextPosition>>,
    /// True if the place will be recorded at the end of the current task.
    pub(super) recording_due: Cell<bool>,
    /// True if the place changed within the article while a repaint was pending.
    pub(super) moved_within_article: Cell<bool>,
    /// Saves the place after a pause.
    pub(super) save_timer: RefCell<Option<Timeout>>,
    /// The place and position that the address names, if not loaded yet. Cleared once everything saved has been read.
    pub(super) pending: RefCell<Option<(Place, Option<TextPosition>)>>,
    /// True if the next place replaces the current entry instead of adding one.
    pub(super) replaces_next: Cell<bool>,
    /// True once everything saved has been read.
    pub(super) all_loaded: Cell<bool>,
    /// Notifies the tracker of changes of the state.
    pub(super) subscription: RefCell<Option<Subscription<State>>>,
    /// Removes the notice of a copied link.
    pub(super) link_notice_timer: RefCell<Option<Timeout>>,
}

/// The tracker of the place.
pub(super) fn place_tracker(store: &Store) -> Rc<PlaceTracker> {
    store.read(|state| Rc::clone(&state.navigation.tracker))
}

/// Remembers the position in the text, which the person is about to leave.
pub(super) fn remember_position(store: &Store) {
    place_tracker(store).position_left.set(viewport::with_surface(store, Surface::position));
}
