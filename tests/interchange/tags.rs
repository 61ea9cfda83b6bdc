//! Tags in exports and backups.

use glossator::{
    annotation::{Context, Record, ReplicaId, TagId, TagRecord, Timestamp},
    interchange::{self, Problem, Reason, backup_item, backup_tag},
    session::{Command, Moment, NewTag, Session, TagCommand, Uses},
    text::{Article, ArticleId, Library},
};
use serde_json::Value;

use crate::any::write_backup;

const NOW: Timestamp = Timestamp(1_795_287_600_000);
const MOMENT: Moment = Moment { now: NOW, entropy: [3; 10] };

fn library() -> Library {
    [Article::new(ArticleId::new("a"), "A", "Note", "a.txt", "One two three.")].into_iter().collect()
}

/// A session with a new tag and an annotation that has it.
fn tagged() -> (Session, TagRecord, Record) {
    let mut session = Session::new(library(), ReplicaId(1));
    let new = NewTag { name: "Fact".into(), definition: "It is so.".into(), key: None, parent: None };
    let fact = session.execute(&Command::Codebook(TagCommand::Add(new)), MOMENT).tags.remove(0);
    let article = session.library().iter().next().unwrap().clone();
    let span = article.span(0, 3).unwrap();
    let tag = Command::Tag { article: article.id().clone(), span, tag: fact.id };
    let record = session.execute(&tag, MOMENT).records.remove(0);
    (session, fact, record)
}

fn export(context: &Context, records: &[Record]) -> Value {
    serde_json::from_str(&interchange::write(context, records, NOW).unwrap()).unwrap()
}

fn tags(export: &Value) -> Vec<&str> {
    export["codebook"].as_array().unwrap().iter().map(|it| it["tag"].as_str().unwrap()).collect()
}

#[test]
fn a_backup_brings_the_tags_before_what_depends_on_them() {
    let (session, fact, record) = tagged();
    let items = [backup_item(&record, session.context()).unwrap(), backup_tag(&fact)];
    let read = interchange::parse(write_backup(&items).as_bytes(), &library().into()).unwrap();
    assert_eq!(read.problems, []);
    assert_eq!((&read.tags[..], &read.records[..]), (&[fact][..], &[record][..]));
    assert_eq!(read.backup.unwrap().others, [], "although the annotation stands before its tag");

    let mut other = Session::new(library(), ReplicaId(2));
    other.import_all(&[], read.tags, read.articles, read.records, NOW);
    assert_eq!(other.codebook(), session.codebook());
    assert_eq!(other.records(), session.records());
}

#[test]
fn an_annotation_in_a_backup_without_its_tag_is_kept_as_it_is() {
    let (session, _, record) = tagged();
    let item = backup_item(&record, session.context()).unwrap();
    let read =
        interchange::parse(write_backup(std::slice::from_ref(&item)).as_bytes(), &library().into()).unwrap();
    assert_eq!((read.records.len(), read.problems.len()), (0, 0));
    assert_eq!(read.backup.unwrap().others, [item]);
}

#[test]
fn a_damaged_tag_in_a_backup_is_reported_and_to_be_set_aside() {
    let item = ("glossator:tag:fact".to_owned(), r#"{"v":1,"id":"fact"}"#.to_owned());
    let read =
        interchange::parse(write_backup(std::slice::from_ref(&item)).as_bytes(), &library().into()).unwrap();
    assert!(
        matches!(&read.problems[..], [Problem::Item(it)] if it.key.as_deref() == Some("glossator:tag:fact"))
    );
    let aside = (format!("glossator:aside:{}", item.0), item.1);
    assert_eq!(read.backup.unwrap().others, [aside]);
}

#[test]
fn an_export_lists_the_tags_that_are_offered_or_used() {
    let (mut session, fact, record) = tagged();
    let records = [record.clone()];
    let file = export(session.context(), &records);
    assert_eq!(tags(&file), ["proposal", "argument", "prediction", fact.id.as_str()]);
    assert_eq!(file["codebook"][3]["definition"], "It is so.");
    let argument = TagId::new("argument");
    session.execute(&Command::Codebook(TagCommand::Remove(argument, Uses::Delete)), MOMENT);
    session.execute(&Command::Codebook(TagCommand::Retire(fact.id, true)), MOMENT);
    assert_eq!(tags(&export(session.context(), &records)), ["proposal", "prediction", fact.id.as_str()]);
    assert_eq!(tags(&export(session.context(), &[])), ["proposal", "prediction"]);
}

#[test]
fn an_annotation_of_an_export_with_an_unknown_tag_is_refused_by_name() {
    let (session, fact, record) = tagged();
    let file = interchange::write(session.context(), &[record], NOW).unwrap();
    let read = interchange::parse(file.as_bytes(), &library().into()).unwrap();
    match &read.problems[..] {
        [Problem::Annotation(it)] => {
            assert!(
                matches!(&it.reason, Reason::Tag { found, .. } if fact.id.as_str().starts_with(&found[..40]))
            );
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_export_says_what_tags_are_that_are_not_here() {
    let (session, fact, record) = tagged();
    let text = interchange::write(session.context(), std::slice::from_ref(&record), NOW).unwrap();
    let read = interchange::parse(text.as_bytes(), &library().into()).unwrap();
    assert_eq!((read.records.len(), read.problems.len()), (0, 1));
    let [unknown] = &read.unknown_tags[..] else { panic!("one tag") };
    let tag = fact.content.unwrap();
    assert_eq!((unknown.count, unknown.parent), (1, None));
    assert_eq!(unknown.tag.id, Some(tag.id));
    assert_eq!((&unknown.tag.name, &unknown.tag.definition), (&tag.name, &tag.definition));
    assert_eq!((unknown.tag.hue, unknown.tag.line), (Some(tag.hue), Some(tag.line)));

    // With the tag, the annotation is as it was.
    let mut context: Context = library().into();
    context.codebook = context.codebook.with(&[tag]);
    let read = interchange::parse(text.as_bytes(), &context).unwrap();
    assert_eq!((read.problems, read.unknown_tags, read.records), (vec![], vec![], vec![record]));

    // A file that does not describe its tag still names it.
    let mut file: Value = serde_json::from_str(&text).unwrap();
    file.as_object_mut().unwrap().remove("codebook");
    let read = interchange::parse(file.to_string().as_bytes(), &library().into()).unwrap();
    let [unknown] = &read.unknown_tags[..] else { panic!("one tag") };
    assert_eq!(&*unknown.tag.name, fact.id.as_str());
}
