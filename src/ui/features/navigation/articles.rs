//! Navigation between articles.

use super::{state::remember_position, views::show_view};
use crate::{
    text::ArticleId,
    ui::{
        Store,
        features::{announcements, document, location::View, selection, viewport},
        parts::direction::Direction,
    },
};

/// Opens an article in the reader.
pub(crate) fn open(store: &Store, article: &ArticleId) {
    show_view(store, View::Reader);
    open_keeping_view(store, article);
}

/// Opens another article if the open one is no longer listed.
pub(crate) fn leave_unlisted_article(store: &Store) {
    let next = store.read(|state| {
        if state.location.awaited().is_some() {
            return None;
        }
        let library = state.document.session().library();
        match state.location.open() {
            Some(open) if library.get(open).is_some() => None,
            open => {
                let successor = open.and_then(|it| state.document.session().articles().successor(it));
                successor.cloned().or_else(|| library.iter().next().map(|it| it.id().clone()))
            }
        }
    });
    if let Some(next) = next {
        open_keeping_view(store, &next);
    }
}

/// Opens the next or the previous article of the list.
pub(super) fn step_article(store: &Store, direction: Direction) {
    let to = store.read(|state| {
        let library = state.document.session().library();
        let here = library.position(state.location.open()?)?;
        let to = match direction {
            Direction::Next => here + 1,
            Direction::Previous => here.checked_sub(1)?,
        };
        library.iter().nth(to).map(|it| it.id().clone())
    });
    match to {
        Some(id) => open(store, &id),
        None => announcements::announce(store, "No more articles"),
    }
}

/// Scrolls to the text at a share of the open article's length, from 0 to 1.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a click on the ruler is no more exact than its pixels"
)]
pub(crate) fn go_to_share(store: &Store, share: f64) {
    let length = store.read(|state| document::opened(state).map_or(0, |(it, _)| it.text().len()));
    viewport::reveal(store, (share * length.saturating_sub(1) as f64) as usize);
}

/// Opens an article without changing the view.
fn open_keeping_view(store: &Store, article: &ArticleId) {
    if store.read(|state| state.location.open() == Some(article)) {
        return;
    }
    remember_position(store);
    // Any pending scrolling is for the previous article.
    viewport::scheduled(store).scrolling.take();
    selection::clear(store);
    selection::drop_cursor(store);
    selection::focus(store, None);
    store.update(|state| {
        state.location.set_open(article.clone());
        state.selection.forget_cursor();
        state.viewport.forget_near();
        state.navigation.panel = None;
        if let Some(title) = document::opened(state).map(|(it, _)| it.title().to_owned()) {
            state.announcements.say(format!("{title} opened"));
        }
    });
}
