//! The words, how they are searched for, and their places.

use std::rc::Rc;

use crate::{
    annotation::Tag,
    text::{ArticleId, Context, Span},
};

/// A place where the words are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Occurrence {
    pub(crate) article: ArticleId,
    pub(crate) span: Span,
    pub(crate) context: Context,
    /// The tags that it has already, by their place in the codebook.
    pub(crate) tagged: [bool; Tag::ALL.len()],
    /// What the person said; nothing while they have not.
    pub(super) said: Option<bool>,
}

impl Occurrence {
    /// Whether it is to be tagged: all that do not have the tag yet, unless the person says otherwise.
    pub(crate) fn is_chosen(&self, tag: Tag) -> bool {
        self.said.unwrap_or(!self.tagged[tag.index()])
    }
}

/// How words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) match_case: bool,
    pub(crate) whole_words: bool,
    /// In all articles, or in the open one.
    pub(crate) everywhere: bool,
}

/// The words and where they are, while their window is open.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Occurrences {
    pub(crate) words: Rc<str>,
    pub(crate) how: Options,
    pub(crate) tag: Tag,
    pub(crate) found: Vec<Occurrence>,
    /// Whether everything has been looked through.
    pub(crate) done: bool,
    /// Whether there are more than are listed.
    pub(crate) more: bool,
    pub(super) turn: u32,
}

impl Occurrences {
    /// How many are to be tagged.
    pub(crate) fn chosen(&self) -> usize {
        self.found.iter().filter(|it| it.is_chosen(self.tag)).count()
    }
}
