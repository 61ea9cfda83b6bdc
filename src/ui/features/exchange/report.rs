//! The report on the files of one import: what can be imported, and what cannot and why.

use std::rc::Rc;

use super::{preview::Preview, read_text::UnknownEncoding, report_tags::ReportTags};
use crate::{
    annotation::{ArticleRecord, NewArticle, Record},
    interchange::{Backup, Import},
    text::{ArticleId, Text},
    ui::features::articles::NewText,
};

/// The maximum number of listed problems. Others are only counted.
const LISTED: usize = 200;

/// The report on the files of one import.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Report {
    /// The valid records.
    pub(crate) records: Vec<Record>,
    /// The listed problems: the name of the file, and what is wrong in plain words.
    pub(crate) problems: Vec<(String, String)>,
    /// The number of problems that are not listed.
    pub(crate) unlisted: usize,
    /// Tags that are added, and those that could be.
    pub(crate) tags: ReportTags,
    /// Own articles from exports.
    pub(super) new_articles: Vec<NewArticle>,
    /// Own articles from backups.
    pub(super) articles: Vec<ArticleRecord>,
    /// The texts of both kinds of own articles.
    pub(super) article_texts: Vec<Rc<Text>>,
    /// Texts from text files, which become articles.
    pub(crate) texts: Vec<NewText>,
    /// Text files whose encodings the person has to choose.
    pub(crate) unknown_encodings: Vec<UnknownEncoding>,
    /// The article whose text is to be replaced, if this is what the import is for.
    pub(super) replaces: Option<ArticleId>,
    /// The other items of a backup, if one of the files is a backup.
    pub(crate) backup: Option<Backup>,
    /// What restoring the backup would change.
    pub(crate) preview: Preview,
}

impl Report {
    /// Adds a problem in a file, or counts it if too many are listed.
    pub(super) fn add_problem(&mut self, file: &str, what: impl ToString) {
        if self.problems.len() < LISTED {
            self.problems.push((file.to_owned(), what.to_string()));
        } else {
            self.unlisted += 1;
        }
    }

    /// How many articles would be added, as far as this is known before the import.
    pub(crate) fn text_count(&self) -> usize {
        let listed = |it: &&ArticleRecord| it.content.as_ref().is_some_and(|it| it.listed);
        self.texts.len() + self.new_articles.len() + self.articles.iter().filter(listed).count()
    }

    /// True if anything can be imported.
    pub(crate) fn has_valid(&self) -> bool {
        self.records.len() + self.tags.records.len() + self.text_count() > 0
    }

    /// The name of the file, if all problems are in the same one.
    pub(crate) fn one_file(&self) -> Option<&str> {
        let (first, _) = self.problems.first()?;
        self.problems.iter().all(|(file, _)| file == first).then_some(first)
    }

    /// Adds what was read from an export or a backup.
    pub(super) fn add_import(&mut self, file: &str, import: Import) {
        import.problems.iter().for_each(|it| self.add_problem(file, it));
        let exhausted = "has a version that leaves no room for further changes";
        for it in import.records {
            if it.version.has_room() {
                self.records.push(it);
            } else {
                self.add_problem(file, format!("annotation {} {exhausted}", it.id));
            }
        }
        for it in import.tags {
            if it.version.has_room() {
                self.tags.records.push(it);
            } else {
                self.add_problem(file, format!("tag {} {exhausted}", it.id.as_str()));
            }
        }
        for it in import.articles {
            if it.version.has_room() {
                self.articles.push(it);
            } else {
                self.add_problem(file, format!("article {} {exhausted}", it.id));
            }
        }
        self.tags.add_unknown(import.unknown_tags);
        self.new_articles.extend(import.new);
        self.article_texts.extend(import.texts);
        if let Some(backup) = import.backup {
            let all = self.backup.get_or_insert_default();
            all.created = all.created.max(backup.created);
            all.view = all.view.take().or(backup.view);
            all.done = all.done.union(&backup.done);
            all.others.extend(backup.others);
        }
    }
}
