//! A field of the form, which is kept as one types.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::text_kind::TextKind;
use crate::{
    annotation::{Attribute, AttributeId, Tag, TagId},
    ui::{Store, features::document, use_store},
};

/// Reads something of a tag.
pub(super) fn of_tag(
    store: &Store,
    id: TagId,
    get: impl Fn(&Tag) -> AttrValue + 'static,
) -> Callback<(), AttrValue> {
    let store = store.clone();
    Callback::from(move |()| {
        store.read(|state| document::codebook(state).tag(id).map(|it| get(it))).unwrap_or_default()
    })
}

/// Reads something of an attribute.
pub(super) fn of_attribute(
    store: &Store,
    tag: TagId,
    id: AttributeId,
    get: impl Fn(&Attribute) -> AttrValue + 'static,
) -> Callback<(), AttrValue> {
    of_tag(store, tag, move |tag| tag.attribute(id.as_str()).map(|it| get(it)).unwrap_or_default())
}

/// What Enter does in a field of one line. The page has no forms, so that a test can find one that was injected.
pub(super) fn on_enter(act: &Callback<()>) -> Callback<KeyboardEvent> {
    let act = act.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            act.emit(());
        }
    })
}

/// A text as the value of a field.
pub(super) fn text(it: &Rc<str>) -> AttrValue {
    AttrValue::from(Rc::clone(it))
}

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The `id` and the name.
    pub(super) id: AttrValue,
    pub(super) label: AttrValue,
    /// Reads what is kept. A property with it could be older than what was typed, and would undo a letter.
    pub(super) now: Callback<(), AttrValue>,
    /// The number of lines, if it can have several.
    #[prop_or_default]
    pub(super) rows: Option<&'static str>,
    /// What the empty field shows.
    #[prop_or_default]
    pub(super) placeholder: &'static str,
    /// What it asks for.
    #[prop_or_default]
    pub(super) kind: TextKind,
    /// True if it cannot be changed now.
    #[prop_or_default]
    pub(super) readonly: bool,
    /// Keeps what was typed, unless it is refused.
    pub(super) ontype: Callback<String>,
    /// Enter was pressed in a field of one line, whose text is kept.
    #[prop_or_default]
    pub(super) onenter: Option<Callback<()>>,
}

/// A field with its label. While it is being edited, it shows what was typed, also if that is not kept.
#[component]
pub(super) fn Field(props: &Props) -> Html {
    let store = use_store();
    // What was typed, and what was kept then. If something else is kept now, undo or another tab changed it.
    let typing = use_state(|| None::<(AttrValue, AttrValue)>);
    let Props { id, label, now, rows, placeholder, kind, readonly, ontype, onenter } = props;
    let kept = now.emit(());
    let text = typing.as_ref().filter(|it| it.1 == kept).map(|it| it.0.clone());
    let refused = text.as_deref().filter(|it| kind.kept(it) != kept.as_str()).map(|it| kind.refusal(it));
    let shown = text.unwrap_or(kept);
    let oninput = {
        let (typing, ontype, now) = (typing.clone(), ontype.clone(), now.clone());
        move |event: InputEvent| {
            if let Some(text) = typed(&event) {
                ontype.emit(text.clone());
                typing.set(Some((text.into(), now.emit(()))));
            }
        }
    };
    // The next change is a step of its own.
    let onblur = move |_: FocusEvent| {
        typing.set(None);
        document::end_step(&store);
    };
    let onkeydown = onenter.clone().map(|onenter| {
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && !event.is_composing() && refused.is_none() {
                event.prevent_default();
                onenter.emit(());
            }
        })
    });
    let words = format!("{id}-refused");
    let described = refused.map(|_| words.clone());
    let invalid = refused.map(|_| "true");
    html! {
        <div class="field">
            <label for={id.clone()}>{ label.clone() }</label>
            if let Some(rows) = *rows {
                <textarea id={id.clone()} name={id.clone()} {rows} dir="auto" maxlength="100000" placeholder={*placeholder} value={shown}
                    readonly={*readonly} aria-invalid={invalid} aria-describedby={described} {oninput} {onblur} />
            } else {
                <input type="text" id={id.clone()} name={id.clone()} dir="auto" autocomplete="off" maxlength="200" placeholder={*placeholder}
                    value={shown} readonly={*readonly} aria-invalid={invalid} aria-describedby={described} {oninput} {onblur} {onkeydown} />
            }
            <p id={words} class="refused" role="status">{ refused.unwrap_or_default() }</p>
        </div>
    }
}

fn typed(event: &InputEvent) -> Option<String> {
    let field = event.target()?;
    let area = field.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value);
    area.or_else(|| field.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value))
}
