//! A person's own articles: records like those of annotations, and the texts that they are of.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use super::{
    merge::{Merge, Records},
    record::AnnotationId,
    version::{Timestamp, Version, Versioned},
};
use crate::text::{Article, ArticleId, Library, SortedSet, Text, order};

/// Before the UUID in the id of an own article, so that none is ever taken for a bundled one.
const OWN: &str = "text-";

/// What is known of an own article besides its text, which never changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArticleInfo {
    /// Its title, as shown.
    pub title: Rc<str>,
    /// What sort of text it is, in a word or two.
    pub kind: Rc<str>,
    /// The file that it was read from; empty when it was pasted.
    pub source: Rc<str>,
    /// The SHA-256 of its text, which names the text.
    pub sha256: Rc<str>,
    /// Where it stands among the own ones, the least first.
    pub place: u32,
    /// When it was added.
    pub created: Timestamp,
    /// The earlier text of the same that it was brought for.
    pub replaces: Option<ArticleId>,
    /// Whether it is listed; one that is not was removed, with its annotations, and can come back.
    pub listed: bool,
    /// Annotations that stay here for good, although a newer text is there.
    pub settled: SortedSet<AnnotationId>,
}

/// A version of an own article: what is known of it, or a tombstone that says it is gone for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRecord {
    /// Which article.
    pub id: ArticleId,
    /// Which version of it.
    pub version: Version,
    /// When this version was written.
    pub modified: Timestamp,
    /// The content; `None` is a tombstone.
    pub content: Option<Rc<ArticleInfo>>,
}

impl ArticleRecord {
    /// A new name from the time and ten random bytes.
    pub fn mint(now: Timestamp, entropy: [u8; 10]) -> ArticleId {
        ArticleId::new(&format!("{OWN}{}", AnnotationId::mint(now, entropy)))
    }

    /// The name of an article that came without one of its own; for the same text always the same.
    pub fn name_for(sha256: &str) -> ArticleId {
        let digits = |range: std::ops::Range<usize>| sha256.get(range).unwrap_or_default();
        // A version 8 UUID: its meaning is its maker's.
        let (first, second) = (digits(0..8), digits(8..12));
        let uuid = format!("{first}-{second}-8{}-8{}-{}", digits(12..15), digits(15..18), digits(18..30));
        ArticleId::new(&format!("{OWN}{uuid}"))
    }

    /// The id that `name` spells, if it is one of an own article.
    pub fn own_id(name: &str) -> Option<ArticleId> {
        let uuid: AnnotationId = name.strip_prefix(OWN)?.parse().ok()?;
        // Of several spellings of one name only the usual one is a name.
        (format!("{OWN}{uuid}") == name).then(|| ArticleId::new(name))
    }

    /// Whether it is an own article's id.
    pub fn is_own(id: &ArticleId) -> bool {
        Self::own_id(id.as_str()).is_some()
    }

    /// The name of the text that it needs, if any.
    pub fn sha256(&self) -> Option<&Rc<str>> {
        self.content.as_ref().map(|it| &it.sha256)
    }
}

impl Versioned for ArticleRecord {
    type Id = ArticleId;

    fn id(&self) -> &ArticleId {
        &self.id
    }

    fn supersedes(&self, other: &Self) -> bool {
        (self.version, self.modified, &self.content) > (other.version, other.modified, &other.content)
    }
}

/// An article to be added, whose text is at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewArticle {
    /// Its id.
    pub id: ArticleId,
    /// Its title.
    pub title: Rc<str>,
    /// What sort of text it is.
    pub kind: Rc<str>,
    /// The file that it was read from; empty when it was pasted.
    pub source: Rc<str>,
    /// The name of its text.
    pub sha256: Rc<str>,
}

impl Records<ArticleRecord> {
    /// The record of this id, a tombstone too.
    pub fn get(&self, id: &ArticleId) -> Option<&ArticleRecord> {
        self.find(id)
    }
}

/// The bundled articles and the own ones, as far as their texts are here.
#[derive(Clone, Debug, Default)]
pub struct Articles {
    bundled: Library,
    own: Records<ArticleRecord>,
    texts: HashMap<Rc<str>, Rc<Text>>,
    library: Library,
    /// For an article whose text was replaced, the one that replaced it.
    replaced: HashMap<ArticleId, ArticleId>,
}

impl Articles {
    /// The bundled ones alone.
    pub fn new(bundled: Library) -> Self {
        Self { library: bundled.clone(), bundled, ..Self::default() }
    }

