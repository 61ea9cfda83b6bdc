//! The card of an annotation in the margin: its tag and quote and, when focused, the controls to edit it.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::{
    super::{
        bounds::{Bound, move_bound_of},
        draft::NOTE_FIELD,
        run::run,
        tagging::{delete, retag},
    },
    attributes::{Attributes, summary},
    more::More,
};
use crate::{
    annotation::{Annotation, AnnotationId, Codebook, Tag, TagId},
    interchange::NOTE_LIMIT,
    session::Command,
    text::beginning,
    ui::{
        commands::PICK,
        features::{document, navigation, viewport},
        parts::{
            icons::{Icon, icon},
            look::look,
            tag_key::tag_key,
        },
        use_store, use_view,
    },
};

/// The content of a card.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) id: AnnotationId,
    pub(crate) annotation: Rc<Annotation>,
    /// The beginning of the passage.
    pub(crate) quote: AttrValue,
    pub(crate) focused: bool,
    pub(crate) codebook: Codebook,
}

/// A card.
#[component]
pub(crate) fn Card(props: &Props) -> Html {
    let store = use_store();
    let Props { id, annotation, quote, focused, codebook } = props;
    let (id, tag) = (*id, annotation.tag);
    let onclick = move |_| navigation::go_to_annotation(&store, id);
    html! {
        <li class={look(if *focused { "card focused" } else { "card" }, codebook.tag(tag))} data-id={id.to_string()} data-tag={tag.as_str()}>
            <button type="button" class="card-face" aria-expanded={focused.to_string()} {onclick}>
                <span class="chip"><i aria-hidden="true" />{ codebook.name_of(tag) }</span>
                <q class="card-quote" dir="auto">{ quote.clone() }</q>
                if let Some((values, named)) = summary(annotation, codebook).filter(|_| !focused) {
                    <span class="card-attributes" dir="auto" title={named}>{ values }</span>
                }
                if !focused && !annotation.note.is_empty() {
                    <span class="card-note" dir="auto">{ annotation.note.to_string() }</span>
                }
            </button>
            if *focused {
                <Tools {id} annotation={Rc::clone(annotation)} codebook={codebook.clone()} />
            }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct ToolsProps {
    pub(super) id: AnnotationId,
    pub(super) annotation: Rc<Annotation>,
    pub(super) codebook: Codebook,
}

/// The controls of the focused card: tags, attributes, bounds, note and actions.
#[component]
fn Tools(props: &ToolsProps) -> Html {
    let store = use_store();
    let ToolsProps { id, annotation, codebook } = props;
    let (id, tag) = (*id, annotation.tag);

    // The current note. A property could be out of date, and would undo a letter typed since.
    let note = use_view(move |state| {
        state.document.session().annotation(id).map(|it| AttrValue::from(Rc::clone(&it.note)))
    });
    let height = use_mut_ref(|| 0);
    let oninput = {
        let store = store.clone();
        move |event: InputEvent| {
            let field = event.target().and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok());
            if let Some(field) = field {
                // Each letter is saved at once; undo takes back all that was typed without a break.
                document::execute(&store, &Command::Note(id, field.value().into()));
                if height.replace(field.offset_height()) != field.offset_height() {
                    viewport::layout_changed(&store);
                }
            }
        }
    };
    let onblur = {
        let store = store.clone();
        move |_: FocusEvent| document::end_step(&store)
    };
    let copy_link = {
        let store = store.clone();
        move |_| navigation::copy_link(&store)
    };
    let delete = {
        let store = store.clone();
        move |_| delete(&store, id)
    };
    html! {
        <div class="tools">
            <div class="tags" role="group" aria-label="Tag">
                { for own_and_few(codebook, tag).iter().map(|it| {
                    let (store, to) = (store.clone(), it.id);
                    html! {
                        <button type="button" class={look("tag", Some(it))} data-tag={to.as_str()}
                            aria-pressed={(to == tag).to_string()} onclick={move |_| retag(&store, id, to)}>
                            { &*it.name }{ tag_key(it) }
                        </button>
                    }
                }) }
                if document::has_more_tags(codebook) {
                    <button type="button" class="tag" data-action={PICK} onclick={run(&store, PICK)}>
                        { "Other…" }{ " " }<kbd aria-hidden="true">{ "G" }</kbd>
                    </button>
                }
            </div>
            <Attributes {id} annotation={Rc::clone(annotation)} tag={codebook.tag(tag).cloned()} />
            <Bounds {id} />
            <textarea id={NOTE_FIELD} name="note" rows="2" dir="auto" placeholder="Note" aria-label="Note" maxlength={NOTE_LIMIT.to_string()}
                value={note.unwrap_or_default()} {oninput} {onblur} />
            <div class="card-actions">
                <button type="button" class="button quiet" data-action="delete" onclick={delete}>
                    { icon(Icon::Delete) }<span>{ "Delete" }</span>
                </button>
                <button type="button" class="button quiet" data-action="copy-link" onclick={copy_link}>
                    { icon(Icon::Link) }<span>{ "Copy link" }</span>
                </button>
                <More {tag} codebook={codebook.clone()} />
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct BoundsProps {
    pub(super) id: AnnotationId,
}

/// Buttons that move the bounds of the annotation.
#[component]
fn Bounds(props: &BoundsProps) -> Html {
    let store = use_store();
    let id = props.id;
    let button = |bound: Bound, forward: bool, label: &'static str, key: &str| {
        let store = store.clone();
        let action = format!("bound-{}-{}", bound.id(), if forward { "forward" } else { "backward" });
        html! {
            <button type="button" class="button quiet" data-action={action} aria-label={label}
                title={format!("{label} ({key})")} onclick={move |_| move_bound_of(&store, id, bound, forward)}>
                { if forward { "→" } else { "←" } }
            </button>
        }
    };
    html! {
        <div class="bounds" role="group" aria-label="Bounds">
            <span aria-hidden="true">{ "Start" }</span>
            { button(Bound::Start, false, "Start earlier", "Shift+[") }
            { button(Bound::Start, true, "Start later", "Shift+]") }
            <span aria-hidden="true">{ "End" }</span>
            { button(Bound::End, false, "End earlier", "[") }
            { button(Bound::End, true, "End later", "]") }
        </div>
    }
}

/// The tags that have a button on a card: all of a few, otherwise only its own.
fn own_and_few(codebook: &Codebook, own: TagId) -> Vec<Rc<Tag>> {
    if document::has_more_tags(codebook) {
        return codebook.tag(own).into_iter().cloned().collect();
    }
    document::few_tags(codebook)
}

/// The beginning of a quote, as much as fits on a card.
pub(super) fn clip(quote: &str) -> String {
    beginning(quote.trim(), 600).into_owned()
}
