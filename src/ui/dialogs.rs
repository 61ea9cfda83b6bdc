//! The windows over the page, of which one is open at a time.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlInputElement, Node};
use yew::prelude::*;

use super::{
    add_text::AddText,
    app::{Dialog, use_app, use_view},
    commands::{self, Group, shown},
    encodings::Encodings,
    history::HistoryPanel,
    icons::{Icon, icon},
    occurrences::OccurrencesPanel,
    palette::Palette,
    placing::Placing,
    reports::{ImportReport, Progress, Restore},
    storage_panel::StoragePanel,
};
use crate::annotation::{BOUNDARY_CASES, Tag};

/// The window that is open, if one is.
#[component]
pub(super) fn Dialogs() -> Html {
    match use_view(|state| state.dialog) {
        None => html! {},
        Some(dialog) => {
            let (id, title, content) = match dialog {
                Dialog::Codebook => ("codebook", "Codebook", codebook()),
                Dialog::Keys => ("keys", "Keyboard", keys()),
                Dialog::ImportReport => ("import-report", "Import", html! { <ImportReport /> }),
                Dialog::Restore => ("restore", "Restore a backup", html! { <Restore /> }),
                Dialog::Progress => ("progress", "One moment", html! { <Progress /> }),
                Dialog::Palette => ("palette", "All commands", html! { <Palette /> }),
                Dialog::Occurrences => ("occurrences", "Tag the same words", html! { <OccurrencesPanel /> }),
                Dialog::Encodings => ("encodings", "How is it encoded?", html! { <Encodings /> }),
                Dialog::Placing => ("placing", "Annotations to place", html! { <Placing /> }),
                Dialog::History => ("history", "What was done", html! { <HistoryPanel /> }),
                Dialog::AddText => ("add-text", "Add a text", html! { <AddText /> }),
                Dialog::Storage => ("storage", "Your work", html! { <StoragePanel /> }),
                Dialog::Link => ("link", "Link", html! { <Link /> }),
            };
            html! { <Window key={id} {id} {title} {dialog}>{ content }</Window> }
        }
    }
}

#[derive(Properties, PartialEq)]
struct WindowProps {
    id: &'static str,
    title: &'static str,
    dialog: Dialog,
    children: Html,
}

/// A modal window; the browser keeps the focus in it, closes it with Escape and gives the focus back.
#[component]
fn Window(props: &WindowProps) -> Html {
    let app = use_app();
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            let dialog = dialog.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                let _ = dialog.show_modal();
            }
            // One that is only taken away would not give the focus back.
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let onclose = {
        let (app, dialog) = (app.clone(), props.dialog);
        move |_: Event| app.closed(dialog)
    };
    let oncancel = {
        let (app, dialog, element) = (app.clone(), props.dialog, dialog.clone());
        move |event: Event| {
            // The browser tells of the closing a moment later, when a key may have opened the next dialog. A field for files
            // that is left without one tells of that likewise.
            if event.target().and_then(|it| it.dyn_into::<Node>().ok()) == element.get() {
                app.closed(dialog);
            }
        }
    };
    let close = |event: MouseEvent| close_around(&event);
    let heading = format!("{}-title", props.id);
    html! {
        <dialog id={props.id} ref={dialog} aria-labelledby={heading.clone()} {oncancel} {onclose}>
            <div class="dialog-head">
                <h2 id={heading}>{ props.title }</h2>
                <button type="button" class="button quiet" data-action="close" aria-label="Close" onclick={close}>
                    { icon(Icon::Close) }
                </button>
            </div>
            { props.children.clone() }
        </dialog>
    }
}

/// A link for the person to copy, since the browser does not let the page do it.
#[component]
fn Link() -> Html {
    let link = use_view(|state| state.link.clone());
    let onfocus = |event: FocusEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            // Some browsers put the cursor into the field after they have told of the focus.
            let frame = gloo::render::request_animation_frame(move |_| field.select());
            std::mem::forget(frame);
        }
    };
    html! {
        <>
            <p>{ "This browser does not let the page copy. The link is selected: copy it with " }<kbd>{ "Ctrl+C" }</kbd>{ "." }</p>
            <input class="link" type="text" name="link" readonly=true autofocus=true aria-label="Link"
                value={link.unwrap_or_default()} {onfocus} />
        </>
    }
}

fn codebook() -> Html {
    html! {
        <>
            <dl>
                { for Tag::ALL.into_iter().map(|tag| html! {
                    <>
                        <dt class={tag.id()}><i aria-hidden="true" />{ tag.name() }<kbd>{ tag.index() + 1 }</kbd></dt>
                        <dd>{ tag.definition() }</dd>
                    </>
                }) }
            </dl>
            <h3>{ "Where two are near" }</h3>
            <ul>{ for BOUNDARY_CASES.iter().map(|case| html! { <li>{ *case }</li> }) }</ul>
        </>
    }
}

fn keys() -> Html {
    let of = |group| commands::all().filter(move |it| it.group == group && !it.keys.is_empty());
    html! {
        <table>
            { for Group::ALL.into_iter().map(|group| html! {
                <tbody>
                    <tr><th scope="rowgroup" colspan="2" class="group">{ group.name() }</th></tr>
                    { for of(group).map(|command| html! {
                        <tr>
                            <th scope="row">
                                { for command.keys.iter().map(|keys| html! { <kbd>{ shown(keys) }</kbd> }) }
                            </th>
                            <td>{ command.name }</td>
                        </tr>
                    }) }
                </tbody>
            }) }
        </table>
    }
}

/// Closes the dialog that a button is in. Closing the element and not only the state gives the focus back to where it
/// was.
pub(super) fn close_around(event: &MouseEvent) {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let dialog = target.and_then(|it| it.closest("dialog").ok().flatten());
    if let Some(dialog) = dialog.and_then(|it| it.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
        // The browser tells of it a moment later, when the next dialog may be there, which is not to be closed.
        if let Ok(event) = Event::new("close") {
            let _ = dialog.dispatch_event(&event);
        }
    }
}