    /// All of them in order: bundled ones first, then own ones.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The records of the own ones.
    pub fn records(&self) -> &Records<ArticleRecord> {
        &self.own
    }

    /// What is known of an own one that is not gone for good.
    pub fn info(&self, id: &ArticleId) -> Option<&Rc<ArticleInfo>> {
        self.own.get(id)?.content.as_ref()
    }

    /// The text of this name.
    pub fn text(&self, sha256: &str) -> Option<&Rc<Text>> {
        self.texts.get(sha256)
    }

    /// The names of all texts that are here, in order.
    pub fn texts(&self) -> Vec<Rc<str>> {
        let mut names: Vec<_> = self.texts.keys().cloned().collect();
        order::sort(&mut names);
        names
    }

    /// Takes a text in, so that articles can be of it. To be followed by [`Articles::arrange`].
    pub fn take_text(&mut self, text: Rc<Text>) {
        self.texts.entry(Rc::clone(text.sha256())).or_insert(text);
    }

    /// Keeps the later of `record` and the one of its id that is here. To be followed by [`Articles::arrange`].
    ///
    /// The text of an article never changes: a record that says otherwise is not one of this article.
    pub fn merge(&mut self, record: ArticleRecord) -> Merge<ArticleRecord> {
        let here = self.own.get(&record.id).and_then(ArticleRecord::sha256);
        if here.is_some_and(|here| record.sha256().is_some_and(|it| it != here)) {
            return Merge::Older;
        }
        self.own.merge(record)
    }

    /// The own ones whose texts are not here.
    pub fn missing(&self) -> impl Iterator<Item = &ArticleRecord> {
        self.own.iter().filter(|it| it.sha256().is_some_and(|it| !self.texts.contains_key(it)))
    }

    /// The own ones that are listed, in their order.
    pub fn in_order(&self) -> Vec<(&ArticleId, &Rc<ArticleInfo>)> {
        let mut all: Vec<_> = self
            .own
            .iter()
            .filter_map(|it| Some((&it.id, it.content.as_ref()?)))
            .filter(|(_, it)| it.listed)
            .collect();
        order::sort_by(&mut all, |(a, one), (b, other)| {
            (one.place, one.created, a).cmp(&(other.place, other.created, b))
        });
        all
    }

    /// The latest text of the article that `id` is an earlier text of, if there is one and it is listed.
    pub fn successor(&self, id: &ArticleId) -> Option<&ArticleId> {
        let mut seen = HashSet::from([id]);
        let (mut at, mut found) = (id, None);
        while let Some(next) = self.replaced.get(at)
            && seen.insert(next)
        {
            if self.info(next).is_some_and(|it| it.listed) {
                found = Some(next);
            }
            at = next;
        }
        found
    }

    /// Which article replaced which.
    fn replaced(&self) -> HashMap<ArticleId, ArticleId> {
        let mut replaced: HashMap<ArticleId, ArticleId> = HashMap::new();
        for record in self.own.iter() {
            let Some(earlier) = record.content.as_ref().and_then(|it| it.replaces.clone()) else { continue };
            // Two tabs may have replaced the same text: the one that was brought later counts.
            let rank = |id: &ArticleId| self.info(id).map(|it| (it.listed, it.created));
            let counts = |other: &ArticleId| (rank(&record.id), &record.id) > (rank(other), other);
            if replaced.get(&earlier).is_none_or(counts) {
                replaced.insert(earlier, record.id.clone());
            }
        }
        replaced
    }

    /// Makes the library what the records and the texts say. An article that stays as it is stays the same one.
    pub fn arrange(&mut self) {
        let make = |(id, info): (&ArticleId, &Rc<ArticleInfo>)| {
            let body = self.texts.get(&info.sha256)?;
            let same = |it: &&Rc<Article>| {
                Rc::ptr_eq(it.body(), body)
                    && (it.title(), it.kind(), it.source()) == (&*info.title, &*info.kind, &*info.source)
            };
            let here = self.library.known(id).filter(same).cloned();
            Some(here.unwrap_or_else(|| {
                Rc::new(Article::on(id.clone(), &info.title, &info.kind, &info.source, Rc::clone(body)))
            }))
        };
        let listed: Vec<_> =
            self.bundled.iter().cloned().chain(self.in_order().into_iter().filter_map(make)).collect();
        let all = self.own.iter().filter_map(|it| Some((&it.id, it.content.as_ref()?)));
        let removed = all.filter(|(_, it)| !it.listed).filter_map(make).collect();
        self.library = listed.into_iter().collect::<Library>().with_removed(removed);
        self.replaced = self.replaced();
    }
}
