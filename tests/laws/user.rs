//! A simulated user with a session, and random actions.

use std::{collections::BTreeMap, rc::Rc};

use glossator::{
    annotation::{
        Annotation, AnnotationId, AnnotationSet, Attribute, AttributeKind, Codebook, Context, Record,
        ReplicaId, TagId, Timestamp,
    },
    session::{Change, Command, Label, Moment, Session},
    text::{Article, ArticleId, Library, Span},
};
use proptest::{collection::vec, prelude::*, sample::Index};

use super::support::{id, in_text_order, pick_span, tags};

pub(crate) type Contents = BTreeMap<AnnotationId, Rc<Annotation>>;

const TEXTS: [(&str, &str); 2] =
    [("one", " The 🇪🇺 should ratify it.\r\n\r\nRussia  will answer. "), ("two", "条约\n\n👩‍🚀 lands.")];

/// A user during one visit, with a clock and entropy that the test controls.
pub(crate) struct User {
    pub(crate) session: Session,
    ticks: u64,
}

impl User {
    pub(crate) fn new(replica: u64) -> Self {
        Self::with_codebook(replica, Codebook::default())
    }

    pub(crate) fn with_codebook(replica: u64, codebook: Codebook) -> Self {
        let library: Library = TEXTS
            .into_iter()
            .map(|(name, text)| Article::new(ArticleId::new(name), name, "Note", name, text))
            .collect();
        let session = Session::new(Context { library, codebook }, ReplicaId(replica));
        Self { session, ticks: replica << 32 }
    }

    /// The article with this id, which is the same in every session.
    pub(crate) fn text_of(id: &ArticleId) -> Rc<Article> {
        let user = Self::new(0);
        let article = user.session.library().iter().find(|it| it.id() == id).cloned();
        article.expect("one of the articles")
    }

    pub(crate) fn now(&mut self) -> Timestamp {
        self.ticks += 1;
        Timestamp(self.ticks)
    }

    pub(crate) fn execute(&mut self, command: &Command) -> Change {
        let now = self.now();
        let mut entropy = [0; 10];
        entropy[..8].copy_from_slice(&self.ticks.to_be_bytes());
        self.session.execute(command, Moment { now, entropy })
    }

    pub(crate) fn undo(&mut self) -> Option<(Label, Change)> {
        let now = self.now();
        self.session.undo(now)
    }

    pub(crate) fn redo(&mut self) -> Option<(Label, Change)> {
        let now = self.now();
        self.session.redo(now)
    }

    pub(crate) fn article(&self, place: usize) -> Rc<Article> {
        Rc::clone(self.session.library().iter().nth(place).unwrap())
    }

    /// Tags the first of these `words` in the first article.
    pub(crate) fn tag(&mut self, words: &str, tag: TagId) -> AnnotationId {
        let article = self.article(0);
        let at = article.text().find(words).unwrap();
        let span = article.span(at, at + words.len()).unwrap();
        self.execute(&Command::Tag { article: article.id().clone(), span, tag }).records[0].id
    }

    pub(crate) fn write(&mut self, id: AnnotationId, note: &str) -> Change {
        self.execute(&Command::Note(id, Rc::from(note)))
    }

    pub(crate) fn note(&self, id: AnnotationId) -> &str {
        &self.session.annotation(id).unwrap().note
    }

    pub(crate) fn records(&self) -> Vec<Record> {
        let mut all: Vec<Record> = self.session.records().iter().cloned().collect();
        all.sort_by_key(|it| it.id);
        all
    }

    pub(crate) fn steps(&self) -> (Option<Label>, Option<Label>) {
        (self.session.history().next_undo(), self.session.history().next_redo())
    }

    /// The annotations. Also checks that the sets agree with the records.
    pub(crate) fn contents(&self) -> Contents {
        let records = self.session.records().iter();
        let contents: Contents = records.filter_map(|it| Some((it.id, it.content.clone()?))).collect();
        for article in self.session.library().iter() {
            let here = contents.iter().filter(|(_, it)| it.article == *article.id());
            let here = in_text_order(here.map(|(id, it)| (*id, Rc::clone(it))).collect());
            let set = self.session.annotations(article.id()).unwrap();
            assert_eq!(set.in_order(), here);
            let mut afresh = AnnotationSet::new(article.text().len());
            for (id, it) in here {
                afresh.insert(id, it);
            }
            assert_eq!(set.overview(), afresh.overview());
        }
        contents
    }
}

pub(crate) fn notes() -> impl Strategy<Value = Rc<str>> {
    prop::sample::select(&["", "why?", "👩‍🚀 e\u{301}\r\n"][..]).prop_map(Rc::from)
}

/// An attribute of any tag, with one of its values or with none.
pub(crate) fn attribute_values() -> impl Strategy<Value = (Rc<Attribute>, Rc<str>)> {
    let codebook = Codebook::default();
    let all: Vec<Rc<Attribute>> = codebook.tags().iter().flat_map(|tag| tag.attributes.clone()).collect();
    (prop::sample::select(all), any::<Index>()).prop_map(|(attribute, pick)| {
        let values: Vec<&str> = match &attribute.kind {
            AttributeKind::Choice(choices) => choices.iter().map(|it| &*it.id).chain([""]).collect(),
            AttributeKind::Text => vec!["the Senate", " e\u{301} ", ""],
            AttributeKind::Likelihood => vec!["likely", "unquantified", "70", "0.5", ""],
            other => unreachable!("no default attribute is {other:?}"),
        };
        let value = Rc::from(*pick.get(&values));
        (attribute, value)
    })
}

