//! The dialog in which a person chooses the encodings of files, with a sample of each text.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{
    conclude::{cancelled, conclude},
    read_bytes::ReadError,
    read_text::{ENCODINGS, read_as},
};
use crate::ui::{
    Store,
    features::progress,
    parts::{
        dialog::{Dialog, close_around, closing},
        lazy_html::LazyHtml,
    },
    use_store, use_view,
};

pub(super) static ENCODINGS_DIALOG: Dialog = Dialog::new("encodings", "Text encoding");
pub(super) const ENCODINGS_HTML: LazyHtml = LazyHtml::of(&ENCODINGS_DIALOG, || html! { <Encodings /> });

/// The files, each with the choice of its encoding and a sample of the text.
#[component]
fn Encodings() -> Html {
    let store = use_store();
    let report = use_view(|state| state.exchange.report.clone());
    let chosen = use_state(|| {
        let all = report.iter().flat_map(|it| it.unknown_encodings.iter());
        all.map(|it| Some(it.guess)).collect::<Vec<Option<&'static str>>>()
    });
    let Some(report) = report else { return html! {} };
    let ontake = {
        let chosen = (*chosen).clone();
        closing(&store, move |store| set_encodings(store, chosen.clone()))
    };
    let cancel = |event: MouseEvent| close_around(&event);
    html! {
        <>
            <p>
                { "These files do not state their text encoding. Check that each sample is readable, and choose another \
                   encoding if it is not." }
            </p>
            { for report.unknown_encodings.iter().enumerate().map(|(index, file)| {
                let label = chosen.get(index).copied().flatten();
                let onchange = {
                    let chosen = chosen.clone();
                    move |event: Event| {
                        let value = event.target().and_then(|it| it.dyn_into::<HtmlSelectElement>().ok()).map(|it| it.value());
                        let mut all = (*chosen).clone();
                        if let Some(slot) = all.get_mut(index) {
                            *slot = ENCODINGS.iter().map(|(label, _)| *label).find(|it| Some(*it) == value.as_deref());
                        }
                        chosen.set(all);
                    }
                };
                html! {
                    <section class="encoding">
                        <label class="line">
                            <b>{ &file.name }</b>
                            <select name="encoding" {onchange}>
                                { for ENCODINGS.iter().map(|(it, name)| html! {
                                    <option value={*it} selected={label == Some(*it)}>{ *name }</option>
                                }) }
                                <option value="" selected={label.is_none()}>{ "Skip this file" }</option>
                            </select>
                        </label>
                        <blockquote class="sample" dir="auto" tabindex="0" aria-label={format!("The beginning of {}", file.name)}>
                            { label.map(|it| file.sample(it)).unwrap_or_default() }
                        </blockquote>
                    </section>
                }
            }) }
            <div class="dialog-foot">
                <button type="button" class="button" data-action="cancel" onclick={cancel}>{ "Cancel" }</button>
                <button type="button" class="button solid" data-action="take-encodings" onclick={ontake}>{ "Continue" }</button>
            </div>
        </>
    }
}

/// Continues an import with the chosen encodings: a label for each file, or none to leave the file out.
fn set_encodings(store: &Store, labels: Vec<Option<&'static str>>) {
    let Some(report) = store.update(|state| state.exchange.report.take()) else { return };
    let Some(mut work) = progress::begin(store, "Reading".to_owned()) else { return };
    let store = store.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let Ok(mut report) = Rc::try_unwrap(report) else { return };
        for (file, label) in std::mem::take(&mut report.unknown_encodings).iter().zip(labels) {
            let Some(label) = label else { continue };
            match read_as(file, label, &mut work).await {
                Ok(text) => report.texts.push(text),
                Err(ReadError::Refused(why)) => report.add_problem(&file.name, why),
                Err(ReadError::Cancelled) => return cancelled(&store),
            }
        }
        drop(work);
        conclude(&store, report);
    });
}
