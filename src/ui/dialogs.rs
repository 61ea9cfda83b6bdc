//! The windows over the page: the codebook, the keys, and what of a file can be imported.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;

use super::{
    app::{Dialog, count, use_app, use_view},
    icons::{Icon, icon},
    keys::BINDINGS,
};
use crate::annotation::{BOUNDARY_CASES, Tag};

/// The window that is open, if one is.
#[component]
pub(super) fn Dialogs() -> Html {
    match use_view(|state| state.dialog) {
        None => html! {},
        Some(Dialog::Codebook) => {
            html! { <Window key="codebook" id="codebook" title="Codebook">{ codebook() }</Window> }
        }
        Some(Dialog::Keys) => html! { <Window key="keys" id="keys" title="Keyboard">{ keys() }</Window> },
        Some(Dialog::ImportReport) => {
            html! { <Window key="import-report" id="import-report" title="Import"><ImportReport /></Window> }
        }
    }
}

#[derive(Properties, PartialEq)]
struct WindowProps {
    id: &'static str,
    title: &'static str,
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
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                let _ = dialog.show_modal();
            }
        });
    }
    let onclose = {
        let app = app.clone();
        move |_: Event| app.dialog(None)
    };
    let close = |event: MouseEvent| close_around(&event);
    let heading = format!("{}-title", props.id);
    html! {
        <dialog id={props.id} ref={dialog} aria-labelledby={heading.clone()} {onclose}>
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
    html! {
        <table>
            <tbody>
                { for BINDINGS.iter().map(|binding| html! {
                    <tr>
                        <th scope="row">
                            { for binding.shown.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }
                        </th>
                        <td>{ binding.does }</td>
                    </tr>
                }) }
            </tbody>
        </table>
    }
}

/// More problems than this are counted and not listed: nobody reads them one by one.
const LISTED: usize = 200;

#[component]
fn ImportReport() -> Html {
    let app = use_app();
    let Some(report) = use_view(|state| state.import.clone()) else { return html! {} };
    let good = report.records.len();
    let import = {
        let app = app.clone();
        move |event: MouseEvent| {
            close_around(&event);
            app.import_good();
        }
    };
    let cancel = |event: MouseEvent| close_around(&event);
    let unlisted = report.problems.len().saturating_sub(LISTED);
    let one_file = report.problems.iter().all(|(file, _)| *file == report.problems[0].0);
    html! {
        <>
            <p>
                if one_file {
                    { "From " }<b>{ &report.problems[0].0 }</b>{ ": " }
                }
                { match good {
                    0 => "nothing can be imported. What is here stays as it is.".to_owned(),
                    n => format!("{} can be imported, and this cannot:", count(n, "annotation", "annotations")),
                } }
            </p>
            <ul class="problems" tabindex="0" aria-label="Problems">
                { for report.problems.iter().take(LISTED).map(|(file, what)| html! {
                    <li class="problem">
                        if !one_file {
                            <b>{ file }</b>{ ": " }
                        }
                        { what }
                    </li>
                }) }
                if unlisted > 0 {
                    <li>{ format!("… and {unlisted} more") }</li>
                }
            </ul>
            <div class="dialog-foot">
                <button type="button" class="button" data-action="cancel" onclick={cancel}>
                    { if good > 0 { "Cancel" } else { "Close" } }
                </button>
                if good > 0 {
                    <button type="button" class="button solid" data-action="import-good" onclick={import}>
                        { format!("Import {good}") }
                    </button>
                }
            </div>
        </>
    }
}

/// Closes the dialog that a button is in. Closing the element and not only the state gives the focus back to where it
/// was.
fn close_around(event: &MouseEvent) {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let dialog = target.and_then(|it| it.closest("dialog").ok().flatten());
    if let Some(dialog) = dialog.and_then(|it| it.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
    }
}
