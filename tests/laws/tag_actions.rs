//! Random edits and commands of tags, and what a person sees of a codebook.

use std::rc::Rc;

use glossator::{
    annotation::{
        AnyRecord, Attribute, AttributeId, AttributeKind, Choice, Codebook, Hue, LineStyle, Tag, TagId,
    },
    session::{Change, Command, NewTag, Recipient, TagChange, TagCommand, TagEdit, Uses},
    text::Article,
};
use proptest::{collection::vec, prelude::*, sample::Index};

use super::{
    default_tags::every_tag,
    user::{Action, User, actions},
};

/// A tag of the default codebook, or one of three others.
fn ids() -> impl Strategy<Value = TagId> {
    let others = ["tag-a", "tag-b", "tag-c"].map(TagId::new);
    prop::sample::select(every_tag().into_iter().chain(others).collect::<Vec<_>>())
}

fn words() -> impl Strategy<Value = Rc<str>> {
    prop::sample::select(&["", "Claim", "claim", "e\u{301}\r\n👩‍🚀", "\"\\"][..]).prop_map(Rc::from)
}

/// A new attribute, or one of the default tag “argument”.
pub(crate) fn attribute() -> impl Strategy<Value = Rc<Attribute>> {
    let choice = || {
        ("[a-c]", words(), any::<bool>()).prop_map(|(id, name, retired)| Choice {
            id: id.into(),
            name,
            retired,
        })
    };
    let kind = prop_oneof![
        vec(choice(), 0..3).prop_map(AttributeKind::Choice),
        vec(choice(), 0..3).prop_map(AttributeKind::Several),
        Just(AttributeKind::YesNo),
        Just(AttributeKind::Date),
        (prop::option::of(Just("-1.5")), prop::option::of(Just("20")), words()).prop_map(
            |(least, most, unit)| {
                AttributeKind::Number { least: least.map(Rc::from), most: most.map(Rc::from), unit }
            }
        ),
        Just(AttributeKind::Text),
        Just(AttributeKind::Likelihood),
    ];
    let id = prop::sample::select(&["role", "stance", "attribute-a", "attribute-b"][..]);
    (id, words(), kind, any::<[bool; 2]>()).prop_map(|(id, name, kind, [asked, removed])| {
        let id = AttributeId::new(id);
        Rc::new(Attribute { id, name: Rc::clone(&name), hint: name, kind, asked, removed })
    })
}

/// Any tag with this id.
pub(crate) fn tag(id: TagId) -> impl Strategy<Value = Rc<Tag>> {
    let looks = (0..12_usize, 0..4_usize).prop_map(|(hue, line)| (Hue::ALL[hue], LineStyle::ALL[line]));
    let texts = (words(), words(), vec(words(), 0..3), vec(words(), 0..2));
    let place = (prop::option::of(ids()), 0..4_u32, prop::option::of(prop::char::range('a', 'd')));
    (texts, looks, place, vec(attribute(), 0..3), any::<[bool; 2]>()).prop_map(
        move |(
            (name, definition, examples, counterexamples),
            (hue, line),
            place,
            mut all,
            [retired, removed],
        )| {
            let (parent, place, key) = place;
            all.sort_by_key(|it| it.id);
            all.dedup_by_key(|it| it.id);
            Rc::new(Tag {
                id,
                name,
                definition,
                examples,
                counterexamples,
                hue,
                line,
                key,
                parent,
                place,
                attributes: all,
                retired,
                removed,
            })
        },
    )
}

