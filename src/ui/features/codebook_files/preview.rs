//! The preview of a codebook: what taking it over would change, with a choice for each tag.

use std::rc::Rc;

use yew::prelude::*;

use super::{actions::take_over, read::ReadCodebook, row::Row, words::summary};
use crate::{
    annotation::Codebook,
    session::TagFate,
    ui::{
        State,
        features::document,
        parts::{dialog::closing, words::count},
        platform, use_store,
    },
};

/// How many tags are listed at first.
const LISTED: usize = 100;

/// How many names of tags that would be removed are listed.
const NAMED: usize = 12;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) read: Rc<ReadCodebook>,
}

#[component]
pub(super) fn Preview(props: &Props) -> Html {
    let store = use_store();
    let codebook = document::use_codebook();
    let read = &props.read;
    let tags = &read.tags;
    let fates = use_state_eq(|| Rc::new(TagFate::suggested(&codebook, tags)));
    // Where nothing is annotated yet, another codebook usually takes the place of the first.
    let replaces = use_state_eq(|| {
        let is_annotated =
            |state: &State| state.document.session().records().iter().any(|it| it.content.is_some());
        read.is_ready_made && !store.read(is_annotated)
    });
    let lists_all = use_state_eq(|| false);
    // Another tab may have removed a tag meanwhile.
    let now: Rc<Vec<TagFate>> = use_memo(((*fates).clone(), codebook.clone()), |(fates, codebook)| {
        fates.iter().map(|it| possible(*it, codebook)).collect()
    });
    let unused = {
        let store = store.clone();
        use_memo((Rc::clone(&now), codebook.clone()), move |(fates, _)| {
            store.read(|state| state.document.session().unused_tags(fates))
        })
    };
    let plan = {
        let (store, tags) = (store.clone(), Rc::clone(tags));
        use_memo((Rc::clone(&now), *replaces, codebook.clone()), move |(fates, replaces, _)| {
            store.read(|state| {
                state.document.session().plan_import(&tags, fates, *replaces, platform::moment())
            })
        })
    };
    let onfate = {
        let fates = fates.clone();
        Callback::from(move |(at, fate): (usize, TagFate)| {
            let mut new = Vec::clone(&fates);
            if let Some(it) = new.get_mut(at) {
                *it = fate;
            }
            fates.set(Rc::new(new));
        })
    };
    let onreplace = {
        let replaces = replaces.clone();
        move |_: Event| replaces.set(!*replaces)
    };
    let done = {
        let plan = Rc::clone(&plan);
        closing(&store, move |store| take_over(store, &plan))
    };
    let all = {
        let lists_all = lists_all.clone();
        move |_| lists_all.set(true)
    };
    let listed = if *lists_all { tags.len() } else { tags.len().min(LISTED) };
    html! {
        <>
            <p class="codebook-source"><b>{ &read.name }</b>{ ". " }{ &read.about }</p>
            <p class="codebook-summary" role="status">{ summary(&plan) }</p>
            if !unused.is_empty() {
                <label class="check">
                    <input type="checkbox" name="replace" checked={*replaces} onchange={onreplace} />
                    <span>{ replacing(&unused.iter().map(|it| codebook.name_of(*it)).collect::<Vec<_>>()) }</span>
                </label>
            }
            if !tags.is_empty() {
                <ul class="file-tags" tabindex="0" aria-label="Tags of the file">
                    { for (0..listed).map(|at| html! {
                        <Row key={at} {at} tags={Rc::clone(tags)} fate={now.get(at).copied().unwrap_or(TagFate::Skip)}
                            plan={Rc::clone(&plan)} codebook={codebook.clone()} onfate={onfate.clone()} />
                    }) }
                    if listed < tags.len() {
                        <li class="file-tags-more">
                            <button type="button" class="button" data-action="list-all" onclick={all}>
                                { format!("Show the other {}", count(tags.len() - listed, "tag", "tags")) }
                            </button>
                        </li>
                    }
                </ul>
            }
            if !read.notes.is_empty() {
                <h3>{ "What is not taken over as it is in the file" }</h3>
                <ul class="problems" tabindex="0" aria-label="What is not taken over as it is in the file">
                    { for read.notes.iter().take(LISTED).map(|it| html! { <li class="problem sentence">{ it }</li> }) }
                    if read.notes.len() > LISTED {
                        <li>{ format!("… and {} more", read.notes.len() - LISTED) }</li>
                    }
                </ul>
            }
            if let Some(lacks) = read.lacks {
                <p class="beneath">{ lacks }</p>
            }
            <p class="beneath">{ "Annotations stay as they are. Undo takes all of it back." }</p>
            <div class="dialog-foot">
                <button type="button" class="button" data-action="cancel" onclick={closing(&store, |_| {})}>{ "Cancel" }</button>
                <button type="button" class="button solid" data-action="take-over" disabled={plan.edits.is_empty()} onclick={done}>
                    { if *replaces && !plan.removed.is_empty() { "Replace the codebook" } else { "Add to the codebook" } }
                </button>
            </div>
        </>
    }
}

/// The fate, or that the tag is new if the one it is the same as was removed.
fn possible(fate: TagFate, codebook: &Codebook) -> TagFate {
    let is_here = |it| codebook.tag(it).is_some_and(|it| !it.removed);
    if fate.target().is_none_or(is_here) { fate } else { TagFate::Add }
}

/// The words beside the box that removes tags.
fn replacing(names: &[&str]) -> String {
    let more = names.len().saturating_sub(NAMED);
    let listed = names[..names.len() - more].join(", ");
    let listed = if more > 0 { format!("{listed} and {more} more") } else { listed };
    let what = count(names.len(), "tag", "tags");
    format!("Replace: remove the {what} here that no annotation has and that the file lacks: {listed}")
}
