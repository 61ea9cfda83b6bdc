//! The card of the draft.

use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::{
    super::{
        draft::{DRAFT_FIELD, discard_draft, edit_draft, give_draft},
        given::Given,
        run::run,
        state::draft_span,
    },
    card::clip,
};
use crate::{
    interchange::NOTE_LIMIT,
    ui::{
        State,
        commands::PICK,
        features::{document, viewport},
        parts::{look::look, tag_key::tag_key},
        use_store, use_view,
    },
};

/// The beginning of the passage, and the note.
fn quote_and_note(state: &State) -> Option<(String, String)> {
    let span = draft_span(state)?;
    let (article, _) = document::opened(state)?;
    Some((clip(article.slice(span)), state.annotations.draft.as_ref()?.note.clone()))
}

/// The card, beside the passage.
#[component]
pub(crate) fn DraftCard() -> Html {
    let store = use_store();
    let draft = use_view(quote_and_note);
    let span = use_view(draft_span);
    let codebook = document::use_codebook();
    use_view(|state| state.viewport.layout());
    let is_confirming = use_state(|| false);
    let (Some((quote, note)), Some(span)) = (draft, span) else { return html! {} };
    let top = viewport::with_surface(&store, |it| it.start_rect(span)).map_or(0.0, |it| it.top);

    let oninput = {
        let store = store.clone();
        move |event: InputEvent| {
            let field = event.target().and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok());
            if let Some(field) = field {
                edit_draft(&store, field.value());
            }
        }
    };
    let discard = {
        let (store, is_confirming, empty) = (store.clone(), is_confirming.clone(), note.is_empty());
        move |_: MouseEvent| {
            if empty || *is_confirming {
                is_confirming.set(false);
                discard_draft(&store);
            } else {
                is_confirming.set(true);
            }
        }
    };
    let keep = {
        let is_confirming = is_confirming.clone();
        move |_: MouseEvent| is_confirming.set(false)
    };
    html! {
        <section id="draft" class="card focused" aria-label="Note without a tag" ~style={format!("--y:{top:.0}px")}>
            <div class="card-face">
                <span class="chip">{ "Note without a tag" }</span>
                <q class="card-quote" dir="auto">{ quote }</q>
            </div>
            <div class="tools">
                <textarea id={DRAFT_FIELD} name="draft" rows="3" dir="auto" placeholder="Note" aria-label="Note"
                    maxlength={NOTE_LIMIT.to_string()} value={note} {oninput} />
                <div class="tags" role="group" aria-label="Tag with this note">
                    { for document::few_tags(&codebook).iter().map(|tag| {
                        let (store, id) = (store.clone(), tag.id);
                        let onclick = move |_| _ = give_draft(&store, &Given::Tag(id), None);
                        html! {
                            <button type="button" class={look("tag", Some(tag))} data-tag={id.as_str()} {onclick}>
                                { &*tag.name }{ tag_key(tag) }
                            </button>
                        }
                    }) }
                    if document::has_more_tags(&codebook) {
                        <button type="button" class="tag" data-action={PICK} onclick={run(&store, PICK)}>{ "Other…" }</button>
                    }
                </div>
                <div class="card-actions">
                    <button type="button" class="button quiet" data-action="discard-draft" onclick={discard}>
                        { if *is_confirming { "Discard the note" } else { "Discard" } }
                    </button>
                    if *is_confirming {
                        <button type="button" class="button quiet" data-action="keep-draft" onclick={keep}>{ "Keep" }</button>
                    }
                </div>
            </div>
        </section>
    }
}
