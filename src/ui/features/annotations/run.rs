//! Buttons that run a command of a later feature.

use yew::prelude::*;

use crate::ui::{Store, commands, features::document};

/// Runs the command with this id, or announces why it cannot be run.
pub(super) fn run(store: &Store, id: &'static str) -> impl Fn(MouseEvent) + 'static {
    let store = store.clone();
    move |_| {
        let codebook = store.read(|state| document::codebook(state).clone());
        if let Some(command) = commands::all(&codebook).find(|it| it.is(id)) {
            command.dispatch(&store);
        }
    }
}
