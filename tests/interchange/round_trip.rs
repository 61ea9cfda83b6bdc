//! Exports: reading one gives the records that were written.

use std::rc::Rc;

use glossator::{
    annotation::{Annotation, AnnotationId, Attributes, Record, ReplicaId, Timestamp, Version},
    interchange::{self, Problem, Reason, WriteError},
    session::{Command, Moment, Session},
    text::{Article, ArticleId, CodePoint, Library},
};
use proptest::prelude::*;

use crate::any::{Sample, context, record, sample};
use crate::default_tags::{argument, every_tag, prediction};
use crate::properties::config;

const NOW: Timestamp = Timestamp(1_795_287_600_000);

/// A text that every format must preserve: a joined emoji, a decomposed accent, Arabic, Chinese, a tab, a no-break
/// space and CRLF line ends.
const HARD: &str = "👩\u{200d}🚀 cafe\u{301}\tالعربية\r\n战略\u{a0}武器\r\n";

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn an_export_survives_a_round_trip(sample in sample()) {
        let read = interchange::parse(sample.export().as_bytes(), &sample.context()).unwrap();
        prop_assert_eq!(&read.problems, &[]);
        prop_assert_eq!(read.records, sample.live());
    }

    #[test]
    fn importing_fills_an_empty_session_and_repeating_it_changes_nothing(sample in sample()) {
        let read = interchange::parse(sample.export().as_bytes(), &sample.context()).unwrap();
        let mut session = Session::new(sample.context(), ReplicaId(7));
        let first = session.import(read.records.clone(), Timestamp(1));
        prop_assert_eq!(first.added, read.records.len());
        let second = session.import(read.records.clone(), Timestamp(1));
        prop_assert!(second.change.is_empty());
        prop_assert_eq!(second.same, read.records.len());
        let again = interchange::write(&sample.context(), session.records().iter(), NOW).unwrap();
        prop_assert_eq!(again, sample.export());
    }

    #[test]
    fn an_export_does_not_depend_on_the_order_of_the_records(sample in sample()) {
        let backwards = Sample { records: sample.records.iter().rev().cloned().collect(), ..sample.clone() };
        prop_assert_eq!(sample.export(), backwards.export());
    }

    #[test]
    fn the_order_of_fields_and_unknown_fields_do_not_matter(sample in sample()) {
        let mut file: serde_json::Value = serde_json::from_str(&sample.export()).unwrap();
        for annotation in file["annotations"].as_array_mut().unwrap() {
            annotation["colour"] = "red".into();
        }
        file["a field of a later version"] = serde_json::json!({ "annotations": [1, 2] });
        // serde_json sorts the fields by name, so that the annotations come first here.
        let shuffled = file.to_string();
        prop_assert!(shuffled.find("\"annotations\"") < shuffled.find("\"format\""));
        let read = interchange::parse(shuffled.as_bytes(), &sample.context()).unwrap();
        prop_assert_eq!(&read.problems, &[]);
        prop_assert_eq!(read.records, sample.live());
    }

    #[test]
    fn an_export_excludes_deleted_records_and_other_articles(sample in sample()) {
        let text = interchange::write(&context(&sample.articles[..1]), &sample.records, NOW).unwrap();
        let read = interchange::parse(text.as_bytes(), &sample.context()).unwrap();
        let mut expected = sample.live();
        expected.retain(|it| it.content.as_ref().unwrap().article == *sample.articles[0].id());
        prop_assert_eq!(read.records, expected);
    }
}

/// A session with an annotation on each word of each article.
fn tagged_words(library: &Library) -> Session {
    let mut session = Session::new(library.clone(), ReplicaId(0x0123_4567_89ab_cdef));
    let mut number = 0_u16;
    for article in library.iter() {
        let mut at = 0;
        for word in article.text().split_inclusive(char::is_whitespace) {
            if let Ok(span) = article.span(at, at + word.len()) {
                number += 1;
                let mut entropy = [0; 10];
                entropy[..2].copy_from_slice(&number.to_be_bytes());
                let tag = every_tag()[usize::from(number) % 3];
                let command = Command::Tag { article: article.id().clone(), span, tag };
                session.execute(&command, Moment { now: NOW, entropy });
            }
            at += word.len();
        }
    }
    session
}

#[test]
fn every_bundled_article_survives_a_round_trip() {
    let library = Library::bundled();
    assert!(library.iter().count() >= 2);
    let session = tagged_words(&library);
    assert!(session.records().len() > 1000);
    let text = interchange::write(session.context(), session.records().iter(), NOW).unwrap();
    let read = interchange::parse(text.as_bytes(), session.context()).unwrap();
    assert_eq!(read.problems, []);
    assert_eq!(read.records.len(), session.records().len());
    for record in &read.records {
        assert_eq!(session.records().get(record.id), Some(record));
    }
}

