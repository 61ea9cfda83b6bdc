//! The state of the article list: which article is being renamed, or its text replaced.

use std::rc::Rc;

use crate::{
    annotation::{AnnotationId, ArticleRecord, TagId},
    interchange::DoneArticles,
    text::{ArticleId, Span},
    ui::State,
};

/// What the person is doing with own articles.
#[derive(Debug, Default)]
pub(crate) struct Articles {
    /// The own article whose title is being edited.
    pub(super) renaming: Option<ArticleId>,
    /// The own article whose text is to be replaced.
    pub(super) replacing: Option<ArticleId>,
    /// The result of replacing a text, for the dialog about annotations to place.
    pub(super) outcome: Option<Rc<Placement>>,
    /// The annotation of an earlier text for which a passage is being selected.
    pub(super) placing: Option<AnnotationId>,
    /// The articles that the person has marked as done.
    pub(super) done: DoneArticles,
}

impl Articles {
    /// The articles that the person has marked as done.
    pub(crate) fn done(&self) -> &DoneArticles {
        &self.done
    }

    /// Takes the own article whose text is to be replaced.
    pub(crate) fn take_replacing(&mut self) -> Option<ArticleId> {
        self.replacing.take()
    }
}

/// Why a command for own articles cannot be run, if it cannot.
pub(super) fn needs_own(state: &State) -> Option<&'static str> {
    let own = state.location.open().is_some_and(ArticleRecord::is_own);
    (!own).then_some("Open one of your own articles first.")
}

/// The result of replacing a text: which annotations were found again.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Placement {
    /// How many are at the same place and how many moved; known only right after the replacement.
    pub(crate) found: Option<(usize, usize)>,
    /// The listed annotations that the person has to place.
    pub(crate) unplaced: Vec<Unplaced>,
    /// The number of such annotations that are not listed.
    pub(crate) unlisted: usize,
    /// The article with the newer text.
    pub(super) article: Option<ArticleId>,
}

/// An annotation of an earlier text that is not placed yet.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unplaced {
    pub(crate) id: AnnotationId,
    pub(crate) tag: TagId,
    pub(crate) quote: String,
    pub(crate) note: String,
    /// True if the newer text has its words, but it is not certain which occurrence is meant.
    pub(crate) ambiguous: bool,
    pub(crate) places: Vec<Candidate>,
}

/// A passage to which an annotation may belong.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) span: Span,
    pub(crate) before: String,
    pub(crate) words: String,
    pub(crate) after: String,
}
