//! Taking in records from outside: from another tab, from what is stored, and from files.

use std::rc::Rc;

use super::{
    article_edit::{ArticleChange, ArticleEdit, added},
    change::{Change, Merged},
    edit::Edit,
    effect::Effect,
    label::Label,
    state::{Moves, Session},
    transaction::Transaction,
};
use crate::annotation::{
    AnyRecord, ArticleInfo, ArticleRecord, Merge, NewArticle, Record, Records, Timestamp,
};

impl Session {
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
        let edits = added(self.articles(), new, now);
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
}
