//! Backups: they contain all stored data, and a damaged one does no harm.

use glossator::{
    annotation::{Context, Record, Records, Timestamp},
    interchange::{self, DONE_KEY, DoneArticles, Import, ImportReader, Problem, Refusal},
    session::Session,
    text::Library,
};
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::json;

use crate::any::{Sample, hard_samples, sample, write_backup};
use crate::properties::config;

fn read(text: &str, context: &Context) -> Import {
    interchange::parse(text.as_bytes(), context).unwrap()
}

fn by_id(mut records: Vec<Record>) -> Vec<Record> {
    records.sort_by_key(|it| it.id);
    records
}

/// Other stored items: those set aside, those of newer programs, and drafts.
fn others() -> impl Strategy<Value = Vec<(String, String)>> {
    let aside = (".*", ".*").prop_map(|(key, value)| (format!("glossator:aside:{key}"), value));
    let newer = any::<u64>().prop_map(|number| {
        (format!("glossator:annotation:{number}"), format!(r#"{{"v": 9, "number": {number}}}"#))
    });
    let draft = ("[a-z0-9]{1,16}", ".*").prop_map(|(tab, note)| {
        let note = json!({ "v": 1, "document": "of another page", "start": 0, "end": 1, "quote": "x", "note": note });
        (format!("glossator:draft:{tab}"), note.to_string())
    });
    vec(prop_oneof![aside, newer, draft], 0..6)
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_backup_survives_a_round_trip(sample in sample(), others in others(), view in ".*") {
        let mut items = sample.items();
        items.extend(others.iter().cloned());
        items.push(("glossator:view".to_owned(), view.clone()));
        let read = read(&write_backup(&items), &sample.context());
        prop_assert_eq!(&read.problems, &[]);
        prop_assert_eq!(read.records, by_id(sample.records.clone()), "including the deleted ones");
        let backup = read.backup.unwrap();
        prop_assert_eq!(backup.created, Some(Timestamp(1_795_287_600_000)));
        prop_assert_eq!(backup.view, Some(view));
        let mut others = others;
        others.sort();
        others.dedup();
        prop_assert_eq!(backup.others, others);
    }

    #[test]
    fn the_order_and_repetition_of_items_do_not_matter(
        sample in sample(), others in others(), picks in vec((any::<Index>(), any::<Index>()), 20),
    ) {
        let mut items = sample.items();
        items.extend(others);
        let before = read(&write_backup(&items), &sample.context());
        if !items.is_empty() {
            for (one, other) in picks {
                let (one, other) = (one.index(items.len()), other.index(items.len()));
                items.swap(one, other);
            }
            items.push(items[0].clone());
        }
        prop_assert_eq!(read(&write_backup(&items), &sample.context()), before);
    }

    #[test]
    fn the_later_of_two_versions_in_a_backup_wins(sample in sample(), counter in 0..9_u64) {
        let mut items = sample.items();
        let mut other = sample.clone();
        for record in &mut other.records {
            record.version.counter = counter;
        }
        items.extend(other.items());
        let expected: Records = sample.records.iter().chain(&other.records).cloned().collect();
        let read = read(&write_backup(&items), &sample.context());
        prop_assert_eq!(read.records.into_iter().collect::<Records>(), expected);
    }

    #[test]
    fn restoring_fills_an_empty_session(sample in sample()) {
        let read = read(&sample.backup(), &sample.context());
        let mut session = Session::new(sample.context(), glossator::annotation::ReplicaId(7));
        session.import(read.records, Timestamp(1));
        prop_assert_eq!(session.records(), &sample.records.iter().cloned().collect::<Records>());
    }

    #[test]
    fn a_cut_anywhere_keeps_the_items_before_it(sample in sample(), at in vec(any::<Index>(), 20)) {
        let text = sample.backup();
        for at in at {
            check_cut(&sample, &text, at.index(text.len() + 1))?;
        }
    }

    #[test]
    fn reading_in_steps_gives_the_same(sample in sample(), pieces in vec(1..9_usize, 1..9)) {
        let context = sample.context();
        for text in [sample.backup(), sample.export()] {
            let mut reading = ImportReader::new(text.as_bytes(), &context).unwrap();
            let mut before = 0;
            for piece in pieces.iter().cycle() {
                let more = reading.step(*piece);
                prop_assert!(reading.at() >= before && reading.at() <= text.len());
                before = reading.at();
                if !more {
                    break;
                }
            }
            prop_assert_eq!(reading.finish(), interchange::parse(text.as_bytes(), &context));
        }
    }

    #[test]
    fn random_bytes_in_a_backup_do_no_harm(
        sample in sample(),
        changes in vec((any::<Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = sample.backup().into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(import) = interchange::parse(&bytes, &sample.context()) {
            prop_assert!(import.problems.iter().all(|it| !it.to_string().is_empty()));
        }
    }
}

fn check_cut(sample: &Sample, text: &str, length: usize) -> Result<(), TestCaseError> {
    let end = |item: &(String, String)| {
        let written = serde_json::to_string(item).unwrap();
        text.find(&written).unwrap() + written.len()
    };
    let complete = sample.items().iter().filter(|it| end(it) <= length).count();
    match interchange::parse(&text.as_bytes()[..length], &sample.context()) {
        Ok(import) => {
            prop_assert_eq!(import.records.len(), complete);
            prop_assert!(import.records.iter().all(|it| sample.records.contains(it)));
            let whole = length >= text.trim_end().len();
            prop_assert_eq!(import.problems.is_empty(), whole);
        }
        Err(Refusal::Empty) => prop_assert_eq!(length, 0),
        Err(Refusal::NotJson { .. }) => prop_assert!(length < 40, "at {length}"),
        Err(other) => prop_assert!(false, "{other:?}"),
    }
    Ok(())
}

#[test]
fn a_cut_at_every_byte_keeps_the_items_before_it() {
    for sample in hard_samples() {
        let text = sample.backup();
        for length in 0..=text.len() {
            check_cut(&sample, &text, length).unwrap();
        }
    }
}

fn refusal(text: &str) -> String {
    interchange::parse(text.as_bytes(), &Library::bundled().into()).unwrap_err().to_string()
}

#[test]
fn unusable_backups_are_refused_with_a_reason() {
    let newer = refusal(r#"{"format": "glossator-backup", "version": 2, "items": []}"#);
    assert!(newer.contains("version 2") && newer.contains("newer"), "{newer}");
    let no_list = refusal(r#"{"format": "glossator-backup", "version": 1, "items": {}}"#);
    assert!(no_list.contains("“items”") && no_list.contains("a list"), "{no_list}");
    let nothing = refusal(r#"{"format": "glossator-backup", "version": 1}"#);
    assert!(nothing.contains("“items”") && nothing.contains("found nothing"), "{nothing}");
}

#[test]
fn every_item_of_marks_is_read() {
    let items = [r#"["a", "b"]"#, "damaged", r#"["b", 7, "c"]"#];
    let items: Vec<_> = items.iter().map(|it| (DONE_KEY.to_owned(), (*it).to_owned())).collect();
    let import = read(&write_backup(&items), &Library::bundled().into());
    assert_eq!(import.problems, []);
    assert_eq!(import.backup.unwrap().done, DoneArticles::parse(r#"["a", "b", "c"]"#));
}

#[test]
fn an_invalid_item_is_set_aside_and_the_others_are_read() {
    let context = Context::from(Library::bundled());
    let good = r#"["glossator:annotation:01930000-0000-7000-8000-000000000001", "{\"v\":1,\"id\":\"01930000-0000-7000-8000-000000000001\",\"deleted\":\"2026-11-21T19:00:00.000Z\",\"version\":{\"counter\":1,\"replica\":\"00000000000000ff\"}}"]"#;
    let bad = [
        ("7", "two texts"),
        (r#"["a"]"#, "two texts"),
        (r#"["key", "\ud800"]"#, "not JSON"),
        (r#"["glossator:backup", "{}"]"#, "does not use this key"),
        (r#"["glossator:annotation:01930000-0000-7000-8000-000000000002", "{"]"#, "not JSON"),
    ];
    for (item, words) in bad {
        let text = format!(r#"{{"format": "glossator-backup", "version": 1, "items": [{item}, {good}]}}"#);
        let import = read(&text, &context);
        assert_eq!(import.records.len(), 1, "{item}");
        let [problem @ Problem::Item(which)] = &import.problems[..] else { panic!("{:?}", import.problems) };
        assert_eq!(which.number, 1);
        assert!(problem.to_string().contains(words), "{problem}");
        let aside = import.backup.unwrap().others;
        let kept = item.starts_with(r#"["glossator:annotation:"#);
        assert_eq!(aside.len(), usize::from(kept), "an invalid stored item is kept to be set aside");
        assert!(
            aside
                .iter()
                .all(|(key, value)| key.starts_with("glossator:aside:glossator:annotation:") && value == "{")
        );
    }
}
