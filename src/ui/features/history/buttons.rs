//! The buttons for undo and redo.

use yew::prelude::*;

use super::actions::{redo, undo};
use crate::{
    session::Label,
    ui::{
        Store,
        features::document,
        parts::{button::Button, icons::Icon},
        use_store, use_view,
    },
};

/// The two buttons; their labels name the step.
#[component]
pub(crate) fn UndoRedo() -> Html {
    let store = use_store();
    let (next_undo, next_redo) = use_view(|state| {
        let history = state.document.session().history();
        let words = |label: Option<Label>| label.map(|it| it.display(document::codebook(state)));
        (words(history.next_undo()), words(history.next_redo()))
    });
    let callback = |act: fn(&Store)| {
        let store = store.clone();
        Callback::from(move |_| act(&store))
    };
    let label = |word: &str, what: Option<String>| what.map_or(word.to_owned(), |it| format!("{word}: {it}"));
    html! {
        <>
            <Button action="undo" icon={Icon::Undo} short="Undo" disabled={next_undo.is_none()}
                label={label("Undo", next_undo)} onclick={callback(undo)} />
            <Button action="redo" icon={Icon::Redo} short="Redo" disabled={next_redo.is_none()}
                label={label("Redo", next_redo)} onclick={callback(redo)} />
        </>
    }
}
