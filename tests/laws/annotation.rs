//! The ordered set, runs, the overview and the merge, each compared with a naive model.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use glossator::{
    annotation::{
        Annotation, AnnotationId, AnnotationSet, Codebook, Entry, MergeOutcome, OVERVIEW_BINS, Record,
        Records, ReplicaId, TagId, Timestamp, Version, cycle, runs,
    },
    text::{Article, Span},
};
use proptest::{collection::vec, prelude::*, sample::Index};

use super::default_tags::{every_tag, proposal};
use super::properties::config;
use super::support::{
    annotation, article, drawn_annotations, id, in_text_order, pick_span, tags, texts_with_something,
};

/// Puts an annotation under a number, replacing one that has it, or takes it out.
#[derive(Clone, Debug)]
enum Operation {
    Put(u8, Index, Index, TagId),
    Take(u8),
}

fn operations() -> impl Strategy<Value = Vec<Operation>> {
    operations_on(16, 40)
}

/// Fewer than `most` operations on this many annotations.
fn operations_on(annotations: u8, most: usize) -> impl Strategy<Value = Vec<Operation>> {
    let put = (0..annotations, any::<Index>(), any::<Index>(), tags())
        .prop_map(|(number, one, other, tag)| Operation::Put(number, one, other, tag));
    vec(prop_oneof![3 => put, 1 => (0..annotations).prop_map(Operation::Take)], 1..most)
}

/// An article. One in three is many times longer than the overview's number of stretches.
fn any_article() -> impl Strategy<Value = Article> {
    prop_oneof![
        2 => texts_with_something(),
        1 => (100_usize..1500).prop_map(|times| "字ab".repeat(times)),
    ]
    .prop_map(|text| article(&text))
}

/// Performs the operations on a set and on a plain list.
fn performed(article: &Article, operations: &[Operation]) -> (AnnotationSet, Vec<Entry>) {
    let mut set = AnnotationSet::new(article.text().len());
    let mut model: BTreeMap<AnnotationId, Rc<Annotation>> = BTreeMap::new();
    for operation in operations {
        match *operation {
            Operation::Put(number, one, other, tag) => {
                let it = annotation(article, pick_span(article, one, other), tag);
                set.insert(id(number), Rc::clone(&it));
                model.insert(id(number), it);
            }
            Operation::Take(number) => assert_eq!(set.remove(id(number)), model.remove(&id(number))),
        }
        assert_eq!(set.len(), model.len());
    }
    (set, in_text_order(model.into_iter().collect()))
}

fn naive_overlapping(model: &[Entry], window: Span) -> Vec<Entry> {
    let common = |span: Span| span.start().max(window.start()) < span.end().min(window.end());
    model.iter().filter(|(_, it)| common(it.span)).cloned().collect()
}

