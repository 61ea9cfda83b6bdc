//! Merges records from outside: from other tabs, from storage, and from files.

use std::rc::Rc;

use super::{
    article_edit::{ArticleChange, ArticleEdit, additions},
    change::{Change, Merged},
    edit::Edit,
    effect::Effect,
    label::Label,
    state::{Session, SetChanges},
    tag_edit::{TagChange, TagEdit},
    transaction::Transaction,
};
use crate::annotation::{
    AnyRecord, ArticleInfo, ArticleRecord, MergeOutcome, NewArticle, Record, Records, Tag, TagRecord,
    Timestamp, Version,
};

impl Session {
    /// Merges records of tags from another tab or from storage. Returns what became of them.
    pub fn merge_tags(&mut self, tags: impl IntoIterator<Item = TagRecord>) -> Merged {
        let mut merged = Merged::default();
        self.accept_tags(tags, &mut merged);
        // If the step went on, undoing it would also undo what the other tab wrote.
        if merged.change.tags.iter().any(|it| self.history.is_defining(it.id)) {
            self.history.close();
        }
        merged
    }

    /// Merges records of own articles from another tab or from storage. Returns the accepted ones.
    pub fn merge_articles(
        &mut self,
        articles: impl IntoIterator<Item = ArticleRecord>,
    ) -> Vec<ArticleRecord> {
        let mut merged = Merged::default();
        self.accept_articles(articles, &mut merged);
        merged.change.articles
    }

    /// Merges records of every kind, those first on which others depend.
    pub fn merge_any(&mut self, records: impl IntoIterator<Item = AnyRecord>) -> Merged {
        let (mut tags, mut articles, mut annotations) = (Vec::new(), Vec::new(), Vec::new());
        for record in records {
            match record {
                AnyRecord::Tag(it) => tags.push(it),
                AnyRecord::Article(it) => articles.push(it),
                AnyRecord::Annotation(it) => annotations.push(it),
            }
        }
        let tags = self.merge_tags(tags).change.tags;
        let articles = self.merge_articles(articles);
        let merged = self.merge(annotations);
        Merged { change: Change { tags, articles, ..merged.change }, ..merged }
    }

    /// Merges records from another tab or from storage. Undo does not affect them.
    pub fn merge(&mut self, records: impl IntoIterator<Item = Record>) -> Merged {
        let merged = self.accept_annotations(records, None);
        // If the step went on, undoing it would also undo what the other tab wrote.
        if merged.change.records.iter().any(|it| self.history.is_writing(it.id)) {
            self.history.close();
        }
        merged
    }

    /// Merges the records of a file, as one step that can be undone.
    pub fn import(&mut self, records: impl IntoIterator<Item = Record>, now: Timestamp) -> Merged {
        self.import_all(&[], [], [], records, now)
    }

    /// Imports own articles and tags, too: `new` articles from an export, and records from a backup. The texts must have
    /// been added before.
    pub fn import_all(
        &mut self,
        new: &[NewArticle],
        tags: impl IntoIterator<Item = TagRecord>,
        articles: impl IntoIterator<Item = ArticleRecord>,
        records: impl IntoIterator<Item = Record>,
        now: Timestamp,
    ) -> Merged {
        let mut own = Merged::default();
        let tags = self.accept_tags(tags, &mut own);
        let mut back = self.accept_articles(articles, &mut own);
        let edits = additions(self.articles(), new, now);
        let adding = Transaction { articles: edits, ..Transaction::new(Label::Import) };
        let (added, inverse) = self.apply(&adding, now);
        back.splice(0..0, inverse.articles);
        own.articles += added.articles.len();
        own.change.articles.extend(added.articles);
        let mut edits = Vec::new();
        let merged = self.accept_annotations(records, Some(&mut edits));
        let inverse = Transaction { label: Label::Import, tags, articles: back, edits };
        self.record_step(inverse, Rc::from(""), now);
        let change = Change { tags: own.change.tags, articles: own.change.articles, ..merged.change };
        Merged { change, tags: own.tags, articles: own.articles, ..merged }
    }

