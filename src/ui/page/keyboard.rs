//! Keys become commands, unless a field, a control or a dialog has them for itself.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::ui::{
    Store,
    commands::{self, PageCommand},
    features::annotations,
    platform,
};

/// Listens to the keys.
pub(super) fn listen(store: &Store) -> EventListener {
    let store = store.clone();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo::utils::window(), "keydown", options, move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>()
            && let Some(command) = commands::command(event)
        {
            pressed(&store, command, event);
        }
    })
}

fn pressed(store: &Store, command: &'static PageCommand, event: &KeyboardEvent) {
    let leave = command.id == commands::LEAVE;
    let open = |selector| gloo::utils::document().query_selector(selector).ok().flatten().is_some();
    // The document is asked, since the state learns that a dialog is closed a moment later. Escape closes an open menu.
    if open("dialog:modal") || annotations::ignores_key(store, leave) || (open(":popover-open") && leave) {
        return;
    }
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let field = target.filter(|it| it.matches("textarea, input, select").unwrap_or(false));
    if let Some(field) = field.filter(|_| !command.in_fields) {
        // In a field, keys write; only Escape leaves it.
        if leave {
            leave_field(&field);
        }
        return;
    }
    if !command.holds_at(event) {
        return;
    }
    if !leave {
        event.prevent_default();
    }
    command.dispatch(store);
}

fn leave_field(field: &Element) {
    if let Some(field) = field.dyn_ref::<HtmlElement>() {
        let _ = field.blur();
    }
    if let Some(reader) = platform::element("table-grid").or_else(|| platform::element("reader")) {
        let _ = reader.focus();
    }
}
