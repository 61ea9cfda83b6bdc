//! The session: everything that a person is working on. [`Session::apply`] makes every change of theirs.

use std::{collections::HashMap, rc::Rc};

use super::{
    article_edit::ArticleEdit, change::Change, history::History, tag_edit::TagEdit, transaction::Transaction,
};
use crate::{
    annotation::{
        Annotation, AnnotationId, AnnotationSet, ArticleRecord, Articles, Changes, Codebook, Context,
        MergeOutcome, Record, Records, ReplicaId, TagRecord, Tags, Timestamp, Version,
    },
    text::{Article, ArticleId, Library, Span, Text},
};

/// Everything that a person is working on.
#[derive(Debug)]
pub struct Session {
    pub(super) tags: Tags,
    pub(super) articles: Articles,
    context: Context,
    pub(super) records: Records,
    sets: HashMap<ArticleId, AnnotationSet>,
    pub(super) history: History,
    replica: ReplicaId,
}

impl Session {
    /// A session without annotations on the articles of `context`, which get its tags. Its changes are written as
    /// `replica`.
    pub fn new(context: impl Into<Context>, replica: ReplicaId) -> Self {
        let context = context.into();
        let mut session = Self {
            tags: Tags::new(context.codebook.clone()),
            articles: Articles::new(context.library.clone()),
            context,
            records: Records::default(),
            sets: HashMap::new(),
            history: History::default(),
            replica,
        };
        session.update_library();
        session
    }

    /// The writer of its changes.
    pub(super) fn replica(&self) -> ReplicaId {
        self.replica
    }

    /// The listed and the removed articles.
    pub fn library(&self) -> &Library {
        &self.context.library
    }

    /// The tags and their records.
    pub fn tags(&self) -> &Tags {
        &self.tags
    }

    /// The tags in order.
    pub fn codebook(&self) -> &Codebook {
        &self.context.codebook
    }

    /// What the annotations refer to: the listed and the removed articles, and the tags.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The own articles and their texts.
    pub fn articles(&self) -> &Articles {
        &self.articles
    }

    /// The annotations of a listed article.
    pub fn annotations(&self, article: &ArticleId) -> Option<&AnnotationSet> {
        self.library().get(article)?;
        self.sets.get(article)
    }

    /// The annotations of a listed or removed article.
    pub fn all_annotations(&self, article: &ArticleId) -> Option<&AnnotationSet> {
        self.sets.get(article)
    }

    /// The annotation with this id, unless it is deleted.
    pub fn annotation(&self, id: AnnotationId) -> Option<&Rc<Annotation>> {
        self.records.get(id)?.content.as_ref()
    }

    /// The annotation with this id and its article, unless the article is removed.
    pub fn find(&self, id: AnnotationId) -> Option<(&Rc<Article>, &Rc<Annotation>)> {
        let annotation = self.annotation(id)?;
        Some((self.library().get(&annotation.article)?, annotation))
    }

    /// The annotation with the same tag that touches or overlaps this one: the next in text order, or else the
    /// previous.
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

    /// Every record of an annotation, tombstones included.
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// The undo history.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Adds texts of own articles.
    pub fn add_texts(&mut self, texts: impl IntoIterator<Item = Rc<Text>>) {
        for text in texts {
            self.articles.add_text(text);
        }
        self.update_library();
    }

    /// Applies a transaction under new versions. Returns what changed and the transaction that undoes it.
    ///
    /// All changes of annotations made here, including undo and redo, go through this function.
    pub fn apply(&mut self, transaction: &Transaction, now: Timestamp) -> (Change, Transaction) {
        let mut change = Change::default();
        let mut set_changes = SetChanges::default();
        let mut inverse = Vec::new();
        let tags = self.apply_to_tags(&transaction.tags, now, &mut change.tags);
        let articles = self.apply_to_articles(&transaction.articles, now, &mut change.articles);
        for edit in &transaction.edits {
            let id = edit.id();
            let was = self.records.get(id);
            let Some((content, back)) =
                edit.apply_to(was.and_then(|it| it.content.as_ref()), self.codebook())
            else {
                continue;
            };
            if !content.as_deref().is_none_or(|it| self.fits(it)) {
                continue;
            }
            let version = Version::after(was.map(|it| it.version), self.replica);
            let record = Record { id, version, modified: now, content };
            let MergeOutcome::Accepted(before) = self.records.merge(record.clone()) else { continue };
            set_changes.push(before.as_ref(), &record);
            change.records.push(record);
            inverse.push(back);
        }
        change.touched = self.update_sets(set_changes);
        inverse.reverse();
        (change, Transaction { label: transaction.label, tags, articles, edits: inverse })
    }

