//! The dialog in which a person pastes a text or opens files, to add an article or to replace its text.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::actions::add_pasted;
use crate::{
    text::ArticleId,
    ui::{
        Store,
        parts::{
            dialog::{Dialog, close_around},
            focus::use_focus,
            lazy_html::LazyHtml,
        },
        platform, use_store, use_view,
    },
};

/// The `id` of the input for files to import.
pub(crate) const INPUT: &str = "import-file";

/// The `id` of the input for the file with an article's newer text.
pub(crate) const NEWER: &str = "newer-file";

static ADD_TEXT: Dialog = Dialog::new("add-text", "Add a text");
pub(super) const ADD_TEXT_HTML: LazyHtml = LazyHtml::of(&ADD_TEXT, || html! { <AddText /> });

/// Opens the dialog to add a text.
pub(super) fn ask_for_text(store: &Store) {
    store.update(|state| {
        state.articles.replacing = None;
        state.dialogs.open(&ADD_TEXT);
    });
}

/// Opens the dialog to replace the text of an own article.
pub(super) fn ask_for_newer_text(store: &Store, id: &ArticleId) {
    store.update(|state| {
        state.articles.replacing = Some(id.clone());
        state.dialogs.open(&ADD_TEXT);
    });
}

/// The fields for the text and its title.
#[component]
fn AddText() -> Html {
    let store = use_store();
    let (title, text) = (use_node_ref(), use_node_ref());
    // Why the text cannot be added.
    let error = use_state(|| None::<String>);
    use_focus(&text);
    let add = {
        let (store, title, text, error) = (store.clone(), title.clone(), text.clone(), error.setter());
        move |event: MouseEvent| {
            let Some(text) = text.cast::<HtmlTextAreaElement>() else { return };
            let title = title.cast::<HtmlInputElement>().map(|it| it.value()).unwrap_or_default();
            match add_pasted(&store, &title, &text.value()) {
                Ok(()) => close_around(&event),
                Err(why) => {
                    error.set(Some(format!("It cannot be added: {why}.")));
                    let _ = text.focus();
                }
            }
        }
    };
    let newer = use_view(|state| {
        let id = state.articles.replacing.as_ref()?;
        Some(AttrValue::from(state.document.session().library().get(id)?.title().to_owned()))
    });
    let field = if newer.is_some() { NEWER } else { INPUT };
    let open = move |event: MouseEvent| {
        // While the dialog is open, elements outside cannot be clicked.
        close_around(&event);
        platform::click(field);
    };
    html! {
        <>
            if let Some(title) = &newer {
                <p>
                    { "The newer text of " }<b>{ title.clone() }</b>{ ". Annotations move to it where their place is certain. You decide \
                      about the others." }
                </p>
            }
            <label class="field">
                <span>{ "Text" }</span>
                <textarea ref={text} autofocus=true name="text" rows="12" dir="auto" placeholder="Paste the text here"
                    aria-describedby="add-text-wrong" />
            </label>
            if newer.is_none() {
                <label class="field">
                    <span>{ "Title" }</span>
                    <input ref={title} name="title" type="text" dir="auto" placeholder="If empty: the first line" />
                </label>
            }
            <p id="add-text-wrong" class="wrong" role="alert">{ (*error).clone().unwrap_or_default() }</p>
            <div class="dialog-foot">
                <button type="button" class="button" data-action="open-files" onclick={open}>{ if newer.is_some() { "Open a file …" } else { "Open files …" } }</button>
                <button type="button" class="button solid" data-action="add-pasted" onclick={add}>{ if newer.is_some() { "Replace the text" } else { "Add text" } }</button>
            </div>
        </>
    }
}
