//! The history as a tab stores it, which survives a reload.

use std::{collections::BTreeMap, rc::Rc};

use glossator::{
    annotation::{ArticleInfo, ArticleRecord, Context, ReplicaId, Timestamp},
    interchange::{Reason, parse_step, write_step},
    session::{ArticleChange, ArticleEdit, Command, Label, Session, Step, TagLabel, Transaction},
    text::{Article, ArticleId, Library},
};
use proptest::{collection::vec, prelude::*};

use super::properties::config;
use super::{
    default_tags::{argument, prediction, proposal},
    session::edits,
    support::{id, tags},
    tag_actions::tag_edits,
    user::{User, actions, attribute_values, notes},
};

/// Any change of an own article.
fn article_edits() -> impl Strategy<Value = ArticleEdit> {
    let ids = || (0_u8..4).prop_map(|it| ArticleRecord::mint(Timestamp(1_795_287_600_000), [it; 10]));
    let info = (notes(), 0..9_u32, prop::option::of(ids()), any::<bool>(), vec(0_u8..4, 0..3)).prop_map(
        |(title, place, replaces, listed, settled)| {
            Rc::new(ArticleInfo {
                title: Rc::clone(&title),
                kind: Rc::from("Note"),
                source: title,
                sha256: "0a".repeat(32).into(),
                place,
                created: Timestamp(5),
                replaces,
                listed,
                settled: settled.into_iter().map(id).collect(),
            })
        },
    );
    let change = prop_oneof![
        info.prop_map(ArticleChange::Add),
        notes().prop_map(ArticleChange::Title),
        (0..9_u32).prop_map(ArticleChange::Place),
        any::<bool>().prop_map(ArticleChange::Listed),
        ((0_u8..4).prop_map(id), any::<bool>()).prop_map(|(id, it)| ArticleChange::Settled(id, it)),
    ];
    (ids(), change).prop_map(|(id, change)| ArticleEdit { id, change })
}

fn labels() -> impl Strategy<Value = Label> {
    prop_oneof![
        tags().prop_map(Label::Tag),
        tags().prop_map(Label::Retag),
        tags().prop_map(Label::Duplicate),
        (tags(), any::<u32>()).prop_map(|(tag, count)| Label::TagAll(tag, count as usize)),
        (tags(), any::<u32>()).prop_map(|(tag, count)| Label::RetagAll(tag, count as usize)),
        any::<u32>().prop_map(|count| Label::DeleteAll(count as usize)),
        attribute_values().prop_map(|(attribute, _)| Label::Attribute {
            attribute: attribute.id,
            typed: attribute.is_typed()
        }),
        prop::sample::select(
            &[
                Label::Bounds,
                Label::Note,
                Label::Merge,
                Label::Split,
                Label::Delete,
                Label::Import,
                Label::AddText,
                Label::RenameText,
                Label::MoveText,
                Label::RemoveText,
                Label::ReplaceText,
                Label::Place,
                Label::Codebook(TagLabel::Add),
                Label::Codebook(TagLabel::Remove),
            ][..]
        ),
    ]
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn a_step_survives_a_round_trip(
        (edits, articles, tags) in (vec(edits(), 0..5), vec(article_edits(), 0..4), vec(tag_edits(), 0..3)),
        (label, words) in (labels(), notes()),
        number in 0..1_u64 << 53, undone in any::<bool>(),
    ) {
        let user = User::new(1);
        let transaction = Transaction { label, tags, articles, edits };
        let step = Step { number, at: Timestamp(1_795_287_600_123), words, transaction };
        let text = write_step(&step, undone, user.session.context()).unwrap();
        prop_assert_eq!(parse_step(&text, user.session.context()), Ok((step, undone)));
    }

    #[test]
    fn the_history_survives_a_reload(
        before in vec(actions([4, 2, 2, 4, 6, 2, 3, 1, 4, 2]), 1..30),
        after in vec(actions([2, 1, 1, 2, 2, 1, 1, 1, 4, 3]), 0..10),
    ) {
        let mut user = User::new(1);
        let mut kept = BTreeMap::new();
        for action in &before {
            user.act(action);
            // One item for each step, as in the storage of a tab.
            for (number, step) in user.session.take_history_changes() {
                match step {
                    Some((it, undone)) => kept.insert(number, write_step(&it, undone, user.session.context()).unwrap()),
                    None => kept.remove(&number),
                };
            }
        }
        let steps: Result<Vec<_>, _> = kept.values().map(|it| parse_step(it, user.session.context())).collect();
        let mut again = User::new(2);
        again.session.merge(user.records());
        again.session.restore_history(steps.unwrap(), 0);
        let list = |user: &User| -> Vec<(Step, bool)> {
            user.session.history().list().map(|(it, undone)| (it.clone(), undone)).collect()
        };
        prop_assert_eq!(list(&again), list(&user));
        // Typing continues in a new step.
        user.session.close_step();
        for action in &after {
            user.act(action);
            again.act(action);
        }
        while user.undo().is_some() {
            prop_assert!(again.undo().is_some());
            let shown = |user: &User| user.contents().into_values().map(|it| (it.span, it.tag, it.note.clone())).collect::<Vec<_>>();
            prop_assert_eq!(shown(&again), shown(&user));
        }
        prop_assert_eq!(again.undo(), None);
    }

    #[test]
    fn going_to_any_step_restores_its_state(
        actions in vec(actions([4, 2, 2, 4, 6, 2, 3, 1, 2, 2]), 1..20),
        points in vec(0..20_u64, 1..8),
    ) {
        let mut user = User::new(1);
        // The state after each step.
        let mut states = BTreeMap::from([(0, user.contents())]);
        for action in &actions {
            user.act(action);
            states.insert(user.session.history().current_step(), user.contents());
        }
        for number in points {
            let (before, now) = (user.contents(), user.now());
            let (undone, redone, change) = user.session.go_to_step(number, now);
            let history = user.session.history();
            prop_assert!(history.list().all(|(it, undone)| undone == (it.number > number)));
            prop_assert_eq!(&user.contents(), &states[&history.current_step()]);
            prop_assert_eq!(change.is_empty(), undone + redone == 0);
            prop_assert!(undone == 0 || redone == 0);
            prop_assert!(!change.is_empty() || user.contents() == before);
        }
    }
}

