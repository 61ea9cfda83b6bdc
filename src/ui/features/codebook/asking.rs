//! Asks for an attribute as soon as its tag is given.

use wasm_bindgen_futures::spawn_local;

use crate::{
    annotation::{AttributeId, Record},
    session::Change,
    ui::{State, Store, features::document, platform},
};

/// The card of a new annotation is drawn after the text, within so many paints.
const PAINTS: usize = 20;

/// Focuses the field of the first attribute that is to be asked for, if a person made one new annotation.
pub(super) fn ask(store: &Store, change: &Change) {
    let [record] = &change.records[..] else { return };
    let Some(attribute) = store.read(|state| asked(state, record)) else { return };
    let field = format!(".card.focused [data-attribute='{}']", attribute.as_str());
    spawn_local(async move {
        for _ in 0..PAINTS {
            platform::next_paint().await;
            if platform::has(&field) {
                platform::focus_first(&field);
                break;
            }
        }
    });
}

/// The attribute to ask for.
fn asked(state: &State, record: &Record) -> Option<AttributeId> {
    let annotation = record.content.as_ref()?;
    // A later version is of an annotation that there was before, such as one that undo brought back.
    if record.version.counter > 1 {
        return None;
    }
    let attributes = &document::codebook(state).tag(annotation.tag)?.attributes;
    let mut missing = attributes.iter().filter(|it| annotation.attributes.get(it.id).is_none());
    missing.find(|it| it.asked && !it.removed).map(|it| it.id)
}
