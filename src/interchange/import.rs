//! The result of reading a file.

use std::rc::Rc;

use super::{done::DoneArticles, problem::Problem, unknown_tags::UnknownTag};
use crate::{
    annotation::{ArticleRecord, NewArticle, Record, TagRecord, Timestamp},
    text::Text,
};

/// What can be imported from a file, and the problems with the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// The valid annotations: those of an export in file order, those of a backup by id and with tombstones.
    pub records: Vec<Record>,
    /// The problems, in the order in which to show them.
    pub problems: Vec<Problem>,
    /// Own articles of an export that come with their texts and are not listed here.
    pub new: Vec<NewArticle>,
    /// Tags that annotations of an export have and the codebook does not. These annotations are among the problems.
    pub unknown_tags: Vec<UnknownTag>,
    /// Tags of a backup, by id.
    pub tags: Vec<TagRecord>,
    /// Own articles of a backup, by id.
    pub articles: Vec<ArticleRecord>,
    /// The texts in the file.
    pub texts: Vec<Rc<Text>>,
    /// The other contents, if the file is a backup.
    pub backup: Option<Backup>,
}

/// The contents of a backup other than tags, annotations, articles and texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backup {
    /// When the backup was written, if it says so.
    pub created: Option<Timestamp>,
    /// The view settings, in their stored form.
    pub view: Option<String>,
    /// The articles that are marked as done.
    pub done: DoneArticles,
    /// Keys and values of drafts and of items that were set aside, are to be set aside, or are unrecognized. Sorted,
    /// without duplicates.
    pub others: Vec<(String, String)>,
}
