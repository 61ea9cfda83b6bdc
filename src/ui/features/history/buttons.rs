//! The buttons for undo and redo.

use yew::prelude::*;

use super::actions::travel;
use crate::ui::{
    parts::{button::Button, icons::Icon},
    use_store, use_view,
};

#[component]
pub(crate) fn UndoRedo() -> Html {
    let store = use_store();
    let (undo, redo) = use_view(|state| {
        let history = state.document.session().history();
        (history.next_undo(), history.next_redo())
    });
    let travel = |back| {
        let store = store.clone();
        Callback::from(move |_| travel(&store, back))
    };
    let label = |word: &str, what: Option<String>| what.map_or(word.to_owned(), |it| format!("{word}: {it}"));
    html! {
        <>
            <Button action="undo" icon={Icon::Undo} short="Undo" disabled={undo.is_none()}
                label={label("Undo", undo.map(|it| it.to_string()))} onclick={travel(true)} />
            <Button action="redo" icon={Icon::Redo} short="Redo" disabled={redo.is_none()}
                label={label("Redo", redo.map(|it| it.to_string()))} onclick={travel(false)} />
        </>
    }
}
