//! Handles a field on a card that vanishes while the person types in it, because another tab deleted or retagged its
//! annotation. The text is shown in a notice, and further typing does not run commands.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

use crate::{
    annotation::{Annotation, TagId},
    text::{ArticleId, Span},
    ui::{Store, parts::notice::Notice, platform},
};

/// Drops the focus of a deleted annotation, and shows what was written in a field that vanished.
pub(super) fn passages_changed(store: &Store, _: &[(ArticleId, Span)]) {
    let Some(focus) = store.read(|state| state.location.focus()) else { return };
    let written = written();
    let (deleted, lost) = store.read(|state| {
        let here = state.document.session().annotation(focus);
        let has_field = |it: &Written| {
            let attribute = it.attribute.as_deref();
            let tag = |it: TagId| state.document.session().codebook().tag(it);
            let has = |here: &Annotation, it| tag(here.tag).is_some_and(|tag| tag.attribute(it).is_some());
            here.is_some_and(|here| attribute.is_none_or(|it| has(here, it)))
        };
        (here.is_none(), written.filter(|it| !has_field(it)))
    });
    if !deleted && lost.is_none() {
        return;
    }
    store.update(|state| {
        // Keys that the person goes on typing must not run commands.
        if let Some(written) = lost {
            state.annotations.lost_field = Some(f64::INFINITY);
            state.notices.show(lost_text_notice(&written.text, deleted));
        }
        if deleted {
            state.location.set_focus(None);
        }
    });
}

/// Lets keys run commands again, after the person clicked or moved the focus.
pub(crate) fn accept_keys(store: &Store) {
    store.state_mut().annotations.lost_field = None;
}

/// True if a key must not run a command, because the person is still typing into a vanished field. Ends with Escape or
/// a pause.
pub(crate) fn ignores_key(store: &Store, is_leave: bool) -> bool {
    /// In milliseconds.
    const PAUSE: f64 = 2_000.0;
    let now = platform::milliseconds();
    let lost_field = &mut store.state_mut().annotations.lost_field;
    *lost_field = lost_field.filter(|last| !is_leave && now - last < PAUSE).map(|_| now);
    lost_field.is_some()
}

/// The notice with the lost text.
fn lost_text_notice(text: &str, deleted: bool) -> Notice {
    let message = if deleted {
        format!(
            "The annotation that you were editing was deleted in another tab; undo there brings it back. You had \
             written: “{text}”"
        )
    } else {
        format!(
            "The tag of the annotation that you were editing was changed in another tab; undo there brings its \
             attributes back. You had written: “{text}”"
        )
    };
    Notice::new("note-lost", message)
}

/// The text in a field of the focused card.
struct Written {
    text: String,
    /// The attribute of the field; `None` for the note.
    attribute: Option<String>,
}

/// The text of the field that has the keyboard focus, if it is on the focused card.
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
