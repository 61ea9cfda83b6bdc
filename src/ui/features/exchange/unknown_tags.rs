//! The offer to add tags that annotations of a file have and the codebook does not.

use std::rc::Rc;

use yew::prelude::*;

use super::{import::import_with_tags, report::Report, report_tags::records_of};
use crate::{
    interchange::UnknownTag,
    ui::{
        parts::{dialog::closing, look::look, words::count},
        use_store,
    },
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) report: Rc<Report>,
}

/// The tags, each with a box, and the button that adds them and imports the files.
#[component]
pub(super) fn UnknownTags(props: &Props) -> Html {
    let store = use_store();
    let unknown = &props.report.tags.unknown;
    let left_out = use_state(Vec::<usize>::new);
    let chosen: Vec<UnknownTag> = (0..unknown.len())
        .filter(|it| !left_out.contains(it))
        .filter_map(|it| unknown.get(it).cloned())
        .collect();
    let label = match &chosen[..] {
        [one] => format!("Add the tag “{}” and import", one.tag.name),
        all => format!("Add {} and import", count(all.len(), "tag", "tags")),
    };
    let disabled = chosen.is_empty();
    let add = {
        let report = Rc::clone(&props.report);
        closing(&store, move |store| {
            let all: Vec<&UnknownTag> = chosen.iter().collect();
            let records = store.read(|state| records_of(state, &all));
            import_with_tags(store, report.tags.files.clone(), records);
        })
    };
    let entry = |(at, it): (usize, &UnknownTag)| {
        let is_chosen = !left_out.contains(&at);
        let left_out = left_out.clone();
        let onchange = move |_: Event| {
            let mut all = Vec::clone(&left_out);
            if is_chosen {
                all.push(at);
            } else {
                all.retain(|it| *it != at);
            }
            left_out.set(all);
        };
        let tag = it.tag.id.map(|id| it.tag.as_tag(id).into());
        html! {
            <li>
                <label class="check">
                    <input type="checkbox" name="unknown-tag" checked={is_chosen} {onchange} />
                    <span class={look("swatch", tag.as_ref())} aria-hidden="true"></span>
                    <span>
                        <b>{ &*it.tag.name }</b>
                        { format!(" ({})", count(it.count, "annotation", "annotations")) }
                        if !it.tag.definition.is_empty() {
                            <small>{ &*it.tag.definition }</small>
                        }
                    </span>
                </label>
            </li>
        }
    };
    html! {
        <section class="unknown-tags" aria-labelledby="unknown-tags-title">
            <h3 id="unknown-tags-title">
                { if unknown.len() == 1 { "A tag of the file is not in the codebook here" } else { "Tags of the file that are not in the codebook here" } }
            </h3>
            <ul>{ for unknown.iter().enumerate().map(entry) }</ul>
            <button type="button" class="button solid" data-action="add-unknown-tags" {disabled} onclick={add}>{ label }</button>
        </section>
    }
}
