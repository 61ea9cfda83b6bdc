//! Edits and their inverses, the history, and sessions that exchange records.

use std::{collections::BTreeMap, rc::Rc};

use glossator::{
    annotation::{
        Annotation, AnnotationId, Attribute, AttributeId, Attributes, Record, TagId, Timestamp, Version,
    },
    session::{Change, Command, Edit, Effect, Label, Transaction},
    text::ArticleId,
};
use proptest::{collection::vec, prelude::*, sample::Index};

use super::properties::config;
use super::{
    default_tags::{argument, attribute, has, prediction, proposal, tag_of},
    support::{id, tags},
    user::{Action, Contents, User, actions, attribute_values, notes, passages},
};

/// Checks that the old and the new passage of every annotation that differs are among those to redraw.
fn assert_touched(change: &Change, before: &Contents, after: &Contents) {
    for (one, other) in [(before, after), (after, before)] {
        for (id, it) in one.iter().filter(|(id, it)| other.get(id) != Some(it)) {
            let passage = (it.article.clone(), it.span);
            assert!(change.touched.contains(&passage), "{id} changed and {passage:?} is not touched");
        }
    }
}

/// Applies the edits to plain contents.
fn modelled(before: &Contents, edits: &[Edit]) -> Contents {
    let mut contents = before.clone();
    for edit in edits {
        let now = contents.get(&edit.id()).map(|it| Annotation::clone(it));
        let after = match edit {
            Edit::Set { to, .. } => to.clone(),
            Edit::Span { article, span, .. } => now.map(|it| {
                let fits = it.article == *article
                    && User::text_of(&it.article).span(span.start(), span.end()).is_ok();
                Rc::new(if fits { Annotation { span: *span, ..it } } else { it })
            }),
            Edit::Retag { tag, attributes, .. } => now.map(|it| {
                let attributes = if it.tag == *tag { it.attributes.clone() } else { attributes.clone() };
                Rc::new(Annotation { tag: *tag, attributes, ..it })
            }),
            Edit::Attribute { attribute, value, .. } => now.map(|it| {
                let has = tag_of(it.tag).attribute(attribute.as_str()).is_some();
                let attributes = it.attributes.with(*attribute, value.clone());
                Rc::new(if has { Annotation { attributes, ..it } } else { it })
            }),
            Edit::Note { note, .. } => now.map(|it| Rc::new(Annotation { note: Rc::clone(note), ..it })),
        };
        match after {
            Some(it) => contents.insert(edit.id(), it),
            None => contents.remove(&edit.id()),
        };
    }
    contents
}

/// Applies a transaction, and checks its result and its reported change, that its inverse undoes it and the inverse of
/// that redoes it, and that one without effect changes nothing. Afterwards the transaction is applied.
fn assert_applies(user: &mut User, transaction: &Transaction) {
    let (before, records, steps) = (user.contents(), user.records(), user.steps());
    let now = user.now();
    let (change, inverse) = user.session.apply(transaction, now);

    let after = user.contents();
    assert_eq!(after, modelled(&before, &transaction.edits));
    assert_touched(&change, &before, &after);
    assert_eq!(change.records.len(), inverse.edits.len());
    assert_eq!(change.is_empty(), change.touched.is_empty());
    if before != after {
        assert!(!change.is_empty());
    } else if transaction.edits.len() == 1 {
        assert!(change.is_empty() && user.records() == records, "nothing changed");
    }
    let mut counters: BTreeMap<_, _> = records.iter().map(|it| (it.id, it.version.counter)).collect();
    for record in &change.records {
        let counter = counters.entry(record.id).or_default();
        *counter += 1;
        assert_eq!((record.version.counter, record.modified), (*counter, now));
    }
    let latest = change.records.iter().map(|it| (it.id, it)).collect::<BTreeMap<_, _>>();
    assert!(latest.into_iter().all(|(id, it)| user.session.records().get(id) == Some(it)));

    let (_, again) = user.session.apply(&inverse, now);
    assert_eq!(user.contents(), before, "the inverse undoes it");
    user.session.apply(&again, now);
    assert_eq!(user.contents(), after, "the inverse of the inverse redoes it");
    assert_eq!(user.steps(), steps, "only commands are steps");
}

/// Attributes with this value, or none if the tag does not have the attribute.
pub(crate) fn only(tag: TagId, (attribute, value): &(Rc<Attribute>, Rc<str>)) -> Attributes {
    let value = attribute.value(value).filter(|_| has(tag, attribute));
    Attributes::default().with(attribute.id, value)
}

