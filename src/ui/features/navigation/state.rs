//! The side panel that is open, and where the person has been.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo::timers::callback::Timeout;

use super::panels::Panel;
use crate::ui::{
    State, Store, features::location::Place, store::Subscription, surface::standing::TextPosition,
};

/// How the person gets about.
#[derive(Default)]
pub(crate) struct Navigation {
    /// The panel over the reader.
    pub(super) panel: Option<Panel>,
    /// The link that a dialog shows.
    pub(super) link: Option<String>,
    pub(super) visits: Rc<Visits>,
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

/// Where the person has been.
#[derive(Default)]
pub(super) struct Visits {
    /// Where the person was last. The current entry of the browser's history may still name the place before that.
    pub(super) seen: RefCell<Option<Place>>,
    pub(super) depth: Cell<u32>,
    /// The position in the text that the person is leaving.
    pub(super) left: Cell<Option<TextPosition>>,
    /// The position in the text when it was last saved.
    pub(super) stood: Cell<Option<TextPosition>>,
    /// True if the place is to be recorded when the current task ends.
    pub(super) due: Cell<bool>,
    /// True if the person went on within the article while a repaint was pending.
    pub(super) moved: Cell<bool>,
    /// The next time that the place is saved.
    pub(super) timer: RefCell<Option<Timeout>>,
    /// What the address names and is not here yet, until everything saved has been read; and the position in its text.
    pub(super) wanted: RefCell<Option<(Place, Option<TextPosition>)>>,
    /// True if the next place replaces the current entry of the browser's history.
    pub(super) quiet: Cell<bool>,
    /// True once everything saved has been read.
    pub(super) complete: Cell<bool>,
    /// Follows the state.
    pub(super) subscription: RefCell<Option<Subscription<State>>>,
    /// Takes away the notice of a copied link.
    pub(super) read: RefCell<Option<Timeout>>,
}

/// Where the person has been.
pub(super) fn visits_of(store: &Store) -> Rc<Visits> {
    store.read(|state| Rc::clone(&state.navigation.visits))
}