    /// Applies edits of tags. Adds the new records to `changed`, and returns the inverse edits.
    fn apply_to_tags(
        &mut self,
        edits: &[TagEdit],
        now: Timestamp,
        changed: &mut Vec<TagRecord>,
    ) -> Vec<TagEdit> {
        let mut inverse = Vec::new();
        for TagEdit { id, change } in edits {
            let Some((tag, back)) = change.apply_to(self.tags.tag(*id)) else { continue };
            let version = Version::after(self.tags.records().get(*id).map(|it| it.version), self.replica);
            let record = TagRecord { id: *id, version, modified: now, content: Some(tag) };
            let MergeOutcome::Accepted(_) = self.tags.merge(record.clone()) else { continue };
            changed.push(record);
            inverse.push(TagEdit { id: *id, change: back });
        }
        if !inverse.is_empty() {
            self.update_codebook();
        }
        inverse.reverse();
        inverse
    }

    /// Applies edits of own articles. Adds the new records to `changed`, and returns the inverse edits.
    fn apply_to_articles(
        &mut self,
        edits: &[ArticleEdit],
        now: Timestamp,
        changed: &mut Vec<ArticleRecord>,
    ) -> Vec<ArticleEdit> {
        let mut inverse = Vec::new();
        for ArticleEdit { id, change } in edits {
            let Some((info, back)) = change.apply_to(self.articles.info(id)) else { continue };
            let version = Version::after(self.articles.records().get(id).map(|it| it.version), self.replica);
            let record = ArticleRecord { id: id.clone(), version, modified: now, content: Some(info) };
            let MergeOutcome::Accepted(_) = self.articles.merge(record.clone()) else { continue };
            changed.push(record);
            inverse.push(ArticleEdit { id: id.clone(), change: back });
        }
        if !inverse.is_empty() {
            self.update_library();
        }
        inverse.reverse();
        inverse
    }

    /// Makes the codebook from the records of tags.
    pub(super) fn update_codebook(&mut self) {
        self.tags.update_codebook();
        self.context.codebook = self.tags.codebook().clone();
    }

    /// True if the passage exists in the present text of the article. The history may contain edits of another text.
    fn fits(&self, annotation: &Annotation) -> bool {
        let span = annotation.span;
        let article = self.library().known(&annotation.article);
        article.is_none_or(|it| it.span(span.start(), span.end()).is_ok())
    }

    /// Updates the library from the own articles, and creates a set for each article that has none.
    pub(super) fn update_library(&mut self) {
        self.articles.update_library();
        self.context.library = self.articles.library().clone();
        let library = &self.context.library;
        for article in library.iter().chain(library.removed()) {
            if !self.sets.contains_key(article.id()) {
                self.sets.insert(article.id().clone(), AnnotationSet::new(article.text().len()));
            }
        }
    }

    /// Updates the sets. Returns the passages whose annotations changed.
    pub(super) fn update_sets(&mut self, set_changes: SetChanges) -> Vec<(ArticleId, Span)> {
        let SetChanges { runs, touched } = set_changes;
        for (article, changes) in by_article(runs) {
            if let Some(set) = self.sets.get_mut(&article) {
                set.apply(changes);
            }
        }
        touched
    }
}

/// Changes to make in the sets.
#[derive(Default)]
pub(super) struct SetChanges {
    /// Consecutive changes of the same article.
    runs: Vec<(ArticleId, Changes)>,
    touched: Vec<(ArticleId, Span)>,
}

impl SetChanges {
    /// Moves an annotation from where `before` has it to where `after` has it.
    pub(super) fn push(&mut self, before: Option<&Record>, after: &Record) {
        let old = before.and_then(|it| it.content.as_ref());
        let new = after.content.as_ref();
        for it in old.into_iter().chain(new) {
            self.touched.push((it.article.clone(), it.span));
        }
        // Within one article, inserting replaces the previous version.
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

/// All changes of each article.
fn by_article(runs: Vec<(ArticleId, Changes)>) -> HashMap<ArticleId, Changes> {
    let mut all: HashMap<ArticleId, Changes> = HashMap::new();
    for (article, changes) in runs {
        all.entry(article).or_default().extend(changes);
    }
    all
}
