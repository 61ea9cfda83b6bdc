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

/// What is missing before a step can be undone.
pub(super) fn needs_undo(state: &State) -> Option<&'static str> {
    let none = state.document.session().history().next_undo().is_none();
    none.then_some("Nothing to undo")
}

/// What is missing before a step can be redone.
pub(super) fn needs_redo(state: &State) -> Option<&'static str> {
    let none = state.document.session().history().next_redo().is_none();
    none.then_some("Nothing to redo")
}

/// Takes up steps by their numbers, as they are kept, as far as their articles are here: those of one's own come with the
/// durable copy.
pub(crate) fn adopt_steps(store: &Store, kept: &[(u64, String)]) {
    let steps: Vec<(Step, bool)> = store.read(|state| {
        let library = state.document.session().library();
        kept.iter()
            .filter_map(|(number, text)| match parse_step(text, library) {
                Ok((step, undone)) if step.number == *number => Some((step, undone)),
                Ok(_) | Err(Reason::Article { .. }) => None,
                Err(reason) => {
                    pass_over(&format!("step {number}"), &reason);
                    None
                }
            })
            .collect()
    });
    // Numbers begin with the time: what this tab takes up later is from earlier.
    let Timestamp(now) = platform::now();
    store.update(|state| state.document.session_mut().restore_history(steps, now));
}

/// Goes to where a step is the latest that is done; 0 is before the first.
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

/// Takes back the latest change, or does it again.
pub(crate) fn travel(store: &Store, back: bool) {
    store.paint_text_first();
    let now = platform::now();
    let done = {
        let mut state = store.state_mut();
        state.notices.forget_step();
        if back { state.document.session_mut().undo(now) } else { state.document.session_mut().redo(now) }
    };
    let (word, verb) = if back { ("Undone", "undo") } else { ("Redone", "redo") };
    match done {
        Some((label, change)) => {
            let here =
                |it: &ArticleId| store.read(|state| state.document.session().library().get(it).is_some());
            let place = change.touched.iter().find(|(article, _)| here(article));
            let place = place.map(|(article, span)| (article.clone(), span.start()));
            let back = change.records.first().and_then(|it| Some((it.id, it.content.as_ref()?.tag)));
            let id = back.map(|(id, _)| id);
            let listed = change.articles.iter().find(|it| it.content.as_ref().is_some_and(|it| it.listed));
            // What comes back is shown, and so is what stands in the place of what goes.
            let article = listed.filter(|_| label != Label::MoveText).map(|it| it.id.clone());
            if let Some((_, tag)) = back {
                filter::show_tag(store, tag);
            }
            document::report_step(store);
            document::settle(store, change);
            store.update(|state| state.announcements.say(format!("{word}: {label}")));
            // In the table one goes on where one is.
            if label != Label::Import && store.read(|state| state.location.view() == View::Reader) {
                match (place, article.filter(here)) {
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

/// Says on the console why something that was kept is passed over.
fn pass_over(what: &str, reason: &Reason) {
    web_sys::console::warn_1(&format!("{what} was skipped: {reason}").into());
}
