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
    let said = use_state(String::new);
    let (id, key) = (props.tag.id, props.tag.key);
    let shown = key.map(String::from).unwrap_or_default();
    let oninput = {
        let (said, kept) = (said.clone(), shown.clone());
        move |event: InputEvent| {
            let Some(field) = event.target_dyn_into::<web_sys::HtmlInputElement>() else { return };
            let typed = field.value();
            let new = typed.chars().flat_map(char::to_lowercase).find(|it| Some(*it) != key);
            if let Some(new) = new.filter(|it| !it.is_alphanumeric()) {
                field.set_value(&kept);
                said.set(format!("A key is a letter or a digit, not “{new}”."));
                return;
            }
            let new = if typed.is_empty() { None } else { new.or(key) };
            said.set(new.map(|it| store.read(|state| owner(state, id, it))).unwrap_or_default());
            change_once(&store, TagCommand::Key(id, new));
            field.set_value(&new.map(String::from).unwrap_or_default());
        }
    };
    html! {
        <div class="field key-field">
            <label for="tag-key">{ "Key" }</label>
            <input type="text" id="tag-key" name="tag-key" autocomplete="off" autocapitalize="off" maxlength="4" value={shown}
                aria-describedby="tag-key-said" {oninput} />
            <p id="tag-key-said" class="said" role="status">{ (*said).clone() }</p>
        </div>
    }
}

/// What had this key before, in words.
fn owner(state: &State, id: TagId, key: char) -> String {
    let codebook = document::codebook(state);
    if let Some(tag) = codebook.offered().find(|it| it.id != id && it.key == Some(key)) {
        return format!("It was the key of “{}”, which has none now.", tag.name);
    }
    let is_key = |it: &String| it.to_lowercase() == key.to_string();
    let command = commands::all(codebook).find(|it| it.keys().iter().any(is_key));
    let own = codebook.tag(id).is_some_and(|it| it.key == Some(key));
    match command.filter(|_| !own) {
        Some(it) => format!("The command “{}” had this key; Ctrl+K lists all commands.", it.name()),
        None => String::new(),
    }
}
