//! Undo, redo, and going to any step.

use crate::{
    annotation::Timestamp,
    interchange::{Reason, parse_step},
    session::{Label, Step},
    text::ArticleId,
    ui::{
        State, Store,
        features::{announcements, document, filter, location::View, navigation, selection, viewport},
        platform,
    },
};

/// Why no step can be undone, or `None` if one can.
pub(super) fn needs_undo(state: &State) -> Option<&'static str> {
    let none = state.document.session().history().next_undo().is_none();
    none.then_some("Nothing to undo")
}

/// Why no step can be redone, or `None` if one can.
pub(super) fn needs_redo(state: &State) -> Option<&'static str> {
    let none = state.document.session().history().next_redo().is_none();
    none.then_some("Nothing to redo")
}

/// Adds saved steps to the history. Skips steps of articles that are not loaded: own articles come later, with the
/// durable copy.
pub(crate) fn adopt_steps(store: &Store, saved: &[(u64, String)]) {
    let steps: Vec<(Step, bool)> = store.read(|state| {
        let context = state.document.session().context();
        saved
            .iter()
            .filter_map(|(number, text)| match parse_step(text, context) {
                Ok((step, undone)) if step.number == *number => Some((step, undone)),
                Ok(_) | Err(Reason::Article { .. }) => None,
                Err(reason) => {
                    warn_skipped(&format!("step {number}"), &reason);
                    None
                }
            })
            .collect()
    });
    // Step numbers start at the current time, so that new steps come after all adopted ones.
    let Timestamp(now) = platform::now();
    store.update(|state| state.document.session_mut().restore_history(steps, now));
}

/// Undoes or redoes steps until the one with this number is the latest that is done; 0 undoes all.
pub(super) fn go_to_step(store: &Store, number: u64) {
    let (undone, redone, change) = {
        let mut state = store.state_mut();
        state.notices.forget_step();
        state.document.session_mut().go_to_step(number, platform::now())
    };
    if !change.is_empty() {
        document::report_step(store);
    }
    document::settle(store, change);
    let steps = |count: usize| if count == 1 { "1 step".to_owned() } else { format!("{count} steps") };
    announcements::announce(
        store,
        &match (undone, redone) {
            (0, 0) => "Nothing changed".to_owned(),
            (undone, 0) => format!("{} undone", steps(undone)),
            (0, redone) => format!("{} redone", steps(redone)),
            (undone, redone) => format!("{} undone, {} redone", steps(undone), steps(redone)),
        },
    );
}

/// Undoes the latest step.
pub(crate) fn undo(store: &Store) {
    take_step(store, true);
}

/// Redoes the step that was undone last.
pub(crate) fn redo(store: &Store) {
    take_step(store, false);
}

/// Undoes or redoes one step, and shows what it changed.
fn take_step(store: &Store, is_undo: bool) {
    store.paint_text_first();
    let now = platform::now();
    let done = {
        let mut state = store.state_mut();
        state.notices.forget_step();
        if is_undo { state.document.session_mut().undo(now) } else { state.document.session_mut().redo(now) }
    };
    let (word, verb) = if is_undo { ("Undone", "undo") } else { ("Redone", "redo") };
    match done {
        Some((label, change)) => {
            let is_loaded =
                |it: &ArticleId| store.read(|state| state.document.session().library().get(it).is_some());
            let place = change.touched.iter().find(|(article, _)| is_loaded(article));
            let place = place.map(|(article, span)| (article.clone(), span.start()));
            let restored = change.records.first().and_then(|it| Some((it.id, it.content.as_ref()?.tag)));
            let id = restored.map(|(id, _)| id);
            let listed = change.articles.iter().find(|it| it.content.as_ref().is_some_and(|it| it.listed));
            // Open an article that is listed again, or that replaces a removed one.
            let article = listed.filter(|_| label != Label::MoveText).map(|it| it.id.clone());
            if let Some((_, tag)) = restored {
                filter::show_tag(store, tag);
            }
            document::report_step(store);
            document::settle(store, change);
            let what = store.read(|state| label.display(document::codebook(state)));
            store.update(|state| state.announcements.say(format!("{word}: {what}")));
            // In the table, the person stays where they are.
            if label != Label::Import && store.read(|state| state.location.view() == View::Reader) {
                match (place, article.filter(is_loaded)) {
                    (Some((article, start)), None) => {
                        navigation::open(store, &article);
                        viewport::reveal(store, start);
                    }
                    (_, Some(article)) => navigation::open(store, &article),
                    (None, None) => {}
                }
                selection::focus(store, id);
            }
        }
        None => {
            store.update(|state| state.announcements.say(format!("Nothing to {verb}")));
        }
    }
}

/// Logs why saved data is skipped.
fn warn_skipped(what: &str, reason: &Reason) {
    web_sys::console::warn_1(&format!("{what} was skipped: {reason}").into());
}
