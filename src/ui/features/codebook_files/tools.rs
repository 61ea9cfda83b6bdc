//! The buttons in the head of the view of the codebook.

use yew::prelude::*;

use super::state::{EXPORT, IMPORT, READY_MADE};
use crate::ui::{
    features::dialogs,
    parts::{
        dialog::Dialog,
        icons::{Icon, icon},
    },
    use_store,
};

/// The buttons that open the dialogs.
#[component]
pub(super) fn Tools() -> Html {
    let store = use_store();
    let button = |action: &'static str, shown: Icon, words: &'static str, dialog: &'static Dialog| {
        let store = store.clone();
        let onclick = move |_| dialogs::open(&store, dialog);
        html! {
            <button type="button" class="button" data-action={action} {onclick}>{ icon(shown) }{ words }</button>
        }
    };
    html! {
        <div class="codebook-tools" role="group" aria-label="Codebook files">
            { button("ready-made", Icon::Codebook, "Ready-made…", &READY_MADE) }
            { button("import-codebook", Icon::Import, "Import…", &IMPORT) }
            { button("export-codebook", Icon::Export, "Export…", &EXPORT) }
        </div>
    }
}