/// The share of bytes that annotations with a `wanted` tag cover, computed byte by byte.
#[expect(clippy::cast_precision_loss, reason = "the overview computes its shares in the same way")]
fn naive_share(length: usize, model: &[Entry], wanted: impl Fn(TagId) -> bool) -> f64 {
    let mut covered = vec![false; length];
    for (_, it) in model.iter().filter(|(_, it)| wanted(it.tag)) {
        covered[it.span.start()..it.span.end()].fill(true);
    }
    covered.iter().filter(|it| **it).count() as f64 / length as f64
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn a_set_agrees_with_a_plain_list(
        article in any_article(),
        operations in operations(),
        windows in vec(any::<(Index, Index)>(), 1..8),
        wanted in prop::sample::subsequence(every_tag(), 0..=3),
    ) {
        let (set, model) = performed(&article, &operations);
        let wanted = |tag| wanted.contains(&tag);

        prop_assert_eq!(&set.in_order(), &model);
        for count in [0, 1, 5, model.len(), model.len() + 1] {
            prop_assert_eq!(&set.first(count)[..], &model[..count.min(model.len())]);
        }
        prop_assert_eq!(set.is_empty(), model.is_empty());
        for tag in every_tag() {
            prop_assert_eq!(set.count(tag), model.iter().filter(|(_, it)| it.tag == tag).count());
        }
        for window in windows.into_iter().map(|(one, other)| pick_span(&article, one, other)) {
            prop_assert_eq!(set.overlapping(window), naive_overlapping(&model, window));
            for start in [window.start(), window.end()] {
                let naive = model.iter().find(|(_, it)| it.span.start() >= start && wanted(it.tag));
                prop_assert_eq!(set.first_from(start, wanted), naive.map(|(id, _)| *id));
            }
        }
        for (place, (id, it)) in model.iter().enumerate() {
            prop_assert_eq!(set.get(*id), Some(it));
            let next = model[place + 1..].iter().find(|(_, it)| wanted(it.tag));
            prop_assert_eq!(set.next(*id, wanted), next.map(|(id, _)| *id));
            let previous = model[..place].iter().rfind(|(_, it)| wanted(it.tag));
            prop_assert_eq!(set.previous(*id, wanted), previous.map(|(id, _)| *id));
        }
        prop_assert_eq!(set.get(id(99)), None);
        prop_assert_eq!(set.next(id(99), |_| true), None);
        prop_assert_eq!(set.previous(id(99), |_| true), None);
    }

    #[test]
    fn the_overview_agrees_with_a_recount(article in any_article(), operations in operations()) {
        let (set, model) = performed(&article, &operations);
        let (overview, length) = (set.overview(), article.text().len());

        prop_assert_eq!(overview.share().to_bits(), naive_share(length, &model, |_| true).to_bits());
        for tag in every_tag() {
            let naive = naive_share(length, &model, |it| it == tag);
            prop_assert_eq!(overview.share_of(tag).to_bits(), naive.to_bits());
        }

        let bins = |tag| overview.bins_of(tag);
        let stretches = bins(proposal()).len();
        prop_assert!((1..=OVERVIEW_BINS).contains(&stretches));
        prop_assert_eq!(overview.bin_start(0), 0);
        prop_assert_eq!(overview.bin_start(stretches), length);
        let width = overview.bin_start(1);
        for index in 0..stretches {
            let (start, end) = (overview.bin_start(index), overview.bin_start(index + 1));
            prop_assert!(end - start == width || end == length, "equally long, except for the last");
            prop_assert!(start < end, "none is empty");
            for tag in every_tag() {
                let naive = model.iter().any(|(_, it)| it.tag == tag && it.span.start() < end && start < it.span.end());
                prop_assert_eq!(bins(tag)[index], naive);
            }
        }

        // The order of operations does not matter: inserting the remaining annotations alone gives the same overview.
        let mut afresh = AnnotationSet::new(length);
        for (id, it) in &model {
            afresh.insert(*id, Rc::clone(it));
        }
        prop_assert_eq!(afresh.overview(), overview);
    }

    #[test]
    fn changes_made_together_equal_changes_made_one_by_one(
        // Of few annotations, or of many.
        article in any_article(), before in prop_oneof![operations(), operations_on(90, 200)], operations in operations(),
    ) {
        let (mut set, _) = performed(&article, &before);
        let changes = operations.iter().map(|operation| match *operation {
            Operation::Put(number, one, other, tag) => {
                (id(number), Some(annotation(&article, pick_span(&article, one, other), tag)))
            }
            Operation::Take(number) => (id(number), None),
        });
        set.apply(changes.collect());
        let (expected, model) = performed(&article, &[before, operations].concat());
        prop_assert_eq!(set.in_order(), model);
        prop_assert_eq!(set.overview(), expected.overview());
        for tag in every_tag() {
            prop_assert_eq!(set.count(tag), expected.count(tag));
        }
    }

    #[test]
    fn runs_are_the_window_cut_where_its_annotations_change(
        article in any_article(),
        operations in operations(),
        window: (Index, Index),
    ) {
        let (set, model) = performed(&article, &operations);
        let window = pick_span(&article, window.0, window.1);
        let runs = runs(window, &set.overlapping(window));

        prop_assert_eq!(runs[0].range.start, window.start());
        prop_assert_eq!(runs.last().unwrap().range.end, window.end());
        let mut lanes: BTreeMap<AnnotationId, usize> = BTreeMap::new();
        for (place, run) in runs.iter().enumerate() {
            prop_assert!(!run.range.is_empty());
            let ids: Vec<_> = run.layers.iter().map(|it| it.id).collect();
            if let Some(next) = runs.get(place + 1) {
                prop_assert_eq!(run.range.end, next.range.start);
                prop_assert_ne!(&ids, &next.layers.iter().map(|it| it.id).collect::<Vec<_>>());
            }
            for byte in run.range.clone() {
                let over = model.iter().filter(|(_, it)| it.span.start() <= byte && byte < it.span.end());
                // In text order, so that the enclosing one comes first.
                prop_assert_eq!(&ids, &over.map(|(id, _)| *id).collect::<Vec<_>>());
            }
            let distinct: BTreeSet<_> = run.layers.iter().map(|it| it.lane).collect();
            prop_assert_eq!(distinct.len(), run.layers.len(), "each layer has a lane of its own");
            for layer in &run.layers {
                prop_assert_eq!(*lanes.entry(layer.id).or_insert(layer.lane), layer.lane, "an annotation keeps its lane");
                prop_assert_eq!(Some(layer.tag), set.get(layer.id).map(|it| it.tag));
            }
        }
        let deepest = runs.iter().map(|it| it.layers.len()).max().unwrap();
        let used = lanes.values().max().map_or(0, |lane| lane + 1);
        prop_assert_eq!(used, deepest, "no lane is wasted");
    }
}

