//! The dialogs that show what cannot be imported, and what restoring a backup would change.

use std::rc::Rc;

use yew::prelude::*;

use super::{
    apply::import_valid,
    preview::Preview,
    report::Report,
    restore::restore,
    state::{IMPORT_REPORT, RESTORE},
    unknown_tags::UnknownTags,
};
use crate::{
    session::Effect,
    ui::{
        parts::{
            dialog::{close_around, closing},
            lazy_html::LazyHtml,
            words::count,
        },
        platform, use_store, use_view,
    },
};

pub(super) const IMPORT_HTML: LazyHtml = LazyHtml::of(&IMPORT_REPORT, || html! { <ImportReport /> });
pub(super) const RESTORE_HTML: LazyHtml = LazyHtml::of(&RESTORE, || html! { <Restore /> });

/// What can be imported and what cannot.
#[component]
fn ImportReport() -> Html {
    let store = use_store();
    let Some(report) = use_view(|state| state.exchange.report.clone()) else { return html! {} };
    let good = report.records.len();
    let texts = report.text_count();
    let mut what = Vec::new();
    if texts > 0 {
        what.push(count(texts, "text", "texts"));
    }
    if good > 0 {
        what.push(count(good, "annotation", "annotations"));
    }
    let tags = report.tags.records.len();
    if tags > 0 {
        what.push(count(tags, "tag", "tags"));
    }
    let what = what.join(" and ");
    let import = closing(&store, import_valid);
    let cancel = |event: MouseEvent| close_around(&event);
    let file = report.one_file();
    let offers_tags = !report.tags.unknown.is_empty();
    html! {
        <>
            <p>
                if let Some(file) = file {
                    { "From " }<b>{ file }</b>{ ": " }
                }
                if report.has_valid() && offers_tags {
                    { format!("{what} can be imported. The others need tags that are not here:") }
                } else if report.has_valid() {
                    { format!("{what} can be imported. The following cannot:") }
                } else if offers_tags {
                    { "nothing can be imported without the tags of the file." }
                } else {
                    { "nothing can be imported. Nothing was changed." }
                }
            </p>
            if offers_tags {
                <UnknownTags report={Rc::clone(&report)} />
                <h3>{ "What cannot be imported without them, or at all" }</h3>
            }
            { problems(&report) }
            <div class="dialog-foot">
                <button type="button" class="button" data-action="cancel" onclick={cancel}>
                    { if report.has_valid() { "Cancel" } else { "Close" } }
                </button>
                if report.has_valid() {
                    <button type="button" class={classes!("button", (!offers_tags).then_some("solid"))} data-action="import-good" onclick={import}>
                        { format!("Import {}{what}", if offers_tags { "only " } else { "" }) }
                    </button>
                }
            </div>
        </>
    }
}

fn problems(report: &Report) -> Html {
    let names_files = report.one_file().is_none();
    html! {
        <ul class="problems" tabindex="0" aria-label="Problems">
            { for report.problems.iter().map(|(file, what)| html! {
                <li class={classes!("problem", (!names_files).then_some("sentence"))}>
                    if names_files {
                        <b>{ file }</b>{ ": " }
                    }
                    { what }
                </li>
            }) }
            if report.unlisted > 0 {
                <li>{ format!("… and {} more", report.unlisted) }</li>
            }
        </ul>
    }
}

/// What restoring the backup would change.
#[component]
fn Restore() -> Html {
    let store = use_store();
    let Some(report) = use_view(|state| state.exchange.report.clone()) else { return html! {} };
    let Some(backup) = &report.backup else { return html! {} };
    let new_marks =
        store.read(|state| state.articles.done().union(&backup.done).len() - state.articles.done().len());
    let restore = closing(&store, restore);
    let cancel = |event: MouseEvent| close_around(&event);
    let preview = &report.preview;
    html! {
        <>
            <p>
                { backup.created.map_or("A backup.".to_owned(), |it| format!("A backup of {}.", platform::date_and_time(it))) }
                { " Restoring adds to the data here. If an annotation exists in both, the later version is kept." }
            </p>
            <dl class="effects">
                { effect(preview, Effect::Added, "added", "will be added") }
                { effect(preview, Effect::Updated, "updated", "will be changed to the backup’s later version") }
                { effect(preview, Effect::Deleted, "deleted", "will be deleted, as in the backup") }
                { effect(preview, Effect::Same, "same", "are the same here") }
                { effect(preview, Effect::Older, "older", "stay unchanged, since the version here is later") }
                { effect(preview, Effect::Gone, "gone", "were deleted here in the meantime; you can bring them back afterwards") }
            </dl>
            if !preview.changed.is_empty() {
                <h3>{ "Changes to existing annotations" }</h3>
                <ul class="problems" tabindex="0" aria-label="Changes to existing annotations">
                    { for preview.changed.iter().map(|it| html! {
                        <li class="change">
                            <small>{ &it.article }</small>
                            <q>{ &it.excerpt }</q>
                            <span>{ &it.how }</span>
                        </li>
                    }) }
                    if preview.unlisted > 0 {
                        <li>{ format!("… and {} more", preview.unlisted) }</li>
                    }
                </ul>
            }
            if report.text_count() > 0 {
                <p class="beneath">{ format!("It contains {} of your own.", count(report.text_count(), "article", "articles")) }</p>
            }
            if new_marks > 0 {
                <p class="beneath">{ format!("{} will be marked as done.", count(new_marks, "article", "articles")) }</p>
            }
            if !backup.others.is_empty() {
                <p class="beneath">
                    { count(backup.others.len(), "item", "items") }
                    { " that could not be read, or that another version of Glossator wrote, will be kept unchanged." }
                </p>
            }
            if !report.problems.is_empty() {
                <h3>{ "What cannot be restored" }</h3>
                { problems(&report) }
            }
            <div class="dialog-foot">
                <button type="button" class="button" data-action="cancel" onclick={cancel}>{ "Cancel" }</button>
                <button type="button" class="button solid" data-action="restore-now" onclick={restore}>{ "Restore" }</button>
            </div>
        </>
    }
}

fn effect(preview: &Preview, effect: Effect, kind: &'static str, words: &'static str) -> Html {
    let number = preview.count(effect);
    html! {
        <div class={classes!((number == 0).then_some("none"))}>
            <dt data-kind={kind}>{ number }</dt>
            <dd>{ words }</dd>
        </div>
    }
}
