//! The form of the selected tag.

use std::rc::Rc;

use yew::prelude::*;

use super::{
    actions::{change, remove, retire},
    field::Field,
    key_field::KeyField,
    look_fields::LookFields,
    removal::REMOVAL,
    state::{Row, uses},
    tree::NAME_FIELD,
};
use crate::{
    annotation::TagId,
    session::{TagCommand, Uses},
    ui::{
        Store,
        features::{dialogs, table},
        parts::words::count,
        platform, use_store,
    },
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) row: Row,
}

/// The form.
#[component]
pub(super) fn Form(props: &Props) -> Html {
    let store = use_store();
    let Row { tag, count, .. } = &props.row;
    let id = tag.id;
    let edit = |command: fn(TagId, String) -> TagCommand| {
        let store = store.clone();
        Callback::from(move |text| _ = change(&store, command(id, text)))
    };
    {
        let store = store.clone();
        use_effect_with((), move |()| name_new_tag(&store, id));
    }
    html! {
        <section id="tag-form" aria-label={format!("Tag: {}", tag.name)}>
            <Field id={NAME_FIELD} label="Name" value={text(&tag.name)} is_name=true
                ontype={edit(|id, it| TagCommand::Rename(id, it.into()))} />
            <Annotations {id} count={*count} />
            <Field id="tag-definition" label="Definition" rows="3" value={text(&tag.definition)}
                ontype={edit(|id, it| TagCommand::Define(id, it.into()))} />
            <Field id="tag-examples" label="Examples, one to a line" rows="2" value={tag.examples.join("\n")}
                ontype={edit(|id, it| TagCommand::Examples(id, lines(&it)))} />
            <Field id="tag-counterexamples" label="Counterexamples, one to a line" rows="2" value={tag.counterexamples.join("\n")}
                ontype={edit(|id, it| TagCommand::Counterexamples(id, lines(&it)))} />
            <LookFields tag={Rc::clone(tag)} />
            <KeyField tag={Rc::clone(tag)} />
            <div class="panel-actions">{ endings(&store, id, tag.retired) }</div>
        </section>
    }
}

fn text(it: &Rc<str>) -> AttrValue {
    AttrValue::from(Rc::clone(it))
}

fn lines(text: &str) -> Vec<Rc<str>> {
    text.lines().map(str::trim).filter(|it| !it.is_empty()).map(Rc::from).collect()
}

/// Selects the name of a tag that was just added, so that the next letters replace it.
fn name_new_tag(store: &Store, id: TagId) {
    if store.state_mut().codebook.naming.take() != Some(id) {
        return;
    }
    platform::focus_first(&format!("#{NAME_FIELD}"));
    let field = gloo::utils::document().active_element();
    if let Some(field) =
        field.and_then(|it| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlInputElement>(it).ok())
    {
        field.select();
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

/// The buttons that retire, merge or remove the tag.
fn endings(store: &Store, id: TagId, retired: bool) -> Html {
    let act = |run: fn(&Store, TagId)| {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| run(&store, id))
    };
    let (name, run): (_, fn(&Store, TagId)) = if retired {
        ("Offer again", |store, id| retire(store, id, false))
    } else {
        ("Retire", |store, id| retire(store, id, true))
    };
    html! {
        <>
            <button type="button" class="button" data-action="retire" onclick={act(run)}>{ name }</button>
            <button type="button" class="button" data-action="merge-tag" onclick={act(|store, _| ask(store, true))}>{ "Merge into…" }</button>
            <button type="button" class="button bad" data-action="remove-tag" onclick={act(ask_or_remove)}>{ "Remove tag…" }</button>
        </>
    }
}

/// Removes a tag that no annotation has, or asks what to do with its annotations.
fn ask_or_remove(store: &Store, id: TagId) {
    if store.read(|state| uses(state, id)) == 0 {
        remove(store, id, Uses::Delete);
        platform::focus_first("[role=tree]");
    } else {
        ask(store, false);
    }
}

fn ask(store: &Store, merges: bool) {
    store.update(|state| state.codebook.merges = merges);
    dialogs::open(store, &REMOVAL);
}