/// Any edit, on existing passages.
pub(crate) fn edits() -> impl Strategy<Value = Edit> {
    let annotations =
        (passages(), tags(), notes(), attribute_values()).prop_map(|((article, span), tag, note, value)| {
            let attributes = only(tag, &value);
            Rc::new(Annotation { article, span, tag, note, attributes, created: Timestamp(5) })
        });
    let ids = || (0_u8..4).prop_map(id);
    prop_oneof![
        (ids(), prop::option::weighted(0.7, annotations)).prop_map(|(id, to)| Edit::Set { id, to }),
        (ids(), tags(), attribute_values()).prop_map(|(id, tag, value)| Edit::Retag {
            id,
            tag,
            attributes: only(tag, &value)
        }),
        (ids(), attribute_values()).prop_map(|(id, (attribute, value))| {
            Edit::Attribute { id, attribute: attribute.id, value: attribute.value(&value) }
        }),
        (ids(), passages()).prop_map(|(id, (article, span))| Edit::Span { id, article, span }),
        (ids(), notes()).prop_map(|(id, note)| Edit::Note { id, note }),
    ]
}

/// The same, and also edits of the span whose passage does not exist, as the history may have them from another text.
fn any_edits() -> impl Strategy<Value = Edit> {
    let elsewhere = ((0_u8..4).prop_map(id), passages()).prop_map(|(id, (_, span))| Edit::Span {
        id,
        article: ArticleId::new("two"),
        span,
    });
    prop_oneof![5 => edits(), 1 => elsewhere]
}

/// A model of the history: the contents before and after each step, and the current state.
struct Walk {
    states: Vec<Contents>,
    at: usize,
    /// The field that is being typed in: a note, or an attribute.
    writing: Option<(AnnotationId, Option<AttributeId>)>,
}

impl Walk {
    fn step(&mut self, command: &Command, now: Contents) {
        self.states.truncate(self.at + 1);
        let typed = match command {
            Command::Note(id, _) => Some((*id, None)),
            Command::Attribute(id, it, _) if attribute(it.as_str()).is_typed() => Some((*id, Some(*it))),
            _ => None,
        };
        if typed.is_some() && typed == self.writing {
            self.states.pop();
        }
        self.states.push(now);
        self.at = self.states.len() - 1;
        self.writing = typed;
    }

    /// Typing that restored the original text is not a step to undo.
    fn undo(&mut self) {
        while self.at > 0 && self.states[self.at] == self.states[self.at - 1] {
            self.states.remove(self.at);
            self.at -= 1;
        }
        self.at = self.at.saturating_sub(1);
        self.writing = None;
    }

    fn redo(&mut self) {
        self.at = (self.at + 1).min(self.states.len() - 1);
        self.writing = None;
    }
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn every_transaction_has_its_result_and_its_inverse(all in vec(vec(any_edits(), 0..5), 1..10)) {
        let mut user = User::new(1);
        for edits in all {
            assert_applies(&mut user, &Transaction { edits, ..Transaction::new(Label::Import) });
        }
    }

    #[test]
    fn the_history_walks_through_every_state(actions in vec(actions([4, 2, 2, 2, 6, 2, 2, 1, 4, 2]), 1..40)) {
        let mut user = User::new(1);
        let mut walk = Walk { states: vec![Contents::new()], at: 0, writing: None };
        for action in &actions {
            let (before, steps) = (user.contents(), user.steps());
            let (records, command) = user.act(action);
            match (action, command) {
                (Action::Undo, _) => walk.undo(),
                (Action::Redo, _) => walk.redo(),
                (Action::Close, _) => walk.writing = None,
                (_, Some(command)) if !records.is_empty() => {
                    walk.step(&command, user.contents());
                    prop_assert_eq!(user.steps().1, None, "what was undone can no longer be redone");
                }
                _ => {
                    prop_assert_eq!(user.contents(), before);
                    prop_assert_eq!(user.steps(), steps, "an action without effect is not a step");
                }
            }
            prop_assert_eq!(&user.contents(), &walk.states[walk.at]);
        }

        while user.undo().is_some() {
            walk.undo();
            prop_assert_eq!(&user.contents(), &walk.states[walk.at]);
        }
        prop_assert_eq!((walk.at, user.steps().0), (0, None), "all the way down");
        while user.redo().is_some() {
            walk.redo();
            prop_assert_eq!(&user.contents(), &walk.states[walk.at]);
        }
        prop_assert_eq!((walk.at, user.steps().1), (walk.states.len() - 1, None), "all the way up");
    }