/// Records with so few versions that many coincide, even with different contents, which no correct program writes.
fn records() -> impl Strategy<Value = Vec<Record>> {
    let contents =
        prop::option::weighted(0.7, (any::<bool>(), tags(), prop::sample::select(&["", "why?"][..])));
    let record = (0_u8..3, 0_u64..3, 0_u64..2, 0_u64..2, contents).prop_map(
        |(number, counter, replica, modified, it)| {
            let content = it.map(|(first, tag, note)| {
                let article = article("One. Two.");
                let span = if first { article.span(0, 4) } else { article.span(5, 9) };
                let it = Annotation::clone(&annotation(&article, span.unwrap(), tag));
                Rc::new(Annotation { note: Rc::from(note), ..it })
            });
            let version = Version { counter, replica: ReplicaId(replica) };
            Record { id: id(number), version, modified: Timestamp(modified), content }
        },
    );
    vec(record, 0..12)
}

fn merged(into: &Records, from: &Records) -> Records {
    let mut all = into.clone();
    from.iter().cloned().for_each(|it| drop(all.merge(it)));
    all
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn merging_is_commutative_associative_and_idempotent(a in records(), b in records(), c in records()) {
        let [a, b, c] = [a, b, c].map(Records::from_iter);
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(&merged(&a, &a), &a);
        prop_assert_eq!(&merged(&a, &Records::default()), &a);
    }

    #[test]
    fn the_order_in_which_records_arrive_does_not_matter(
        (one, other) in records().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle()))
    ) {
        prop_assert_eq!(Records::from_iter(one), Records::from_iter(other));
    }

    #[test]
    fn a_merge_reports_what_happened_to_the_record(all in records()) {
        let rank = |it: &Record| (it.version.counter, it.version.replica, it.modified, it.content.clone());
        let mut records = Records::default();
        let mut model: BTreeMap<AnnotationId, Record> = BTreeMap::new();
        for record in all {
            let expected = match model.get(&record.id) {
                Some(here) if *here == record => MergeOutcome::Same,
                Some(here) if rank(here) > rank(&record) => MergeOutcome::Older,
                here => MergeOutcome::Accepted(here.cloned()),
            };
            if matches!(expected, MergeOutcome::Accepted(_)) {
                model.insert(record.id, record.clone());
            }
            prop_assert_eq!(records.merge(record), expected);
        }
        prop_assert_eq!(records.len(), model.len());
        prop_assert_eq!(records.is_empty(), model.is_empty());
        for (id, record) in &model {
            prop_assert_eq!(records.get(*id), Some(record));
        }
    }
}

