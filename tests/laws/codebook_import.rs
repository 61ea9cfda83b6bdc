//! Taking over a codebook from a file loses nothing, can be undone, and does what its preview says.

use std::{collections::BTreeSet, rc::Rc};

use glossator::{
    annotation::{Attribute, AttributeKind, Codebook, Tag, TagId},
    interchange::{codes_of, parse_codebook_file, parse_qdc, tags_of_codes, write_codebook_file, write_qdc},
    session::{Command, FileTag, ImportPlan, Kept, Moment, TagCommand, TagFate, TagOutcome},
};
use proptest::{collection::vec, prelude::*};

use super::{
    default_tags::{argument, proposal},
    properties::config,
    tag_actions::{coding_actions, seen, tag},
    user::User,
};

const IDS: [&str; 7] = ["proposal", "argument", "prediction", "tag-a", "tag-b", "tag-c", "claim"];

/// A codebook as commands can make it: every name is there, and no two values have an id.
fn codebook() -> impl Strategy<Value = Codebook> {
    let tags: Vec<_> = IDS.into_iter().map(|id| prop::option::weighted(0.6, tag(TagId::new(id)))).collect();
    tags.prop_map(|tags| {
        let tags = tags.into_iter().flatten().map(|it| sound(&it)).collect();
        Codebook::new(tags, vec!["A case.".into()])
    })
}

fn named(name: &Rc<str>) -> Rc<str> {
    if name.trim().is_empty() { "Name".into() } else { Rc::clone(name) }
}

fn sound(tag: &Tag) -> Tag {
    let attributes = tag.attributes.iter().map(|it| {
        let mut kind = it.kind.clone();
        if let AttributeKind::Choice(all) | AttributeKind::Several(all) = &mut kind {
            all.sort();
            all.dedup_by(|a, b| a.id == b.id);
            for choice in all.iter_mut() {
                choice.name = named(&choice.name);
            }
        }
        // Two attributes of a tag have different names.
        let name = format!("{} {}", named(&it.name), it.id.as_str());
        Rc::new(Attribute { kind, name: name.into(), ..Attribute::clone(it) })
    });
    Tag { name: named(&tag.name), attributes: attributes.collect(), ..tag.clone() }
}

fn moment(user: &mut User) -> Moment {
    Moment { now: user.now(), entropy: [7; 10] }
}

fn take_over(user: &mut User, plan: &ImportPlan) {
    user.session.close_step();
    user.execute(&Command::Codebook(TagCommand::Import(plan.edits.clone())));
    user.session.close_step();
}

fn suggested(user: &mut User, tags: &[FileTag], replaces: bool) -> ImportPlan {
    let fates = TagFate::suggested(user.session.codebook(), tags);
    let moment = moment(user);
    user.session.plan_import(tags, &fates, replaces, moment)
}

