//! A row of the preview: a tag of the file, what becomes of it, and the choice.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::words::{details, outcome};
use crate::{
    annotation::{Codebook, Tag, TagId},
    session::{FileTag, ImportPlan, TagFate, TagOutcome},
    ui::parts::{look::look, tag_search::shown_path},
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The index of the tag in the file.
    pub(super) at: usize,
    pub(super) tags: Rc<[FileTag]>,
    pub(super) fate: TagFate,
    pub(super) plan: Rc<ImportPlan>,
    pub(super) codebook: Codebook,
    pub(super) onfate: Callback<(usize, TagFate)>,
}

/// The value of the option that lets a person choose another tag.
const OTHER: &str = "other";

#[component]
pub(super) fn Row(props: &Props) -> Html {
    let Props { at, tags, fate, plan, codebook, onfate } = props;
    let at = *at;
    let is_choosing = use_state(|| false);
    let (Some(tag), Some(planned)) = (tags.get(at), plan.tags.get(at)) else { return html! {} };
    let onchange = {
        let (onfate, is_choosing, fate) = (onfate.clone(), is_choosing.clone(), *fate);
        move |event: Event| {
            let Some(field) = event.target_dyn_into::<HtmlSelectElement>() else { return };
            is_choosing.set(field.value() == OTHER);
            let new = match field.value().as_str() {
                "add" => TagFate::Add,
                "skip" => TagFate::Skip,
                _ => fate,
            };
            onfate.emit((at, new));
        }
    };
    let onother = {
        let (onfate, is_choosing) = (onfate.clone(), is_choosing.clone());
        move |event: Event| {
            let Some(field) = event.target_dyn_into::<HtmlSelectElement>() else { return };
            if let Some(id) = TagId::parse(&field.value()) {
                onfate.emit((at, TagFate::Same(id)));
                is_choosing.set(false);
            }
        }
    };
    let shown: Option<Rc<Tag>> = match &planned.outcome {
        TagOutcome::Added(tag) => Some(Rc::clone(tag)),
        TagOutcome::Changed(id, _) | TagOutcome::Same(id) => codebook.tag(*id).cloned(),
        TagOutcome::Skipped | TagOutcome::TooLarge => None,
    };
    let above = above(tags, at);
    let (kind, name) = outcome(planned);
    let details = details(planned, plan, codebook);
    let target = fate.target();
    let selected = |it: &str| match fate {
        _ if *is_choosing => it == OTHER,
        TagFate::Add => it == "add",
        TagFate::Same(_) => it == "same",
        TagFate::Skip => it == "skip",
    };
    let others: Vec<&Rc<Tag>> = codebook.tags().iter().filter(|it| !it.removed).collect();
    html! {
        <li class="file-tag" data-kind={kind}>
            <span class={look("swatch", shown.as_ref())} aria-hidden="true"></span>
            <div class="file-tag-words">
                if !above.is_empty() {
                    <small>{ above.join(" › ") }</small>
                }
                <b>{ &*tag.name }</b>
                <span class="file-tag-outcome">
                    { name }
                    if !details.is_empty() {
                        { ": " }{ details.join(", ") }
                    }
                </span>
            </div>
            <div class="file-tag-choice">
                <select name="fate" aria-label={format!("What becomes of {}", tag.name)} {onchange}>
                    <option value="add" selected={selected("add")}>{ "Add as a new tag" }</option>
                    if let Some(id) = target {
                        <option value="same" selected={selected("same")}>{ format!("Same as “{}”", shown_path(codebook, id)) }</option>
                    }
                    if !others.is_empty() {
                        <option value={OTHER} selected={selected(OTHER)}>
                            { if target.is_some() { "Same as another tag…" } else { "Same as a tag here…" } }
                        </option>
                    }
                    <option value="skip" selected={selected("skip")}>{ "Leave out" }</option>
                </select>
                if *is_choosing {
                    <select name="same-as" aria-label={format!("The tag here that is the same as {}", tag.name)} onchange={onother}>
                        <option value="" selected=true>{ "Which tag?" }</option>
                        { for others.iter().map(|it| html! { <option value={it.id.as_str()}>{ shown_path(codebook, it.id) }</option> }) }
                    </select>
                }
            </div>
        </li>
    }
}

/// The names of the tags that a tag of the file is under, from the top.
fn above(tags: &[FileTag], at: usize) -> Vec<&str> {
    let parent = |it: &&FileTag| it.parent.and_then(|it| tags.get(it));
    let first = tags.get(at).and_then(|it| parent(&it));
    let all = std::iter::successors(first, |it| parent(it)).take(tags.len());
    let mut names: Vec<&str> = all.map(|it| &*it.name).collect();
    names.reverse();
    names
}
