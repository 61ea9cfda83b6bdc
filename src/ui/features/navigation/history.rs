//! The page's address goes with the person, and the person with the address.
//!
//! An article that is opened is a new address, so that Back leads to where they were in the one before; which annotation
//! stands out changes the present one. What the address names may be in the durable copy only: it is waited for.

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::{
    annotations::go_to,
    articles::{open, stay_listed},
    state::visits_of,
    views::set_view,
};
use crate::ui::{
    State, Store,
    features::{
        document::{self, Missing},
        filter,
        location::{self, HistoryEntry, Place, View},
        selection,
        viewport::{self, LAYOUT_FRAMES},
    },
    parts::notice::Notice,
    platform,
    surface::{Surface, standing::TextPosition},
};

/// How long the address waits where annotations stand out one right after the other, in milliseconds: browsers refuse
/// addresses that come too fast, as they do while a key is held.
const ADDRESS_DELAY: u32 = 250;

/// Goes to what the address names, as the page is opened.
pub(super) fn start(store: &Store) {
    let visit = HistoryEntry::current().unwrap_or_default();
    visits_of(store).depth.set(visit.depth);
    let place = Place::current();
    if store.read(|state| document::missing(state, &place)) == Some(Missing::Article) {
        // To draw another one first would take longer than to read this one.
        store.update(|state| state.location.wait_for(place.article().cloned()));
    }
    enter(store, place, visit.standing);
    follow_state(store);
}

/// Records where the person is whenever that changes.
fn follow_state(store: &Store) {
    let followed = store.clone();
    let subscription = store.subscribe(true, move |state| follow(&followed, state));
    *visits_of(store).subscription.borrow_mut() = Some(subscription);
}

/// The state changed, and with it perhaps where the person is. That is recorded when the current task ends, since going to
/// an annotation of another article is more than one change. Within the article, the text is painted first; a browser goes
/// back only to what was left within the task of an event.
fn follow(store: &Store, state: &State) {
    let visits = &state.navigation.visits;
    let now = location::place(state);
    let (moved, is_beside) = match visits.seen.borrow().as_ref() {
        Some(before) => (*before != now, before.is_beside(&now)),
        None => return,
    };
    if moved && is_beside && store.is_painting() {
        visits.moved.set(true);
    } else if moved && !visits.due.replace(true) {
        let store = store.clone();
        spawn_local(async move {
            visits_of(&store).due.set(false);
            record_place(&store);
        });
    } else if visits.moved.take() && !moved {
        // The person is back already.
        save_place_soon(store);
    }
}

/// Articles came or went: another one is opened if the open one is gone, or what the address names if it came.
pub(super) fn articles_changed(store: &Store) {
    stay_listed(store);
    enter_pending(store);
}

