//! The state that a person works on: articles, annotations, and the history of changes.
//!
//! Knows neither where it is saved nor how it is drawn. Time and randomness are passed in.

mod article;
mod command;
mod edit;
mod effect;
mod history;

use std::{collections::HashMap, rc::Rc};

pub use article::{ArticleChange, ArticleCommand, ArticleEdit};
pub use command::{Command, Moment};
pub use edit::{Edit, Label, Transaction};
pub use effect::Effect;
pub use history::{History, Step};

use crate::{
    annotation::{
        Annotation, AnnotationId, AnnotationSet, AnyRecord, ArticleInfo, ArticleRecord, Articles, Attributes,
        Changes, Merge, NewArticle, Record, Records, ReplicaId, Tag, Timestamp, Version,
    },
    text::{Article, ArticleId, EXCERPT, Library, Span, Text, beginning},
};

/// Everything that is being worked on.
#[derive(Debug)]
pub struct Session {
    articles: Articles,
    records: Records,
    sets: HashMap<ArticleId, AnnotationSet>,
    history: History,
    replica: ReplicaId,
}

/// What a change did: the records to keep and the passages to draw again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The new version of each own article's record that changed.
    pub articles: Vec<ArticleRecord>,
    /// The new version of each record that changed.
    pub records: Vec<Record>,
    /// The passages whose annotations are not what they were.
    pub touched: Vec<(ArticleId, Span)>,
}

impl Change {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.articles.is_empty()
    }

    /// Everything to be kept, articles first.
    pub fn all(&self) -> impl Iterator<Item = AnyRecord> {
        let articles = self.articles.iter().cloned().map(AnyRecord::from);
        articles.chain(self.records.iter().cloned().map(AnyRecord::from))
    }
}

