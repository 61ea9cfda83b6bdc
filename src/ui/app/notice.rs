//! What the page has to tell, in plain words, until it is dismissed.

use std::rc::Rc;

use super::{State, going::Missing};
use crate::{
    annotation::Record,
    session::Merged,
    storage::{Failure, SetAsideItem},
};

/// Something that happened which the person should know of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Notice {
    /// Stored items could not be read and were set aside.
    SetAside { items: usize },
    /// Stored items belong to articles that this page does not have, or were written by a later version.
    NotOurs { items: usize },
    /// Own articles with these titles are known, and their texts are not here.
    TextsMissing { titles: Vec<String> },
    /// The quick place takes nothing more, and why; the durable copy goes on alone.
    Quick { failure: Failure },
    /// A file was imported, or a backup restored.
    Imported {
        texts: usize,
        added: usize,
        updated: usize,
        deleted: usize,
        same: usize,
        older: usize,
        /// Those that were deleted here later.
        gone: Rc<[Record]>,
        restored: bool,
    },
    /// The person wanted to be reminded of a backup after so many changes.
    BackupDue { changes: u32 },
    /// An article got a newer text: so many annotations are where they were, and so many were found elsewhere.
    Replaced { exact: usize, moved: usize },
    /// A passage is being selected for an annotation that had these words.
    Placing { quote: String },
    /// An own article was removed, with so many annotations.
    Removed { title: String, annotations: usize },
    /// While something was being written on a card, its annotation was deleted, or given another tag that does not ask for
    /// it, in another tab.
    NoteLost { note: String, deleted: bool },
    /// The page's address names something that is not here.
    Missing(Missing),
    /// The link to something was copied. Goes away by itself.
    LinkCopied { what: &'static str },
    /// Nothing of a file was imported, or nothing exported, and why.
    Failed { what: String },
}

/// What a notice offers to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum NoticeAction {
    DownloadSetAside,
    ExportAll,
    Retry,
    BackUp,
    Undo,
    UndoRemove,
    BringBack,
    PlaceHere,
    StopPlacing,
    Dismiss,
}

impl Notice {
    pub(super) fn imported(merged: &Merged, gone: Rc<[Record]>, restored: bool) -> Self {
        Self::Imported {
            texts: merged.articles,
            added: merged.added,
            updated: merged.updated,
            deleted: merged.deleted,
            same: merged.same,
            older: merged.older.len() - gone.len(),
            gone,
            restored,
        }
    }

