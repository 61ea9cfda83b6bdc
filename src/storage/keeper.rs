//! Brings the page's records to both places where they are kept, and knows how safe they are.

use std::collections::{BTreeMap, HashSet};

use super::{
    durable::{Kept, Write},
    items::{Failure, Items},
    notebook::{Leaf, Left, Notebook},
    outbox::{Due, Outbox},
    store::{Saved, Store},
};
use crate::annotation::{AnyId, AnyRecord, ArticleRecord, Record, Records, Timestamp, Versioned};

/// So many records are written in one go; more would hold up what the person does meanwhile.
const AT_ONCE: usize = 256;

/// How safe what is on the page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Something is on its way to the durable copy.
    Saving,
    /// The durable copy has everything.
    Saved,
    /// The durable copy cannot be used, and why. The quick place has everything, but a crash may cost the last seconds.
    Quick(Failure),
    /// So many annotations and articles are on this page only, and why.
    Unsaved(usize, Failure),
}

/// What is to be written to the durable copy in one go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// New versions of records.
    pub records: Vec<AnyRecord>,
    /// What the tab keeps for itself.
    pub own: Vec<Write>,
    /// What came of writing some records to the quick place first.
    pub saved: Saved,
}

impl Batch {
    /// Whether all of it was for the quick place.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.own.is_empty()
    }
}

/// Keeps records in a quick place of type `I` at once, and has them written to the durable copy.
///
/// It does no waiting itself: whoever has it takes what [`Keeper::batch`] gives to the durable copy, and says how that went.
#[derive(Debug)]
pub struct Keeper<I> {
    store: Store<I>,
    notebook: Notebook<I>,
    outbox: Outbox,
    /// Whether the durable copy has been read.
    opened: bool,
    /// Why the durable copy could not be read or written the last time.
    failure: Option<Failure>,
    /// Why the quick place did not take something the last time.
    quick_failure: Option<Failure>,
    /// What the durable copy will not take, and why.
    refused: BTreeMap<AnyId, Failure>,
    closed: bool,
    told: bool,
}

impl<I: Items> Keeper<I> {
    /// Keeps records in `store`, what the tab has for itself in `notebook`, and both in a durable copy that has not been read
    /// yet.
    pub fn new(store: Store<I>, notebook: Notebook<I>) -> Self {
        Self {
            store,
            notebook,
            outbox: Outbox::default(),
            opened: false,
            failure: None,
            quick_failure: None,
            refused: BTreeMap::new(),
            closed: false,
            told: false,
        }
    }

    /// The quick place.
    pub fn store(&mut self) -> &mut Store<I> {
        &mut self.store
    }

    /// What the tab keeps for itself.
    pub fn notebook(&mut self) -> &mut Notebook<I> {
        &mut self.notebook
    }

    /// Compares what the tab has for itself with what the durable copy has of it, as [`Notebook::reconcile`] does.
    pub fn reconcile_own(&mut self, left: Left, now: Timestamp) -> Vec<(Leaf, Option<String>)> {
        self.failure = None;
        self.notebook.reconcile(left, now)
    }

    /// Keeps new versions: a few annotations in the quick place at once, and everything in the durable copy soon.
    ///
    /// Many at once, and articles with their texts, take too much room in the quick place: they go there only while the durable
    /// copy cannot be used.
    pub fn keep(&mut self, records: impl IntoIterator<Item = impl Into<AnyRecord>>) -> Saved {
        if self.closed {
            return Saved::default();
        }
        let (articles, annotations): (Vec<AnyRecord>, Vec<AnyRecord>) =
            records.into_iter().map(Into::into).partition(|it| matches!(it, AnyRecord::Article(_)));
        let due = Due { quick: false, durable: true };
        self.send(articles.iter().cloned(), due);
        if self.failure.is_some() {
            self.store.save(&articles);
        } else if annotations.len() > AT_ONCE {
            self.send(annotations, due);
            self.store.note_elsewhere();
            return Saved::default();
        }
        self.send(annotations.iter().cloned(), due);
        self.write_quickly(&annotations)
    }

    /// Has records written where they are due.
    pub fn send(&mut self, records: impl IntoIterator<Item = impl Into<AnyRecord>>, due: Due) {
        if !self.closed {
            for record in records {
                let record = record.into();
                let quick = due.quick && matches!(record, AnyRecord::Annotation(_));
                if quick || due.durable {
                    self.outbox.add(record, Due { quick, ..due });
                }
            }
        }
    }

    /// Compares what the page has with what was read from the durable copy: has each place brought up to date, and gives
    /// back what the page does not have.
    pub fn reconcile(&mut self, page: &Records, read: Vec<Record>) -> Vec<Record> {
        self.opened = true;
        self.failure = None;
        self.compare(page, read)
    }

    /// The same with own articles, before the annotations on them.
    pub fn reconcile_articles(
        &mut self,
        page: &Records<ArticleRecord>,
        read: Vec<ArticleRecord>,
    ) -> Vec<ArticleRecord> {
        self.compare(page, read)
    }

