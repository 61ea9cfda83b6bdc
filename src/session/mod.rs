//! The state that a person works on: articles, annotations, and the history of changes.
//!
//! Knows neither where it is saved nor how it is drawn. Time and randomness are passed in.

mod command;
mod edit;
mod effect;
mod history;

use std::{collections::HashMap, rc::Rc};

pub use command::{Command, Moment};
pub use edit::{Edit, Label, Transaction};
pub use effect::Effect;
pub use history::{History, Step};

use crate::{
    annotation::{
        Annotation, AnnotationId, AnnotationSet, Changes, Merge, Record, Records, ReplicaId, Timestamp,
        Version,
    },
    text::{Article, ArticleId, Library, Span},
};

/// Everything that is being worked on.
#[derive(Debug)]
pub struct Session {
    library: Library,
    records: Records,
    sets: HashMap<ArticleId, AnnotationSet>,
    history: History,
    replica: ReplicaId,
}

/// What a change did: the records to keep and the passages to draw again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The new version of each record that changed.
    pub records: Vec<Record>,
    /// The passages whose annotations are not what they were.
    pub touched: Vec<(ArticleId, Span)>,
}

impl Change {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

/// What became of records that were merged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// What changed here.
    pub change: Change,
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
        let sets = library.iter().map(|it| (it.id().clone(), AnnotationSet::new(it.text().len()))).collect();
        Self { library, records: Records::default(), sets, history: History::default(), replica }
    }

    /// The articles.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The annotations of an article that is in the library.
    pub fn annotations(&self, article: &ArticleId) -> Option<&AnnotationSet> {
        self.sets.get(article)
    }

    /// An annotation that is not deleted.
    pub fn annotation(&self, id: AnnotationId) -> Option<&Rc<Annotation>> {
        self.records.get(id)?.content.as_ref()
    }

    /// The article and the annotation of an id.
    pub fn find(&self, id: AnnotationId) -> Option<(&Rc<Article>, &Rc<Annotation>)> {
        let annotation = self.annotation(id)?;
        Some((self.library.get(&annotation.article)?, annotation))
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
        self.travel(History::take_undo, History::undone, now)
    }

    /// Does again what was last undone and still has an effect.
    pub fn redo(&mut self, now: Timestamp) -> Option<(Label, Change)> {
        self.travel(History::take_redo, History::redone, now)
    }

    fn travel(
        &mut self,
        take: fn(&mut History) -> Option<Step>,
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
            all.records.extend(change.records);
            all.touched.extend(change.touched);
        };
        // One undo may pass over several steps, but none beyond the number that has an effect.
        while self.history.now() > number
            && let Some((_, change)) = self.undo(now)
        {
            add(change);
            undone += 1;
        }
        while self.history.next_number().is_some_and(|it| it <= number)
            && let Some((_, change)) = self.redo(now)
        {
            add(change);
            redone += 1;
        }
        (undone, redone, all)
    }

    /// Takes up a history that was kept, each step with whether it is undone.
    pub fn take_up_history(&mut self, steps: Vec<(Step, bool)>) {
        self.history.take_up(steps);
    }

    /// The steps that changed since this was last asked, by number: what each is now and whether it is undone, or nothing
    /// where it is gone.
    pub fn take_history_news(&mut self) -> Vec<(u64, Option<(Step, bool)>)> {
        self.history.take_news()
    }

    /// The beginning of the first passage that a change touched.
    fn words(&self, change: &Change) -> Rc<str> {
        const CHARACTERS: usize = 80;
        let passage = change.touched.first();
        let words = passage.and_then(|(article, span)| Some(self.library.get(article)?.slice(*span)));
        let words = words.unwrap_or_default();
        match words.char_indices().nth(CHARACTERS) {
            Some((at, _)) => format!("{}…", words[..at].trim_end()).into(),
            None => words.into(),
        }
    }

    /// Ends the step being written, so that the next piece of a note is undone on its own.
    pub fn close_step(&mut self) {
        self.history.close();
    }

    /// Takes in what another tab or the store wrote. It is not this person's doing, so undo leaves it alone.
    pub fn merge(&mut self, records: impl IntoIterator<Item = Record>) -> Merged {
        let merged = self.take_in(records).0;
        // Were the step to go on, undoing it would take back the other's words too.
        if merged.change.records.iter().any(|it| self.history.is_writing(it.id)) {
            self.history.close();
        }
        merged
    }

    /// Takes in a file's records as one step that can be undone, when it changes what is annotated.
    pub fn import(&mut self, records: impl IntoIterator<Item = Record>, now: Timestamp) -> Merged {
        let (merged, inverse) = self.take_in(records);
        self.remember(inverse, Rc::from(""), now);
        merged
    }

    /// What [`Session::import`] would make of each of these records, in their order. Changes nothing.
    pub fn preview(&self, records: &[Record]) -> Vec<Effect> {
        // Of two on one annotation the second meets the first and not what is here.
        let mut ahead = Records::default();
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
        for edit in &transaction.edits {
            let id = edit.id();
            let Some((content, back)) = edit.on(self.annotation(id)) else { continue };
            if !content.as_deref().is_none_or(|it| self.fits(it)) {
                continue;
            }
            let version = Version::after(self.records.get(id).map(|it| it.version), self.replica);
            let record = Record { id, version, modified: now, content };
            let Merge::Taken(before) = self.records.merge(record.clone()) else { continue };
            moves.push(before.as_ref(), &record);
            change.records.push(record);
            inverse.push(back);
        }
        change.touched = self.place(moves);
        inverse.reverse();
        (change, Transaction { label: transaction.label, edits: inverse })
    }

    /// Whether the passage is one of the article as it is here; the history may know of another text of it.
    fn fits(&self, annotation: &Annotation) -> bool {
        let span = annotation.span;
        let article = self.library.get(&annotation.article);
        article.is_none_or(|it| it.span(span.start(), span.end()).is_ok())
    }

    fn remember(&mut self, inverse: Transaction, words: Rc<str>, at: Timestamp) {
        if !inverse.edits.is_empty() {
            self.history.done(inverse, words, at);
        }
    }

    fn take_in(&mut self, records: impl IntoIterator<Item = Record>) -> (Merged, Transaction) {
        let mut merged = Merged::default();
        let mut moves = Moves::default();
        let mut inverse = Vec::new();
        for record in records {
            match self.records.merge(record.clone()) {
                Merge::Same => merged.same += 1,
                Merge::Older => merged.older.push(record),
                Merge::Taken(before) => {
                    let content = before.as_ref().and_then(|it| it.content.clone());
                    match Effect::taken(before.as_ref(), &record) {
                        Effect::Added => merged.added += 1,
                        Effect::Updated => merged.updated += 1,
                        Effect::Deleted => merged.deleted += 1,
                        Effect::Same | Effect::Older | Effect::Unseen => {}
                    }
                    moves.push(before.as_ref(), &record);
                    inverse.extend(Edit::back(record.id, content.as_ref(), record.content.as_ref()));
                    merged.change.records.push(record);
                }
            }
        }
        merged.change.touched = self.place(moves);
        inverse.reverse();
        (merged, Transaction { label: Label::Import, edits: inverse })
    }

    /// Brings the sets up to what the records say; gives the passages that are not what they were.
    fn place(&mut self, moves: Moves) -> Vec<(ArticleId, Span)> {
        for (article, changes) in moves.by_article {
            if let Some(set) = self.sets.get_mut(&article) {
                set.change(changes);
            }
        }
        moves.touched
    }
}

/// What is to be moved in the sets.
#[derive(Default)]
struct Moves {
    by_article: HashMap<ArticleId, Changes>,
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
            self.by_article.entry(old.article.clone()).or_default().push((after.id, None));
        }
        if let Some(new) = new {
            self.by_article.entry(new.article.clone()).or_default().push((after.id, Some(Rc::clone(new))));
        }
    }
}
