//! What the picker offers: the tags that match, those that were given last first, and a new one.

use std::rc::Rc;

use crate::{
    annotation::{Codebook, Tag, TagId},
    session::{History, NewTag},
    text::{Folding, Normalizer, order},
    ui::{
        features::annotations::Given,
        parts::tag_search::{TagQuery, names_in, split_path},
    },
};

/// How many of the latest steps tell which tags were given last.
const STEPS: usize = 300;

/// At most so many tags are listed.
pub(super) const LISTED: usize = 50;

/// What a person opened the picker for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To give any tag.
    Pick,
    /// To make a tag. The new one comes first.
    Make,
}

impl Purpose {
    /// The name of the picker in the DOM.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Pick => "picker",
            Self::Make => "tag-maker",
        }
    }
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Offer {
    /// A tag, with the names of the tags above it.
    Tag(Rc<Tag>, String),
    /// A new tag, with the names of the tags above it.
    New(NewTag, String),
}

impl Offer {
    pub(super) fn given(&self) -> Given {
        match self {
            Self::Tag(tag, _) => Given::Tag(tag.id),
            Self::New(new, _) => Given::New(new.clone()),
        }
    }
}

/// What is listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Offers {
    pub(super) list: Vec<Offer>,
    /// The number of tags that match and are not listed.
    pub(super) more: usize,
}

/// What is offered for these words: the tags that match, the better ones first, and of these the ones given last. After
/// them or before them a new one, if it can have that name.
pub(super) fn offers<L: Normalizer>(
    codebook: &Codebook,
    history: &History,
    folding: &mut Folding<L>,
    words: &str,
    purpose: Purpose,
) -> Offers {
    let query = TagQuery::new(words, folding);
    let recent = given_last(history);
    let mut found: Vec<_> = Vec::new();
    for tag in codebook.offered() {
        if let Some(rank) = query.rank_in(codebook, tag.id, folding) {
            let last = recent.iter().position(|it| *it == tag.id).unwrap_or(usize::MAX);
            found.push(((rank, last), tag));
        }
    }
    order::sort_by_key(&mut found, |(order, _)| *order);
    let more = found.len().saturating_sub(LISTED);
    let tag = |tag: &Rc<Tag>| {
        let mut above = codebook.path_of(tag.id);
        above.pop();
        Offer::Tag(Rc::clone(tag), shown(&above))
    };
    let mut list: Vec<Offer> = found.into_iter().take(LISTED).map(|(_, it)| tag(it)).collect();
    if let Some(new) = new_tag(codebook, words) {
        let above = new.parent.map(|it| shown(&codebook.path_of(it))).unwrap_or_default();
        let at = if purpose == Purpose::Make { 0 } else { list.len() };
        list.insert(at, Offer::New(new, above));
    }
    Offers { list, more }
}

fn shown(path: &[&str]) -> String {
    path.iter().flat_map(|name| [name, " › "]).collect()
}

/// The new tag that these words name, under the tag that they name before it. `None` if there is one already.
fn new_tag(codebook: &Codebook, words: &str) -> Option<NewTag> {
    let below = split_path(words).and_then(|(above, name)| {
        let mut names = names_in(above);
        let root = child_named(codebook, None, names.next()?)?;
        let parent = names.try_fold(root, |at, name| child_named(codebook, Some(at.id), name))?;
        (!name.is_empty() && parent.is_offered()).then_some((parent.id, name))
    });
    let (parent, name) = match below {
        Some((parent, name)) => (Some(parent), name),
        None => (None, words.trim()),
    };
    let is_new = !name.is_empty() && child_named(codebook, parent, name).is_none();
    is_new.then(|| NewTag::named(name, parent))
}

/// The child of `parent` that has this name, in whatever case. No new one there can have it.
fn child_named<'a>(codebook: &'a Codebook, parent: Option<TagId>, name: &str) -> Option<&'a Rc<Tag>> {
    let name = name.trim().to_lowercase();
    codebook.children_of(parent).find(|it| !it.removed && it.name.to_lowercase() == name)
}

/// The tag to give for a name: one that has it, or a new one. `None` if only a retired tag has it, and none can be made.
pub(super) fn given_for(codebook: &Codebook, name: &str) -> Option<Given> {
    let folded = name.trim().to_lowercase();
    let root = child_named(codebook, None, name);
    let root_offered = root.filter(|it| it.is_offered());
    let found = root_offered.or_else(|| codebook.offered().find(|it| it.name.to_lowercase() == folded));
    match (found, root) {
        (Some(tag), _) => Some(Given::Tag(tag.id)),
        (None, Some(_)) => None,
        (None, None) => Some(Given::New(NewTag::named(name, None))),
    }
}

