//! The card of a note that is written before its passage has a tag.

use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::{
    super::draft::{DRAFT_FIELD, discard_draft, drafted_here, edit_draft, tag_draft},
    clip,
};
use crate::{
    annotation::Tag,
    interchange::NOTE_LIMIT,
    ui::{
        State,
        features::{document, viewport},
        platform, use_store, use_view,
    },
};

fn drafted(state: &State) -> Option<(String, String)> {
    let span = drafted_here(state)?;
    let (article, _) = document::opened(state)?;
    Some((clip(article.slice(span)), state.annotations.draft.as_ref()?.note.clone()))
}

/// The card, beside its passage.
#[component]
pub(crate) fn DraftCard() -> Html {
    let store = use_store();
    let draft = use_view(drafted);
    let span = use_view(drafted_here);
    use_view(|state| state.viewport.layout());
    let asked = use_state(|| false);
    let (Some((quote, note)), Some(span)) = (draft, span) else { return html! {} };
    let top = viewport::with_surface(&store, |it| it.place_of_start(span)).map_or(0.0, |it| it.top);

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
        let (store, asked, empty) = (store.clone(), asked.clone(), note.is_empty());
        move |_: MouseEvent| {
            if empty || *asked {
                asked.set(false);
                discard_draft(&store);
            } else {
                asked.set(true);
            }
        }
    };
    let keep = {
        let asked = asked.clone();
        move |_: MouseEvent| asked.set(false)
    };
    html! {
        <section id="draft" class="card focused" aria-label="Note without a tag" ~style={format!("--y:{}px", platform::fixed(top, 0))}>
            <div class="card-face">
                <span class="chip">{ "Note without a tag" }</span>
                <q class="card-quote" dir="auto">{ quote }</q>
            </div>
            <div class="tools">
                <textarea id={DRAFT_FIELD} name="draft" rows="3" dir="auto" placeholder="Note" aria-label="Note"
                    maxlength={NOTE_LIMIT.to_string()} value={note} {oninput} />
                <div class="tags" role="group" aria-label="Tag with this note">
                    { for Tag::ALL.into_iter().map(|tag| {
                        let store = store.clone();
                        let onclick = move |_| _ = tag_draft(&store, tag, None);
                        html! {
                            <button type="button" class={classes!("tag", tag.id())} data-tag={tag.id()} {onclick}>
                                { tag.name() }{ " " }<kbd aria-hidden="true">{ tag.index() + 1 }</kbd>
                            </button>
                        }
                    }) }
                </div>
                <div class="card-actions">
                    <button type="button" class="button quiet" data-action="discard-draft" onclick={discard}>
                        { if *asked { "Discard the note" } else { "Discard" } }
                    </button>
                    if *asked {
                        <button type="button" class="button quiet" data-action="keep-draft" onclick={keep}>{ "Keep" }</button>
                    }
                </div>
            </div>
        </section>
    }
}
