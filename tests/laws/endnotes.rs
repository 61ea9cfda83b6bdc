//! Notes behind a text: every annotation that is shown has one, and its number stands where the annotation ends.

use glossator::{
    annotation::{AnnotationSet, Codebook, Entry, TagId, endnotes, references, tags_of},
    text::Article,
};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::{
    default_tags::{argument, prediction, proposal},
    properties::config,
    support::{annotation, article, drawn_annotations, id, pick_span, tags, texts_with_something},
};

fn set(article: &Article, entries: &[Entry]) -> AnnotationSet {
    let mut set = AnnotationSet::new(article.text().len());
    for (id, it) in entries {
        set.insert(*id, it.clone());
    }
    set
}

/// The text with the label of each reference in brackets behind the words that it belongs to.
fn with_labels(article: &Article, set: &AnnotationSet, is_shown: impl Fn(TagId) -> bool) -> String {
    let notes = endnotes(set, is_shown);
    let mut text = article.text().to_owned();
    for reference in references(&notes).iter().rev() {
        let end = set.get(reference.ids[0]).unwrap().span.end();
        text.insert_str(end, &format!("[{}]", reference.label));
    }
    text
}

#[test]
fn numbers_stand_where_annotations_end_in_the_order_of_the_text() {
    let (article, entries) = drawn_annotations(
        "
The Senate should ratify it, or an arms race follows.
^^^^^^^^^^^^^^^^^^^^^^^^^^^ proposal
    ^^^^^^ argument
           ^^^^^^^^^^^^^^^^ prediction
                         ^^^^^^ argument
                                ^^^^^^^^^^^^ prediction
",
    );
    let set = set(&article, &entries);
    assert_eq!(
        with_labels(&article, &set, |_| true),
        "The Senate[1] should ratify it[2, 3], or[4] an arms race[5] follows."
    );
    assert_eq!(
        with_labels(&article, &set, |it| it == argument()),
        "The Senate[1] should ratify it, or[2] an arms race follows."
    );
    let notes = endnotes(&set, |it| it != proposal());
    let codebook = Codebook::default();
    let tags: Vec<TagId> = tags_of(&notes, &codebook).map(|it| it.id).collect();
    assert_eq!(tags, [argument(), prediction()]);
    assert_eq!(tags_of(&[], &codebook).next(), None);
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn every_annotation_that_is_shown_has_one_number(
        text in texts_with_something(),
        picks in vec((any::<Index>(), any::<Index>(), tags()), 0..20),
        hidden in tags(),
    ) {
        let article = article(&text);
        let entries: Vec<Entry> = (0..)
            .zip(picks)
            .map(|(number, (one, other, tag))| {
                (id(number), annotation(&article, pick_span(&article, one, other), tag))
            })
            .collect();
        let set = set(&article, &entries);
        let notes = endnotes(&set, |it| it != hidden);
        let mut ids: Vec<_> = notes.iter().map(|it| it.id).collect();
        ids.sort();
        let shown = entries.iter().filter(|(_, it)| it.tag != hidden).map(|(id, _)| *id);
        prop_assert_eq!(ids, shown.collect::<Vec<_>>());
        prop_assert!((1..).zip(&notes).all(|(number, it)| it.number == number));

        let references = references(&notes);
        let labels: Vec<&str> = references.iter().map(|it| it.label.as_str()).collect();
        let all: Vec<String> = notes.iter().map(|it| it.number.to_string()).collect();
        prop_assert_eq!(labels.join(", "), all.join(", "));
        let end = |it: &glossator::annotation::Reference| set.get(it.ids[0]).unwrap().span.end();
        prop_assert!(references.windows(2).all(|pair| end(&pair[0]) < end(&pair[1])));
    }
}