/// What must not be lost: the tags that are shown, and every attribute and value.
fn content(codebook: &Codebook) -> BTreeSet<(TagId, String)> {
    let shown = codebook.tags().iter().filter(|it| !it.removed);
    shown
        .flat_map(|tag| {
            let attributes = tag.attributes.iter().flat_map(|it| {
                let values = it.kind.choices().iter().map(|value| format!("{} {}", it.id.as_str(), value.id));
                let offered = (!it.removed).then(|| format!("{} is offered", it.id.as_str()));
                values.chain([it.id.as_str().to_owned()]).chain(offered)
            });
            attributes.chain([String::new()]).map(|it| (tag.id, it)).collect::<Vec<_>>()
        })
        .collect()
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn a_codebook_file_is_read_as_it_was_written(codebook in codebook()) {
        let text = write_codebook_file(&codebook, "A name").unwrap();
        let read = parse_codebook_file(text.as_bytes()).unwrap();
        prop_assert_eq!(read.tags, FileTag::all_of(&codebook));
        prop_assert_eq!(read.name, "A name");
        prop_assert_eq!(read.borderline_cases, ["A case."]);
    }

    #[test]
    fn a_codebook_moves_whole_to_where_there_is_none(codebook in codebook()) {
        let tags = FileTag::all_of(&codebook);
        let mut other = User::with_codebook(1, Codebook::new(Vec::new(), Vec::new()));
        let plan = suggested(&mut other, &tags, false);
        take_over(&mut other, &plan);
        let moved = FileTag::all_of(other.session.codebook());
        // Two siblings may have had one name or key; commands do not make such.
        let changes_nothing = plan.tags.iter().all(|it| it.kept.is_empty());
        if changes_nothing && codebook.tags().iter().all(|it| !it.retired || it.key.is_none()) {
            prop_assert_eq!(&moved, &tags);
        }
        prop_assert_eq!(moved.len(), tags.len());
        let again = suggested(&mut other, &moved, false);
        prop_assert_eq!(again.edits, [], "the second time changes nothing");
        prop_assert!(again.tags.iter().all(|it| matches!(it.outcome, TagOutcome::Same(_))));
    }

    #[test]
    fn nothing_is_lost_and_one_step_undoes_it(
        here in codebook(),
        there in codebook(),
        actions in vec(coding_actions(), 0..12),
        choices in vec((any::<prop::sample::Index>(), 0..3_u8), 0..4),
        replaces in any::<bool>(),
    ) {
        let mut user = User::with_codebook(1, here);
        for action in &actions {
            user.code(action);
        }
        let tags = FileTag::all_of(&there);
        let mut fates = TagFate::suggested(user.session.codebook(), &tags);
        for (at, choice) in choices {
            let shown: Vec<TagId> =
                user.session.codebook().tags().iter().filter(|it| !it.removed).map(|it| it.id).collect();
            if let Some(fate) = at.get_mut_or_none(&mut fates) {
                *fate = match (choice, shown.first()) {
                    (0, _) => TagFate::Add,
                    (1, Some(id)) => TagFate::Same(*id),
                    _ => TagFate::Skip,
                };
            }
        }
        let (before, contents) = (user.session.codebook().clone(), user.contents());
        let moment = moment(&mut user);
        let unused = user.session.unused_tags(&fates);
        let plan = user.session.plan_import(&tags, &fates, replaces, moment);
        take_over(&mut user, &plan);
        let after = user.session.codebook().clone();
        prop_assert_eq!(user.contents(), contents, "annotations stay as they are");
        if replaces {
            prop_assert_eq!(&plan.removed, &unused);
            prop_assert!(unused.iter().all(|it| after.tag(*it).is_some_and(|it| it.removed)));
        } else {
            prop_assert!(content(&before).is_subset(&content(&after)), "nothing is lost");
        }
        for tag in before.tags().iter().filter(|it| !it.removed && !plan.removed.contains(&it.id)) {
            prop_assert!(after.tag(tag.id).is_some_and(|it| !it.removed), "a tag that is not removed stays");
        }
        for planned in &plan.tags {
            if let TagOutcome::Added(tag) = &planned.outcome {
                prop_assert_eq!(after.tag(tag.id), Some(tag), "the preview is what happens");
            }
        }
        if !plan.edits.is_empty() {
            user.undo();
        }
        prop_assert_eq!(seen(user.session.codebook()), seen(&before));
    }

    #[test]
    fn a_codebook_comes_back_from_another_format(codebook in codebook()) {
        let tree = codes_of(&codebook);
        prop_assume!(!tree.codes.is_empty());
        let file = write_qdc(&tree, "Glossator").unwrap();
        let read = parse_qdc(file.text.as_bytes()).unwrap();
        let mut user = User::with_codebook(1, codebook);
        let (tags, headings) = tags_of_codes(&read.tree, user.session.codebook());
        prop_assert_eq!(headings, 0);
        let ids = |tags: &[FileTag]| tags.iter().map(|it| (it.id, it.parent)).collect::<Vec<_>>();
        prop_assert_eq!(ids(&tags), ids(&FileTag::all_of(user.session.codebook())));
        let plan = suggested(&mut user, &tags, false);
        let changes_texts_alone = |it: &TagOutcome| match it {
            TagOutcome::Same(_) => true,
            // White space, of which a name in a table has less.
            TagOutcome::Changed(_, changes) => changes.iter().all(|it| {
                matches!(it, glossator::session::TagChange::Name(_) | glossator::session::TagChange::Definition(_))
            }),
            _ => false,
        };
        prop_assert!(plan.tags.iter().all(|it| changes_texts_alone(&it.outcome)), "{:?}", plan.tags);
    }
}

trait OrNone {
    fn get_mut_or_none<'a, T>(&self, all: &'a mut [T]) -> Option<&'a mut T>;
}

impl OrNone for prop::sample::Index {
    fn get_mut_or_none<'a, T>(&self, all: &'a mut [T]) -> Option<&'a mut T> {
        if all.is_empty() { None } else { Some(self.get_mut(all)) }
    }
}

fn file_tag(name: &str, parent: Option<usize>) -> FileTag {
    FileTag { parent, ..FileTag::named(name) }
}