pub(crate) fn passages() -> impl Strategy<Value = (ArticleId, Span)> {
    (0_usize..2, any::<Index>(), any::<Index>()).prop_map(|(place, one, other)| {
        let article = User::new(0).article(place);
        (article.id().clone(), pick_span(&article, one, other))
    })
}

/// An action of the user, on any annotation that ever existed.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    Tag((ArticleId, Span), TagId),
    Retag(Index, TagId),
    Bounds(Index, Span),
    Attribute(Index, (Rc<Attribute>, Rc<str>)),
    Note(Index, Rc<str>),
    Delete(Index),
    Merge(Index),
    Split(Index, Index),
    Duplicate(Index, TagId),
    TagAll(Vec<(ArticleId, Span)>, TagId),
    RetagAll(Vec<Index>, TagId),
    DeleteAll(Vec<Index>),
    Close,
    Undo,
    Redo,
}

/// Actions with these weights: tag, retag, bounds, attribute, note, delete, reshape, close, undo, redo.
pub(crate) fn actions(weights: [u32; 10]) -> impl Strategy<Value = Action> {
    let [tag, retag, bounds, attribute, note, delete, reshape, close, undo, redo] = weights;
    prop_oneof![
        tag => (passages(), tags()).prop_map(|(passage, tag)| Action::Tag(passage, tag)),
        retag => (any::<Index>(), tags()).prop_map(|(pick, tag)| Action::Retag(pick, tag)),
        bounds => (any::<Index>(), passages()).prop_map(|(pick, (_, span))| Action::Bounds(pick, span)),
        attribute => (any::<Index>(), attribute_values()).prop_map(|(pick, value)| Action::Attribute(pick, value)),
        note => (any::<Index>(), notes()).prop_map(|(pick, note)| Action::Note(pick, note)),
        delete => any::<Index>().prop_map(Action::Delete),
        reshape => prop_oneof![
            any::<Index>().prop_map(Action::Merge),
            (any::<Index>(), any::<Index>()).prop_map(|(pick, at)| Action::Split(pick, at)),
            (any::<Index>(), tags()).prop_map(|(pick, tag)| Action::Duplicate(pick, tag)),
            (vec(passages(), 0..4), tags()).prop_map(|(all, tag)| Action::TagAll(all, tag)),
            (vec(any::<Index>(), 0..4), tags()).prop_map(|(all, tag)| Action::RetagAll(all, tag)),
            vec(any::<Index>(), 0..4).prop_map(Action::DeleteAll),
        ],
        close => Just(Action::Close),
        undo => Just(Action::Undo),
        redo => Just(Action::Redo),
    ]
}

impl User {
    /// Performs the action. Returns the records that it wrote, and its command, if it was one.
    pub(crate) fn act(&mut self, action: &Action) -> (Vec<Record>, Option<Command>) {
        let ids: Vec<AnnotationId> = self.records().iter().map(|it| it.id).collect();
        let pick = |index: &Index| if ids.is_empty() { id(0) } else { *index.get(&ids) };
        let command = match action {
            Action::Tag((article, span), tag) => {
                Command::Tag { article: article.clone(), span: *span, tag: *tag }
            }
            Action::Retag(index, tag) => Command::Retag(pick(index), *tag),
            Action::Bounds(index, span) => Command::Bounds(pick(index), *span),
            Action::Attribute(index, (attribute, value)) => {
                Command::Attribute(pick(index), attribute.id, Rc::clone(value))
            }
            Action::Note(index, note) => Command::Note(pick(index), Rc::clone(note)),
            Action::Delete(index) => Command::Delete(pick(index)),
            Action::Merge(index) => {
                let id = pick(index);
                // Without a neighbour, merging with any other annotation does nothing.
                let other = self.session.neighbour(id).or(ids.first().copied());
                Command::Merge(id, other.unwrap_or(id))
            }
            Action::Split(index, at) => {
                let id = pick(index);
                let words = self.session.annotation(id).map_or(1..2, |it| it.span.start()..it.span.end());
                Command::Split(id, words.start + at.index(words.len()))
            }
            Action::Duplicate(index, tag) => Command::Duplicate(pick(index), *tag),
            Action::TagAll(passages, tag) => Command::TagAll(passages.clone(), *tag),
            Action::RetagAll(all, tag) => Command::RetagAll(all.iter().map(pick).collect(), *tag),
            Action::DeleteAll(all) => Command::DeleteAll(all.iter().map(pick).collect()),
            Action::Close => {
                self.session.close_step();
                return (Vec::new(), None);
            }
            Action::Undo => return (self.undo().map(|(_, it)| it.records).unwrap_or_default(), None),
            Action::Redo => return (self.redo().map(|(_, it)| it.records).unwrap_or_default(), None),
        };
        (self.execute(&command).records, Some(command))
    }

    pub(crate) fn act_all(&mut self, actions: &[Action]) {
        for action in actions {
            self.act(action);
        }
    }
}
