//! The words of the dialog, how they are searched for, and their occurrences.

use std::rc::Rc;

use crate::{
    annotation::TagId,
    text::{ArticleId, Context, Span},
};

/// A passage with the same words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Occurrence {
    pub(crate) article: ArticleId,
    pub(crate) span: Span,
    pub(crate) context: Context,
    /// The tags that the passage has already.
    pub(crate) tagged: Vec<TagId>,
    /// Whether the person chose to tag it or not; none if they did neither.
    pub(super) decision: Option<bool>,
}

impl Occurrence {
    /// True if it will be tagged. By default, these are all that do not have the tag yet.
    pub(crate) fn is_chosen(&self, tag: TagId) -> bool {
        self.decision.unwrap_or(!self.tagged.contains(&tag))
    }
}

/// How the words are searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) match_case: bool,
    pub(crate) whole_words: bool,
    /// In all articles instead of only the open one.
    pub(crate) everywhere: bool,
}

/// The words and their occurrences.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Occurrences {
    pub(crate) words: Rc<str>,
    pub(crate) options: Options,
    pub(crate) tag: TagId,
    pub(crate) found: Vec<Occurrence>,
    /// True once everything has been searched.
    pub(crate) done: bool,
    /// True if there are more than the list can hold.
    pub(crate) is_truncated: bool,
    /// The number of the search that adds occurrences. Those of earlier searches are dropped.
    pub(super) run: u32,
}

impl Occurrences {
    /// How many will be tagged.
    pub(crate) fn chosen(&self) -> usize {
        self.found.iter().filter(|it| it.is_chosen(self.tag)).count()
    }
}