/// Any edit of a tag.
pub(crate) fn tag_edits() -> impl Strategy<Value = TagEdit> {
    ids().prop_flat_map(|id| {
        let change = prop_oneof![
            2 => tag(id).prop_map(TagChange::Add),
            1 => words().prop_map(TagChange::Name),
            1 => words().prop_map(TagChange::Definition),
            1 => vec(words(), 0..3).prop_map(TagChange::Examples),
            1 => vec(words(), 0..3).prop_map(TagChange::Counterexamples),
            1 => (0..12_usize, 0..4_usize)
                .prop_map(|(hue, line)| TagChange::Look(Hue::ALL[hue], LineStyle::ALL[line])),
            1 => prop::option::of(prop::char::range('a', 'c')).prop_map(TagChange::Key),
            2 => (prop::option::of(ids()), 0..4_u32).prop_map(|(it, place)| TagChange::Place(it, place)),
            2 => attribute().prop_map(TagChange::Attribute),
            1 => vec(attribute(), 0..3)
                .prop_map(|all| TagChange::Order(all.iter().map(|it| it.id).collect())),
            1 => any::<bool>().prop_map(TagChange::Retired),
            1 => any::<bool>().prop_map(TagChange::Removed),
        ];
        change.prop_map(move |change| TagEdit { id, change })
    })
}

/// What a person sees of a codebook: the tags and attributes that are not removed, and the parents in the tree.
pub(crate) fn seen(codebook: &Codebook) -> Vec<(Tag, Option<TagId>)> {
    let tags = codebook.tags().iter().filter(|it| !it.removed);
    let visible = |it: &Rc<Tag>| {
        let attributes = it.attributes.iter().filter(|it| !it.removed).cloned().collect();
        let parent = codebook.parent_of(it.id).map(|it| it.id);
        (Tag { attributes, ..Tag::clone(it) }, parent)
    };
    tags.map(visible).collect()
}

/// A command for tags, on any tags that ever existed; or an action on annotations.
#[derive(Clone, Debug)]
pub(crate) enum CodingAction {
    Annotate(Action),
    Add(Rc<str>, Option<char>, Option<Index>),
    Rename(Index, Rc<str>),
    Define(Index, Rc<str>),
    Examples(Index, Vec<Rc<str>>, bool),
    Look(Index, usize, usize),
    Key(Index, Option<char>),
    Move(Index, Option<Index>, usize),
    Attribute(Index, Rc<Attribute>),
    Order(Index, Vec<AttributeId>),
    Retire(Index, bool),
    Merge(Index, Index),
    Retain(Index),
    Delete(Index),
    Replace(Index, Index),
    Restore(Index),
    Give(Index, Index),
    GiveNew(Index, Rc<str>),
    TagNew(usize, Rc<str>),
}

pub(crate) fn coding_actions() -> impl Strategy<Value = CodingAction> {
    use CodingAction as Do;
    let key = || prop::option::of(prop::char::range('1', '4'));
    let name = || prop::sample::select(&["Claim", "claim", " Fact ", "Value", ""][..]).prop_map(Rc::from);
    let pick = any::<Index>;
    prop_oneof![
        8 => actions([6, 2, 2, 4, 3, 1, 1, 1, 2, 1]).prop_map(Do::Annotate),
        3 => (name(), key(), prop::option::of(pick())).prop_map(|(name, key, at)| Do::Add(name, key, at)),
        1 => (pick(), name()).prop_map(|(at, name)| Do::Rename(at, name)),
        1 => (pick(), words()).prop_map(|(at, it)| Do::Define(at, it)),
        1 => (pick(), vec(words(), 0..2), any::<bool>()).prop_map(|(at, it, good)| Do::Examples(at, it, good)),
        1 => (pick(), 0..12_usize, 0..4_usize).prop_map(|(at, hue, line)| Do::Look(at, hue, line)),
        1 => (pick(), key()).prop_map(|(at, key)| Do::Key(at, key)),
        2 => (pick(), prop::option::of(pick()), 0..4_usize)
            .prop_map(|(at, parent, place)| Do::Move(at, parent, place)),
        2 => (pick(), attribute()).prop_map(|(at, it)| Do::Attribute(at, it)),
        1 => (pick(), vec(attribute(), 0..3))
            .prop_map(|(at, all)| Do::Order(at, all.iter().map(|it| it.id).collect())),
        1 => (pick(), any::<bool>()).prop_map(|(at, it)| Do::Retire(at, it)),
        1 => (pick(), pick()).prop_map(|(from, into)| Do::Merge(from, into)),
        1 => pick().prop_map(Do::Retain),
        1 => pick().prop_map(Do::Delete),
        1 => (pick(), pick()).prop_map(|(at, into)| Do::Replace(at, into)),
        1 => pick().prop_map(Do::Restore),
        3 => (pick(), pick()).prop_map(|(at, tag)| Do::Give(at, tag)),
        2 => (pick(), name()).prop_map(|(at, name)| Do::GiveNew(at, name)),
        2 => (0..2_usize, name()).prop_map(|(article, name)| Do::TagNew(article, name)),
    ]
}