    #[test]
    fn undo_restores_nothing_that_another_replica_deleted(
        mine in vec(actions([4, 2, 2, 2, 2, 0, 0, 1, 3, 2]), 0..12),
        theirs in vec(actions([2, 4, 4, 4, 4, 0, 0, 0, 0, 0]), 0..12),
        more in vec(actions([2, 2, 2, 2, 2, 0, 0, 1, 2, 1]), 0..6),
    ) {
        let (mut me, mut colleague) = (User::new(1), User::new(2));
        me.act_all(&mine);
        colleague.session.merge(me.records());
        colleague.act_all(&theirs);
        me.session.import(colleague.records(), Timestamp(1));
        me.act_all(&more);

        colleague.session.merge(me.records());
        for id in colleague.contents().into_keys() {
            colleague.execute(&Command::Delete(id));
        }
        me.session.merge(colleague.records());
        prop_assert_eq!(me.undo(), None);
        prop_assert_eq!(me.contents(), Contents::new());
    }

    #[test]
    fn replicas_with_the_same_records_agree(
        script in vec((0_usize..3, prop_oneof![
            3 => actions([4, 3, 3, 3, 3, 2, 2, 1, 2, 1]).prop_map(Ok),
            2 => any::<Index>().prop_map(Err),
        ]), 1..50),
        last_word in any::<Index>(),
    ) {
        let mut users = [1, 2, 3].map(User::new);
        let mut seen = [const { BTreeMap::new() }; 3];
        let mut written: Vec<Record> = Vec::new();
        for (who, act_or_receive) in script {
            match act_or_receive {
                Ok(action) => for record in users[who].act(&action).0 {
                    let before = seen[who].insert(record.id, record.version.counter);
                    prop_assert!(before.is_none_or(|it| it < record.version.counter), "later than all that was seen");
                    written.push(record);
                },
                Err(index) if !written.is_empty() => {
                    let received = index.get(&written).clone();
                    let latest = seen[who].entry(received.id).or_insert(0);
                    *latest = received.version.counter.max(*latest);
                    users[who].session.merge([received]);
                }
                Err(_) => {}
            }
        }
        // Then all get the rest of the records, each in a different order.
        for (turn, user) in users.iter_mut().enumerate() {
            let mut rest = written.clone();
            if !rest.is_empty() {
                rest.rotate_left(last_word.index(written.len()));
            }
            if turn == 1 {
                rest.reverse();
            }
            user.session.merge(rest);
        }
        prop_assert_eq!(users[0].records(), users[1].records());
        prop_assert_eq!(users[0].records(), users[2].records());
        prop_assert!(users.iter().all(|it| it.contents() == users[0].contents()));
    }

    #[test]
    fn an_import_reports_what_its_preview_showed(
        before in vec(actions([4, 2, 2, 2, 2, 2, 2, 0, 1, 0]), 0..10),
        mine in vec(actions([4, 2, 2, 2, 2, 2, 2, 0, 2, 0]), 0..10),
        theirs in vec(actions([4, 2, 2, 2, 2, 2, 2, 0, 1, 0]), 0..10),
    ) {
        let (mut me, mut colleague) = (User::new(1), User::new(2));
        me.act_all(&before);
        colleague.session.merge(me.records());
        // The same annotations in two versions, in either order.
        let mut file = me.records();
        colleague.act_all(&theirs);
        file.extend(colleague.records());
        file.extend(me.records());
        me.act_all(&mine);

        let (contents, records) = (me.contents(), me.records());
        let preview = me.session.preview(&file);
        prop_assert_eq!((me.contents(), me.records()), (contents, records), "a preview changes nothing");
        let merged = me.session.import(file, Timestamp(1));
        let count = |effect| preview.iter().filter(|it| **it == effect).count();
        prop_assert_eq!(count(Effect::Added), merged.added);
        prop_assert_eq!(count(Effect::Updated), merged.updated);
        prop_assert_eq!(count(Effect::Deleted), merged.deleted);
        prop_assert_eq!(count(Effect::Same), merged.same);
        prop_assert_eq!(count(Effect::Older) + count(Effect::Gone), merged.older.len());
        prop_assert_eq!(preview.len(), merged.change.records.len() + merged.same + merged.older.len());
    }

