//! Changes of the codebook: they have inverses, merge alike everywhere, and lose nothing.

use std::{collections::BTreeSet, rc::Rc};

use glossator::{
    annotation::{
        AnyRecord, Attribute, AttributeId, AttributeKind, Choice, Codebook, ReplicaId, Tag, TagId, TagRecord,
        Timestamp, Version,
    },
    interchange::{StoredProblem, parse_stored_tag, write_stored_tag},
    session::{Command, Label, NewTag, Recipient, TagCommand, TagLabel, Transaction, Uses},
};
use proptest::{collection::vec, prelude::*, sample::Index};

use super::{
    default_tags::{argument, prediction, proposal, tag_of},
    properties::config,
    tag_actions::{attribute, coding_actions, seen, tag, tag_edits, whole},
    user::{Contents, User},
};

fn keys(codebook: &Codebook) -> Vec<char> {
    codebook.offered().filter_map(|it| it.key).collect()
}

fn add(user: &mut User, name: &str, parent: Option<TagId>) -> TagId {
    let new = NewTag { name: name.into(), definition: "".into(), key: None, parent };
    user.execute(&Command::Codebook(TagCommand::Add(new))).tags[0].id
}

fn execute(user: &mut User, command: TagCommand) -> bool {
    !user.execute(&Command::Codebook(command)).is_empty()
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn every_edit_of_a_tag_has_its_inverse(all in vec(vec(tag_edits(), 0..4), 1..8)) {
        let mut user = User::new(1);
        for tags in all {
            let before = seen(user.session.codebook());
            let transaction = Transaction { tags, ..Transaction::new(Label::Import) };
            let (change, inverse) = user.session.apply(&transaction, Timestamp(1));
            let after = seen(user.session.codebook());
            prop_assert_eq!(change.tags.len(), inverse.tags.len());
            let (_, again) = user.session.apply(&inverse, Timestamp(2));
            prop_assert_eq!(seen(user.session.codebook()), before, "the inverse undoes it");
            user.session.apply(&again, Timestamp(3));
            prop_assert_eq!(seen(user.session.codebook()), after, "and its inverse redoes it");
        }
    }

    #[test]
    fn undoing_everything_restores_the_codebook_and_the_annotations(actions in vec(coding_actions(), 1..40)) {
        let mut user = User::new(1);
        for action in &actions {
            user.code(action);
            let keys = keys(user.session.codebook());
            prop_assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "no two tags share a key");
        }
        while user.redo().is_some() {}
        let (codebook, contents) = (seen(user.session.codebook()), user.contents());
        while user.undo().is_some() {}
        prop_assert_eq!(seen(user.session.codebook()), seen(&Codebook::default()));
        prop_assert_eq!(user.contents(), Contents::new());
        while user.redo().is_some() {}
        prop_assert_eq!(seen(user.session.codebook()), codebook);
        prop_assert_eq!(user.contents(), contents);
    }

    #[test]
    fn replicas_with_the_same_records_have_the_same_codebook(
        script in vec((0_usize..2, prop_oneof![
            3 => coding_actions().prop_map(Ok),
            1 => any::<Index>().prop_map(Err),
        ]), 1..40),
        turn in any::<Index>(),
    ) {
        let mut users = [1, 2].map(User::new);
        let mut written: Vec<AnyRecord> = Vec::new();
        for (who, act_or_receive) in script {
            match act_or_receive {
                Ok(action) => written.extend(users[who].code(&action)),
                Err(_) if written.is_empty() => {}
                Err(index) => _ = users[who].session.merge_any([index.get(&written).clone()]),
            }
        }
        let mut rest = written.clone();
        users[0].session.merge_any(written);
        rest.reverse();
        if !rest.is_empty() {
            let at = turn.index(rest.len());
            rest.rotate_left(at);
        }
        for record in rest {
            users[1].session.merge_any([record]);
        }
        let [one, other] = &users;
        prop_assert_eq!(one.session.codebook(), other.session.codebook());
        prop_assert_eq!(one.session.tags().records(), other.session.tags().records());
        prop_assert_eq!(one.contents(), other.contents());
    }

    #[test]
    fn an_import_of_tags_is_undone(mine in vec(coding_actions(), 0..10), theirs in vec(coding_actions(), 0..15)) {
        let (mut me, mut colleague) = (User::new(1), User::new(2));
        let mut written = Vec::new();
        for action in &mine {
            written.extend(me.code(action));
        }
        colleague.session.merge_any(written);
        for action in &theirs {
            colleague.code(action);
        }
        let (codebook, contents) = (seen(me.session.codebook()), me.contents());
        let tags: Vec<_> = colleague.session.tags().records().iter().cloned().collect();
        let steps = me.session.history().steps();
        me.session.import_all(&[], tags, [], colleague.records(), Timestamp(9));
        // Later versions of what is here already are no step.
        if me.session.history().steps() > steps {
            me.undo();
        }
        prop_assert_eq!(seen(me.session.codebook()), codebook);
        prop_assert_eq!(me.contents(), contents);
    }

    #[test]
    fn every_accepted_value_is_accepted_again(
        attribute in attribute(),
        text in "(a|b|c|d| ){0,5}|yes|no|Yes|-?[0-9]{0,20}(\\.[0-9]{0,20})?|[0-9]{4}(-[01][0-9](-[0-3][0-9])?)?|likely",
    ) {
        if let Some(value) = attribute.value(&text) {
            prop_assert_eq!(attribute.value(&value), Some(value.clone()));
            prop_assert!(!attribute.shown(&value).is_empty() || attribute.kind.choices().iter().any(|it| it.name.is_empty()));
            prop_assert!(attribute.entered(&text).is_none_or(|it| it == value));
        }
    }

    #[test]
    fn a_stored_tag_survives_a_round_trip(
        content in prop::option::weighted(0.9, tag(TagId::new("tag-a"))),
        counter in 0..=Version::LAST, modified in 0..=253_402_300_799_999_u64,
    ) {
        let version = Version { counter, replica: ReplicaId(7) };
        let record = TagRecord { id: TagId::new("tag-a"), version, modified: Timestamp(modified), content };
        prop_assert_eq!(parse_stored_tag(&write_stored_tag(&record)), Ok(record));
    }

    #[test]
    fn the_tree_has_every_tag_once_and_parents_first(
        parents in vec(prop::option::of(0..8_usize), 8),
        places in vec(0..3_u32, 8),
        order in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let id = |at: usize| TagId::new(&format!("tag-{at}"));
        let make = |at: usize| Tag {
            id: id(at),
            parent: parents[at].map(id),
            place: places[at],
            ..Tag::clone(&tag_of(argument()))
        };
        let codebook = Codebook::new(order.into_iter().map(make).collect(), Vec::new());
        prop_assert_eq!(codebook.tags().len(), 8);
        prop_assert_eq!(&codebook, &Codebook::new((0..8).map(make).collect(), Vec::new()), "in whatever order");
        for at in 0..8 {
            // A tag lost its parent if it is the least of a circle.
            let mut circle = vec![at];
            while let Some(next) = parents[*circle.last().unwrap()].filter(|it| !circle.contains(it)) {
                circle.push(next);
            }
            let is_circle = parents[*circle.last().unwrap()] == Some(at);
            let cut = is_circle && circle.iter().min() == Some(&at);
            let parent = codebook.parent_of(id(at)).map(|it| it.id);
            prop_assert_eq!(parent, parents[at].filter(|_| !cut).map(id));
            if let Some(parent) = parent {
                prop_assert!(codebook.index_of(parent) < codebook.index_of(id(at)));
            }
        }
        for parent in [None].into_iter().chain((0..8).map(|at| Some(id(at)))) {
            let children: Vec<_> = codebook.children_of(parent).map(|it| (it.place, it.id)).collect();
            prop_assert!(children.is_sorted());
        }
    }
}

