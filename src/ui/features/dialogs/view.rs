//! The element of the open dialog.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, Node};
use yew::prelude::*;

use super::restore::restore_selection;
use crate::ui::{
    Store,
    features::lazy::{self, LazyContent},
    parts::{
        dialog::{Dialog, close_around},
        icons::{Icon, icon},
    },
    use_store, use_view,
};

/// The open dialog, if any.
#[component]
pub(super) fn DialogWindow() -> Html {
    let store = use_store();
    let (open, openings) = use_view(|state| (state.dialogs.open, state.dialogs.openings));
    let is_settled = use_view(|state| state.lazy.is_settled());
    use_effect_with((open, is_settled), move |(open, is_settled)| {
        if open.is_some() && !is_settled {
            lazy::load(&store);
        }
    });
    // The browser sets the focus when the window opens, so the content has to be there by then.
    match open.filter(|_| is_settled) {
        None => html! {},
        Some(dialog) => html! {
            <Window key={openings} {dialog}><LazyContent id={dialog.id} /></Window>
        },
    }
}

#[derive(Properties, PartialEq)]
struct WindowProps {
    dialog: &'static Dialog,
    children: Html,
}

/// A modal window. The browser traps the focus, closes the window on Escape, and then restores the focus.
#[component]
fn Window(props: &WindowProps) -> Html {
    let store = use_store();
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            let dialog = dialog.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                let _ = dialog.show_modal();
            }
            // The browser restores the focus only if the dialog is closed before it is removed.
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let onclose = {
        let (store, dialog) = (store.clone(), props.dialog);
        move |_: Event| on_closed(&store, dialog)
    };
    let oncancel = {
        let (store, dialog, element) = (store.clone(), props.dialog, dialog.clone());
        move |event: Event| {
            // `close` fires a moment later, when a key may have opened the next dialog already. A file field in the dialog
            // fires `cancel` too, which bubbles.
            if event.target().and_then(|it| it.dyn_into::<Node>().ok()) == element.get() {
                on_closed(&store, dialog);
            }
        }
    };
    let close = |event: MouseEvent| close_around(&event);
    let onclick = {
        let (is_light, element) = (props.dialog.is_light, dialog.clone());
        move |event: MouseEvent| {
            if is_light && element.cast::<Element>().is_some_and(|it| is_outside(&event, &it)) {
                close_around(&event);
            }
        }
    };
    let heading = format!("{}-title", props.dialog.id);
    html! {
        <dialog id={props.dialog.id} ref={dialog} aria-labelledby={heading.clone()} {oncancel} {onclose} {onclick}>
            <div class="dialog-head">
                <h2 id={heading}>{ props.dialog.title }</h2>
                <button type="button" class="button quiet" data-action="close" aria-label="Close" onclick={close}>
                    { icon(Icon::Close) }
                </button>
            </div>
            { props.children.clone() }
        </dialog>
    }
}

/// True if a click on a dialog is not within its bounds, but on what it covers.
fn is_outside(event: &MouseEvent, dialog: &Element) -> bool {
    let bounds = dialog.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let is_within =
        (bounds.left()..=bounds.right()).contains(&x) && (bounds.top()..=bounds.bottom()).contains(&y);
    event.target().as_ref() == Some(dialog) && !is_within
}

/// Handles the closing of a dialog by a button, Escape or code.
fn on_closed(store: &Store, dialog: &'static Dialog) {
    (dialog.on_close)(store);
    store.update(|state| state.dialogs.close(dialog));
    restore_selection(store);
}
