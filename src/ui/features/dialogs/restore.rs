//! Gives the browser's selection back to the text.

use crate::ui::{Store, features::viewport};

/// Restores the selection in the text, which the dialog's fields have replaced. Does it again after the next paint:
/// `WebKit` removes it when the focus returns to where it was.
pub(super) fn restore_selection(store: &Store) {
    viewport::restore(store, None);
    store.state_mut().dialogs.settling = true;
    store.after_paint(|store| {
        let is_over = std::mem::take(&mut store.state_mut().dialogs.settling);
        if is_over && store.read(|state| state.dialogs.open.is_none()) {
            viewport::restore(store, None);
        }
    });
}