#[test]
fn tags_are_mapped_by_id_then_path_then_a_name_that_is_unique() {
    let mut user = User::new(1);
    let tags = [
        FileTag { id: Some(argument()), ..file_tag("Reason", None) },
        file_tag("PROPOSAL", None),
        file_tag("Groups", None),
        file_tag("prediction", Some(2)),
        file_tag("Argument", Some(2)),
    ];
    let fates = TagFate::suggested(user.session.codebook(), &tags);
    let prediction = super::default_tags::prediction();
    assert_eq!(
        fates,
        [
            TagFate::Same(argument()),
            TagFate::Same(proposal()),
            TagFate::Add,
            TagFate::Same(prediction),
            // The other one is the argument already.
            TagFate::Add,
        ]
    );
    let moment = moment(&mut user);
    let plan = user.session.plan_import(&tags, &fates, false, moment);
    take_over(&mut user, &plan);
    let codebook = user.session.codebook();
    assert_eq!(codebook.name_of(argument()), "Reason", "the same id, and another name");
    assert_eq!(codebook.name_of(proposal()), "Proposal", "another id, so the name here stays");
    assert_eq!(codebook.parent_of(prediction).map(|it| &*it.name), Some("Groups"));
}

#[test]
fn values_that_only_one_side_has_are_all_there() {
    let mut user = User::new(1);
    let stance = Rc::clone(super::default_tags::tag_of(argument()).attribute("stance").unwrap());
    let AttributeKind::Choice(mut choices) = stance.kind.clone() else { panic!("a list") };
    choices.remove(0);
    choices[0].name = "Contra".into();
    choices.push(glossator::annotation::Choice { id: "none".into(), name: "None".into(), retired: false });
    let new = Attribute { kind: AttributeKind::Choice(choices), ..Attribute::clone(&stance) };
    let tag = FileTag { id: Some(argument()), attributes: vec![Rc::new(new)], ..file_tag("Argument", None) };
    let plan = suggested(&mut user, &[tag], false);
    take_over(&mut user, &plan);
    let argument = user.session.codebook().tag(argument()).unwrap();
    let names = |id: &str| {
        let choices = argument.attribute(id).unwrap().kind.choices();
        choices.iter().map(|it| it.name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names("stance"), ["Contra", "None", "For"]);
    assert_eq!(names("role"), ["Claim", "Premise"], "the file does not have it");
}

#[test]
fn names_and_keys_that_are_taken_stay_where_they_are() {
    let mut user = User::new(1);
    let tags = [
        FileTag { key: Some('1'), ..file_tag("Proposal", None) },
        file_tag("new", None),
        file_tag("New", None),
    ];
    let moment = moment(&mut user);
    let plan = user.session.plan_import(&tags, &[TagFate::Add; 3], false, moment);
    assert_eq!(plan.tags[0].kept, [Kept::Name("Proposal".into()), Kept::Key('1')]);
    take_over(&mut user, &plan);
    let names: Vec<_> = user.session.codebook().tags().iter().map(|it| it.name.to_string()).collect();
    assert_eq!(names, ["Proposal", "Argument", "Prediction", "Proposal 2", "new", "New 2"]);
    assert_eq!(user.session.codebook().tag(proposal()).and_then(|it| it.key), Some('1'));
}

#[test]
fn only_tags_without_annotations_are_replaced() {
    let mut user = User::new(1);
    user.tag("ratify", argument());
    let tags = [FileTag { key: Some('1'), ..file_tag("Claim", None) }];
    let plan = suggested(&mut user, &tags, true);
    take_over(&mut user, &plan);
    let shown = |user: &User| {
        let shown = user.session.codebook().tags().iter().filter(|it| !it.removed);
        shown.map(|it| it.name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(shown(&user), ["Argument", "Claim"]);
    let claim = user.session.codebook().tags().iter().find(|it| &*it.name == "Claim").cloned();
    assert_eq!(claim.and_then(|it| it.key), Some('1'), "the key of a tag that went is free");
    assert_eq!(user.session.codebook().borderline_cases().len(), 3, "they are about a tag that is here");
    user.undo();
    assert_eq!(shown(&user), ["Proposal", "Argument", "Prediction"]);
}

#[test]
fn the_borderline_cases_go_with_the_last_default_tag() {
    let mut user = User::new(1);
    let plan = suggested(&mut user, &[], true);
    take_over(&mut user, &plan);
    assert_eq!(user.session.codebook().borderline_cases().len(), 0);
    user.undo();
    assert_eq!(user.session.codebook().borderline_cases().len(), 3);
}

#[test]
fn a_tag_that_is_too_large_is_left_out_and_what_is_under_it_is_not() {
    let mut user = User::new(1);
    let long = FileTag { definition: "x".repeat(300_000).into(), ..file_tag("Long", None) };
    let plan = suggested(&mut user, &[long, file_tag("Short", Some(0))], false);
    assert_eq!(plan.tags[0].outcome, TagOutcome::TooLarge);
    take_over(&mut user, &plan);
    let short = user.session.codebook().tags().iter().find(|it| &*it.name == "Short").cloned();
    assert_eq!(short.map(|it| it.parent), Some(None));
    assert!(user.session.codebook().tags().iter().all(|it| &*it.name != "Long"));
    assert_eq!(user.session.history().steps(), 1);
}
