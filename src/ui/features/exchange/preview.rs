//! What restoring a backup would change.

use crate::{
    annotation::{Annotation, Codebook, Record},
    session::Effect,
    ui::{State, parts::words::excerpt},
};

/// The maximum number of listed changes. Others are only counted.
const LISTED: usize = 200;

/// What restoring would change.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Preview {
    /// The effect of each record of the backup.
    effects: Vec<Effect>,
    /// The listed annotations that would be changed or deleted.
    pub(crate) changed: Vec<Changed>,
    /// The number of such annotations that are not listed.
    pub(crate) unlisted: usize,
}

/// An annotation that would be changed or deleted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Changed {
    /// The title of its article.
    pub(crate) article: String,
    /// The beginning of its passage.
    pub(crate) excerpt: String,
    /// What would change, in words.
    pub(crate) how: String,
}

impl Preview {
    /// How many records have this effect.
    pub(crate) fn count(&self, effect: Effect) -> usize {
        self.effects.iter().filter(|it| **it == effect).count()
    }
}

/// What importing these records would change.
pub(super) fn preview_of(state: &State, records: &[Record]) -> Preview {
    let effects = state.document.session().preview(records);
    let both = records.iter().zip(&effects);
    let touched: Vec<&Record> = both
        .filter(|(_, effect)| matches!(effect, Effect::Updated | Effect::Deleted))
        .map(|(record, _)| record)
        .collect();
    let changed = touched.iter().take(LISTED).filter_map(|it| changed(state, it)).collect();
    Preview { changed, unlisted: touched.len().saturating_sub(LISTED), effects }
}

fn changed(state: &State, record: &Record) -> Option<Changed> {
    let (article, before) = state.document.session().find(record.id)?;
    Some(Changed {
        article: article.title().to_owned(),
        excerpt: excerpt(article.slice(before.span)),
        how: record.content.as_deref().map_or("is deleted".to_owned(), |after| {
            difference(before, after, state.document.session().codebook())
        }),
    })
}

/// Describes the difference between two versions of an annotation.
fn difference(before: &Annotation, after: &Annotation, codebook: &Codebook) -> String {
    let mut parts = Vec::new();
    if before.tag != after.tag {
        let [before, after] = [before.tag, after.tag].map(|it| codebook.name_of(it));
        parts.push(format!("{before} becomes {after}"));
    }
    if before.note != after.note {
        parts.push(match (before.note.is_empty(), after.note.is_empty()) {
            (true, _) => format!("gets the note “{}”", excerpt(&after.note)),
            (_, true) => format!("loses the note “{}”", excerpt(&before.note)),
            _ => format!("the note “{}” becomes “{}”", excerpt(&before.note), excerpt(&after.note)),
        });
    }
    if (&before.article, before.span) != (&after.article, after.span) {
        parts.push("gets new bounds".to_owned());
    }
    if parts.is_empty() { "a later version with the same content".to_owned() } else { parts.join("; ") }
}
