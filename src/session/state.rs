//! The session and the one way by which it changes.

use std::{collections::HashMap, rc::Rc};

use super::{article_edit::ArticleEdit, change::Change, history::History, transaction::Transaction};
use crate::{
    annotation::{
        Annotation, AnnotationId, AnnotationSet, ArticleRecord, Articles, Changes, Merge, Record, Records,
        ReplicaId, Timestamp, Version,
    },
    text::{Article, ArticleId, Library, Span, Text},
};

/// Everything that is being worked on.
#[derive(Debug)]
pub struct Session {
    pub(super) articles: Articles,
    pub(super) records: Records,
    sets: HashMap<ArticleId, AnnotationSet>,
    pub(super) history: History,
    replica: ReplicaId,
}

impl Session {
    /// A session on `library` without annotations, which writes as `replica`.
    pub fn new(library: Library, replica: ReplicaId) -> Self {
        let mut session = Self {
            articles: Articles::new(library),
            records: Records::default(),
            sets: HashMap::new(),
            history: History::default(),
            replica,
        };
        session.arrange();
        session
    }

    /// The articles that are listed, and those that were removed.
    pub fn library(&self) -> &Library {
        self.articles.library()
    }

    /// What is known of the own articles.
    pub fn articles(&self) -> &Articles {
        &self.articles
    }

    /// The annotations of an article that is listed.
    pub fn annotations(&self, article: &ArticleId) -> Option<&AnnotationSet> {
        self.library().get(article)?;
        self.sets.get(article)
    }

    /// The annotations of an article, a removed one too.
    pub fn all_annotations(&self, article: &ArticleId) -> Option<&AnnotationSet> {
        self.sets.get(article)
    }

    /// An annotation that is not deleted.
    pub fn annotation(&self, id: AnnotationId) -> Option<&Rc<Annotation>> {
        self.records.get(id)?.content.as_ref()
    }

    /// The article and the annotation of an id; nothing while the article is removed.
    pub fn find(&self, id: AnnotationId) -> Option<(&Rc<Article>, &Rc<Annotation>)> {
        let annotation = self.annotation(id)?;
        Some((self.library().get(&annotation.article)?, annotation))
    }

    /// The annotation with the same tag that touches or overlaps this one: the next in text order, or else the one before.
    pub fn neighbour(&self, id: AnnotationId) -> Option<AnnotationId> {
        let (article, it) = self.find(id)?;
        let around = self.annotations(&it.article)?.overlapping(article.surroundings(it.span));
        let fits = |other: &Annotation| other.tag == it.tag && article.touch(it.span, other.span);
        let place = around.iter().position(|(other, _)| *other == id)?;
        let mut after = around[place + 1..].iter();
        let mut before = around[..place].iter().rev();
        let next = after.find(|(_, it)| fits(it)).or_else(|| before.find(|(_, it)| fits(it)));
        next.map(|(id, _)| *id)
    }

    /// Every record, tombstones included.
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// What can be undone and redone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Takes in texts, so that own articles can be of them.
    pub fn take_texts(&mut self, texts: impl IntoIterator<Item = Rc<Text>>) {
        for text in texts {
            self.articles.take_text(text);
        }
        self.arrange();
    }

    /// Applies a transaction under new versions: what changed, and the transaction that takes it back.
    ///
    /// The one way by which annotations change here, undo and redo included.
    pub fn apply(&mut self, transaction: &Transaction, now: Timestamp) -> (Change, Transaction) {
        let mut change = Change::default();
        let mut moves = Moves::default();
        let mut inverse = Vec::new();
        let mut articles = Vec::new();
        for ArticleEdit { id, change: edit } in &transaction.articles {
            let Some((info, back)) = edit.on(self.articles.info(id)) else { continue };
            let version = Version::after(self.articles.records().get(id).map(|it| it.version), self.replica);
            let record = ArticleRecord { id: id.clone(), version, modified: now, content: Some(info) };
            let Merge::Taken(_) = self.articles.merge(record.clone()) else { continue };
            change.articles.push(record);
            articles.push(ArticleEdit { id: id.clone(), change: back });
        }
        if !articles.is_empty() {
            self.arrange();
        }
        for edit in &transaction.edits {
            let id = edit.id();
            let was = self.records.get(id);
            let Some((content, back)) = edit.on(was.and_then(|it| it.content.as_ref())) else { continue };
            if !content.as_deref().is_none_or(|it| self.fits(it)) {
                continue;
            }
            let version = Version::after(was.map(|it| it.version), self.replica);
            let record = Record { id, version, modified: now, content };
            let Merge::Taken(before) = self.records.merge(record.clone()) else { continue };
            moves.push(before.as_ref(), &record);
            change.records.push(record);
            inverse.push(back);
        }
        change.touched = self.place(moves);
        articles.reverse();
        inverse.reverse();
        (change, Transaction { label: transaction.label, articles, edits: inverse })
    }

    /// Whether the passage is one of the article as it is here; the history may know of another text of it.
    fn fits(&self, annotation: &Annotation) -> bool {
        let span = annotation.span;
        let article = self.library().known(&annotation.article);
        article.is_none_or(|it| it.span(span.start(), span.end()).is_ok())
    }

    /// Brings the library up to the records of the own articles; there is a set for each article whose text is here.
    pub(super) fn arrange(&mut self) {
        self.articles.arrange();
        let library = self.articles.library();
        for article in library.iter().chain(library.removed()) {
            if !self.sets.contains_key(article.id()) {
                self.sets.insert(article.id().clone(), AnnotationSet::new(article.text().len()));
            }
        }
    }

    /// Brings the sets up to what the records say; gives the passages that are not what they were.
    pub(super) fn place(&mut self, moves: Moves) -> Vec<(ArticleId, Span)> {
        let Moves { runs, touched } = moves;
        for (article, changes) in by_article(runs) {
            if let Some(set) = self.sets.get_mut(&article) {
                set.change(changes);
            }
        }
        touched
    }
}

/// What is to be moved in the sets.
#[derive(Default)]
pub(super) struct Moves {
    /// Changes one after the other in the same article.
    runs: Vec<(ArticleId, Changes)>,
    touched: Vec<(ArticleId, Span)>,
}

impl Moves {
    /// An annotation goes from where `before` has it to where `after` has it.
    pub(super) fn push(&mut self, before: Option<&Record>, after: &Record) {
        let old = before.and_then(|it| it.content.as_ref());
        let new = after.content.as_ref();
        for it in old.into_iter().chain(new) {
            self.touched.push((it.article.clone(), it.span));
        }
        // What stays in its article is put in the place of what was there.
        if let Some(old) = old.filter(|old| new.is_none_or(|new| new.article != old.article)) {
            self.change(&old.article, after.id, None);
        }
        if let Some(new) = new {
            self.change(&new.article, after.id, Some(Rc::clone(new)));
        }
    }

    fn change(&mut self, article: &ArticleId, id: AnnotationId, to: Option<Rc<Annotation>>) {
        match self.runs.last_mut() {
            Some((last, changes)) if last == article => changes.push((id, to)),
            _ => self.runs.push((article.clone(), vec![(id, to)])),
        }
    }
}

/// All changes in each article.
fn by_article(runs: Vec<(ArticleId, Changes)>) -> HashMap<ArticleId, Changes> {
    let mut all: HashMap<ArticleId, Changes> = HashMap::new();
    for (article, changes) in runs {
        all.entry(article).or_default().extend(changes);
    }
    all
}
