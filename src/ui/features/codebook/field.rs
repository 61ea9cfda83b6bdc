//! A field of the form, which is kept as one types.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::ui::{features::document, use_store};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The `id` and the name.
    pub(super) id: AttrValue,
    pub(super) label: AttrValue,
    /// What is kept.
    pub(super) value: AttrValue,
    /// The number of lines, if it can have several.
    #[prop_or_default]
    pub(super) rows: Option<&'static str>,
    /// True if it is a name, which has to differ from those of the tags or attributes beside it.
    #[prop_or_default]
    pub(super) is_name: bool,
    pub(super) ontype: Callback<String>,
}

/// A field with its label. While it is being edited, it shows what was typed, also if that is not kept.
#[component]
pub(super) fn Field(props: &Props) -> Html {
    let store = use_store();
    let typing = use_state(|| None::<AttrValue>);
    let Props { id, label, value, rows, is_name, ontype } = props;
    let shown = (*typing).clone().unwrap_or_else(|| value.clone());
    let refused = (*is_name && shown.trim() != value.as_str()).then(|| refusal(&shown));
    let oninput = {
        let (typing, ontype) = (typing.clone(), ontype.clone());
        move |event: InputEvent| {
            if let Some(text) = typed(&event) {
                typing.set(Some(text.clone().into()));
                ontype.emit(text);
            }
        }
    };
    // The next change is a step of its own.
    let onblur = move |_: FocusEvent| {
        typing.set(None);
        document::end_step(&store);
    };
    let words = format!("{id}-refused");
    let described = refused.map(|_| words.clone());
    html! {
        <div class="field">
            <label for={id.clone()}>{ label.clone() }</label>
            if let Some(rows) = *rows {
                <textarea id={id.clone()} name={id.clone()} {rows} dir="auto" maxlength="100000" value={shown} {oninput} {onblur} />
            } else {
                <input type="text" id={id.clone()} name={id.clone()} dir="auto" autocomplete="off" maxlength="200" value={shown}
                    aria-invalid={refused.map(|_| "true")} aria-describedby={described} {oninput} {onblur} />
            }
            if *is_name {
                <p id={words} class="refused" role="status">{ refused.unwrap_or_default() }</p>
            }
        </div>
    }
}

/// Why a name is not kept.
fn refusal(name: &str) -> &'static str {
    if name.trim().is_empty() { "A name is needed." } else { "This name is taken." }
}

fn typed(event: &InputEvent) -> Option<String> {
    let field = event.target()?;
    let area = field.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value);
    area.or_else(|| field.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value))
}