#[test]
fn a_default_tag_is_changed_and_changed_back() {
    let mut user = User::new(1);
    assert!(execute(&mut user, TagCommand::Rename(argument(), "Reason".into())));
    assert_eq!(user.session.codebook().name_of(argument()), "Reason");
    let record = user.session.tags().records().get(argument()).unwrap();
    assert_eq!(record.version.counter, 1);
    assert_eq!(user.steps().0, Some(Label::Codebook(TagLabel::Rename)));
    user.undo();
    assert_eq!(user.session.codebook(), &Codebook::default());
}

#[test]
fn a_command_that_would_confuse_is_refused() {
    let mut user = User::new(1);
    let fact = add(&mut user, " Fact ", None);
    let under = add(&mut user, "Under", Some(fact));
    assert_eq!(user.session.codebook().name_of(fact), "Fact");
    let new = |name: &str, parent| {
        TagCommand::Add(NewTag { name: name.into(), definition: "".into(), key: None, parent })
    };
    for command in [
        new("fact", None),
        new("  ", None),
        new("Other", Some(TagId::new("no-such-tag"))),
        TagCommand::Rename(argument(), "FACT".into()),
        TagCommand::Move { id: fact, parent: Some(under), place: 0 },
        TagCommand::Move { id: fact, parent: Some(fact), place: 0 },
        TagCommand::Merge { from: fact, into: fact },
        TagCommand::Remove(fact, Uses::Retag(TagId::new("no-such-tag"))),
        TagCommand::Define(fact, "x".repeat(300_000).into()),
        TagCommand::Attribute(
            argument(),
            Attribute {
                kind: AttributeKind::Text,
                ..Attribute::clone(tag_of(argument()).attribute("role").unwrap())
            },
        ),
    ] {
        assert!(!execute(&mut user, command.clone()), "{command:?}");
    }
    assert!(execute(&mut user, new("fact", Some(fact))), "elsewhere, the name is free");
}

