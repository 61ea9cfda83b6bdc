//! Runs commands on keys, unless a field, a control or a dialog needs the keys itself.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::ui::{
    Store,
    commands::{self, Runnable},
    features::annotations,
    platform,
};

/// What keys type into. Of a radio button or a checkbox, only the arrow keys and the space bar are its own.
const FIELDS: &str = "textarea, select, input:not([type=radio], [type=checkbox])";

/// Adds the listener.
pub(super) fn listen(store: &Store) -> EventListener {
    let store = store.clone();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo::utils::window(), "keydown", options, move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>()
            && let Some(command) =
                store.read(|state| commands::command(event, state.document.session().codebook()))
        {
            run_command(&store, &command, event);
        }
    })
}

fn run_command(store: &Store, command: &Runnable, event: &KeyboardEvent) {
    let leave = command.is(commands::LEAVE);
    let open = |selector| gloo::utils::document().query_selector(selector).ok().flatten().is_some();
    // Ask the DOM: the state learns a moment later that a dialog was closed. Escape closes an open menu by itself.
    if open("dialog:modal") || annotations::ignores_key(store, leave) || (open(":popover-open") && leave) {
        return;
    }
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let field = target.filter(|it| it.matches(FIELDS).unwrap_or(false));
    if let Some(field) = field.filter(|_| !command.in_fields()) {
        // In a field, keys type text; only Escape leaves it.
        if leave {
            leave_field(&field);
        }
        return;
    }
    if !command.is_active_at(event) {
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
    if let Some(main) = ["table-grid", "tag-tree", "reader"].into_iter().find_map(platform::element) {
        let _ = main.focus();
    }
}