#[test]
fn a_step_without_effect_is_skipped_alone() {
    let mut user = User::new(1);
    user.tag("ratify it", proposal());
    let id = user.records()[0].id;
    user.execute(&Command::Retag(id, argument()));
    // A note written and deleted is one step without effect.
    user.execute(&Command::Note(id, Rc::from("why?")));
    user.execute(&Command::Note(id, Rc::from("")));
    user.execute(&Command::Retag(id, prediction()));
    let now = user.now();
    let (undone, redone, _) = user.session.go_to_step(2, now);
    assert_eq!((undone, redone, user.session.history().current_step()), (1, 0, 2));
}

#[test]
fn a_step_on_a_changed_text_is_reported() {
    let mut user = User::new(1);
    user.tag("ratify it", proposal());
    let it = user.records()[0].id;
    user.execute(&Command::Delete(it));
    let (step, undone) = user.session.history().list().next().unwrap();
    let text = write_step(step, undone, user.session.context()).unwrap();

    let of = |text: &str| -> Context {
        let article = Article::new(ArticleId::new("one"), "one", "Note", "one", text);
        Library::from_iter([article]).into()
    };
    let other = of(" The 🇪🇺 should certify it.\r\n\r\nRussia  will answer. ");
    assert!(matches!(parse_step(&text, &other), Err(Reason::Quote { .. })));
    assert!(matches!(parse_step(&text, &Context::default()), Err(Reason::Article { .. })));
    assert_eq!(write_step(step, undone, &Context::default()), None);
    let newer = text.replace("\"v\":1,\"words\"", "\"v\":3,\"words\"");
    assert_eq!(parse_step(&newer, user.session.context()), Err(Reason::Newer { found: 3 }));

    let mut elsewhere = Session::new(of("Another text."), ReplicaId(3));
    elsewhere.restore_history(vec![(step.clone(), undone)], 0);
    assert_eq!(elsewhere.undo(Timestamp(9)), None, "its passage is unknown here");
}

#[test]
fn a_restored_step_keeps_its_place_and_the_next_is_later() {
    let mut user = User::new(1);
    user.tag("ratify it", proposal());
    let id = user.records()[0].id;
    user.execute(&Command::Retag(id, argument()));
    let steps = |user: &User| -> Vec<(u64, bool)> {
        user.session.history().list().map(|(it, undone)| (it.number, undone)).collect()
    };
    assert_eq!(steps(&user), [(2, false), (1, false)]);
    // As in the durable copy after a kill: the second step was undone before.
    let (second, _) = user.session.history().list().next().map(|(it, undone)| (it.clone(), undone)).unwrap();
    user.session.restore_history(vec![(second, true)], 1_000);
    assert_eq!(steps(&user), [(2, true), (1, false)]);
    user.execute(&Command::Note(id, Rc::from("why?")));
    assert_eq!(steps(&user), [(1_001, false), (1, false)], "a new step replaces the undone one");
}