#[test]
fn a_new_tag_is_made_and_given_in_one_step() {
    let mut user = User::new(1);
    let it = user.tag("should ratify", argument());
    let before = (user.contents(), seen(user.session.codebook()));
    let article = user.article(0);
    for recipient in [Recipient::Annotation(it), whole(&article)] {
        let change = user.execute(&Command::GiveNew(NewTag::named(" Fact ", None), recipient));
        assert_eq!((change.tags.len(), change.records.len()), (1, 1));
        let tag = change.records[0].content.as_ref().unwrap().tag;
        assert_eq!(user.session.codebook().name_of(tag), "Fact");
        assert_eq!(user.steps().0.and_then(Label::given), Some(tag));
        let after = (user.contents(), seen(user.session.codebook()));
        user.undo();
        assert_eq!((user.contents(), seen(user.session.codebook())), before);
        user.redo();
        assert_eq!((user.contents(), seen(user.session.codebook())), after);
        user.undo();
    }
}

#[test]
fn a_new_tag_is_not_made_without_a_free_name_and_something_to_give_it_to() {
    let mut user = User::new(1);
    let it = user.tag("should ratify", argument());
    let space = article_space(&user);
    for (name, recipient) in
        [("argument", Recipient::Annotation(it)), (" ", Recipient::Annotation(it)), ("Fact", space)]
    {
        assert!(user.execute(&Command::GiveNew(NewTag::named(name, None), recipient)).is_empty(), "{name}");
    }
    user.execute(&Command::Delete(it));
    assert!(
        user.execute(&Command::GiveNew(NewTag::named("Fact", None), Recipient::Annotation(it))).is_empty()
    );
}

/// A passage of white space.
fn article_space(user: &User) -> Recipient {
    let article = user.article(0);
    let span = article.span(0, 1).unwrap();
    Recipient::Passage { article: article.id().clone(), span, note: "".into() }
}

#[test]
fn a_tag_moves_among_its_siblings_and_takes_a_key_along() {
    let mut user = User::new(1);
    let fact = add(&mut user, "Fact", None);
    assert!(execute(&mut user, TagCommand::Move { id: fact, parent: None, place: 1 }));
    let order = |user: &User| user.session.codebook().tags().iter().map(|it| it.id).collect::<Vec<_>>();
    assert_eq!(order(&user), [proposal(), fact, argument(), prediction()]);
    assert!(execute(&mut user, TagCommand::Move { id: prediction(), parent: Some(proposal()), place: 9 }));
    assert_eq!(order(&user), [proposal(), prediction(), fact, argument()]);
    assert!(execute(&mut user, TagCommand::Key(fact, Some('2'))));
    assert_eq!(user.session.codebook().tag(argument()).unwrap().key, None);
    assert_eq!(keys(user.session.codebook()), ['1', '3', '2']);
}

#[test]
fn a_merged_tag_leaves_its_values_in_the_notes() {
    let mut user = User::new(1);
    let it = user.tag("should ratify", argument());
    user.write(it, "why?");
    user.execute(&Command::Attribute(it, AttributeId::new("stance"), "against".into()));
    user.execute(&Command::Attribute(it, AttributeId::new("role"), "claim".into()));
    let other = user.tag("Russia", proposal());
    let before = user.contents();

    let merge = TagCommand::Merge { from: argument(), into: proposal() };
    let change = user.execute(&Command::Codebook(merge));
    assert!(change.records.iter().all(|record| record.id == it), "only those with the tag");
    let merged = user.session.annotation(it).unwrap();
    assert_eq!((merged.tag, &*merged.note), (proposal(), "why?\nRole: Claim\nStance: Against"));
    assert!(merged.attributes.is_empty());
    assert!(user.session.codebook().tag(argument()).unwrap().removed);
    assert_eq!(user.contents()[&other], before[&other]);
    user.undo();
    assert_eq!(user.contents(), before);
    assert_eq!(seen(user.session.codebook()), seen(&Codebook::default()));
}