fn not_here(missing: Missing) -> Notice {
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

/// The address was changed by Back, by Forward or by hand.
pub(crate) fn address_changed(store: &Store) {
    let visits = visits_of(store);
    let place = Place::current();
    if visits.seen.borrow().as_ref() == Some(&place) {
        return;
    }
    visits.timer.borrow_mut().take();
    let visit =
        HistoryEntry::current().unwrap_or(HistoryEntry { depth: visits.depth.get() + 1, standing: None });
    visits.depth.set(visit.depth);
    visit.replace(&place);
    enter(store, place, visit.standing);
}

/// Everything that is kept has been read, or cannot be: what the address named and was not here is, or never will be.
pub(crate) fn loaded(store: &Store) {
    let wanted = visits_of(store).wanted.borrow_mut().take();
    visits_of(store).complete.set(true);
    let lost = |state: &State| {
        wanted.as_ref().and_then(|(it, _)| document::missing(state, it)) == Some(Missing::Article)
    };
    if store.read(|state| state.location.awaited().is_some() && lost(state)) {
        store.update(|state| state.location.stop_waiting());
        stay_listed(store);
    }
    if let Some((place, standing)) = wanted {
        enter(store, place, standing);
    }
    lift_glimpse(store);
}

/// Takes away what was shown of the last time, once the same has been drawn and stands in the same place.
pub(crate) fn lift_glimpse(store: &Store) {
    let store = store.clone();
    spawn_local(async move {
        let is_coming = |state: &State| {
            state.location.awaited().is_some()
                || (state.location.open().is_some() && viewport::surface(&store).is_none())
        };
        while platform::has_glimpse()
            && (viewport::scheduled(&store).scrolling.borrow().is_some() || store.read(is_coming))
        {
            platform::drawn().await;
        }
        platform::lift_glimpse();
    });
}

/// What the address names may have come with the articles: its text is shown before all annotations have been read.
fn enter_pending(store: &Store) {
    let visits = visits_of(store);
    let wanted = &visits.wanted;
    let here = |(place, _): &(Place, _)| store.read(|state| document::missing(state, place).is_none());
    let found = wanted.borrow().as_ref().is_some_and(here);
    let wanted = wanted.borrow_mut().take_if(|_| found);
    if let Some((place, standing)) = wanted {
        enter(store, place, standing);
    }
}

/// Shows what a place names, or what there is of it, and tells what is not there.
fn enter(store: &Store, place: Place, standing: Option<TextPosition>) {
    let missing = store.read(|state| document::missing(state, &place));
    set_view(store, place.view());
    let waits = missing.is_some() && !visits_of(store).complete.get();
    if let Place::Annotation(_, Some(id)) = &place
        && missing.is_none()
    {
        if let Some(tag) = store.read(|state| state.document.session().annotation(*id).map(|it| it.tag)) {
            filter::show_tag(store, tag);
        }
        go_to(store, *id);
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
    let later = standing.filter(|_| waits && missing == Some(Missing::Article));
    if let Some(standing) = standing.filter(|_| later.is_none()) {
        viewport::stand(store, standing, LAYOUT_FRAMES);
    }
    // The address stays as it is until the person goes on: it may hold again when it is opened the next time.
    let visits = visits_of(store);
    *visits.seen.borrow_mut() = Some(store.read(location::place));
    *visits.wanted.borrow_mut() = waits.then_some((place, later));
    set_title(store);
    if let Some(missing) = missing.filter(|_| !waits) {
        store.update(|state| {
            let notice = not_here(missing);
            state.announcements.say(notice.text.clone());
            state.notices.show(notice);
        });
    }
}

fn record_place(store: &Store) {
    let visits = visits_of(store);
    let now = store.read(location::place);
    let Some(before) = visits.seen.replace(Some(now.clone())).filter(|it| *it != now) else { return };
    visits.wanted.borrow_mut().take();
    set_title(store);
    if before.is_beside(&now) {
        // The first of several at once, and the last: the page may be loaded again at any time. Where in the text they are
        // is asked for the last only, since the text is being drawn.
        if visits.timer.borrow().is_none() {
            HistoryEntry { depth: visits.depth.get(), standing: visits.stood.get() }.replace(&now);
        }
        save_place_soon(store);
        return;
    }
    let is_said = visits.timer.borrow_mut().take().is_none();
    let stood = visits.stood.take();
    if visits.quiet.take() {
        HistoryEntry { depth: visits.depth.get(), standing: None }.replace(&now);
        return;
    }
    let standing = visits.left.take();
    if !is_said || standing.is_none() || standing != stood {
        HistoryEntry { depth: visits.depth.get(), standing }.replace(&before);
    }
    visits.depth.set(visits.depth.get() + 1);
    HistoryEntry { depth: visits.depth.get(), standing: None }.push(&now);
}

/// Has the address say where the person is, and the history where in the text.
pub(crate) fn save_place(store: &Store) {
    let visits = visits_of(store);
    visits.timer.borrow_mut().take();
    if viewport::scheduled(store).scrolling.borrow().is_some() {
        // On the way there: to where it is said already that the person is.
        return;
    }
    let standing = viewport::with_surface(store, Surface::standing);
    visits.stood.set(standing);
    if let Some(place) = visits.seen.borrow().as_ref().filter(|_| visits.wanted.borrow().is_none()) {
        HistoryEntry { depth: visits.depth.get(), standing }.replace(place);
        platform::keep_glimpse();
    }
}

/// The page may be about to be left: its address is not changed any more, but for what waits to be seen first.
pub(crate) fn before_unload(store: &Store) {
    let visits = visits_of(store);
    if visits.moved.take() {
        record_place(store);
    }
    visits.timer.borrow_mut().take();
}

/// Has the address name nothing any more.
pub(crate) fn forget(store: &Store) {
    let visits = visits_of(store);
    visits.timer.borrow_mut().take();
    visits.seen.borrow_mut().take();
    HistoryEntry::default().replace(&Place::Start);
}

/// The same when the person stays where they are for a moment.
pub(crate) fn save_place_soon(store: &Store) {
    let later = store.clone();
    *visits_of(store).timer.borrow_mut() = Some(Timeout::new(ADDRESS_DELAY, move || save_place(&later)));
}

/// The person is about to leave this part of the text.
pub(super) fn remember_standing(store: &Store) {
    visits_of(store).left.set(viewport::with_surface(store, Surface::standing));
}

/// The next article takes the place of the present one in the history.
pub(crate) fn replace_next(store: &Store) {
    visits_of(store).quiet.set(true);
}

/// Gives the page the name under which the browser lists it.
fn set_title(store: &Store) {
    let title = store.read(|state| match (state.location.view(), document::opened(state)) {
        (View::Table, _) => "Table · Glossator".to_owned(),
        (View::Chart, _) => "Chart · Glossator".to_owned(),
        (View::Reader, Some((article, _))) => format!("{} · Glossator", article.title()),
        (View::Reader, None) => "Glossator".to_owned(),
    });
    let document = gloo::utils::document();
    if document.title() != title {
        document.set_title(&title);
    }
}
