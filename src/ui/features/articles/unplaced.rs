//! The annotations of earlier texts that are not placed yet.

use std::rc::Rc;

use super::state::{Candidate, Unplaced};
use crate::{
    annotation::AnnotationSet,
    text::{Anchored, ArticleId, Span, anchor},
    ui::{State, parts::words::excerpt},
};

/// The maximum number of listed annotations. Others follow once these are placed.
const LISTED: usize = 50;

/// How many annotations of an earlier text are not placed yet.
pub(super) fn unplaced_count(state: &State, earlier: &ArticleId) -> usize {
    let settled = state.document.session().articles().info(earlier).map(|it| &it.settled);
    let all = state.document.session().annotations(earlier).map(AnnotationSet::in_order).unwrap_or_default();
    all.iter().filter(|(id, _)| settled.is_none_or(|it| !it.contains(id))).count()
}

/// The listed annotations that are not placed yet, and how many more there are.
pub(super) fn unplaced(state: &State, article: &ArticleId) -> (Vec<Unplaced>, usize) {
    let Some(new) = state.document.session().library().get(article) else { return (Vec::new(), 0) };
    let mut all = Vec::new();
    for old in state.document.session().library().iter() {
        if state.document.session().articles().successor(old.id()) != Some(article) {
            continue;
        }
        let settled = state
            .document
            .session()
            .articles()
            .info(old.id())
            .map(|it| it.settled.clone())
            .unwrap_or_default();
        let annotations =
            state.document.session().annotations(old.id()).map(AnnotationSet::in_order).unwrap_or_default();
        all.extend(
            annotations.into_iter().filter(|(id, _)| !settled.contains(id)).map(|it| (Rc::clone(old), it)),
        );
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
