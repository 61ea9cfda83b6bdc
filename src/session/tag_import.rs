//! What taking over a codebook from a file would do, tag by tag. Nothing of the present codebook is lost by it.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    rc::Rc,
};

use super::{
    file_tag::{FileTag, TagFate},
    moment::Moment,
    state::Session,
    tag_changes::{Kept, Surroundings, changes},
    tag_command::{TAG_ATTRIBUTES, is_small},
    tag_edit::{TagChange, TagEdit},
};
use crate::annotation::{AnnotationId, Codebook, Tag, TagId, appearance};

/// What becomes of a tag of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagOutcome {
    /// It is added as this tag. The name may differ, if another one has it.
    Added(Rc<Tag>),
    /// The tag here gets these changes.
    Changed(TagId, Vec<TagChange>),
    /// The tag here has all of it already.
    Same(TagId),
    /// It is not taken over, because a person chose so.
    Skipped,
    /// It is not taken over, because its texts are too long or its attributes too many.
    TooLarge,
}

/// What becomes of one tag of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedTag {
    /// What becomes of it.
    pub outcome: TagOutcome,
    /// What stays as it is here, although the file has it differently.
    pub kept: Vec<Kept>,
}

/// What taking over a codebook would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportPlan {
    /// What becomes of each tag of the file.
    pub tags: Vec<PlannedTag>,
    /// The tags here that are removed.
    pub removed: Vec<TagId>,
    /// The edits that do all of it.
    pub edits: Vec<TagEdit>,
}

impl Session {
    /// The tags here that no annotation has, nor a tag under them, and that no tag of a file is the same as. They can be
    /// removed when another codebook takes their place.
    pub fn unused_tags(&self, fates: &[TagFate]) -> Vec<TagId> {
        let codebook = self.codebook();
        let mut kept: BTreeSet<TagId> = fates.iter().filter_map(|it| it.target()).collect();
        kept.extend(codebook.tags().iter().map(|it| it.id).filter(|it| self.is_used(*it)));
        // Children come after their parents.
        for tag in codebook.tags().iter().rev().filter(|it| !it.removed) {
            if kept.contains(&tag.id)
                && let Some(parent) = codebook.parent_of(tag.id)
            {
                kept.insert(parent.id);
            }
        }
        let others = codebook.tags().iter().filter(|it| !it.removed && !kept.contains(&it.id));
        others.map(|it| it.id).collect()
    }

    /// True if an annotation has the tag, also on a removed article.
    fn is_used(&self, tag: TagId) -> bool {
        let articles = self.library().iter().chain(self.library().removed());
        articles.filter_map(|it| self.all_annotations(it.id())).any(|it| it.count(tag) > 0)
    }

    /// What taking over the tags of a file would do, one fate for each. If the file `replaces` the present codebook, the
    /// [unused tags](Self::unused_tags) are removed, and tags without annotations become exactly as in the file.
    pub fn plan_import(
        &self,
        tags: &[FileTag],
        fates: &[TagFate],
        replaces: bool,
        moment: Moment,
    ) -> ImportPlan {
        let removed = if replaces { self.unused_tags(fates) } else { Vec::new() };
        let mut planner = Planner::new(self.codebook(), &removed);
        planner.choose_ids(tags, fates, moment);
        let mut all = Vec::with_capacity(tags.len());
        for (at, tag) in tags.iter().enumerate() {
            let parent = planner.parent_of(tags, at);
            all.push(match fates.get(at).copied().unwrap_or(TagFate::Skip) {
                TagFate::Skip => PlannedTag { outcome: TagOutcome::Skipped, kept: Vec::new() },
                _ if planner.ids[at].is_none() => {
                    PlannedTag { outcome: TagOutcome::TooLarge, kept: Vec::new() }
                }
                TagFate::Add => planner.add(at, tag, parent),
                TagFate::Same(id) => planner.update(id, tag, parent, replaces && !self.is_used(id)),
            });
        }
        ImportPlan { tags: all, removed, edits: planner.edits }
    }
}

/// Collects edits, and knows the codebook as they leave it.
struct Planner<'a> {
    codebook: &'a Codebook,
    around: Surroundings,
    /// The tag that each tag of the file becomes.
    ids: Vec<Option<TagId>>,
    /// Tags as they are after the edits.
    changed: HashMap<TagId, Rc<Tag>>,
    edits: Vec<TagEdit>,
}

impl<'a> Planner<'a> {
    fn new(codebook: &'a Codebook, removed: &[TagId]) -> Self {
        let remove = |id: &TagId| TagEdit { id: *id, change: TagChange::Removed(true) };
        Self {
            codebook,
            around: Surroundings::new(codebook, removed),
            ids: Vec::new(),
            changed: HashMap::new(),
            edits: removed.iter().map(remove).collect(),
        }
    }

