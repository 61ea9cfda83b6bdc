//! Keeps the address and the place of the person in step, in both directions.
//!
//! Opening an article adds an entry to the browser's history, so that Back leads to the previous article; focusing an
//! annotation changes the current entry. If the address names something that is not loaded yet, the page waits for it.

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::{
    annotations::go_to_annotation,
    articles::{leave_unlisted_article, open},
    state::place_tracker,
    views::set_view,
};
use crate::ui::{
    State, Store,
    features::{
        document::{self, Missing},
        filter,
        location::{self, HistoryEntry, Place, View},
        notices, selection,
        viewport::{self, LAYOUT_FRAMES},
    },
    parts::notice::Notice,
    platform,
    surface::{Surface, TextPosition},
};

/// The pause before the address is changed again, in milliseconds. Browsers limit how often it may change, and a held
/// key would exceed that.
const ADDRESS_DELAY: u32 = 250;

/// Goes to the place that the address names, when the page is opened.
pub(super) fn start(store: &Store) {
    let entry = HistoryEntry::current().unwrap_or_default();
    place_tracker(store).depth.set(entry.depth);
    let place = Place::current();
    if store.read(|state| document::missing(state, &place)) == Some(Missing::Article) {
        // Drawing another article first would take longer than loading this one.
        store.update(|state| state.location.wait_for(place.article().cloned()));
    }
    enter(store, place, entry.position);
    follow_state(store);
}

/// Opens another article if the open one was removed, or the pending place if it has been loaded.
pub(super) fn articles_changed(store: &Store) {
    leave_unlisted_article(store);
    enter_pending(store);
}

/// Follows an address that was changed by Back, by Forward or by hand.
pub(crate) fn address_changed(store: &Store) {
    let tracker = place_tracker(store);
    let place = Place::current();
    if tracker.last_place.borrow().as_ref() == Some(&place) {
        return;
    }
    tracker.save_timer.borrow_mut().take();
    let entry =
        HistoryEntry::current().unwrap_or(HistoryEntry { depth: tracker.depth.get() + 1, position: None });
    tracker.depth.set(entry.depth);
    entry.replace(&place);
    enter(store, place, entry.position);
}

/// Ends the waiting for the pending place: everything saved was read, or could not be.
pub(crate) fn loaded(store: &Store) {
    let pending = place_tracker(store).pending.borrow_mut().take();
    place_tracker(store).all_loaded.set(true);
    let is_missing = |state: &State| {
        pending.as_ref().and_then(|(it, _)| document::missing(state, it)) == Some(Missing::Article)
    };
    if store.read(|state| state.location.awaited().is_some() && is_missing(state)) {
        store.update(|state| state.location.stop_waiting());
        leave_unlisted_article(store);
    }
    if let Some((place, position)) = pending {
        enter(store, place, position);
    }
    remove_glimpse(store);
}

/// Removes the glimpse of the previous visit once the page shows the same.
pub(crate) fn remove_glimpse(store: &Store) {
    let store = store.clone();
    spawn_local(async move {
        let is_loading = |state: &State| {
            state.location.awaited().is_some()
                || (state.location.open().is_some() && viewport::surface(&store).is_none())
        };
        while platform::is_glimpse_shown()
            && (viewport::scheduled(&store).scrolling.borrow().is_some() || store.read(is_loading))
        {
            platform::next_paint().await;
        }
        platform::remove_glimpse();
    });
}

/// Saves the current place and the position in the text in the browser's history.
pub(crate) fn save_place(store: &Store) {
    let tracker = place_tracker(store);
    tracker.save_timer.borrow_mut().take();
    if viewport::scheduled(store).scrolling.borrow().is_some() {
        // The entry already has the position that the page is scrolling to.
        return;
    }
    let position = viewport::with_surface(store, Surface::position);
    tracker.position_saved.set(position);
    if let Some(place) = tracker.last_place.borrow().as_ref().filter(|_| tracker.pending.borrow().is_none()) {
        HistoryEntry { depth: tracker.depth.get(), position }.replace(place);
        platform::save_glimpse();
    }
}

/// Saves the place after a pause.
pub(crate) fn save_place_soon(store: &Store) {
    let later = store.clone();
    *place_tracker(store).save_timer.borrow_mut() =
        Some(Timeout::new(ADDRESS_DELAY, move || save_place(&later)));
}

/// Records a pending change and stops further ones, since the page may be about to close.
pub(crate) fn before_unload(store: &Store) {
    let tracker = place_tracker(store);
    if tracker.moved_within_article.take() {
        record_place(store);
    }
    tracker.save_timer.borrow_mut().take();
}

/// Clears the address.
pub(crate) fn forget(store: &Store) {
    let tracker = place_tracker(store);
    tracker.save_timer.borrow_mut().take();
    tracker.last_place.borrow_mut().take();
    HistoryEntry::default().replace(&Place::Start);
}

/// Makes the next article replace the current entry of the browser's history.
pub(crate) fn replace_next(store: &Store) {
    place_tracker(store).replaces_next.set(true);
}

/// Subscribes to changes of the place.
fn follow_state(store: &Store) {
    let followed = store.clone();
    let subscription = store.subscribe(true, move |state| follow(&followed, state));
    *place_tracker(store).subscription.borrow_mut() = Some(subscription);
}

