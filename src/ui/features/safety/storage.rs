//! Sections of the storage dialog: how safe the saved work is, how much space it takes, and deleting everything.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::backup::back_up;
use crate::{
    annotation::ArticleRecord,
    ui::{
        State,
        features::document::{self, Trouble},
        parts::words::count,
        platform::{self, Room},
        use_store, use_view, use_view_immediately,
    },
};

/// How much the page has of everything, for showing it.
#[derive(Clone, Copy, PartialEq)]
struct Amount {
    annotations: usize,
    /// Deleted annotations, whose tombstones are saved.
    deleted: usize,
    set_aside: usize,
    /// Own articles.
    own: usize,
    /// Own articles that were removed, which undo can bring back.
    removed: usize,
}

fn amount(state: &State) -> Amount {
    let library = state.document.session().library();
    let sets = library.iter().filter_map(|it| state.document.session().annotations(it.id()));
    let annotations = sets.map(crate::annotation::AnnotationSet::len).sum();
    Amount {
        annotations,
        deleted: state.document.session().records().len().saturating_sub(annotations),
        set_aside: state.document.set_aside().len(),
        own: library.iter().filter(|it| ArticleRecord::is_own(it.id())).count(),
        removed: library.removed().count(),
    }
}

/// The save status in a sentence.
fn safety(state: &State) -> AttrValue {
    match document::trouble(state) {
        None if document::is_saving(state) => "Saving …".into(),
        None => "Everything is saved and safe, even if the browser crashes.".into(),
        Some(Trouble::LocalOnly(failure)) => format!(
            "Everything is saved, but not crash-proof: {failure}. It is only in this browser's local storage (localStorage), \
             where a crash can lose the last few seconds."
        )
        .into(),
        Some(Trouble::Unsaved(0, failure)) => format!("Nothing can be saved: {failure}.").into(),
        Some(Trouble::Unsaved(changes, failure)) => {
            format!("{} not saved: {failure}.", count(changes, "annotation is", "annotations are")).into()
        }
        Some(Trouble::Unread(failure)) => format!("Some data could not be read: {failure}.").into(),
    }
}

/// The save status, and how much space the saved work takes.
#[component]
pub(super) fn StorageStatus() -> Html {
    let safety = use_view_immediately(safety);
    let amount = use_view(amount);
    let room = use_state(|| None::<Room>);
    let update_room = {
        let room = room.setter();
        Callback::from(move |ask: bool| {
            let room = room.clone();
            spawn_local(async move {
                if ask {
                    platform::persist().await;
                }
                room.set(platform::room().await);
            });
        })
    };
    // The space changes with the amount.
    use_effect_with(amount, {
        let update_room = update_room.clone();
        move |_| update_room.emit(false)
    });
    let onclick = move |_| update_room.emit(true);
    html! {
        <section>
            <p class="storage-state">{ safety }</p>
            <p class="storage-usage">
                { count(amount.annotations, "annotation", "annotations") }
                if amount.own > 0 {
                    { format!(" · {} of your own", count(amount.own, "article", "articles")) }
                }
                if let Some(room) = &*room {
                    { format!(" · {} of {} used", size(room.used), size(room.quota)) }
                }
            </p>
            if amount.removed > 0 {
                <p class="storage-usage removed-articles">
                    { format!(
                        "{} kept with text and annotations, so that you can undo the removal, until you delete everything.",
                        count(amount.removed, "removed article is", "removed articles are")
                    ) }
                </p>
            }
            if let Some(room) = &*room {
                <p class="storage-usage" data-persisted={room.persisted.to_string()}>
                    if room.persisted {
                        { "This browser will not delete your data automatically." }
                    } else {
                        { "This browser may delete your data when the disk is nearly full. " }
                        <button type="button" class="button" data-action="persist" {onclick}>{ "Ask it not to" }</button>
                    }
                </p>
            }
        </section>
    }
}

/// The button that deletes everything. Before that, it lists what will be deleted and offers a backup.
#[component]
pub(super) fn DeleteEverything() -> Html {
    let store = use_store();
    let amount = use_view(amount);
    let is_confirming = use_state(|| false);
    let ask = |value: bool| {
        let is_confirming = is_confirming.setter();
        move |_: MouseEvent| is_confirming.set(value)
    };
    if !*is_confirming {
        return html! {
            <section>
                <button type="button" class="button bad" data-action="delete-everything" onclick={ask(true)}>
                    { "Delete everything in this browser …" }
                </button>
            </section>
        };
    }
    let back_up = {
        let store = store.clone();
        move |_| back_up(&store)
    };
    let delete = move |_| document::delete_everything(&store);
    let mut what = vec![count(amount.annotations, "annotation", "annotations")];
    if amount.own + amount.removed > 0 {
        what.push(count(amount.own + amount.removed, "article of your own", "articles of your own"));
    }
    if amount.deleted > 0 {
        what.push(count(amount.deleted, "record of a deletion", "records of deletions"));
    }
    if amount.set_aside > 0 {
        what.push(count(amount.set_aside, "item set aside", "items set aside"));
    }
    what.push("notes without a tag, the undo history".to_owned());
    html! {
        <section id="delete-everything" role="group" aria-labelledby="delete-words">
            <p id="delete-words">
                <b>{ format!("This deletes {} and your settings", what.join(", ")) }</b>
                { ", in this browser and in all its open tabs. You cannot undo this, but a backup can restore everything." }
            </p>
            <div class="dialog-foot">
                <button type="button" class="button" data-action="keep" onclick={ask(false)}>{ "Cancel" }</button>
                <button type="button" class="button solid" data-action="back-up" onclick={back_up}>{ "Back up first" }</button>
                <button type="button" class="button bad" data-action="confirm-delete" onclick={delete}>{ "Delete everything" }</button>
            </div>
        </section>
    }
}

/// The size of a text in words, in UTF-8.
#[expect(clippy::cast_precision_loss, reason = "a text is not that long")]
pub(super) fn bytes(text: &str) -> String {
    size(text.len() as f64)
}

/// A number of bytes in words, with a suitable unit.
fn size(bytes: f64) -> String {
    const UNITS: [&str; 3] = ["kB", "MB", "GB"];
    if bytes < 1_000.0 {
        return format!("{bytes:.0} bytes");
    }
    let (mut size, mut unit) = (bytes / 1_000.0, 0);
    while size >= 1_000.0 && unit + 1 < UNITS.len() {
        size /= 1_000.0;
        unit += 1;
    }
    // Two or three digits are enough.
    let places = usize::from(size < 10.0);
    format!("{size:.places$} {}", UNITS[unit])
}
