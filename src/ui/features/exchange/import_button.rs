//! The ways to bring files: the import button, and dropping them anywhere on the page.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, File, FileList, HtmlInputElement};
use yew::prelude::*;

use super::import::{import, import_newer_text};
use crate::ui::{
    features::articles::{INPUT, NEWER},
    parts::icons::{Icon, icon},
    use_store,
};

/// The files of a list.
fn all(files: &FileList) -> Vec<File> {
    (0..files.length()).filter_map(|index| files.get(index)).collect()
}

/// The button, the file inputs, and the drop target.
#[component]
pub(crate) fn ImportButton() -> Html {
    let store = use_store();
    let input = use_node_ref();
    let dragging = use_state(|| false);

    let onchange = {
        let (store, input) = (store.clone(), input.clone());
        move |_| {
            let Some(input) = input.cast::<HtmlInputElement>() else { return };
            if let Some(files) = input.files() {
                import(&store, all(&files));
            }
            // Without this, choosing the same file again would not fire `change`.
            input.set_value("");
        }
    };
    let onnewer = {
        let store = store.clone();
        move |event: Event| {
            let Some(input) = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) else {
                return;
            };
            if let Some(file) = input.files().and_then(|it| it.get(0)) {
                import_newer_text(&store, file);
            }
            input.set_value("");
        }
    };
    let onclick = {
        let input = input.clone();
        move |_| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        }
    };

    {
        let dragging = dragging.setter();
        use_effect_with((), move |()| {
            let options = EventListenerOptions::enable_prevent_default();
            let listen = |name: &'static str, mut handle: Box<dyn FnMut(&DragEvent)>| {
                EventListener::new_with_options(&gloo::utils::document(), name, options, move |event| {
                    if let Some(event) = event.dyn_ref::<DragEvent>().filter(|it| brings_files(it)) {
                        // Without this, the browser leaves the page and shows the file.
                        event.prevent_default();
                        handle(event);
                    }
                })
            };
            let (over, leave) = (dragging.clone(), dragging.clone());
            let listeners = [
                listen("dragover", Box::new(move |_| over.set(true))),
                listen(
                    "dragleave",
                    Box::new(move |event| {
                        if event.related_target().is_none() {
                            leave.set(false);
                        }
                    }),
                ),
                listen(
                    "drop",
                    Box::new(move |event| {
                        dragging.set(false);
                        if let Some(files) = event.data_transfer().and_then(|it| it.files()) {
                            import(&store, all(&files));
                        }
                    }),
                ),
            ];
            move || drop(listeners)
        });
    }

    html! {
        <>
            <button type="button" class="button worded" data-action="import" aria-label="Import" title="Import texts, annotations, a codebook or a backup" {onclick}>
                { icon(Icon::Import) }
                <span class="words">{ "Import" }</span>
            </button>
            <input id={INPUT} ref={input} type="file" accept=".json,.qdc,.csv,.txt,.text,.md,.markdown,.html,.htm,application/json,text/*" multiple=true
                hidden=true {onchange} />
            <input id={NEWER} type="file" accept=".txt,.text,.md,.markdown,.html,.htm,text/*" hidden=true onchange={onnewer} />
            if *dragging {
                <div class="drop-here" aria-hidden="true">{ "Drop texts, annotations, a codebook or a backup here" }</div>
            }
        </>
    }
}

/// True if files are being dragged, and not text of the page.
fn brings_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|it| it.types().includes(&"Files".into(), 0))
}