    fn compare<R: Versioned + Into<AnyRecord>>(&mut self, page: &Records<R>, read: Vec<R>) -> Vec<R> {
        let durable = Due { quick: false, durable: true };
        if !page.is_empty() {
            let there: HashSet<&R::Id> = read.iter().map(R::id).collect();
            for ours in page.iter().filter(|it| !there.contains(it.id())) {
                self.send([ours.clone()], durable);
            }
        }
        let mut newer = read;
        newer.retain(|theirs| match page.find(theirs.id()) {
            Some(ours) if ours == theirs => false,
            Some(ours) if !theirs.supersedes(ours) => {
                self.send([ours.clone()], durable);
                false
            }
            _ => true,
        });
        if self.store.has_room_for(newer.len()) {
            self.send(newer.iter().cloned(), Due { quick: true, durable: false });
        } else {
            self.store.note_elsewhere();
        }
        newer
    }

    /// What is next for the durable copy; nothing when nothing waits or when the last is still on its way.
    pub fn batch(&mut self) -> Option<Batch> {
        let own = self.notebook.batch(AT_ONCE);
        let batch = self.outbox.batch(AT_ONCE);
        if batch.is_empty() && own.is_empty() {
            return None;
        }
        let due = |wanted: fn(&Due) -> bool| {
            batch.iter().filter(move |(_, due)| wanted(due)).map(|(it, _)| it.clone()).collect::<Vec<_>>()
        };
        let (quick, records) = (due(|it| it.quick), due(|it| it.durable));
        if quick.is_empty() {
            return Some(Batch { records, own, ..Batch::default() });
        }
        if self.quick_failure.is_some() {
            // It took nothing a moment ago: to ask it for each of many would take long.
            self.store.postpone(&records);
            return Some(Batch { records, own, ..Batch::default() });
        }
        let saved = self.write_quickly(&quick);
        if saved.failure.is_some() {
            // What is there already is at home in the durable copy, and can do without the quick place.
            self.outbox.give_up_quick();
        }
        Some(Batch { records, own, saved })
    }

    /// What [`Keeper::batch`] gave is in the durable copy, but for what that refused; or it is not, and waits again.
    pub fn arrived(&mut self, records: &[AnyRecord], result: &Result<Kept, Failure>) {
        match result {
            Ok(kept) => {
                self.outbox.arrived();
                self.notebook.arrived();
                self.failure = None;
                for record in records {
                    self.refused.remove(&record.id());
                }
                self.refused.extend(kept.refused.iter().cloned());
                self.store.is_kept_elsewhere(records);
            }
            Err(failure) => {
                self.outbox.returned();
                self.notebook.returned();
                self.fails(failure.clone());
            }
        }
    }

    /// The durable copy cannot be used, or has not answered for long: what waits for it is brought to the quick place.
    pub fn fails(&mut self, failure: Failure) {
        let began = self.failure.replace(failure).is_none();
        if began && !self.closed {
            // What it does not take, it keeps in mind and tells.
            self.store.save(&self.outbox.all());
        }
    }

    /// Tries again to write to the quick place what it did not take; the rest waits for [`Keeper::batch`].
    pub fn retry(&mut self) -> Saved {
        self.failure = None;
        let saved = self.store.retry();
        self.quick_failure.clone_from(&saved.failure);
        saved
    }

    /// Whether the durable copy has been read.
    pub fn is_open(&self) -> bool {
        self.opened
    }

    /// Whether the durable copy has been read and can be written, as far as that is known.
    pub fn is_durable(&self) -> bool {
        self.opened && self.failure.is_none()
    }

    /// Keeps nothing any more: everything is being deleted. Or keeps again.
    pub fn close(&mut self, closed: bool) {
        self.closed = closed;
        self.outbox.clear();
        self.notebook.close(closed);
    }

    /// Why the quick place takes nothing more, while the durable copy goes on. It is news once.
    pub fn news(&mut self) -> Option<Failure> {
        let news = self.quick_failure.clone().filter(|_| self.opened && !self.told);
        self.told |= news.is_some();
        news
    }

    /// The stored form of a record that is nowhere but on this page.
    pub fn unsaved_item(&self, id: impl Into<AnyId>) -> Option<String> {
        let id = id.into();
        let here = self.outbox.holds(&id) || self.refused.contains_key(&id);
        self.store.unsaved_item(id).filter(|_| here)
    }

    /// How safe everything is.
    pub fn safety(&self) -> Safety {
        if let Some(failure) = self.refused.values().next() {
            return Safety::Unsaved(self.refused.len(), failure.clone());
        }
        match &self.failure {
            Some(failure) => match self.store.waiting().filter(|id| self.outbox.holds(id)).count() {
                0 if self.quick_failure.as_ref().is_none_or(|it| *it == Failure::Full) => {
                    Safety::Quick(failure.clone())
                }
                // Nothing was changed yet, and nothing that is changed will be kept.
                unsaved => Safety::Unsaved(unsaved, failure.clone()),
            },
            None if self.opened && self.outbox.is_empty() && self.notebook.is_settled() => Safety::Saved,
            None => Safety::Saving,
        }
    }

    fn write_quickly(&mut self, records: &[AnyRecord]) -> Saved {
        let saved = self.store.save(records);
        self.quick_failure.clone_from(&saved.failure);
        saved
    }
}
