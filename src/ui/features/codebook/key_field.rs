//! The field for the key of a tag.

use std::rc::Rc;

use yew::prelude::*;

use super::actions::change_once;
use crate::{
    annotation::{Tag, TagId},
    session::TagCommand,
    ui::{State, commands, features::document, use_store},
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) tag: Rc<Tag>,
}

/// The field. A typed character replaces the one before.
#[component]
pub(super) fn KeyField(props: &Props) -> Html {
    let store = use_store();
    let said = use_state(|| (String::new(), false));
    let (id, key) = (props.tag.id, props.tag.key);
    let shown = key.map(String::from).unwrap_or_default();
    let oninput = {
        let (said, kept) = (said.clone(), shown.clone());
        move |event: InputEvent| {
            let Some(field) = event.target_dyn_into::<web_sys::HtmlInputElement>() else { return };
            let typed = field.value();
            let new = typed.chars().flat_map(char::to_lowercase).find(|it| Some(*it) != key);
            let new = if typed.is_empty() { None } else { new.or(key) };
            if let Some(refusal) = new.and_then(|it| store.read(|state| refusal(state, it))) {
                field.set_value(&kept);
                said.set((refusal, true));
                return;
            }
            let words = new.and_then(|it| store.read(|state| taken(state, id, it)));
            said.set((words.unwrap_or_default(), false));
            change_once(&store, TagCommand::Key(id, new));
            field.set_value(&new.map(String::from).unwrap_or_default());
        }
    };
    let onblur = {
        let said = said.clone();
        move |_: FocusEvent| said.set((String::new(), false))
    };
    let (words, is_refused) = &*said;
    html! {
        <div class="field key-field">
            <label for="tag-key">{ "Key" }</label>
            <input type="text" id="tag-key" name="tag-key" autocomplete="off" autocapitalize="off" maxlength="4" placeholder="none"
                value={shown} aria-describedby="tag-key-said" aria-invalid={is_refused.then_some("true")} {oninput} {onblur} />
            <p id="tag-key-said" class={if *is_refused { "refused" } else { "said" }} role="status">{ words.clone() }</p>
        </div>
    }
}

/// Why no tag can have this key, or `None` if one can.
pub(crate) fn refusal(state: &State, key: char) -> Option<String> {
    if !key.is_alphanumeric() {
        return Some(format!("A key is a letter or a digit, not “{key}”."));
    }
    let key = key.to_uppercase().to_string();
    // With Shift, the key of a tag makes it sticky.
    let keys = [key.clone(), format!("Shift+{key}")];
    let plain = commands::all(document::codebook(state)).filter(|it| !it.is_of_tag());
    let owner = plain.into_iter().find(|it| it.keys().iter().any(|it| keys.contains(it)))?;
    Some(format!("“{key}” is the key of the command “{}”. Choose another.", owner.name()))
}

/// Which tag had this key before, in words.
fn taken(state: &State, id: TagId, key: char) -> Option<String> {
    let mut others = document::codebook(state).offered().filter(|it| it.id != id);
    let owner = others.find(|it| it.key == Some(key))?;
    Some(format!("It was the key of “{}”, which has none now.", owner.name))
}