#[test]
fn a_removed_tag_leaves_what_the_person_chose() {
    let mut user = User::new(1);
    let it = user.tag("should ratify", argument());
    let before = user.contents();
    assert!(execute(&mut user, TagCommand::Remove(argument(), Uses::Keep)));
    assert_eq!(user.contents(), before);
    assert!(!user.session.codebook().tag(argument()).unwrap().is_offered());
    user.undo();
    assert!(execute(&mut user, TagCommand::Remove(argument(), Uses::Retag(prediction()))));
    assert_eq!(user.session.annotation(it).unwrap().tag, prediction());
    user.undo();
    assert!(execute(&mut user, TagCommand::Remove(argument(), Uses::Delete)));
    assert_eq!(user.session.annotation(it), None);
    user.undo();
    assert_eq!(user.contents(), before);
}

#[test]
fn the_tags_under_a_removed_tag_take_its_place_and_those_of_a_merged_one_follow_it() {
    let mut user = User::new(1);
    let one = add(&mut user, "One", Some(argument()));
    let two = add(&mut user, "Two", Some(argument()));
    let below = add(&mut user, "Below", Some(two));
    let order = |user: &User| {
        let shown = user.session.codebook().tags().iter().filter(|it| !it.removed);
        shown.map(|it| it.id).collect::<Vec<_>>()
    };
    let parent = |user: &User, id| user.session.codebook().parent_of(id).map(|it| it.id);
    let before = order(&user);
    assert!(execute(&mut user, TagCommand::Remove(argument(), Uses::Delete)));
    assert_eq!(order(&user), [proposal(), one, two, below, prediction()]);
    assert_eq!((parent(&user, one), parent(&user, below)), (None, Some(two)));
    user.undo();
    assert_eq!(order(&user), before);

    let follower = add(&mut user, "Follower", Some(prediction()));
    assert!(execute(&mut user, TagCommand::Merge { from: argument(), into: prediction() }));
    assert_eq!(order(&user), [proposal(), prediction(), follower, one, two, below]);
    user.undo();
    assert!(execute(&mut user, TagCommand::Merge { from: argument(), into: below }));
    assert_eq!(order(&user), [proposal(), one, two, below, prediction(), follower], "it is under it itself");
}

#[test]
fn a_removed_tag_is_brought_back_as_it_was() {
    let mut user = User::new(1);
    let restore = TagCommand::Restore(argument());
    assert!(!execute(&mut user, restore.clone()), "it is there");
    assert!(execute(&mut user, TagCommand::Remove(argument(), Uses::Delete)));
    let named = add(&mut user, "argument", None);
    assert!(!execute(&mut user, restore.clone()), "a sibling has its name");
    assert!(execute(&mut user, TagCommand::Rename(named, "Other".into())));
    assert!(execute(&mut user, TagCommand::Key(named, Some('2'))));
    assert!(execute(&mut user, restore));
    let back = Rc::clone(user.session.codebook().tag(argument()).unwrap());
    assert_eq!((back.is_offered(), back.key), (true, None), "another tag has its key now");
    user.undo();
    assert!(user.session.codebook().tag(argument()).unwrap().removed);
}

#[test]
fn a_merge_does_what_its_preview_says() {
    let mut user = User::new(1);
    let stance = Attribute::clone(tag_of(argument()).attribute("stance").unwrap());
    assert!(execute(&mut user, TagCommand::Attribute(proposal(), stance)));
    let it = user.tag("should ratify", argument());
    user.execute(&Command::Attribute(it, AttributeId::new("stance"), "against".into()));
    user.execute(&Command::Attribute(it, AttributeId::new("role"), "claim".into()));
    user.tag("Russia", argument());
    let preview = user.session.preview_merge(argument(), proposal()).unwrap();
    assert_eq!(preview.annotations, 2);
    assert_eq!((preview.kept, preview.noted), (vec![("Stance".into(), 1)], vec![("Role".into(), 1)]));
    assert_eq!(user.session.preview_merge(argument(), argument()), None);
    assert!(execute(&mut user, TagCommand::Merge { from: argument(), into: proposal() }));
    let merged = user.session.annotation(it).unwrap();
    assert_eq!(*merged.note, preview.lines.join("\n"));
    assert_eq!(merged.attributes.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["stance"]);
}