/// Schedules recording the place if it changed.
///
/// The place is recorded at the end of the current task, since going to an annotation of another article takes several
/// changes of the state. It may not be later: browsers skip history entries that were not made in the task of an event.
/// A change within the article makes no entry, so there the text is painted first.
fn follow(store: &Store, state: &State) {
    let tracker = &state.navigation.tracker;
    let now = location::place(state);
    let (moved, is_same_article) = match tracker.last_place.borrow().as_ref() {
        Some(before) => (*before != now, before.is_same_article(&now)),
        None => return,
    };
    if moved && is_same_article && store.is_painting() {
        tracker.moved_within_article.set(true);
    } else if moved && !tracker.recording_due.replace(true) {
        let store = store.clone();
        spawn_local(async move {
            place_tracker(&store).recording_due.set(false);
            record_place(&store);
        });
    } else if tracker.moved_within_article.take() && !moved {
        // The person is back at the recorded place.
        save_place_soon(store);
    }
}

/// Shows the pending place if it has been loaded, which may be before all annotations are.
fn enter_pending(store: &Store) {
    let tracker = place_tracker(store);
    let pending = &tracker.pending;
    let is_here = |(place, _): &(Place, _)| store.read(|state| document::missing(state, place).is_none());
    let found = pending.borrow().as_ref().is_some_and(is_here);
    let pending = pending.borrow_mut().take_if(|_| found);
    if let Some((place, position)) = pending {
        enter(store, place, position);
    }
}

/// Shows a place, as far as it exists, and a notice if something is missing.
fn enter(store: &Store, place: Place, position: Option<TextPosition>) {
    let missing = store.read(|state| document::missing(state, &place));
    set_view(store, place.view());
    let waits = missing.is_some() && !place_tracker(store).all_loaded.get();
    if let Place::Annotation(_, Some(id)) = &place
        && missing.is_none()
    {
        if let Some(tag) = store.read(|state| state.document.session().annotation(*id).map(|it| it.tag)) {
            filter::show_tag(store, tag);
        }
        go_to_annotation(store, *id);
    } else {
        let article = place.article().filter(|_| missing != Some(Missing::Article));
        let first =
            || store.read(|state| state.document.session().library().iter().next().map(|it| it.id().clone()));
        match article {
            Some(article) => open(store, article),
            None if place == Place::Start => first().into_iter().for_each(|it| open(store, &it)),
            None => {}
        }
        if place.view() == View::Reader {
            selection::focus(store, None);
        }
    }
    let pending_position = position.filter(|_| waits && missing == Some(Missing::Article));
    if let Some(position) = position.filter(|_| pending_position.is_none()) {
        viewport::scroll_to_position(store, position, LAYOUT_FRAMES);
    }
    // The address stays until the person moves on, even if something is missing: it may exist on the next visit.
    let tracker = place_tracker(store);
    *tracker.last_place.borrow_mut() = Some(store.read(location::place));
    *tracker.pending.borrow_mut() = waits.then_some((place, pending_position));
    set_title(store);
    if let Some(missing) = missing.filter(|_| !waits) {
        store.update(|state| notices::announce(state, missing_notice(missing)));
    }
}

/// The notice that says what the address names and is not here.
fn missing_notice(missing: Missing) -> Notice {
    let text = match missing {
        Missing::Annotation => {
            "The annotation that this link points to is not here. It may have been deleted, or made in another browser."
        }
        Missing::Article => {
            "The article that this link points to is not here. It may have been removed, or added in another browser."
        }
        Missing::Everything => "This link points to nothing on this page.",
    };
    Notice::new("missing", text)
}

/// Records the current place in the browser's history, if it changed.
fn record_place(store: &Store) {
    let tracker = place_tracker(store);
    let now = store.read(location::place);
    let Some(before) = tracker.last_place.replace(Some(now.clone())).filter(|it| *it != now) else { return };
    tracker.pending.borrow_mut().take();
    set_title(store);
    if before.is_same_article(&now) {
        // The first of several quick changes is recorded at once, the last after a pause, since the page may be
        // reloaded at any time. The position in the text is not updated now, because asking for it would force a
        // layout.
        if tracker.save_timer.borrow().is_none() {
            HistoryEntry { depth: tracker.depth.get(), position: tracker.position_saved.get() }.replace(&now);
        }
        save_place_soon(store);
        return;
    }
    let is_saved = tracker.save_timer.borrow_mut().take().is_none();
    let position_saved = tracker.position_saved.take();
    if tracker.replaces_next.take() {
        HistoryEntry { depth: tracker.depth.get(), position: None }.replace(&now);
        return;
    }
    let position = tracker.position_left.take();
    if !is_saved || position.is_none() || position != position_saved {
        HistoryEntry { depth: tracker.depth.get(), position }.replace(&before);
    }
    tracker.depth.set(tracker.depth.get() + 1);
    HistoryEntry { depth: tracker.depth.get(), position: None }.push(&now);
}

/// Sets the title of the document.
fn set_title(store: &Store) {
    let title = store.read(|state| match (state.location.view(), document::opened(state)) {
        (View::Table, _) => "Table · Glossator".to_owned(),
        (View::Chart, _) => "Chart · Glossator".to_owned(),
        (View::Codebook, _) => "Codebook · Glossator".to_owned(),
        (View::Reader, Some((article, _))) => format!("{} · Glossator", article.title()),
        (View::Reader, None) => "Glossator".to_owned(),
    });
    let document = gloo::utils::document();
    if document.title() != title {
        document.set_title(&title);
    }
}
