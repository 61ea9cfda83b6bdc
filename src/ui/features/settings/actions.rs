//! Changing the settings.

use super::state::Settings;
use crate::ui::Store;

/// Loads the saved settings.
pub(super) fn load(store: &Store) {
    store.update(|state| state.settings = Settings::load());
}

/// Applies settings and saves them.
pub(crate) fn set(store: &Store, settings: Settings) {
    settings.save();
    store.update(|state| state.settings = settings);
}

/// Changes some of the settings and saves them.
pub(crate) fn change(store: &Store, change: impl FnOnce(Settings) -> Settings) {
    set(store, change(store.read(|state| state.settings)));
}