#[test]
fn uses_of_an_attribute_and_of_its_values_are_counted() {
    let mut user = User::new(1);
    let (role, choices) = (AttributeId::new("role"), ["claim", "premise", "claim"]);
    for (words, value) in ["should ratify", "Russia", "will answer"].into_iter().zip(choices) {
        let it = user.tag(words, argument());
        user.execute(&Command::Attribute(it, role, value.into()));
    }
    let count = |tag, value| user.session.uses_of_attribute(tag, role, value);
    assert_eq!((count(argument(), None), count(argument(), Some("claim"))), (3, 2));
    assert_eq!((count(proposal(), None), count(argument(), Some("clai"))), (0, 0));
}

#[test]
fn typing_in_one_field_is_one_step() {
    let mut user = User::new(1);
    for text in ["A", "A ", "A f", "A fact."] {
        execute(&mut user, TagCommand::Define(argument(), text.into()));
    }
    execute(&mut user, TagCommand::Examples(argument(), vec!["It is.".into()]));
    assert_eq!(user.session.history().steps(), 2);
    user.undo();
    let tag = Rc::clone(user.session.codebook().tag(argument()).unwrap());
    assert_eq!((&*tag.definition, tag.examples.len()), ("A fact.", 0));
    user.undo();
    assert_eq!(user.session.codebook(), &Codebook::default());
}

#[test]
fn an_edit_of_a_tag_concerns_no_annotation() {
    let mut user = User::new(1);
    user.tag("should ratify", argument());
    let change = user.execute(&Command::Codebook(TagCommand::Rename(argument(), "Reason".into())));
    assert_eq!((change.tags.len(), change.records.len(), change.touched.len()), (1, 0, 0));
}

#[test]
fn a_damaged_stored_tag_is_invalid_and_a_newer_one_is_unrecognized() {
    let content = Some(tag_of(argument()));
    let version = Version { counter: 1, replica: ReplicaId(1) };
    let record = TagRecord { id: argument(), version, modified: Timestamp(0), content };
    let text = write_stored_tag(&record);
    let newer = text.replace("\"v\":1", "\"v\":2");
    assert!(matches!(parse_stored_tag(&newer), Err(StoredProblem::Unrecognized(_))));
    for (from, to) in [
        ("\"id\":\"argument\"", "\"id\":\"Argument\""),
        ("\"hue\":\"amber\"", "\"hue\":\"mauve\""),
        ("\"key\":\"2\"", "\"key\":\"22\""),
        ("\"kind\":\"choice\"", "\"kind\":\"colour\""),
        ("\"place\":1", "\"place\":-1"),
        ("\"v\":1", "\"v\":0"),
    ] {
        assert!(text.contains(from), "{text}");
        let problem = parse_stored_tag(&text.replace(from, to));
        assert!(matches!(problem, Err(StoredProblem::Invalid(_))), "{from}: {problem:?}");
    }
}

#[test]
fn each_kind_of_attribute_has_one_spelling_for_each_value() {
    let choice = |id: &str| Choice { id: id.into(), name: id.to_uppercase().into(), retired: false };
    let all = || vec![choice("a"), choice("b"), choice("c")];
    let number =
        AttributeKind::Number { least: Some("-1.5".into()), most: Some("20".into()), unit: "km".into() };
    for (kind, text, value, shown) in [
        (AttributeKind::Several(all()), " c  a c", Some("a c"), "A, C"),
        (AttributeKind::Several(all()), "a d", None, ""),
        (AttributeKind::Several(all()), " ", None, ""),
        (AttributeKind::YesNo, "yes", Some("yes"), "Yes"),
        (AttributeKind::YesNo, "true", None, ""),
        (AttributeKind::Date, "2026-11", Some("2026-11"), "2026-11"),
        (AttributeKind::Date, "2026-13", None, ""),
        (number.clone(), "-01.50", Some("-1.5"), "-1.5 km"),
        (number.clone(), "-1.6", None, ""),
        (number.clone(), "20.0", Some("20"), "20 km"),
        (number, "20.01", None, ""),
    ] {
        let role = tag_of(argument()).attribute("role").cloned().unwrap();
        let attribute = Attribute { kind, ..Attribute::clone(&role) };
        assert_eq!(attribute.entered(text).as_deref(), value, "{text}");
        if let Some(value) = value {
            assert_eq!(attribute.shown(value), shown);
        }
    }
}
