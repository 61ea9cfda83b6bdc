//! The annotations of earlier texts that are not placed yet.

use std::rc::Rc;

use super::state::{Candidate, Unplaced};
use crate::{
    annotation::{AnnotationSet, Entry},
    text::{Anchored, ArticleId, Span, anchor},
    ui::{State, parts::words::excerpt},
};

/// The maximum number of listed annotations. Others follow once these are placed.
const LISTED: usize = 50;

/// How many annotations of an earlier text are not placed yet.
pub(super) fn unplaced_count(state: &State, earlier: &ArticleId) -> usize {
    unplaced_on(state, earlier).len()
}

/// The annotations of an earlier text that are not placed yet.
fn unplaced_on(state: &State, earlier: &ArticleId) -> Vec<Entry> {
    let session = state.document.session();
    let settled = session.articles().info(earlier).map(|it| &it.settled);
    let mut all = session.annotations(earlier).map(AnnotationSet::in_order).unwrap_or_default();
    all.retain(|(id, _)| settled.is_none_or(|it| !it.contains(id)));
    all
}

/// The listed annotations that are not placed yet, and how many more there are.
pub(super) fn unplaced(state: &State, article: &ArticleId) -> (Vec<Unplaced>, usize) {
    let session = state.document.session();
    let Some(new) = session.library().get(article) else { return (Vec::new(), 0) };
    let mut all = Vec::new();
    for old in session.library().iter() {
        if session.articles().successor(old.id()) == Some(article) {
            all.extend(unplaced_on(state, old.id()).into_iter().map(|it| (Rc::clone(old), it)));
        }
    }
    let unlisted = all.len().saturating_sub(LISTED);
    let listed = all.into_iter().take(LISTED).map(|(old, (id, it))| {
        let (ambiguous, spans) = match anchor(&old, it.span, new) {
            Anchored::Found(span) => (true, vec![span]),
            Anchored::Ambiguous(spans) => (true, spans),
            Anchored::Orphan(spans) => (false, spans),
        };
        let place = |span: Span| {
            let quote = new.quote(span);
            Candidate {
                span,
                before: quote.prefix.to_owned(),
                words: excerpt(quote.exact),
                after: quote.suffix.to_owned(),
            }
        };
        Unplaced {
            id,
            tag: it.tag,
            quote: excerpt(old.slice(it.span)),
            note: excerpt(&it.note),
            ambiguous,
            places: spans.into_iter().map(place).collect(),
        }
    });
    (listed.collect(), unlisted)
}
