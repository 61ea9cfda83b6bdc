//! A field on a card that vanishes while the person types in it, since another tab deleted or retagged its annotation.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

use crate::{
    text::{ArticleId, Span},
    ui::{Store, parts::notice::Notice, platform},
};

/// Drops the focus of an annotation that is gone, and tells what was written in a field that is.
pub(super) fn passages_changed(store: &Store, _: &[(ArticleId, Span)]) {
    let Some(focus) = store.read(|state| state.location.focus()) else { return };
    let written = written();
    let (deleted, lost) = store.read(|state| {
        let here = state.document.session().annotation(focus);
        let has_field = |it: &Written| {
            let attribute = it.attribute.as_deref();
            here.is_some_and(|here| attribute.is_none_or(|it| here.tag.attribute(it).is_some()))
        };
        (here.is_none(), written.filter(|it| !has_field(it)))
    });
    if !deleted && lost.is_none() {
        return;
    }
    store.update(|state| {
        // What the person types on must not be taken for commands.
        if let Some(written) = lost {
            state.annotations.lost_field = Some(f64::INFINITY);
            state.notices.show(note_lost(&written.text, deleted));
        }
        if deleted {
            state.location.set_focus(None);
        }
    });
}

fn note_lost(note: &str, deleted: bool) -> Notice {
    let text = if deleted {
        format!(
            "The annotation that you were editing was deleted in another tab; undo there brings it back. You had \
             written: “{note}”"
        )
    } else {
        format!(
            "The tag of the annotation that you were editing was changed in another tab; undo there brings its \
             attributes back. You had written: “{note}”"
        )
    };
    Notice::new("note-lost", text)
}

/// The person has pointed at something or moved the focus: keys are commands again.
pub(crate) fn accept_keys(store: &Store) {
    store.state_mut().annotations.lost_field = None;
}

/// Whether a key is no command, since the person goes on writing into a field that is gone: until they press Escape, or
/// pause after they did.
pub(crate) fn ignores_key(store: &Store, leave: bool) -> bool {
    const PAUSE: f64 = 2_000.0;
    let now = platform::milliseconds();
    let deaf = &mut store.state_mut().annotations.lost_field;
    *deaf = deaf.filter(|last| !leave && now - last < PAUSE).map(|_| now);
    deaf.is_some()
}

/// What is being written on the focused card.
struct Written {
    /// What stands in the field that the cursor is in.
    text: String,
    /// The attribute that the field is for; a note's field is for none.
    attribute: Option<String>,
}

/// What is being written on the focused card, while the cursor is in one of its fields.
fn written() -> Option<Written> {
    let field = gloo::utils::document().active_element()?;
    if !field.matches(".tools :is(textarea, input)").unwrap_or(false) {
        return None;
    }
    let attribute = field.get_attribute("data-attribute");
    let text = match field.dyn_into::<HtmlTextAreaElement>() {
        Ok(note) => note.value(),
        Err(field) => field.dyn_into::<HtmlInputElement>().ok()?.value(),
    };
    Some(Written { text, attribute })
}