/// The tags that were given, the last first.
fn given_last(history: &History) -> Vec<TagId> {
    let steps = history.list().filter(|(_, undone)| !undone).take(STEPS);
    let mut tags: Vec<TagId> = Vec::new();
    for tag in steps.filter_map(|(step, _)| step.transaction.label.given()) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::{
        Codebook, Folding, Given, LISTED, NewTag, Normalizer, Offer, Purpose, Tag, TagId, given_for, offers,
    };
    use crate::{annotation::ReplicaId, session::Session, text::Library};

    struct Lower;

    impl Normalizer for Lower {
        fn normalize(&self, character: char) -> String {
            match character {
                'é' | 'É' => "e\u{301}".to_owned(),
                other => other.to_lowercase().to_string(),
            }
        }
    }

    fn make(id: &str, name: &str, parent: Option<&str>) -> Tag {
        Tag {
            id: TagId::new(id),
            name: name.into(),
            parent: parent.map(TagId::new),
            ..Tag::clone(&Codebook::default().tags()[0])
        }
    }

    fn codebook() -> Codebook {
        let tags = [
            make("a", "Claim", None),
            make("b", "Étude", Some("a")),
            Tag { retired: true, ..make("c", "Old", None) },
            make("d", "Declaim", None),
            make("e", "Young", Some("c")),
        ];
        Codebook::new(tags.to_vec(), Vec::new())
    }

    fn found(query: &str, purpose: Purpose) -> Vec<String> {
        let session = Session::new(Library::default(), ReplicaId(1));
        let all = offers(&codebook(), session.history(), &mut Folding::new(Lower), query, purpose);
        assert_eq!(all.more, 0);
        let shown = |it| match it {
            Offer::Tag(tag, above) => format!("{above}{}", tag.name),
            Offer::New(new, above) => format!("+{above}{}", new.name),
        };
        all.list.into_iter().map(shown).collect()
    }

    #[test]
    fn letters_of_the_path_find_a_tag_and_others_make_one() {
        let pick = |query| found(query, Purpose::Pick);
        assert_eq!(pick(""), ["Claim", "Claim › Étude", "Old › Young", "Declaim"]);
        assert_eq!(pick("ETU"), ["Claim › Étude", "+ETU"]);
        assert_eq!(pick("claim "), ["Claim", "Declaim", "Claim › Étude"]);
        assert_eq!(pick("etude cl"), ["Claim › Étude", "+etude cl"]);
        assert_eq!(pick(" Fact "), ["+Fact"]);
    }

    #[test]
    fn a_retired_tag_is_not_offered_and_keeps_its_name() {
        assert_eq!(found("old", Purpose::Pick), ["Old › Young"]);
        assert_eq!(given_for(&codebook(), "OLD"), None);
    }

    #[test]
    fn a_path_names_a_new_tag_below_another() {
        let make = |query| found(query, Purpose::Make);
        assert_eq!(make("claim / Fact"), ["+Claim › Fact"]);
        assert_eq!(make("claim/etude/x"), ["+claim/etude/x"], "another letter than in its name");
        assert_eq!(make("Claim / étude / x"), ["+Claim › Étude › x"]);
        assert_eq!(make("claim / Étude"), ["Claim › Étude"]);
        assert_eq!(make("old / x"), ["+old / x"], "nothing is added below a retired tag");
        assert_eq!(make("ETU"), ["+ETU", "Claim › Étude"]);
    }

    #[test]
    fn a_name_gives_the_tag_that_has_it() {
        let codebook = codebook();
        assert_eq!(given_for(&codebook, "claim"), Some(Given::Tag(TagId::new("a"))));
        assert_eq!(given_for(&codebook, "étude"), Some(Given::Tag(TagId::new("b"))));
        assert_eq!(given_for(&codebook, "Fact"), Some(Given::New(NewTag::named("Fact", None))));
    }

    #[test]
    fn a_long_list_is_cut() {
        let tags = (0..500).map(|it| make(&format!("t{it}"), &format!("Tag {it}"), None)).collect();
        let (codebook, session) =
            (Codebook::new(tags, Vec::new()), Session::new(Library::default(), ReplicaId(1)));
        let of = |query| offers(&codebook, session.history(), &mut Folding::new(Lower), query, Purpose::Pick);
        let all = of("tag");
        assert_eq!((all.list.len(), all.more), (LISTED + 1, 500 - LISTED));
        assert_eq!(of("tag 499").list.len(), 1);
    }
}