#[test]
fn a_text_with_hard_characters_keeps_its_words() {
    let library: Library =
        [Article::new(ArticleId::new("hard"), "Hard", "Test", "hard.txt", HARD)].into_iter().collect();
    let session = tagged_words(&library);
    let text = interchange::write(session.context(), session.records().iter(), NOW).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let quotes: Vec<_> =
        file["annotations"].as_array().unwrap().iter().map(|it| it["quote"].as_str().unwrap()).collect();
    assert_eq!(quotes, ["👩\u{200d}🚀", "cafe\u{301}", "العربية", "战略", "武器"]);
    assert_eq!(file["annotations"][1]["start"], 4, "positions are counted in code points");
    assert_eq!(file["annotations"][1]["end"], 9, "positions are counted in code points");
    assert_eq!(file["annotations"][1]["prefix"], "👩\u{200d}🚀 ");
    assert_eq!(file["documents"][0]["length"], HARD.chars().count());
}

#[test]
fn an_export_has_the_documented_format() {
    let article = Rc::new(Article::new(ArticleId::new("a"), "A title", "Note", "a.txt", "One two."));
    let record = Record {
        id: "01930000-0000-7000-8000-000000000001".parse().unwrap(),
        version: Version { counter: 3, replica: ReplicaId(0xabc) },
        modified: Timestamp(1_795_287_600_123),
        content: Some(Rc::new(Annotation {
            article: article.id().clone(),
            span: article.span(4, 7).unwrap(),
            tag: prediction(),
            note: "Why?".into(),
            attributes: Attributes::default(),
            created: NOW,
        })),
    };
    let text = interchange::write(&context(&[article]), [&record], NOW).unwrap();
    let head = format!(
        r#"{{
  "format": "glossator",
  "version": 1,
  "exported": "2026-11-21T19:00:00.000Z",
  "generator": "Glossator {}",
  "offsetUnit": "unicode-code-point",
  "codebook": [
    {{"tag": "proposal", "name": "Proposal", "definition": "#,
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(&text[..head.len()], head);
    let tail = r#"
  "documents": [
    {"id": "a", "title": "A title", "source": "a.txt", "sha256": "677caa608fd08e0c83d49abecb8b5dd92a087d3581d50eca13308737e569979e", "length": 8}
  ],
  "annotations": [
    {"id": "01930000-0000-7000-8000-000000000001", "document": "a", "tag": "prediction", "start": 4, "end": 7, "quote": "two", "prefix": "One ", "suffix": ".", "note": "Why?", "created": "2026-11-21T19:00:00.000Z", "modified": "2026-11-21T19:00:00.123Z", "version": {"counter": 3, "replica": "0000000000000abc"}}
  ]
}
"#;
    assert_eq!(&text[text.len() - tail.len()..], tail);
}

#[test]
fn records_that_could_not_be_read_again_are_not_written() {
    let article = Rc::new(Article::new(ArticleId::new("a"), "A", "Note", "a.txt", "One two."));
    let longer = Article::new(ArticleId::new("a"), "A", "Note", "a.txt", "One two three four.");
    let record = |span, note: &str, counter| Record {
        id: AnnotationId::mint(NOW, [1; 10]),
        version: Version { counter, replica: ReplicaId(1) },
        modified: NOW,
        content: Some(Rc::new(Annotation {
            article: article.id().clone(),
            span,
            tag: argument(),
            note: note.into(),
            attributes: Attributes::default(),
            created: NOW,
        })),
    };
    let here = context(&[Rc::clone(&article)]);
    let reason = |record: Record| match interchange::write(&here, [&record], NOW) {
        Err(WriteError::Problem(Problem::Annotation(problem))) => {
            assert_eq!(problem.number, 1);
            problem.reason
        }
        other => panic!("expected the annotation to be refused, got {other:?}"),
    };

    let outside = longer.span_of_code_points(CodePoint(4), CodePoint(13)).unwrap();
    assert!(matches!(reason(record(outside, "", 1)), Reason::Quote { .. } | Reason::Empty { .. }));
    let inside = article.span(0, 3).unwrap();
    assert!(matches!(reason(record(inside, "", u64::MAX)), Reason::Counter { .. }));
    let long = "x".repeat(interchange::NOTE_LIMIT + 1);
    assert!(matches!(reason(record(inside, &long, 1)), Reason::Note { .. }));
    let error =
        interchange::write(&here, [&Record { modified: Timestamp(u64::MAX), ..record(inside, "", 1) }], NOW);
    assert!(matches!(error, Err(WriteError::Changed { number: 1, .. })), "{error:?}");
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn two_records_of_one_id_are_never_both_written(records in prop::collection::vec(
        record(vec![Rc::new(Article::new(ArticleId::new("a"), "A", "Note", "a.txt", "One two."))]), 1..4)
    ) {
        let article = Rc::new(Article::new(ArticleId::new("a"), "A", "Note", "a.txt", "One two."));
        let live = records.iter().filter(|it| it.content.is_some()).count();
        let twice = records.iter().chain(&records);
        prop_assert_eq!(interchange::write(&context(&[article]), twice, NOW).is_ok(), live == 0);
    }
}
