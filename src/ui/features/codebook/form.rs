//! The form of the selected tag.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, Node};
use yew::prelude::*;

use super::{
    actions::{NAME_FIELD, add_beside, change, focus_tree, restore},
    attributes::AttributeList,
    ending::Endings,
    field::{Field, of_tag, text},
    key_field::KeyField,
    look_fields::LookFields,
    parent_field::ParentField,
    text_kind::{TextKind, lines},
};
use crate::{
    annotation::{Tag, TagId},
    session::TagCommand,
    ui::{Store, features::table, parts::words::count, platform, use_store},
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) tag: Rc<Tag>,
    /// The number of annotations on all listed articles.
    pub(super) count: usize,
}

/// The form.
#[component]
pub(super) fn Form(props: &Props) -> Html {
    let store = use_store();
    let form = use_node_ref();
    let Props { tag, count } = props;
    let (id, readonly) = (tag.id, tag.removed);
    let edit = |command: fn(TagId, String) -> TagCommand| {
        let store = store.clone();
        Callback::from(move |text| _ = change(&store, command(id, text)))
    };
    {
        let store = store.clone();
        use_effect_with((), move |()| name_new_tag(&store, id));
    }
    {
        let form = form.clone();
        use_effect_with(readonly, move |readonly| {
            if *readonly && !has_focus(&form) {
                platform::focus_first("[data-action='restore-tag']");
            }
        });
    }
    let onenter = {
        let store = store.clone();
        Callback::from(move |()| add_beside(&store, id))
    };
    let focus = |is_in: bool| {
        let (store, form) = (store.clone(), form.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|it| it.dyn_into::<Node>().ok());
            let stays = to.is_some_and(|to| form.cast::<Node>().is_some_and(|it| it.contains(Some(&to))));
            // If another window or tab gets the focus, the element keeps it here.
            let is_away = has_focus(&form);
            store.update(|state| {
                state.codebook.editing = is_in || (state.codebook.editing && (stays || is_away));
            });
        })
    };
    html! {
        <section id="tag-form" ref={form.clone()} aria-label={format!("Tag: {}", tag.name)} onfocusin={focus(true)}
            onfocusout={focus(false)} onkeydown={leave(&store)}>
            if readonly {
                <Gone {id} />
            }
            <Field id={NAME_FIELD} label="Name" now={of_tag(&store, id, |it| text(&it.name))} kind={TextKind::Name} {readonly} {onenter}
                ontype={edit(|id, it| TagCommand::Rename(id, it.into()))} />
            if !readonly {
                <Annotations {id} count={*count} />
            }
            <Field id="tag-definition" label="Definition" rows="3" placeholder="What belongs under this tag, and what does not" {readonly}
                now={of_tag(&store, id, |it| text(&it.definition))} ontype={edit(|id, it| TagCommand::Define(id, it.into()))} />
            <Field id="tag-examples" label="Examples, one to a line" rows="2" {readonly} now={of_tag(&store, id, |it| it.examples.join("\n").into())} kind={TextKind::Lines}
                ontype={edit(|id, it| TagCommand::Examples(id, lines(&it)))} />
            <Field id="tag-counterexamples" label="Counterexamples, one to a line" rows="2" {readonly} now={of_tag(&store, id, |it| it.counterexamples.join("\n").into())}
                kind={TextKind::Lines} ontype={edit(|id, it| TagCommand::Counterexamples(id, lines(&it)))} />
            if !readonly {
                <LookFields tag={Rc::clone(tag)} />
                <div class="field-row">
                    <KeyField tag={Rc::clone(tag)} />
                    <ParentField {id} />
                </div>
                <AttributeList tag={Rc::clone(tag)} />
                <Endings {id} retired={tag.retired} />
            }
        </section>
    }
}

/// Escape goes from the form to the tree.
fn leave(store: &Store) -> impl Fn(KeyboardEvent) + 'static {
    let store = store.clone();
    move |event| {
        if event.key() == "Escape" && !event.is_composing() {
            event.prevent_default();
            event.stop_propagation();
            focus_tree(&store);
        }
    }
}

fn has_focus(form: &NodeRef) -> bool {
    let focused: Option<Element> = gloo::utils::document().active_element();
    form.cast::<Node>().is_some_and(|it| it.contains(focused.as_deref()))
}

/// Selects the name of a tag that was just added, so that the next letters replace it.
fn name_new_tag(store: &Store, id: TagId) {
    if store.state_mut().codebook.naming.take() != Some(id) {
        return;
    }
    platform::focus_first(&format!("#{NAME_FIELD}"));
    let field = gloo::utils::document().active_element();
    if let Some(field) = field.and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) {
        field.select();
    }
}

#[derive(Properties, PartialEq)]
struct GoneProps {
    id: TagId,
}

/// Says that the tag was removed while it was being edited.
#[component]
fn Gone(props: &GoneProps) -> Html {
    let (store, id) = (use_store(), props.id);
    let onclick = move |_| restore(&store, id);
    html! {
        <div class="tag-gone" role="alert">
            <p>{ "This tag was removed meanwhile. It cannot be changed until it is back." }</p>
            <button type="button" class="button" data-action="restore-tag" {onclick}>{ "Bring it back" }</button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct AnnotationsProps {
    id: TagId,
    count: usize,
}

/// How many annotations have the tag, as a button that shows them in the table.
#[component]
fn Annotations(props: &AnnotationsProps) -> Html {
    let store = use_store();
    let AnnotationsProps { id, count: number } = *props;
    let onclick = move |_| table::show_tag(&store, id);
    html! {
        if number > 0 {
            <button type="button" class="button" data-action="tag-annotations" {onclick}>
                { format!("Show {} in the table", count(number, "annotation", "annotations")) }
            </button>
        } else {
            <p class="said">{ "No annotation has this tag yet." }</p>
        }
    }
}
