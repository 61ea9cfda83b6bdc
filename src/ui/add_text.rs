//! The window in which a person pastes a text, or goes on to open files.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::{app::use_app, dialogs::close_around, import, platform};

/// The fields, and what they hold.
#[component]
pub(super) fn AddText() -> Html {
    let app = use_app();
    let (title, text) = (use_node_ref(), use_node_ref());
    // Why what is in the fields cannot be added.
    let wrong = use_state(|| None::<String>);
    {
        let text = text.clone();
        use_effect_with((), move |()| {
            if let Some(text) = text.cast::<HtmlTextAreaElement>() {
                let _ = text.focus();
            }
        });
    }
    let add = {
        let (app, title, text, wrong) = (app.clone(), title.clone(), text.clone(), wrong.setter());
        move |event: MouseEvent| {
            let (Some(title), Some(text)) =
                (title.cast::<HtmlInputElement>(), text.cast::<HtmlTextAreaElement>())
            else {
                return;
            };
            match app.add_pasted(&title.value(), &text.value()) {
                Ok(()) => close_around(&event),
                Err(why) => {
                    wrong.set(Some(why));
                    let _ = text.focus();
                }
            }
        }
    };
    let open = |event: MouseEvent| {
        close_around(&event);
        platform::click(import::INPUT);
    };
    html! {
        <>
            <label class="field">
                <span>{ "Text" }</span>
                <textarea ref={text} name="text" rows="12" dir="auto" placeholder="Paste the text here"
                    aria-describedby="add-text-wrong" />
            </label>
            <label class="field">
                <span>{ "Title" }</span>
                <input ref={title} name="title" type="text" dir="auto" placeholder="The first line, where you give none" />
            </label>
            <p id="add-text-wrong" class="wrong" role="alert">{ (*wrong).clone().unwrap_or_default() }</p>
            <div class="dialog-foot">
                <button type="button" class="button" data-action="open-files" onclick={open}>{ "Open files …" }</button>
                <button type="button" class="button solid" data-action="add-pasted" onclick={add}>{ "Add text" }</button>
            </div>
        </>
    }
}