    /// Chooses the tag that each tag of the file becomes: its own id, unless that is taken.
    fn choose_ids(&mut self, tags: &[FileTag], fates: &[TagFate], moment: Moment) {
        let mut new = AnnotationId::mint_many(moment.now, moment.entropy);
        let mut taken: HashSet<TagId> = fates.iter().filter_map(|it| it.target()).collect();
        let here = self.codebook.tags().iter().filter(|it| !it.removed).map(|it| it.id);
        taken.extend(here);
        for (at, tag) in tags.iter().enumerate() {
            let fits = is_small(&tag.as_tag(TagId::new("new"))) && tag.attributes.len() <= TAG_ATTRIBUTES;
            let id = match fates.get(at) {
                Some(TagFate::Same(id)) if fits && self.codebook.tag(*id).is_some() => Some(*id),
                Some(TagFate::Add) if fits => tag
                    .id
                    .filter(|it| !taken.contains(it))
                    .or_else(|| new.next().map(|it| TagId::new(&format!("tag-{it}")))),
                _ => None,
            };
            taken.extend(id);
            self.ids.push(id);
        }
    }

    /// The tag that the tag of the file gets under: that of the nearest one above it that is taken over.
    fn parent_of(&self, tags: &[FileTag], at: usize) -> Option<TagId> {
        let mut above = tags[at].parent;
        // A file has no circles, but it costs little not to rely on that.
        for _ in tags {
            match above.and_then(|it| Some((tags.get(it)?, self.ids.get(it)?))) {
                Some((_, Some(id))) => return Some(*id),
                Some((tag, None)) => above = tag.parent,
                None => break,
            }
        }
        None
    }

    fn add(&mut self, at: usize, file: &FileTag, parent: Option<TagId>) -> PlannedTag {
        let Some(id) = self.ids[at] else {
            return PlannedTag { outcome: TagOutcome::TooLarge, kept: Vec::new() };
        };
        let mut kept = Vec::new();
        let name = self.around.free_name(parent, &file.name);
        if name != file.name {
            kept.push(Kept::Name(Rc::clone(&file.name)));
        }
        let key = self.around.free_key(id, file.key.filter(|_| file.retired != Some(true)));
        kept.extend(file.key.filter(|_| key.is_none() && file.retired != Some(true)).map(Kept::Key));
        let number = self.codebook.tags().len() + self.around.added();
        let (hue, line) = match (file.hue, file.line) {
            (Some(hue), Some(line)) => (hue, line),
            (Some(hue), None) => (hue, self.around.free_line(hue)),
            (None, line) => {
                let (hue, usual) = appearance(number);
                (hue, line.unwrap_or(usual))
            }
        };
        let mut tag =
            Tag { name, key, hue, line, parent, place: self.around.next_place(parent), ..file.as_tag(id) };
        // A tag that was removed here comes back, with the attributes that its annotations may have values of.
        if let Some(before) = self.codebook.tag(id) {
            let others = before.attributes.iter().filter(|it| tag.attribute(it.id.as_str()).is_none());
            let others: Vec<_> = others.map(|it| it.without_offer()).collect();
            tag.attributes.extend(others);
        }
        let tag = Rc::new(tag);
        self.around.put(&tag);
        self.changed.insert(id, Rc::clone(&tag));
        self.edits.push(TagEdit { id, change: TagChange::Add(Rc::clone(&tag)) });
        PlannedTag { outcome: TagOutcome::Added(tag), kept }
    }

    fn update(&mut self, id: TagId, file: &FileTag, parent: Option<TagId>, rewrites: bool) -> PlannedTag {
        let before = self.changed.get(&id).or_else(|| self.codebook.tag(id)).cloned();
        let Some(before) = before else {
            return PlannedTag { outcome: TagOutcome::TooLarge, kept: Vec::new() };
        };
        self.around.take(&before);
        let mut kept = Vec::new();
        let mut after = Tag::clone(&before);
        let mut all = Vec::new();
        for change in changes(&before, file, parent, rewrites, &self.around, &mut kept) {
            if let Some((tag, _)) = change.apply_to(Some(&Rc::new(after.clone()))) {
                after = Tag::clone(&tag);
                all.push(change);
            }
        }
        if !is_small(&after) || after.attributes.len() > TAG_ATTRIBUTES {
            self.around.put(&before);
            return PlannedTag { outcome: TagOutcome::TooLarge, kept: Vec::new() };
        }
        let after = Rc::new(after);
        self.around.put(&after);
        self.changed.insert(id, after);
        self.edits.extend(all.iter().map(|it| TagEdit { id, change: it.clone() }));
        let outcome = if all.is_empty() { TagOutcome::Same(id) } else { TagOutcome::Changed(id, all) };
        PlannedTag { outcome, kept }
    }
}
