//! Annotations whose tag the codebook does not have: they are kept and do no harm, and count under no tag of it.

use std::rc::Rc;

use glossator::{
    annotation::{
        Annotation, AnnotationSet, AttributeId, Attributes, Codebook, Record, ReplicaId, TagId, Version,
        endnotes, references, tags_of,
    },
    interchange::{Reason, StoredProblem, parse_stored, write_stored},
    session::{Change, Command, Label},
};
use proptest::{collection::vec, prelude::*};

use super::{
    default_tags::{argument, attribute, every_tag, proposal, tag_of},
    properties::config,
    support::{annotation, drawn, id},
    user::{User, actions},
};

fn unknown() -> TagId {
    TagId::new("no-such-tag")
}

/// A record of an annotation with an unknown tag, and a value of an unknown attribute, on the first article.
fn unknown_record(user: &User) -> Record {
    let article = user.article(0);
    let it = annotation(&article, article.span(1, 4).unwrap(), unknown());
    let attributes = Attributes::default().with(AttributeId::new("no-such-attribute"), Some("value".into()));
    let content = Some(Rc::new(Annotation { attributes, ..Annotation::clone(&it) }));
    let version = Version { counter: 1, replica: ReplicaId(9) };
    Record { id: id(1), version, modified: it.created, content }
}

#[test]
fn in_a_set_it_counts_under_no_tag_of_the_codebook() {
    let (article, spans) = drawn(
        "
The Senate should ratify it.
^^^^^^^^^^^^^^^^^^^^^^^^^^^ proposal
    ^^^^^^ no-such-tag
                         ^^ no-such-tag
",
    );
    let mut set = AnnotationSet::new(article.text().len());
    let mut entries = (0..).zip(spans).map(|(number, (span, tag))| {
        let it = annotation(&article, span, TagId::new(&tag));
        (id(number), it)
    });
    let (first, it) = entries.next().unwrap();
    set.insert(first, it);
    let before = set.clone();
    let others: Vec<_> = entries.collect();
    for (id, it) in &others {
        set.insert(*id, Rc::clone(it));
    }
    assert_eq!((set.len(), set.count(unknown())), (3, 2));
    for tag in every_tag() {
        assert_eq!(set.count(tag), before.count(tag));
        assert_eq!(set.overview().share_of(tag).to_bits(), before.overview().share_of(tag).to_bits());
        assert_eq!(set.overview().bins_of(tag), before.overview().bins_of(tag));
    }
    assert_eq!(set.overview().share().to_bits(), before.overview().share().to_bits());
    assert_eq!(set.next(first, |_| true), Some(others[0].0));

    let notes = endnotes(&set, |_| true);
    assert_eq!((notes.len(), references(&notes).len()), (3, 2));
    let codebook = Codebook::default();
    assert_eq!(tags_of(&notes, &codebook).map(|it| it.id).collect::<Vec<_>>(), [proposal()]);

    for (id, _) in &others {
        set.remove(*id);
    }
    assert_eq!(set.count(unknown()), 0);
    assert_eq!((set.overview(), set.in_order()), (before.overview(), before.in_order()));
}

#[test]
fn in_a_session_it_is_kept_and_can_be_changed_and_undone() {
    let mut user = User::new(1);
    let record = unknown_record(&user);
    user.session.merge([record.clone()]);
    let before = user.contents();
    let it = record.id;
    assert_eq!(before[&it].tag, unknown());

    let change = user.execute(&Command::Attribute(it, attribute("role").id, "claim".into()));
    assert_eq!(change, Change::default(), "its tag has no attribute that is known");
    user.write(it, "why?");
    user.execute(&Command::Split(it, 2));
    user.execute(&Command::Duplicate(it, argument()));
    user.execute(&Command::Retag(it, argument()));
    assert!(user.session.annotation(it).unwrap().attributes.is_empty());
    while user.undo().is_some() {}
    assert_eq!(user.contents()[&it], before[&it], "with its tag and its values");
}

#[test]
fn in_a_stored_form_it_is_written_whole_and_refused_by_name() {
    let user = User::new(1);
    let text = write_stored(&unknown_record(&user), user.session.context()).unwrap();
    assert!(text.starts_with(r#"{"v":3,"#), "an older page leaves it alone: {text}");
    assert!(text.contains(r#""attributes":{"no-such-attribute":"value"}"#), "{text}");
    match parse_stored(&text, user.session.context()) {
        Err(StoredProblem::Unrecognized(Reason::Tag { found, .. })) => assert_eq!(found, "no-such-tag"),
        other => panic!("expected the tag to be refused, got {other:?}"),
    }
}

#[test]
fn in_words_it_is_named_by_its_id() {
    let codebook = Codebook::default();
    assert_eq!(Label::Tag(unknown()).done(&codebook), "Tagged as no-such-tag");
    assert_eq!(Label::Retag(proposal()).display(&codebook), "change to Proposal");
    let label = Label::Attribute { attribute: AttributeId::new("no-such-attribute"), typed: true };
    assert_eq!(label.display(&codebook), "no-such-attribute");
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn with_a_codebook_of_one_tag_everything_can_be_undone(
        actions in vec(actions([4, 2, 2, 4, 4, 2, 3, 1, 2, 2]), 1..30),
    ) {
        let only = Codebook::new(vec![(*tag_of(argument())).clone()], Vec::new());
        let mut user = User::with_codebook(1, only);
        for action in &actions {
            user.act(action);
            user.contents();
        }
        while user.undo().is_some() {}
        prop_assert!(user.contents().is_empty());
    }
}
