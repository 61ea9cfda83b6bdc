//! A backup that comes back: what it would change is shown first, and taken in as one step.

use wasm_bindgen_futures::spawn_local;

use super::{App, Dialog, Settings, State, actions::excerpt, import::Report};
use crate::{
    annotation::{Annotation, Record},
    interchange::DRAFT_KEY,
    session::Effect,
};

/// More changes than this are counted and not listed.
const LISTED: usize = 200;

/// What restoring would do.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::ui) struct Preview {
    /// What would become of each record.
    effects: Vec<Effect>,
    /// The first annotations that are here and would change or go.
    pub(in crate::ui) changed: Vec<Changed>,
    /// How many that are not listed.
    pub(in crate::ui) unlisted: usize,
}

/// An annotation that is here and would change or go.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::ui) struct Changed {
    /// The title of its article.
    pub(in crate::ui) article: String,
    /// The beginning of its passage.
    pub(in crate::ui) excerpt: String,
    /// What would change, in words.
    pub(in crate::ui) how: String,
}

impl Preview {
    /// How many records this would become of.
    pub(in crate::ui) fn count(&self, effect: Effect) -> usize {
        self.effects.iter().filter(|it| **it == effect).count()
    }
}

impl App {
    /// Shows what restoring would do.
    pub(super) fn preview(&self, mut report: Report) {
        let preview = self.read(|state| state.preview(&report.records));
        report.preview = preview;
        self.ask(Dialog::Restore, report);
    }

    /// Restores the backup that the person was asked about, and keeps again what else it holds.
    pub(in crate::ui) fn restore(&self) {
        let Some(report) = self.read(|state| state.import.clone()) else { return };
        if let Some(backup) = &report.backup {
            self.adopt(backup.others.clone());
            let view = backup.view.as_deref().and_then(Settings::read);
            if let (Some(view), None) = (view, Settings::kept()) {
                self.set(view);
            }
        }
        self.take_report(&report, true);
    }

    /// Keeps again, byte for byte, what was set aside or left alone.
    fn adopt(&self, items: Vec<(String, String)>) {
        if items.is_empty() {
            return;
        }
        let (drafts, items): (Vec<_>, Vec<_>) =
            items.into_iter().partition(|(key, _)| key.starts_with(DRAFT_KEY));
        let drafts: Vec<String> = drafts.into_iter().map(|(_, draft)| draft).collect();
        let app = self.clone();
        spawn_local(async move {
            let kept = app.durable().adopt(&items).await;
            let left = app.durable().save_drafts(&drafts).await;
            app.update(|state| match kept.and_then(|kept| left.map(|()| kept)) {
                Ok(asides) => state.put_aside(asides),
                Err(failure) => state.fail(format!(
                    "Notes without a tag or what the backup has set aside could not be kept here: {failure}. They are \
                     still in the file."
                )),
            });
            app.take_up_loose_note();
        });
    }
}

impl State {
    fn preview(&self, records: &[Record]) -> Preview {
        let effects = self.session.preview(records);
        let both = records.iter().zip(&effects);
        let touched: Vec<&Record> = both
            .filter(|(_, effect)| matches!(effect, Effect::Updated | Effect::Deleted))
            .map(|(record, _)| record)
            .collect();
        let changed = touched.iter().take(LISTED).filter_map(|it| self.changed(it)).collect();
        Preview { changed, unlisted: touched.len().saturating_sub(LISTED), effects }
    }

    fn changed(&self, record: &Record) -> Option<Changed> {
        let (article, before) = self.session.find(record.id)?;
        Some(Changed {
            article: article.title().to_owned(),
            excerpt: excerpt(article.slice(before.span)),
            how: record.content.as_deref().map_or("is deleted".to_owned(), |after| difference(before, after)),
        })
    }
}

/// What of an annotation becomes another.
fn difference(before: &Annotation, after: &Annotation) -> String {
    let mut parts = Vec::new();
    if before.tag != after.tag {
        parts.push(format!("{} becomes {}", before.tag.name(), after.tag.name()));
    }
    if before.note != after.note {
        parts.push(match (before.note.is_empty(), after.note.is_empty()) {
            (true, _) => format!("gets the note “{}”", excerpt(&after.note)),
            (_, true) => format!("loses the note “{}”", excerpt(&before.note)),
            _ => format!("the note “{}” becomes “{}”", excerpt(&before.note), excerpt(&after.note)),
        });
    }
    if (&before.article, before.span) != (&after.article, after.span) {
        parts.push("gets other bounds".to_owned());
    }
    if parts.is_empty() { "a later version of the same".to_owned() } else { parts.join("; ") }
}
