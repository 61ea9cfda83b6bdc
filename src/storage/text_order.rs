//! Sorting records by their position in the texts, so that records that are stored together are also read together.

use crate::{
    annotation::Record,
    text::{ArticleId, order},
};

/// A position in the texts: an article and a byte offset in its text. `None` for a deleted annotation.
pub(super) type Position<'a> = Option<(&'a ArticleId, usize)>;

/// The start of an annotation.
pub(super) fn start_of(record: &Record) -> Position<'_> {
    record.content.as_ref().map(|it| (&it.article, it.span.start()))
}

/// Sorts items by position, those without one first. Compares article ids once per article, not once per annotation.
pub(super) fn sort_by_position<T>(items: &mut [T], position: impl for<'a> Fn(&'a T) -> Position<'a>) {
    let mut articles: Vec<ArticleId> = Vec::new();
    for (article, _) in items.iter().filter_map(&position) {
        if articles.last() != Some(article) {
            articles.push(article.clone());
        }
    }
    order::sort(&mut articles);
    articles.dedup();
    order::sort_by_key(items, |it| {
        position(it).map(|(article, byte)| (articles.binary_search(article), byte))
    });
}