    #[test]
    fn an_import_is_one_step_and_repeating_it_changes_nothing(
        before in vec(actions([4, 2, 2, 2, 2, 2, 2, 0, 1, 0]), 0..10),
        mine in vec(actions([4, 2, 2, 2, 2, 2, 2, 0, 2, 0]), 0..10),
        theirs in vec(actions([4, 2, 2, 2, 2, 2, 2, 0, 1, 0]), 0..10),
    ) {
        let (mut me, mut colleague) = (User::new(1), User::new(2));
        me.act_all(&before);
        colleague.session.merge(me.records());
        me.act_all(&mine);
        colleague.act_all(&theirs);
        let file = colleague.records();

        let (contents, steps) = (me.contents(), me.steps());
        let merged = me.session.import(file.clone(), Timestamp(1));
        let (imported, records) = (me.contents(), me.records());
        assert_touched(&merged.change, &contents, &imported);
        let kept = merged.older.len() + merged.same;
        prop_assert_eq!(merged.change.records.len() + kept, file.len());
        prop_assert_eq!(contents.len() + merged.added - merged.deleted, imported.len());

        let steps_after = me.steps();
        if imported == contents {
            prop_assert_eq!(steps_after, steps, "without an effect there is no step");
        } else {
            prop_assert_eq!(steps_after, (Some(Label::Import), None));
        }
        let second = me.session.import(file.clone(), Timestamp(1));
        prop_assert!(second.change.is_empty());
        prop_assert_eq!(second.same + second.older.len(), file.len());
        prop_assert_eq!((me.records(), me.steps()), (records, steps_after));

        let theirs: Rc<[Record]> = colleague.records().into_iter().filter(|it| it.content.is_some()).collect();
        me.execute(&Command::BringBack(Rc::clone(&theirs)));
        let after = me.contents();
        for it in theirs.iter() {
            prop_assert_eq!(Some(&after[&it.id]), imported.get(&it.id).or(it.content.as_ref()));
        }
        prop_assert!(imported.iter().all(|(id, it)| after.get(id) == Some(it)), "nothing else changes");
        if after != imported {
            me.undo();
            prop_assert_eq!(me.contents(), imported.clone());
        }

        if imported != contents {
            prop_assert_eq!(me.undo().map(|it| it.0), Some(Label::Import));
            prop_assert_eq!(me.contents(), contents);
            prop_assert!(me.session.import(file, Timestamp(1)).change.records.iter().all(|it| it.content.is_none()));
            prop_assert_eq!(me.redo().map(|it| it.0), Some(Label::Import));
            prop_assert_eq!(me.contents(), imported);
        }
    }
}

#[test]
fn writing_a_note_is_one_step_until_it_is_closed() {
    let mut user = User::new(1);
    let (it, other) = (user.tag("ratify it", proposal()), user.tag("Russia", prediction()));
    for piece in ["w", "wh", "why"] {
        user.write(it, piece);
    }
    user.session.close_step();
    user.write(it, "why?");
    user.write(it, "why??");
    user.write(other, "n");
    user.write(it, "why???");

    for note in ["why??", "why??", "why", ""] {
        assert_eq!(user.undo().map(|it| it.0), Some(Label::Note));
        assert_eq!(user.note(it), note);
    }
    assert_eq!(user.redo().map(|it| it.0), Some(Label::Note));
    user.write(it, "why not");
    user.undo();
    assert_eq!(user.note(it), "why", "typing after a redo is a new step");
}

#[test]
fn commands_on_white_space_or_missing_annotations_do_nothing() {
    let mut user = User::new(1);
    let article = user.article(0);
    let russia = user.tag("Russia  will", prediction());
    let double_space = article.text().find("  ").unwrap();
    let blank = article.span(double_space, double_space + 2).unwrap();
    let steps = user.steps();
    for command in [
        Command::Tag { article: article.id().clone(), span: blank, tag: proposal() },
        Command::Tag { article: ArticleId::new("unknown"), span: blank, tag: proposal() },
        Command::Retag(russia, prediction()),
        Command::Note(russia, Rc::from("")),
        Command::Delete(id(9)),
        Command::Note(id(9), Rc::from("lost")),
    ] {
        assert_eq!(user.execute(&command), Change::default(), "{command:?}");
    }
    assert_eq!(user.steps(), steps);

    let whole = article.span(0, article.text().len()).unwrap();
    let change = user.execute(&Command::Tag { article: article.id().clone(), span: whole, tag: proposal() });
    let (article, annotation) = user.session.find(change.records[0].id).unwrap();
    assert_eq!(article.slice(annotation.span), article.text().trim());
}