/// What became of records that were merged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// What changed here.
    pub change: Change,
    /// Own articles that were not here, or had been removed here.
    pub articles: usize,
    /// Annotations that were not here, or had been deleted here before the other side wrote them again.
    pub added: usize,
    /// Annotations that were here in an older version.
    pub updated: usize,
    /// Annotations that were here and that the other side had deleted.
    pub deleted: usize,
    /// Records that were here in the same version.
    pub same: usize,
    /// Records that are here in a later version, which stays.
    pub older: Vec<Record>,
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

    /// What was last said of an annotation while it had another tag, as far as the latest steps of the history know.
    fn attributes_under(&self, id: AnnotationId, tag: Tag) -> Attributes {
        const STEPS: usize = 50;
        let done = self.history.list().filter(|(_, undone)| !undone).take(STEPS);
        let mut edits = done.flat_map(|(step, _)| &step.transaction.edits);
        let before = edits.find_map(|it| match it {
            Edit::Retag { id: other, tag: before, attributes } if (*other, *before) == (id, tag) => {
                Some(attributes.clone())
            }
            _ => None,
        });
        before.unwrap_or_default()
    }

    /// Every record, tombstones included.
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// What can be undone and redone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Does what a person wants; an empty change when there was nothing to do.
    pub fn execute(&mut self, command: &Command, moment: Moment) -> Change {
        command.transaction(self, moment).map_or_else(Change::default, |transaction| {
            let (change, inverse) = self.apply(&transaction, moment.now);
            let words = self.words(&change);
            self.remember(inverse, words, moment.now);
            change
        })
    }

    /// Takes back the latest step that still has an effect: one whose annotation is gone meanwhile is passed over.
    pub fn undo(&mut self, now: Timestamp) -> Option<(Label, Change)> {
        self.travel(|it| it.take_undo(0), History::undone, now)
    }

    /// Does again what was last undone and still has an effect.
    pub fn redo(&mut self, now: Timestamp) -> Option<(Label, Change)> {
        self.travel(|it| it.take_redo(u64::MAX), History::redone, now)
    }

    fn travel(
        &mut self,
        take: impl Fn(&mut History) -> Option<Step>,
        done: fn(&mut History, Step),
        now: Timestamp,
    ) -> Option<(Label, Change)> {
        while let Some(step) = take(&mut self.history) {
            let (change, inverse) = self.apply(&step.transaction, now);
            if !change.is_empty() {
                let label = step.transaction.label;
                done(&mut self.history, Step { transaction: inverse, ..step });
                return Some((label, change));
            }
        }
        None
    }

    /// Goes back or forth in the history until the step of this number is the latest that is done; 0 is before the first.
    /// How many steps were undone and redone, and what changed by all of them together.
    pub fn go_to_step(&mut self, number: u64, now: Timestamp) -> (usize, usize, Change) {
        let (mut undone, mut redone, mut all) = (0, 0, Change::default());
        let mut add = |change: Change| {
            all.articles.extend(change.articles);
            all.records.extend(change.records);
            all.touched.extend(change.touched);
        };
        while let Some((_, change)) = self.travel(|it| it.take_undo(number), History::undone, now) {
            add(change);
            undone += 1;
        }
        while let Some((_, change)) = self.travel(|it| it.take_redo(number), History::redone, now) {
            add(change);
            redone += 1;
        }
        (undone, redone, all)
    }

    /// Takes up a history that was kept, each step with whether it is undone. The next step will have a greater number than
    /// `last`: with the time, in milliseconds, numbers grow from tab to tab.
    pub fn take_up_history(&mut self, steps: Vec<(Step, bool)>, last: u64) {
        self.history.take_up(steps, last);
    }

    /// The steps that changed since this was last asked, by number: what each is now and whether it is undone, or nothing
    /// where it is gone.
    pub fn take_history_news(&mut self) -> Vec<(u64, Option<(Step, bool)>)> {
        self.history.take_news()
    }

    /// The beginning of the first passage that a change touched.
    fn words(&self, change: &Change) -> Rc<str> {
        let passage = change.touched.first();
        let words = passage.and_then(|(article, span)| Some(self.library().known(article)?.slice(*span)));
        let title = change.articles.first().and_then(|it| it.content.as_deref()).map(|it| &*it.title);
        beginning(title.or(words).unwrap_or_default(), EXCERPT).into()
    }

    /// Ends the step being written, so that the next piece of a note is undone on its own.
    pub fn close_step(&mut self) {
        self.history.close();
    }

    /// Takes in texts, so that own articles can be of them.
    pub fn take_texts(&mut self, texts: impl IntoIterator<Item = Rc<Text>>) {
        for text in texts {
            self.articles.take_text(text);
        }
        self.arrange();
    }

    /// Takes in what another tab or the store wrote of own articles; gives back what changed.
    pub fn merge_articles(
        &mut self,
        articles: impl IntoIterator<Item = ArticleRecord>,
    ) -> Vec<ArticleRecord> {
        let mut merged = Merged::default();
        self.take_in_articles(articles, &mut merged);
        merged.change.articles
    }

    /// The same with records of both kinds, articles first.
    pub fn merge_any(&mut self, records: impl IntoIterator<Item = AnyRecord>) -> Merged {
        let (mut articles, mut annotations) = (Vec::new(), Vec::new());
        for record in records {
            match record {
                AnyRecord::Article(it) => articles.push(it),
                AnyRecord::Annotation(it) => annotations.push(it),
            }
        }
        let articles = self.merge_articles(articles);
        let merged = self.merge(annotations);
        Merged { change: Change { articles, ..merged.change }, ..merged }
    }

    /// Takes in what another tab or the store wrote. It is not this person's doing, so undo leaves it alone.
    pub fn merge(&mut self, records: impl IntoIterator<Item = Record>) -> Merged {
        let merged = self.take_in(records, None);
        // Were the step to go on, undoing it would take back the other's words too.
        if merged.change.records.iter().any(|it| self.history.is_writing(it.id)) {
            self.history.close();
        }
        merged
    }

    /// Takes in a file's records as one step that can be undone, when it changes what is annotated.
    pub fn import(&mut self, records: impl IntoIterator<Item = Record>, now: Timestamp) -> Merged {
        self.import_all(&[], [], records, now)
    }

    /// The same with own articles, whose texts were taken in before: `new` ones of an export, and records of a backup.
    pub fn import_all(
        &mut self,
        new: &[NewArticle],
        articles: impl IntoIterator<Item = ArticleRecord>,
        records: impl IntoIterator<Item = Record>,
        now: Timestamp,
    ) -> Merged {
        let mut own = Merged::default();
        let mut back = self.take_in_articles(articles, &mut own);
        let edits = article::added(self, new, now);
        let adding = Transaction { label: Label::Import, articles: edits, edits: Vec::new() };
        let (added, inverse) = self.apply(&adding, now);
        back.splice(0..0, inverse.articles);
        own.articles += added.articles.len();
        own.change.articles.extend(added.articles);
        let mut edits = Vec::new();
        let merged = self.take_in(records, Some(&mut edits));
        self.remember(Transaction { label: Label::Import, articles: back, edits }, Rc::from(""), now);
        let change = Change { articles: own.change.articles, ..merged.change };
        Merged { change, articles: own.articles, ..merged }
    }

    /// What [`Session::import`] would make of each of these records, in their order. Changes nothing.
    pub fn preview(&self, records: &[Record]) -> Vec<Effect> {
        // Of two on one annotation the second meets the first and not what is here.
        let mut ahead = Records::<Record>::default();
        let effect = |record: &Record| {
            let effect = Effect::of(record, ahead.get(record.id).or_else(|| self.records.get(record.id)));
            if effect.is_taken() {
                ahead.merge(record.clone());
            }
            effect
        };
        records.iter().map(effect).collect()
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

    fn remember(&mut self, inverse: Transaction, words: Rc<str>, at: Timestamp) {
        if !(inverse.edits.is_empty() && inverse.articles.is_empty()) {
            self.history.done(inverse, words, at);
        }
    }

    /// Merges records; `inverse` gets the edits that take that back, where they are wanted.
    fn take_in(
        &mut self,
        records: impl IntoIterator<Item = Record>,
        mut inverse: Option<&mut Vec<Edit>>,
    ) -> Merged {
        let mut merged = Merged::default();
        let mut moves = Moves::default();
        for record in records {
            match self.records.merge(record.clone()) {
                Merge::Same => merged.same += 1,
                Merge::Older => merged.older.push(record),
                Merge::Taken(before) => {
                    match Effect::taken(before.as_ref(), &record) {
                        Effect::Added => merged.added += 1,
                        Effect::Updated => merged.updated += 1,
                        Effect::Deleted => merged.deleted += 1,
                        Effect::Same | Effect::Older | Effect::Gone | Effect::Unseen => {}
                    }
                    moves.push(before.as_ref(), &record);
                    if let Some(inverse) = &mut inverse {
                        let was = before.as_ref().and_then(|it| it.content.as_ref());
                        inverse.extend(Edit::back(record.id, was, record.content.as_ref()));
                    }
                    merged.change.records.push(record);
                }
            }
        }
        merged.change.touched = self.place(moves);
        if let Some(inverse) = inverse {
            inverse.reverse();
        }
        merged
    }

    /// Merges records of own articles; gives the edits that take that back.
    fn take_in_articles(
        &mut self,
        articles: impl IntoIterator<Item = ArticleRecord>,
        merged: &mut Merged,
    ) -> Vec<ArticleEdit> {
        let mut inverse = Vec::new();
        for record in articles {
            if let Merge::Taken(before) = self.articles.merge(record.clone()) {
                let was = before.as_ref().and_then(|it| it.content.as_ref());
                let listed = |it: Option<&Rc<ArticleInfo>>| it.is_some_and(|it| it.listed);
                merged.articles += usize::from(listed(record.content.as_ref()) && !listed(was));
                let back = ArticleChange::back(was, record.content.as_ref());
                inverse.extend(back.into_iter().map(|change| ArticleEdit { id: record.id.clone(), change }));
                merged.change.articles.push(record);
            }
        }
        if !merged.change.articles.is_empty() {
            self.arrange();
        }
        inverse.reverse();
        inverse
    }

    /// Brings the library up to the records of the own articles; there is a set for each article whose text is here.
    fn arrange(&mut self) {
        self.articles.arrange();
        let library = self.articles.library();
        for article in library.iter().chain(library.removed()) {
            if !self.sets.contains_key(article.id()) {
                self.sets.insert(article.id().clone(), AnnotationSet::new(article.text().len()));
            }
        }
    }

    /// Brings the sets up to what the records say; gives the passages that are not what they were.
    fn place(&mut self, moves: Moves) -> Vec<(ArticleId, Span)> {
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
struct Moves {
    /// Changes one after the other in the same article.
    runs: Vec<(ArticleId, Changes)>,
    touched: Vec<(ArticleId, Span)>,
}

impl Moves {
    /// An annotation goes from where `before` has it to where `after` has it.
    fn push(&mut self, before: Option<&Record>, after: &Record) {
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
