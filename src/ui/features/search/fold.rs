//! The cache of folded characters (without case and accents), which all searches share.

use crate::text::Folding;
use crate::ui::Store;
use crate::ui::platform::BrowserNormalizer;
use std::cell::RefCell;
use std::rc::Rc;

/// The characters folded so far.
pub(crate) struct Folded(pub(super) Rc<RefCell<Folding<BrowserNormalizer>>>);

impl Default for Folded {
    fn default() -> Self {
        Self(Rc::new(RefCell::new(Folding::new(BrowserNormalizer))))
    }
}

/// The cache of folded characters.
pub(crate) fn folding(store: &Store) -> Rc<RefCell<Folding<BrowserNormalizer>>> {
    store.read(|state| Rc::clone(&state.search.folded.0))
}