    /// The first records of tags that a file needs and that are not here, for [`Session::import_all`].
    pub fn new_tag_records(&self, tags: &[Rc<Tag>], now: Timestamp) -> Vec<TagRecord> {
        let record = |tag: &Rc<Tag>| {
            let before = self.tags.records().get(tag.id).map(|it| it.version);
            let version = Version::after(before, self.replica());
            TagRecord { id: tag.id, version, modified: now, content: Some(Rc::clone(tag)) }
        };
        tags.iter().map(record).collect()
    }

    /// What [`Session::import`] would do with each record, in order. Changes nothing.
    pub fn preview(&self, records: &[Record]) -> Vec<Effect> {
        // A record may follow another one on the same annotation, so compare it with that.
        let mut ahead = Records::<Record>::default();
        let effect = |record: &Record| {
            let effect = Effect::of(record, ahead.get(record.id).or_else(|| self.records.get(record.id)));
            if effect.is_accepted() {
                ahead.merge(record.clone());
            }
            effect
        };
        records.iter().map(effect).collect()
    }

    /// Merges records. Adds the edits that undo it to `inverse`.
    fn accept_annotations(
        &mut self,
        records: impl IntoIterator<Item = Record>,
        mut inverse: Option<&mut Vec<Edit>>,
    ) -> Merged {
        let mut merged = Merged::default();
        let mut set_changes = SetChanges::default();
        for record in records {
            match self.records.merge(record.clone()) {
                MergeOutcome::Same => merged.same += 1,
                MergeOutcome::Older => merged.older.push(record),
                MergeOutcome::Accepted(before) => {
                    match Effect::of_accepted(before.as_ref(), &record) {
                        Effect::Added => merged.added += 1,
                        Effect::Updated => merged.updated += 1,
                        Effect::Deleted => merged.deleted += 1,
                        Effect::Same | Effect::Older | Effect::Gone | Effect::Unseen => {}
                    }
                    set_changes.push(before.as_ref(), &record);
                    if let Some(inverse) = &mut inverse {
                        let was = before.as_ref().and_then(|it| it.content.as_ref());
                        inverse.extend(Edit::restoring(record.id, was, record.content.as_ref()));
                    }
                    merged.change.records.push(record);
                }
            }
        }
        merged.change.touched = self.update_sets(set_changes);
        if let Some(inverse) = inverse {
            inverse.reverse();
        }
        merged
    }

    /// Merges records of tags. Returns the edits that undo it.
    fn accept_tags(
        &mut self,
        tags: impl IntoIterator<Item = TagRecord>,
        merged: &mut Merged,
    ) -> Vec<TagEdit> {
        let mut inverse: Vec<TagEdit> = Vec::new();
        for record in tags {
            let (id, was) = (record.id, self.tags.tag(record.id).cloned());
            match self.tags.merge(record.clone()) {
                MergeOutcome::Accepted(_) => {
                    let mut back = TagChange::restoring(was.as_ref(), record.content.as_ref());
                    // All edits are reversed below.
                    back.reverse();
                    inverse.extend(back.into_iter().map(|change| TagEdit { id, change }));
                    merged.change.tags.push(record);
                }
                MergeOutcome::Older => merged.older_tags.push(id),
                MergeOutcome::Same => {}
            }
        }
        merged.tags = merged.change.tags.len();
        if merged.tags > 0 {
            self.update_codebook();
        }
        inverse.reverse();
        inverse
    }

    /// Merges records of own articles. Returns the edits that undo it.
    fn accept_articles(
        &mut self,
        articles: impl IntoIterator<Item = ArticleRecord>,
        merged: &mut Merged,
    ) -> Vec<ArticleEdit> {
        let mut inverse = Vec::new();
        for record in articles {
            if let MergeOutcome::Accepted(before) = self.articles.merge(record.clone()) {
                let was = before.as_ref().and_then(|it| it.content.as_ref());
                let listed = |it: Option<&Rc<ArticleInfo>>| it.is_some_and(|it| it.listed);
                merged.articles += usize::from(listed(record.content.as_ref()) && !listed(was));
                let back = ArticleChange::restoring(was, record.content.as_ref());
                inverse.extend(back.into_iter().map(|change| ArticleEdit { id: record.id.clone(), change }));
                merged.change.articles.push(record);
            }
        }
        if !merged.change.articles.is_empty() {
            self.update_library();
        }
        inverse.reverse();
        inverse
    }
}
