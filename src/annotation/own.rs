//! Own articles: the records of articles that a person added, and their texts.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use super::{
    merge::{MergeOutcome, Records},
    record::AnnotationId,
    version::{Timestamp, Version, Versioned},
};
use crate::text::{Article, ArticleId, Library, SortedSet, Text, order};

/// Prefix of the UUID in an own article's id, so that it is never mistaken for a bundled one.
const OWN: &str = "text-";

/// The metadata of an own article. Its text never changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArticleInfo {
    /// The title, as shown.
    pub title: Rc<str>,
    /// What sort of text it is, in a word or two.
    pub kind: Rc<str>,
    /// The file that the text came from; empty if it was pasted.
    pub source: Rc<str>,
    /// The SHA-256 of the text, which identifies it.
    pub sha256: Rc<str>,
    /// The position among own articles, in ascending order.
    pub place: u32,
    /// When it was added.
    pub created: Timestamp,
    /// The earlier version of the article that this one replaces.
    pub replaces: Option<ArticleId>,
    /// False if the article was removed, with its annotations. It can come back.
    pub listed: bool,
    /// Annotations that stay on this text for good, although there is a newer one.
    pub settled: SortedSet<AnnotationId>,
}

/// A version of an own article: its metadata, or a tombstone that says it is gone for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRecord {
    /// The id of the article.
    pub id: ArticleId,
    /// The version of the record.
    pub version: Version,
    /// When this version was written.
    pub modified: Timestamp,
    /// The metadata; `None` is a tombstone.
    pub content: Option<Rc<ArticleInfo>>,
}

impl ArticleRecord {
    /// A new id from the time and ten random bytes.
    pub fn mint(now: Timestamp, entropy: [u8; 10]) -> ArticleId {
        ArticleId::new(&format!("{OWN}{}", AnnotationId::mint(now, entropy)))
    }

    /// The id for an article without one of its own. The same text always gets the same id.
    pub fn id_for_text(sha256: &str) -> ArticleId {
        let digits = |range: std::ops::Range<usize>| sha256.get(range).unwrap_or_default();
        // A version 8 UUID, whose contents are application-defined.
        let (first, second) = (digits(0..8), digits(8..12));
        let uuid = format!("{first}-{second}-8{}-8{}-{}", digits(12..15), digits(15..18), digits(18..30));
        ArticleId::new(&format!("{OWN}{uuid}"))
    }

    /// The own article's id spelled `name`.
    pub fn parse_id(name: &str) -> Option<ArticleId> {
        let uuid: AnnotationId = name.strip_prefix(OWN)?.parse().ok()?;
        // UUIDs have several spellings; only the usual one is an id.
        (format!("{OWN}{uuid}") == name).then(|| ArticleId::new(name))
    }

    /// True for the id of an own article.
    pub fn is_own(id: &ArticleId) -> bool {
        Self::parse_id(id.as_str()).is_some()
    }

    /// The SHA-256 of its text; `None` for a tombstone.
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

/// An own article to add, whose text is available.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewArticle {
    /// The id.
    pub id: ArticleId,
    /// The title.
    pub title: Rc<str>,
    /// What sort of text it is, in a word or two.
    pub kind: Rc<str>,
    /// The file that the text came from; empty if it was pasted.
    pub source: Rc<str>,
    /// The SHA-256 of the text.
    pub sha256: Rc<str>,
}

impl Records<ArticleRecord> {
    /// The record with this id, which may be a tombstone.
    pub fn get(&self, id: &ArticleId) -> Option<&ArticleRecord> {
        self.find(id)
    }
}

/// The bundled articles and the own ones whose texts are available.
#[derive(Clone, Debug, Default)]
pub struct Articles {
    bundled: Library,
    own: Records<ArticleRecord>,
    texts: HashMap<Rc<str>, Rc<Text>>,
    library: Library,
    /// For each replaced article, the one that replaced it.
    replaced: HashMap<ArticleId, ArticleId>,
}

impl Articles {
    /// Only the bundled articles.
    pub fn new(bundled: Library) -> Self {
        Self { library: bundled.clone(), bundled, ..Self::default() }
    }

    /// All articles in order: the bundled ones, then the own ones.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The records of own articles.
    pub fn records(&self) -> &Records<ArticleRecord> {
        &self.own
    }

    /// The metadata of an own article; `None` for a tombstone.
    pub fn info(&self, id: &ArticleId) -> Option<&Rc<ArticleInfo>> {
        self.own.get(id)?.content.as_ref()
    }

    /// The text with this SHA-256.
    pub fn text(&self, sha256: &str) -> Option<&Rc<Text>> {
        self.texts.get(sha256)
    }

    /// The SHA-256 of every available text, in order.
    pub fn texts(&self) -> Vec<Rc<str>> {
        let mut names: Vec<_> = self.texts.keys().cloned().collect();
        order::sort(&mut names);
        names
    }

    /// Adds the text of own articles. Call [`Articles::update_library`] afterwards.
    pub fn add_text(&mut self, text: Rc<Text>) {
        self.texts.entry(Rc::clone(text.sha256())).or_insert(text);
    }

    /// Keeps the later of `record` and the present record with its id. Call [`Articles::update_library`] afterwards.
    ///
    /// An article's text never changes, so a record with another text is not accepted.
    pub fn merge(&mut self, record: ArticleRecord) -> MergeOutcome<ArticleRecord> {
        let here = self.own.get(&record.id).and_then(ArticleRecord::sha256);
        if here.is_some_and(|here| record.sha256().is_some_and(|it| it != here)) {
            return MergeOutcome::Older;
        }
        self.own.merge(record)
    }

    /// Own articles whose texts are not available.
    pub fn missing(&self) -> impl Iterator<Item = &ArticleRecord> {
        self.own.iter().filter(|it| it.sha256().is_some_and(|it| !self.texts.contains_key(it)))
    }

    /// Listed own articles, in order.
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

    /// The latest listed version of the article of which `id` is an earlier one.
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

    /// For each replaced article, the one that replaced it.
    fn replaced(&self) -> HashMap<ArticleId, ArticleId> {
        let mut replaced: HashMap<ArticleId, ArticleId> = HashMap::new();
        for record in self.own.iter() {
            let Some(earlier) = record.content.as_ref().and_then(|it| it.replaces.clone()) else { continue };
            // Two tabs may have replaced the same article: the later replacement counts.
            let rank = |id: &ArticleId| self.info(id).map(|it| (it.listed, it.created));
            let counts = |other: &ArticleId| (rank(&record.id), &record.id) > (rank(other), other);
            if replaced.get(&earlier).is_none_or(counts) {
                replaced.insert(earlier, record.id.clone());
            }
        }
        replaced
    }

    /// Updates the library from records and texts. Keeps the `Rc` of every article that has not changed.
    pub fn update_library(&mut self) {
        let make = |(id, info): (&ArticleId, &Rc<ArticleInfo>)| {
            let body = self.texts.get(&info.sha256)?;
            let same = |it: &&Rc<Article>| {
                Rc::ptr_eq(it.body(), body)
                    && (it.title(), it.kind(), it.source()) == (&*info.title, &*info.kind, &*info.source)
            };
            let here = self.library.known(id).filter(same).cloned();
            Some(here.unwrap_or_else(|| {
                Rc::new(Article::with_text(
                    id.clone(),
                    &info.title,
                    &info.kind,
                    &info.source,
                    Rc::clone(body),
                ))
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
