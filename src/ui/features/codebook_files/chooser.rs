//! Choosing the file of a codebook.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{actions::offer, state::READY_MADE};
use crate::ui::{
    features::dialogs,
    parts::icons::{Icon, icon},
    use_store,
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Why the last file could not be read.
    #[prop_or_default]
    pub(super) refused: Option<String>,
}

/// The button that chooses a file, and what files can be chosen.
#[component]
pub(super) fn Chooser(props: &Props) -> Html {
    let store = use_store();
    let input = use_node_ref();
    let onclick = {
        let input = input.clone();
        move |_| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        }
    };
    let onchange = {
        let store = store.clone();
        move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            if let Some(file) = input.files().and_then(|it| it.get(0)) {
                offer(&store, file);
            }
            // Without this, choosing the same file again would not fire `change`.
            input.set_value("");
        }
    };
    let others = move |_| dialogs::open(&store, &READY_MADE);
    html! {
        <div class="codebook-chooser">
            if let Some(why) = &props.refused {
                <p class="refused" role="alert">{ why }</p>
            }
            <p>{ "Choose a file, or drop it anywhere on the page. You see what it would change before anything does, and can undo it." }</p>
            <ul class="file-kinds">
                <li><b>{ "Glossator codebook" }</b>{ " (.json): with everything" }</li>
                <li><b>{ "REFI-QDA codebook" }</b>{ " (.qdc): from NVivo, MAXQDA, ATLAS.ti, QualCoder, Taguette and others" }</li>
                <li><b>{ "Table" }</b>{ " (.csv): with the columns name, parent, definition and colour, or only a name" }</li>
            </ul>
            <div class="dialog-foot">
                <button type="button" class="button" data-action="ready-made" onclick={others}>{ "Ready-made codebooks" }</button>
                <button type="button" class="button solid" data-action="choose-codebook" {onclick}>{ icon(Icon::Import) }{ "Choose a file…" }</button>
            </div>
            <input id="codebook-file" ref={input} type="file" hidden=true
                accept=".json,.qdc,.xml,.csv,.tsv,.txt,application/json,application/xml,text/csv" {onchange} />
        </div>
    }
}