impl User {
    /// Performs the action. Returns the records that it wrote.
    pub(crate) fn code(&mut self, action: &CodingAction) -> Vec<AnyRecord> {
        use CodingAction as Do;
        let ids: Vec<TagId> = self.session.codebook().tags().iter().map(|it| it.id).collect();
        let pick = |index: &Index| *index.get(&ids);
        let command = match action {
            Do::Annotate(Action::Undo) => return all(self.undo().map(|it| it.1)),
            Do::Annotate(Action::Redo) => return all(self.redo().map(|it| it.1)),
            Do::Annotate(it) => return self.act(it).0.into_iter().map(AnyRecord::from).collect(),
            Do::Give(at, tag) => {
                let all: Vec<_> = self.records().iter().map(|it| it.id).collect();
                if all.is_empty() {
                    return Vec::new();
                }
                let command = Command::Retag(*at.get(&all), pick(tag));
                return self.execute(&command).all().collect();
            }
            Do::GiveNew(at, name) => {
                let all: Vec<_> = self.records().iter().map(|it| it.id).collect();
                if all.is_empty() {
                    return Vec::new();
                }
                let recipient = Recipient::Annotation(*at.get(&all));
                return self.execute(&Command::GiveNew(NewTag::named(name, None), recipient)).all().collect();
            }
            Do::TagNew(article, name) => {
                let recipient = whole(&self.article(*article));
                return self.execute(&Command::GiveNew(NewTag::named(name, None), recipient)).all().collect();
            }
            Do::Add(name, key, parent) => TagCommand::Add(NewTag {
                name: Rc::clone(name),
                definition: Rc::from(""),
                key: *key,
                parent: parent.as_ref().map(pick),
            }),
            Do::Rename(at, name) => TagCommand::Rename(pick(at), Rc::clone(name)),
            Do::Define(at, it) => TagCommand::Define(pick(at), Rc::clone(it)),
            Do::Examples(at, it, true) => TagCommand::Examples(pick(at), it.clone()),
            Do::Examples(at, it, false) => TagCommand::Counterexamples(pick(at), it.clone()),
            Do::Look(at, hue, line) => TagCommand::Look(pick(at), Hue::ALL[*hue], LineStyle::ALL[*line]),
            Do::Key(at, key) => TagCommand::Key(pick(at), *key),
            Do::Move(at, parent, place) => {
                TagCommand::Move { id: pick(at), parent: parent.as_ref().map(pick), place: *place }
            }
            Do::Attribute(at, it) => TagCommand::Attribute(pick(at), Attribute::clone(it)),
            Do::Order(at, ids) => TagCommand::OrderAttributes(pick(at), ids.clone()),
            Do::Retire(at, it) => TagCommand::Retire(pick(at), *it),
            Do::Merge(from, into) => TagCommand::Merge { from: pick(from), into: pick(into) },
            Do::Retain(at) => TagCommand::Remove(pick(at), Uses::Keep),
            Do::Delete(at) => TagCommand::Remove(pick(at), Uses::Delete),
            Do::Replace(at, into) => TagCommand::Remove(pick(at), Uses::Retag(pick(into))),
            Do::Restore(at) => TagCommand::Restore(pick(at)),
        };
        self.execute(&Command::Codebook(command)).all().collect()
    }
}

fn all(change: Option<Change>) -> Vec<AnyRecord> {
    change.iter().flat_map(Change::all).collect()
}

/// The whole text of an article, with a note.
pub(crate) fn whole(article: &Article) -> Recipient {
    let span = article.span(0, article.text().len()).unwrap();
    Recipient::Passage { article: article.id().clone(), span, note: "why".into() }
}
