//! The history as a tab keeps it while its page is loaded again.

use std::{collections::BTreeMap, rc::Rc};

use glossator::{
    annotation::{ArticleInfo, ArticleRecord, ReplicaId, Tag, Timestamp},
    interchange::{Reason, parse_step, write_step},
    session::{ArticleChange, ArticleEdit, Command, Label, Session, Step, Transaction},
    text::{Article, ArticleId, Library},
};
use proptest::{collection::vec, prelude::*};

use super::{
    desk::{Desk, actions, notes, said},
    session::edits,
    support::{cases, id, tags},
};

/// Every change of an own article.
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
        said().prop_map(|(attribute, _)| Label::Attribute(attribute)),
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
            ][..]
        ),
    ]
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_step_comes_back_from_its_kept_form(
        (edits, articles) in (vec(edits(), 0..5), vec(article_edits(), 0..4)),
        (label, words) in (labels(), notes()),
        number in 0..1_u64 << 53, undone in any::<bool>(),
    ) {
        let desk = Desk::new(1);
        let transaction = Transaction { label, articles, edits };
        let step = Step { number, at: Timestamp(1_795_287_600_123), words, transaction };
        let text = write_step(&step, undone, desk.session.library()).unwrap();
        prop_assert_eq!(parse_step(&text, desk.session.library()), Ok((step, undone)));
    }

    #[test]
    fn the_history_survives_a_reload(
        before in vec(actions([4, 2, 2, 4, 6, 2, 3, 1, 4, 2]), 1..30),
        after in vec(actions([2, 1, 1, 2, 2, 1, 1, 1, 4, 3]), 0..10),
    ) {
        let mut desk = Desk::new(1);
        let mut kept = BTreeMap::new();
        for action in &before {
            desk.act(action);
            // An item for each step, as a tab has them.
            for (number, step) in desk.session.take_history_changes() {
                match step {
                    Some((it, undone)) => kept.insert(number, write_step(&it, undone, desk.session.library()).unwrap()),
                    None => kept.remove(&number),
                };
            }
        }
        let steps: Result<Vec<_>, _> = kept.values().map(|it| parse_step(it, desk.session.library())).collect();
        let mut again = Desk::new(2);
        again.session.merge(desk.records());
        again.session.restore_history(steps.unwrap(), 0);
        let list = |desk: &Desk| -> Vec<(Step, bool)> {
            desk.session.history().list().map(|(it, undone)| (it.clone(), undone)).collect()
        };
        prop_assert_eq!(list(&again), list(&desk));
        // Whoever was typing types on, in a step of its own.
        desk.session.close_step();
        for action in &after {
            desk.act(action);
            again.act(action);
        }
        while desk.undo().is_some() {
            prop_assert!(again.undo().is_some());
            let said = |desk: &Desk| desk.contents().into_values().map(|it| (it.span, it.tag, it.note.clone())).collect::<Vec<_>>();
            prop_assert_eq!(said(&again), said(&desk));
        }
        prop_assert_eq!(again.undo(), None);
    }

    #[test]
    fn any_point_of_the_history_is_gone_to_in_one(
        actions in vec(actions([4, 2, 2, 4, 6, 2, 3, 1, 2, 2]), 1..20),
        points in vec(0..20_u64, 1..8),
    ) {
        let mut desk = Desk::new(1);
        // What there was whenever a step was the latest.
        let mut states = BTreeMap::from([(0, desk.contents())]);
        for action in &actions {
            desk.act(action);
            states.insert(desk.session.history().current_step(), desk.contents());
        }
        for number in points {
            let (before, now) = (desk.contents(), desk.now());
            let (undone, redone, change) = desk.session.go_to_step(number, now);
            let history = desk.session.history();
            prop_assert!(history.list().all(|(it, undone)| undone == (it.number > number)));
            prop_assert_eq!(&desk.contents(), &states[&history.current_step()]);
            prop_assert_eq!(change.is_empty(), undone + redone == 0);
            prop_assert!(undone == 0 || redone == 0);
            prop_assert!(!change.is_empty() || desk.contents() == before);
        }
    }
}

#[test]
fn a_step_without_an_effect_takes_none_before_it_along() {
    let mut desk = Desk::new(1);
    desk.tag("ratify it", Tag::Proposal);
    let id = desk.records()[0].id;
    desk.execute(&Command::Retag(id, Tag::Argument));
    // Written and taken out again, which is one step.
    desk.execute(&Command::Note(id, Rc::from("why?")));
    desk.execute(&Command::Note(id, Rc::from("")));
    desk.execute(&Command::Retag(id, Tag::Prediction));
    let now = desk.now();
    let (undone, redone, _) = desk.session.go_to_step(2, now);
    assert_eq!((undone, redone, desk.session.history().current_step()), (1, 0, 2));
}

#[test]
fn a_step_on_a_text_that_is_another_now_is_told() {
    let mut desk = Desk::new(1);
    desk.tag("ratify it", Tag::Proposal);
    let it = desk.records()[0].id;
    desk.execute(&Command::Delete(it));
    let (step, undone) = desk.session.history().list().next().unwrap();
    let text = write_step(step, undone, desk.session.library()).unwrap();

    let of = |text: &str| -> Library {
        [Article::new(ArticleId::new("one"), "one", "Note", "one", text)].into_iter().collect()
    };
    let other = of(" The 🇪🇺 should certify it.\r\n\r\nRussia  will answer. ");
    assert!(matches!(parse_step(&text, &other), Err(Reason::Quote { .. })));
    assert!(matches!(parse_step(&text, &Library::default()), Err(Reason::Article { .. })));
    assert_eq!(write_step(step, undone, &Library::default()), None);
    let newer = text.replace("\"v\":1,\"words\"", "\"v\":2,\"words\"");
    assert_eq!(parse_step(&newer, desk.session.library()), Err(Reason::Newer { found: 2 }));

    let mut elsewhere = Session::new(of("Another text."), ReplicaId(3));
    elsewhere.restore_history(vec![(step.clone(), undone)], 0);
    assert_eq!(elsewhere.undo(Timestamp(9)), None, "it has no passage here");
}

#[test]
fn a_step_that_is_taken_up_again_is_in_its_place_and_the_next_is_later() {
    let mut desk = Desk::new(1);
    desk.tag("ratify it", Tag::Proposal);
    let id = desk.records()[0].id;
    desk.execute(&Command::Retag(id, Tag::Argument));
    let steps = |desk: &Desk| -> Vec<(u64, bool)> {
        desk.session.history().list().map(|(it, undone)| (it.number, undone)).collect()
    };
    assert_eq!(steps(&desk), [(2, false), (1, false)]);
    // As the durable copy has it: the second was undone before the browser was killed.
    let (second, _) = desk.session.history().list().next().map(|(it, undone)| (it.clone(), undone)).unwrap();
    desk.session.restore_history(vec![(second, true)], 1_000);
    assert_eq!(steps(&desk), [(2, true), (1, false)]);
    desk.execute(&Command::Note(id, Rc::from("why?")));
    assert_eq!(steps(&desk), [(1_001, false), (1, false)], "what is done takes the place of what was undone");
}
