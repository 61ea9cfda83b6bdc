//! What was found in the files that a person chose together.

use std::rc::Rc;

use super::{read_text::UnknownEncoding, restore::Preview};
use crate::{
    annotation::{ArticleRecord, NewArticle, Record},
    interchange::{Backup, Import},
    text::{ArticleId, Text},
    ui::features::articles::NewText,
};

/// More problems than this are counted and not listed: nobody reads them one by one.
const LISTED: usize = 200;

/// What was found in files that the person chose together.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Report {
    /// What is good.
    pub(crate) records: Vec<Record>,
    /// The first of what is not and why, in plain words, with the name of its file.
    pub(crate) problems: Vec<(String, String)>,
    /// How many problems are not listed.
    pub(crate) unlisted: usize,
    /// Own articles that an export brings, and those of a backup.
    pub(super) new: Vec<NewArticle>,
    pub(super) articles: Vec<ArticleRecord>,
    /// The texts of both.
    pub(super) bodies: Vec<Rc<Text>>,
    /// Texts that become articles.
    pub(crate) incoming: Vec<NewText>,
    /// Files of which a person has to say how their texts are encoded.
    pub(crate) unsure: Vec<UnknownEncoding>,
    /// The article that gets the text which was read.
    pub(super) replaces: Option<ArticleId>,
    /// What else there is, when one of the files is a backup.
    pub(crate) backup: Option<Backup>,
    /// What restoring it would do.
    pub(crate) preview: Preview,
}

impl Report {
    pub(super) fn problem(&mut self, file: &str, what: impl ToString) {
        if self.problems.len() < LISTED {
            self.problems.push((file.to_owned(), what.to_string()));
        } else {
            self.unlisted += 1;
        }
    }

    /// How many texts would be added, as far as is known before.
    pub(crate) fn texts(&self) -> usize {
        let listed = |it: &&ArticleRecord| it.content.as_ref().is_some_and(|it| it.listed);
        self.incoming.len() + self.new.len() + self.articles.iter().filter(listed).count()
    }

    /// Whether there is anything to be taken.
    pub(crate) fn has_good(&self) -> bool {
        self.records.len() + self.texts() > 0
    }

    /// The name of the file that every problem is of, if they are of one.
    pub(crate) fn one_file(&self) -> Option<&str> {
        let (first, _) = self.problems.first()?;
        self.problems.iter().all(|(file, _)| file == first).then_some(first)
    }

    pub(super) fn take(&mut self, file: &str, import: Import) {
        import.problems.iter().for_each(|it| self.problem(file, it));
        let spent = "has a version that leaves no room for further changes";
        for it in import.records {
            if it.version.has_room() {
                self.records.push(it);
            } else {
                self.problem(file, format!("annotation {} {spent}", it.id));
            }
        }
        for it in import.articles {
            if it.version.has_room() {
                self.articles.push(it);
            } else {
                self.problem(file, format!("article {} {spent}", it.id));
            }
        }
        self.new.extend(import.new);
        self.bodies.extend(import.texts);
        if let Some(backup) = import.backup {
            let all = self.backup.get_or_insert_default();
            all.created = all.created.max(backup.created);
            all.view = all.view.take().or(backup.view);
            all.done = all.done.union(&backup.done);
            all.others.extend(backup.others);
        }
    }
}
