//! The state of the document: the session, its two copies, and stored items that could not be used.

use std::{collections::HashSet, rc::Rc};

use super::delivery::Delivery;
use crate::{
    annotation::{AnnotationSet, AnyId, AnyRecord, Codebook},
    session::{Change, Session},
    storage::{Failure, LocalCopy, LocalStorage, Saver, SetAsideItem, TabState},
    text::{Library, SortedMap},
    ui::{State, platform, slice::Initial},
};

/// The articles and annotations, and how they are saved.
pub(crate) struct Document {
    pub(super) session: Session,
    pub(super) saver: Saver<LocalStorage>,
    /// The tags that the features know.
    pub(super) known_tags: Codebook,
    /// Why not everything in the local copy could be read.
    pub(super) unread: Option<Failure>,
    /// The unsaved records that were handed to the error page's script.
    pub(super) offered: HashSet<AnyId>,
    /// True if the person dismissed the notice that something is not saved.
    pub(super) trouble_hidden: bool,
    /// Stored items that were not valid, from this visit and earlier ones.
    pub(super) set_aside: Vec<SetAsideItem>,
    /// Stored items that this page does not know, by key.
    pub(super) unrecognized: SortedMap<String, String>,
    pub(super) delivery: Rc<Delivery>,
}

impl Initial for Document {
    fn initial(library: &Library) -> Self {
        let session = Session::new(library.clone(), platform::replica());
        let context = session.context().clone();
        Self {
            session,
            saver: Saver::new(
                LocalCopy::new(LocalStorage::open(), context.clone()),
                TabState::open(LocalStorage::of_this_tab()),
            ),
            known_tags: context.codebook.clone(),
            unread: None,
            offered: HashSet::new(),
            trouble_hidden: false,
            set_aside: Vec::new(),
            unrecognized: SortedMap::default(),
            delivery: Rc::new(Delivery::new(context)),
        }
    }
}

impl Document {
    /// Articles, annotations and the history.
    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    /// The same, for changes that are passed on to [`super::settle`].
    pub(crate) fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    /// Saves records to both copies, and knows which are not saved yet.
    pub(crate) fn saver(&mut self) -> &mut Saver<LocalStorage> {
        &mut self.saver
    }

    /// Stored items that were not valid, from this visit and earlier ones.
    pub(crate) fn set_aside(&self) -> &[SetAsideItem] {
        &self.set_aside
    }

    /// Stored items that this page does not know, by key.
    pub(crate) fn unrecognized(&self) -> &SortedMap<String, String> {
        &self.unrecognized
    }
}

/// The record of any kind that this page has.
pub(super) fn record(state: &State, id: &AnyId) -> Option<AnyRecord> {
    match id {
        AnyId::Tag(id) => state.document.session.tags().records().get(*id).cloned().map(AnyRecord::from),
        AnyId::Article(id) => {
            state.document.session.articles().records().get(id).cloned().map(AnyRecord::from)
        }
        AnyId::Annotation(id) => state.document.session.records().get(*id).cloned().map(AnyRecord::from),
    }
}

pub(super) fn all_records(state: &State) -> Vec<AnyRecord> {
    let tags = state.document.session.tags().records().iter().cloned().map(AnyRecord::from);
    let articles = state.document.session.articles().records().iter().cloned().map(AnyRecord::from);
    tags.chain(articles)
        .chain(state.document.session.records().iter().cloned().map(AnyRecord::from))
        .collect()
}

pub(super) fn rewrite(records: Vec<AnyRecord>) -> Change {
    let mut change = Change::default();
    for record in records {
        match record {
            AnyRecord::Tag(it) => change.tags.push(it),
            AnyRecord::Article(it) => change.articles.push(it),
            AnyRecord::Annotation(it) => change.records.push(it),
        }
    }
    change
}

/// How many annotations there are on all articles.
pub(crate) fn annotation_count(state: &State) -> usize {
    let articles = state.document.session.library().iter();
    articles.filter_map(|it| state.document.session.annotations(it.id())).map(AnnotationSet::len).sum()
}