#[test]
fn overlaps_are_found_and_flattened_into_runs() {
    let (article, entries) = drawn_annotations(
        "
If the Senate ratifies it, Russia will answer.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ prediction
       ^^^^^^^^^^^^^^^^^^ argument
                       ^^^^^^^^^^^^^^^ proposal
                           ^^^^^^ argument
",
    );
    let mut set = AnnotationSet::new(article.text().len());
    for (id, it) in entries.iter().rev() {
        set.insert(*id, Rc::clone(it));
    }
    let window = article.window(0..usize::MAX).unwrap();
    let found: Vec<_> = runs(window, &set.overlapping(window))
        .into_iter()
        .map(|run| {
            let layers: Vec<_> = run.layers.iter().map(|it| (it.tag.as_str(), it.lane)).collect();
            (article.text()[run.range].to_owned(), layers)
        })
        .collect();
    let (prediction, argument, proposal) = (("prediction", 0), ("argument", 1), ("proposal", 2));
    let expected = [
        ("If the ", vec![prediction]),
        ("Senate ratifies ", vec![prediction, argument]),
        ("it", vec![prediction, argument, proposal]),
        (", ", vec![prediction, proposal]),
        // The second argument reuses the lane of the first.
        ("Russia", vec![prediction, proposal, argument]),
        (" will", vec![prediction, proposal]),
        (" answer.", vec![prediction]),
    ];
    let found: Vec<_> = found.iter().map(|(words, layers)| (words.as_str(), layers.clone())).collect();
    assert_eq!(found, expected);
}

#[test]
fn annotations_of_any_length_are_found_at_both_ends() {
    let article = article(&"x".repeat(600));
    for length in 1..=600 {
        for start in [0, (600 - length) / 2, 600 - length] {
            let mut set = AnnotationSet::new(600);
            let span = article.span(start, start + length).unwrap();
            set.insert(id(0), annotation(&article, span, proposal()));
            for at in [start, start + length - 1] {
                assert_eq!(set.overlapping(article.span(at, at + 1).unwrap()).len(), 1, "{span:?} at {at}");
            }
            for at in [start.wrapping_sub(1), start + length] {
                if let Ok(beside) = article.span(at, at.wrapping_add(1)) {
                    assert_eq!(set.overlapping(beside), [], "{span:?} beside {at}");
                }
            }
        }
    }
}

#[test]
fn cycling_visits_overlapping_annotations_in_turn() {
    let here = [id(1), id(2), id(3)];
    assert_eq!(cycle(&here, None), Some(id(1)));
    assert_eq!(cycle(&here, Some(id(1))), Some(id(2)));
    assert_eq!(cycle(&here, Some(id(3))), Some(id(1)));
    assert_eq!(cycle(&here, Some(id(9))), Some(id(1)), "an annotation elsewhere is ignored");
    assert_eq!(cycle(&[], Some(id(1))), None);
}

#[test]
fn tags_and_ids_are_read_as_they_are_written() {
    let codebook = Codebook::default();
    for (place, tag) in every_tag().into_iter().enumerate() {
        assert_eq!(codebook.find(tag.as_str()).map(|it| it.id), Some(tag));
        assert_eq!(codebook.index_of(tag), Some(place));
    }
    assert_eq!(codebook.find("Proposal"), None);
    assert_eq!(id(7).to_string().parse(), Ok(id(7)));
    for replica in [0, 1, u64::MAX].map(ReplicaId) {
        assert_eq!(replica.to_string().parse(), Ok(replica));
    }
}
