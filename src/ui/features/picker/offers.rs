//! What the picker offers: the tags that match, those that were given last first, and a new one.

use std::rc::Rc;

use crate::{
    annotation::{Codebook, Tag, TagId},
    session::History,
    text::{Folding, Normalizer, order},
    ui::features::annotations::Given,
};

/// How many of the latest steps tell which tags were given last.
const STEPS: usize = 300;

/// Something to choose.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Offer {
    /// A tag, with its name after those of the tags above it.
    Tag(Rc<Tag>, String),
    /// A new tag with this name.
    New(Rc<str>),
}

impl Offer {
    pub(super) fn given(&self) -> Given {
        match self {
            Self::Tag(tag, _) => Given::Tag(tag.id),
            Self::New(name) => Given::New(Rc::clone(name)),
        }
    }
}

/// The tag without a parent that has this name, in whatever case. No new one can have it.
pub(super) fn root_named<'a>(codebook: &'a Codebook, name: &str) -> Option<&'a Rc<Tag>> {
    let name = name.trim().to_lowercase();
    codebook.children_of(None).find(|it| !it.removed && it.name.to_lowercase() == name)
}

/// The tags that contain all words of the query in their path: first the one that it names, then those whose names it
/// begins, and of these the ones given last. After them a new one, if it can have that name.
pub(super) fn offers<L: Normalizer>(
    codebook: &Codebook,
    history: &History,
    folding: &mut Folding<L>,
    query: &str,
) -> Vec<Offer> {
    let name = query.trim();
    let folded = folding.fold(name);
    let recent = given_last(history);
    let mut found: Vec<_> = Vec::new();
    for tag in codebook.offered() {
        let path = path_of(codebook, tag);
        let (in_path, in_name) = (folding.fold(&path), folding.fold(&tag.name));
        if folded.split_whitespace().all(|word| in_path.contains(word)) {
            let rank = recent.iter().position(|it| *it == tag.id).unwrap_or(usize::MAX);
            let order = (in_name != folded, !in_name.starts_with(&folded), rank);
            found.push((order, Offer::Tag(Rc::clone(tag), path)));
        }
    }
    order::sort_by_key(&mut found, |(order, _)| *order);
    let is_new = !name.is_empty() && root_named(codebook, name).is_none();
    let new = is_new.then(|| Offer::New(name.into()));
    found.into_iter().map(|(_, it)| it).chain(new).collect()
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

/// The name of a tag after those of the tags above it.
fn path_of(codebook: &Codebook, tag: &Tag) -> String {
    let mut path = tag.name.to_string();
    let mut at = codebook.parent_of(tag.id);
    while let Some(parent) = at {
        path.insert_str(0, " › ");
        path.insert_str(0, &parent.name);
        at = codebook.parent_of(parent.id);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::{Codebook, Folding, Normalizer, Offer, Tag, TagId, offers};
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

    fn codebook() -> Codebook {
        let default = Codebook::default();
        let make = |id: &str, name: &str, parent: Option<&str>| Tag {
            id: TagId::new(id),
            name: name.into(),
            parent: parent.map(TagId::new),
            ..Tag::clone(&default.tags()[0])
        };
        let tags = [
            make("a", "Claim", None),
            make("b", "Étude", Some("a")),
            Tag { retired: true, ..make("c", "Old", None) },
            make("d", "Declaim", None),
        ];
        Codebook::new(tags.to_vec(), Vec::new())
    }

    fn found(query: &str) -> Vec<String> {
        let session = Session::new(Library::default(), ReplicaId(1));
        let all = offers(&codebook(), session.history(), &mut Folding::new(Lower), query);
        let shown = |it| match it {
            Offer::Tag(_, path) => path,
            Offer::New(name) => format!("+{name}"),
        };
        all.into_iter().map(shown).collect()
    }

    #[test]
    fn letters_of_the_path_find_a_tag_and_others_make_one() {
        assert_eq!(found(""), ["Claim", "Claim › Étude", "Declaim"]);
        assert_eq!(found("ETU"), ["Claim › Étude", "+ETU"]);
        assert_eq!(found("claim "), ["Claim", "Claim › Étude", "Declaim"]);
        assert_eq!(found("etude cl"), ["Claim › Étude", "+etude cl"]);
        assert_eq!(found("old"), [""; 0], "a retired tag has the name");
        assert_eq!(found(" Fact "), ["+Fact"]);
    }
}
