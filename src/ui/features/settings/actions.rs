//! Changing the settings.

use super::state::Settings;
use crate::ui::Store;

/// Takes over the saved settings.
pub(super) fn load(store: &Store) {
    store.update(|state| state.settings = Settings::load());
}

/// Takes over these settings and saves them.
pub(crate) fn set(store: &Store, settings: Settings) {
    settings.keep();
    store.update(|state| state.settings = settings);
}

/// Changes something of how the page looks.
pub(crate) fn change(store: &Store, change: impl FnOnce(Settings) -> Settings) {
    set(store, change(store.read(|state| state.settings)));
}
