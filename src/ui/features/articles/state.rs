//! What is being done to articles.

use std::rc::Rc;

use crate::{
    annotation::{AnnotationId, ArticleRecord, Tag},
    interchange::DoneArticles,
    text::{ArticleId, Span},
    ui::State,
};

/// What is being done to articles.
#[derive(Debug, Default)]
pub(crate) struct Articles {
    /// The own article whose title is being edited.
    pub(super) renaming: Option<ArticleId>,
    /// The own article whose text is to be replaced.
    pub(super) replacing: Option<ArticleId>,
    /// What became of annotations when a text was replaced.
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

/// What is missing before a command for an own article can be run.
pub(super) fn needs_own(state: &State) -> Option<&'static str> {
    let own = state.location.open().is_some_and(ArticleRecord::is_own);
    (!own).then_some("Open one of your own articles first.")
}

/// What became of annotations when their article got a newer text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Placement {
    /// How many are where they were, and how many were found elsewhere; only just after the text was replaced.
    pub(crate) found: Option<(usize, usize)>,
    /// Those that a person has to decide about.
    pub(crate) strays: Vec<Unplaced>,
    /// How many more there are.
    pub(crate) unlisted: usize,
    /// The article with the newer text.
    pub(super) article: Option<ArticleId>,
}

/// An annotation of an earlier text that is not placed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unplaced {
    pub(crate) id: AnnotationId,
    pub(crate) tag: Tag,
    pub(crate) quote: String,
    pub(crate) note: String,
    /// Whether its words stand in the newer text, and it is not certain where they are meant.
    pub(crate) ambiguous: bool,
    pub(crate) places: Vec<Candidate>,
}

/// Where it may belong.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) span: Span,
    pub(crate) before: String,
    pub(crate) words: String,
    pub(crate) after: String,
}