    /// The name in the page.
    pub(in crate::ui) const fn kind(&self) -> &'static str {
        match self {
            Self::SetAside { .. } => "set-aside",
            Self::NotOurs { .. } => "not-ours",
            Self::TextsMissing { .. } => "texts-missing",
            Self::Quick { .. } => "quick-full",
            Self::Imported { .. } => "imported",
            Self::Replaced { .. } => "replaced",
            Self::Placing { .. } => "placing",
            Self::Removed { .. } => "removed",
            Self::BackupDue { .. } => "backup-due",
            Self::NoteLost { .. } => "note-lost",
            Self::Missing(_) => "missing",
            Self::LinkCopied { .. } => "link-copied",
            Self::Failed { .. } => "failed",
        }
    }

    /// What it says.
    pub(in crate::ui) fn text(&self) -> String {
        match self {
            Self::SetAside { items } => format!(
                "{} in this browser could not be read. {} set aside, unchanged; everything else is here.",
                count(*items, "stored annotation", "stored annotations"),
                if *items == 1 { "It was" } else { "They were" },
            ),
            Self::NotOurs { items } => format!(
                "{} kept for an article that this page does not have, or by a later version of Glossator. {} left as {}.",
                count(*items, "stored annotation is", "stored annotations are"),
                if *items == 1 { "It is" } else { "They are" },
                if *items == 1 { "it is" } else { "they are" },
            ),
            Self::Imported { texts, added, updated, deleted, same, older, gone, restored } => {
                let parts = [
                    (*added, "new"),
                    (*updated, "changed"),
                    (*deleted, "deleted"),
                    (*same, "already here"),
                    (*older, "kept as they are here, since that is the later version"),
                    (gone.len(), "deleted here since"),
                ];
                let parts: Vec<String> =
                    parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
                let total = count(added + updated + deleted + same + older + gone.len(), "annotation", "annotations");
                let file = if *restored { "backup" } else { "file" };
                let annotations = if parts.is_empty() {
                    format!("The {file} holds no annotations.")
                } else {
                    format!("{total} in the {file}: {}.", parts.join(", "))
                };
                match *texts {
                    0 => annotations,
                    texts => format!("{} added. {annotations}", count(texts, "article", "articles")),
                }
            }
            Self::TextsMissing { titles } => format!(
                "The text of {} is not in this browser any more. What was annotated is kept: add the same text again, or \
                 restore a backup, and it is there.",
                titles.iter().map(|it| format!("“{it}”")).collect::<Vec<_>>().join(", ")
            ),
            Self::Quick { failure } => format!(
                "This browser's quick storage (localStorage) takes no more: {failure}. Nothing is lost by it: everything goes \
                 on being saved in the browser's database."
            ),
            Self::Replaced { exact, moved } => format!(
                "The text was replaced, and every annotation found again: {exact} where they were, {moved} elsewhere."
            ),
            Self::Placing { quote } => format!("Select the passage that “{quote}” has become."),
            Self::Removed { title, annotations: 0 } => format!("“{title}” was removed."),
            Self::Removed { title, annotations } => {
                format!("“{title}” was removed with its {}.", count(*annotations, "annotation", "annotations"))
            }
            Self::BackupDue { changes } => {
                format!("{} since the last backup.", count(*changes as usize, "change", "changes"))
            }
            Self::NoteLost { note, deleted: true } => format!(
                "The annotation that you were writing on was deleted in another tab; undo there brings it back. You had \
                 written: “{note}”"
            ),
            Self::NoteLost { note, deleted: false } => format!(
                "The annotation that you were writing on was given another tag in another tab; undo there brings its \
                 attributes back. You had written: “{note}”"
            ),
            Self::Missing(Missing::Annotation) => {
                "The annotation that this link names is not here. It may have been deleted, or made in another browser."
                    .to_owned()
            }
            Self::Missing(Missing::Article) => {
                "The article that this link names is not here. It may have been removed, or added in another browser."
                    .to_owned()
            }
            Self::Missing(Missing::Everything) => "This link names nothing that this page has.".to_owned(),
            Self::LinkCopied { what } => format!("The link to this {what} is copied."),
            Self::Failed { what } => what.clone(),
        }
    }

    /// What it offers, with the words on the button.
    pub(in crate::ui) fn actions(&self) -> Vec<(NoticeAction, &'static str)> {
        let mut actions = match self {
            Self::SetAside { .. } => vec![(NoticeAction::DownloadSetAside, "Download what was set aside")],
            Self::Imported { texts, added, updated, deleted, gone, restored, .. } => {
                let back = (NoticeAction::BringBack, "Bring back what was deleted");
                let undo =
                    (NoticeAction::Undo, if *restored { "Undo the restore" } else { "Undo the import" });
                let changed = texts + added + updated + deleted > 0;
                [(!gone.is_empty(), back), (changed, undo)]
                    .into_iter()
                    .filter_map(|(is, it)| is.then_some(it))
                    .collect()
            }
            Self::Placing { .. } => {
                return vec![
                    (NoticeAction::PlaceHere, "Place it here"),
                    (NoticeAction::StopPlacing, "Not now"),
                ];
            }
            Self::Replaced { .. } | Self::Removed { .. } => vec![(NoticeAction::UndoRemove, "Undo")],
            Self::BackupDue { .. } => vec![(NoticeAction::BackUp, "Back up")],
            Self::NotOurs { .. }
            | Self::TextsMissing { .. }
            | Self::Quick { .. }
            | Self::NoteLost { .. }
            | Self::Missing(_)
            | Self::LinkCopied { .. }
            | Self::Failed { .. } => Vec::new(),
        };
        actions.push((NoticeAction::Dismiss, "Dismiss"));
        actions
    }
}

impl State {
    /// Another step was done: "undo" no longer means the import.
    pub(super) fn forget_import(&mut self) {
        self.notices.retain(|it| {
            !matches!(it, Notice::Imported { .. } | Notice::Removed { .. } | Notice::Replaced { .. })
        });
    }

    /// Tells of what was just set aside, and keeps it for the download.
    pub(super) fn put_aside(&mut self, asides: Vec<SetAsideItem>) {
        let fresh = asides.iter().filter(|it| it.fresh).count();
        self.set_aside.retain(|it| asides.iter().all(|new| new.key != it.key));
        self.set_aside.extend(asides);
        if fresh > 0 {
            self.notify(Notice::SetAside { items: fresh });
        }
    }

    /// Tells what could not be done, and why.
    pub(super) fn fail(&mut self, what: impl Into<String>) {
        self.notify(Notice::Failed { what: what.into() });
    }

    /// Shows a notice in the place of an earlier one of its kind.
    pub(super) fn notify(&mut self, notice: Notice) {
        self.notices.retain(|it| it.kind() != notice.kind());
        self.notices.push(notice);
    }
}

/// `1 annotation`, `2 annotations`.
pub(in crate::ui) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