#[test]
fn undoing_a_note_keeps_what_another_replica_wrote_in_between() {
    let (mut me, mut colleague) = (User::new(1), User::new(2));
    let (it, other) = (me.tag("ratify it", proposal()), me.tag("Russia", prediction()));
    me.write(it, "mi");
    me.write(it, "mine");
    colleague.session.merge(me.records());

    // A change of another annotation does not end the step.
    colleague.write(other, "theirs");
    me.session.merge(colleague.records());
    me.write(it, "mine.");
    colleague.session.merge(me.records());

    colleague.write(it, "theirs");
    me.session.merge(colleague.records());
    me.write(it, "theirs and mine");

    me.undo();
    assert_eq!(me.note(it), "theirs");
    me.undo();
    assert_eq!(me.note(it), "", "then everything typed before, in one step");
    assert_eq!(me.note(other), "theirs");
}

#[test]
fn an_extreme_counter_affects_no_other_annotation() {
    let mut user = User::new(1);
    let it = user.tag("ratify it", proposal());
    let mut record = user.records()[0].clone();
    record.version.counter = Version::LAST;
    user.session.import([record], Timestamp(1));
    assert!(user.write(it, "on top").records.iter().all(|it| it.version.counter == Version::LAST));

    let other = user.tag("Russia", prediction());
    assert_eq!(user.write(other, "as ever").records[0].version.counter, 2);
}

#[test]
fn attributes_are_removed_and_restored_with_their_tag() {
    let mut user = User::new(1);
    let it = user.tag("ratify it", proposal());
    let actor = attribute("actor").id;
    for piece in ["t", "the Senate"] {
        user.execute(&Command::Attribute(it, actor, Rc::from(piece)));
    }
    let stance = attribute("stance").id;
    assert_eq!(user.execute(&Command::Attribute(it, stance, Rc::from("for"))), Change::default());

    user.execute(&Command::Retag(it, argument()));
    assert!(user.session.annotation(it).unwrap().attributes.is_empty());
    for value in ["for", "against", "neutral"] {
        user.execute(&Command::Attribute(it, stance, Rc::from(value)));
    }
    let value_of =
        |user: &User, attribute| user.session.annotation(it).unwrap().attributes.get(attribute).cloned();
    assert_eq!(value_of(&user, stance), None, "an invalid value removes the attribute");
    for value in [Some("against"), Some("for"), None] {
        user.undo();
        assert_eq!(value_of(&user, stance).as_deref(), value, "each choice is a step");
    }
    assert_eq!(user.undo().map(|it| it.0), Some(Label::Retag(argument())));
    assert_eq!(value_of(&user, actor).as_deref(), Some("the Senate"));
    assert_eq!(user.undo().map(|it| it.0), Some(Label::Attribute { attribute: actor, typed: true }));
    assert_eq!(value_of(&user, actor), None, "text typed without a pause is one step");
}

