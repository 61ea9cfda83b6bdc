//! Which article or annotation an address refers to: whether it exists here, and what to load first for it.

use std::rc::Rc;

use crate::{
    annotation::AnnotationSet,
    storage::ArticleRange,
    text::Article,
    ui::{
        State, Store,
        features::location::{HistoryEntry, Place},
    },
};

/// What an address refers to that this page does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    Article,
    Annotation,
    Everything,
}

/// The part of an article that will be in view first, as far as this is known before annotations are loaded.
pub(super) fn first_part(store: &Store) -> Option<ArticleRange> {
    /// Bytes to include before the start of the view, for text that is in view or drawn beside it.
    const BEFORE: usize = 4 << 10;
    /// Bytes to include after the start of the view.
    const AFTER: usize = 16 << 10;
    let byte = match Place::current() {
        Place::Annotation(_, Some(id)) => {
            store.read(|state| Some(state.document.session.annotation(id)?.span.start()))?
        }
        Place::Start | Place::Article(_) | Place::Annotation(_, None) => {
            HistoryEntry::current().and_then(|it| it.position).map_or(0, |it| it.byte)
        }
        Place::Table | Place::Chart | Place::Codebook | Place::Unknown => return None,
    };
    let article = store.read(|state| state.location.open().or(state.location.awaited()).cloned())?;
    Some(ArticleRange { article, bytes: byte.saturating_sub(BEFORE)..byte + AFTER })
}

/// What the address refers to that this page does not have, if anything.
pub(crate) fn missing(state: &State, place: &Place) -> Option<Missing> {
    let has = |article| state.document.session.library().get(article).is_some();
    match place {
        Place::Start | Place::Table | Place::Chart | Place::Codebook => None,
        Place::Unknown => Some(Missing::Everything),
        Place::Article(article) => (!has(article)).then_some(Missing::Article),
        Place::Annotation(article, id) => {
            let found = id.is_some_and(|it| state.document.session.find(it).is_some());
            let what = if has(article) { Missing::Annotation } else { Missing::Article };
            (!found).then_some(what)
        }
    }
}

/// The open article and its annotations.
pub(crate) fn opened(state: &State) -> Option<(&Rc<Article>, &AnnotationSet)> {
    let id = state.location.open()?;
    Some((state.document.session.library().get(id)?, state.document.session.annotations(id)?))
}