#[test]
fn undoing_bounds_keeps_what_another_replica_wrote_in_between() {
    let (mut me, mut colleague) = (User::new(1), User::new(2));
    let it = me.tag("ratify it", proposal());
    let article = me.article(0);
    let at = article.text().find("should ratify").unwrap();
    let span = article.span(at - 1, at + 13).unwrap();
    me.execute(&Command::Bounds(it, span));
    colleague.session.merge(me.records());
    colleague.write(it, "theirs");
    me.session.merge(colleague.records());
    let words = |user: &User| article.slice(user.session.annotation(it).unwrap().span).to_owned();
    assert_eq!(words(&me), "should ratify", "without the white space at its ends");
    assert_eq!(me.undo().map(|it| it.0), Some(Label::Bounds));
    assert_eq!((words(&me).as_str(), me.note(it)), ("ratify it", "theirs"));
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn merging_the_halves_of_a_split_restores_the_annotation(
        (passage, tag, at) in (passages(), tags(), any::<Index>()),
        (note, attribute) in (notes(), attribute_values()),
    ) {
        let mut user = User::new(1);
        let (article, span) = passage;
        let id = user.execute(&Command::Tag { article, span, tag }).records.first().map(|it| it.id);
        let Some(id) = id else { return Ok(()) };
        user.write(id, &note);
        if has(tag, &attribute.0) {
            user.execute(&Command::Attribute(id, attribute.0.id, attribute.1));
        }
        let before = user.contents();
        let whole = Rc::clone(&before[&id]);
        let at = whole.span.start() + at.index(whole.span.len());
        let split = user.execute(&Command::Split(id, at));
        let halves = user.contents();
        if split.is_empty() {
            prop_assert_eq!(halves, before, "a half would be empty, or the position is inside a character");
            return Ok(());
        }
        prop_assert_eq!(halves.len(), 2);
        let first = &halves[&id];
        let (new, second) = halves.iter().find(|(other, _)| **other != id).unwrap();
        prop_assert!(first.span.end() <= at && at <= second.span.start());
        let article = User::text_of(&whole.article);
        prop_assert_eq!([first, second].map(|it| article.trim(it.span)), [Some(first.span), Some(second.span)]);
        prop_assert_eq!((&*first.note, &*second.note), (&*whole.note, ""));
        prop_assert_eq!((second.tag, &second.attributes), (whole.tag, &whole.attributes));
        prop_assert_eq!((user.session.neighbour(id), user.session.neighbour(*new)), (Some(*new), Some(id)));

        user.execute(&Command::Merge(id, *new));
        prop_assert_eq!(&user.contents(), &before);
        user.undo();
        prop_assert_eq!(&user.contents(), &halves);
        user.undo();
        prop_assert_eq!(user.contents(), before, "each was one step");
    }

    #[test]
    fn a_neighbour_is_the_next_adjacent_annotation_with_the_same_tag(all in vec((passages(), tags()), 1..8)) {
        let mut user = User::new(1);
        for ((article, span), tag) in all {
            user.execute(&Command::Tag { article, span, tag });
        }
        let contents = user.contents();
        for (id, it) in &contents {
            let article = User::text_of(&it.article);
            let place = |(id, it): (&AnnotationId, &Rc<Annotation>)| {
                (it.span.start(), std::cmp::Reverse(it.span.end()), *id)
            };
            let touches = |other: &Annotation| {
                let in_order = it.span <= other.span;
                let (first, second) = if in_order { (it.span, other.span) } else { (other.span, it.span) };
                let between = article.text().get(first.end()..second.start());
                between.is_none_or(|it| it.trim().is_empty())
            };
            let like = |that: &Annotation| that.article == it.article && that.tag == it.tag && touches(that);
            let others = contents.iter().filter(|(other, that)| *other != id && like(that));
            let mut fitting: Vec<_> = others.map(place).collect();
            fitting.sort_unstable();
            let here = place((id, it));
            let next = fitting.iter().find(|it| **it > here).or(fitting.last());
            prop_assert_eq!(user.session.neighbour(*id), next.map(|it| it.2));
        }
    }
}

#[test]
fn merging_joins_notes_and_keeps_the_attributes_of_the_remaining_one() {
    let mut user = User::new(1);
    let (one, two) = (user.tag("The 🇪🇺 should", proposal()), user.tag("ratify it.", proposal()));
    let other = user.tag("Russia", proposal());
    let [actor, stated] = ["actor", "stated"].map(|it| attribute(it).id);
    for (id, attribute, value) in [(one, actor, "the EU"), (two, actor, "it"), (one, stated, "explicit")] {
        user.execute(&Command::Attribute(id, attribute, Rc::from(value)));
    }
    user.write(one, "who");
    user.write(two, "what");
    assert_eq!(user.execute(&Command::Merge(one, other)), Change::default(), "they do not touch");
    assert_eq!(user.session.neighbour(two), Some(other), "only white space is between them");
    let before = user.contents();

    user.execute(&Command::Merge(two, one));
    assert!(user.session.annotation(one).is_none());
    let merged = user.session.annotation(two).unwrap();
    assert_eq!(user.article(0).slice(merged.span), "The 🇪🇺 should ratify it.");
    assert_eq!(&*merged.note, "who\n\nwhat", "in the order of the text");
    let tag = tag_of(proposal());
    let values: Vec<_> = merged.attributes.of(&tag).map(|(_, value)| value.to_string()).collect();
    assert_eq!(values, ["it", "explicit"]);
    assert_eq!(user.undo().map(|it| it.0), Some(Label::Merge));
    assert_eq!(user.contents(), before);
}
