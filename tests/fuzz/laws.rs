//! Laws that hold for any input: no reader panics, no valid data is lost, and whatever was accepted survives a round
//! trip.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use glossator::{
    annotation::{Context, Record, ReplicaId, Timestamp, Version, Versioned as _},
    interchange::{
        self, Import, StoredProblem, parse_codebook_csv, parse_draft, parse_qdc, parse_step, parse_stored,
        parse_stored_article, parse_stored_tag, parse_tab, write_draft, write_step, write_stored,
        write_stored_tag, write_tab,
    },
    session::Session,
    storage::{Failure, Incoming, KeyValueStore, LocalCopy, SetAsideItem},
    text::{Article, ArticleId, Library},
};
use proptest::{prelude::*, test_runner::TestCaseError};
use serde_json::{Value, value::RawValue};

use crate::Sample;

/// The text that the annotations of the corpus are on.
const TEXT: &str = "One two. Three four five.\n\nÉé 👩\u{200d}🚀 שלום 戦略 𝕏 e\u{301}nd.\r\n";

/// Two valid annotations of an export, under ids that are not in the corpus.
const VALID: [&str; 2] = [
    r#"{"id":"01940000-0000-7000-8000-00000000000a","document":"a","tag":"argument","start":0,"end":3,"quote":"One","prefix":"","suffix":"","note":"","created":"2026-11-21T19:00:00Z","modified":"2026-11-21T19:00:00Z","version":{"counter":1,"replica":"0000000000000001"}}"#,
    r#"{"id":"01940000-0000-7000-8000-00000000000b","document":"a","tag":"proposal","start":20,"end":24,"quote":"five","prefix":"","suffix":"","note":"","created":"2026-11-21T19:00:00Z","modified":"2026-11-21T19:00:00Z","version":{"counter":1,"replica":"0000000000000001"}}"#,
];

const PREFIX: &str = "glossator:annotation:";
const ASIDE: &str = "glossator:aside:";

pub(crate) type Outcome = Result<(), TestCaseError>;

pub(crate) fn context() -> Context {
    Library::from_iter([Article::new(ArticleId::new("a"), "A", "Note", "a.txt", TEXT)]).into()
}

/// Checks that samples whose names promise it are readable, so that the corpus stays one of nearly valid files.
pub(crate) fn samples_are_read(samples: &[Sample]) -> Vec<String> {
    let unread = samples.iter().filter(|sample| {
        let text = String::from_utf8_lossy(&sample.bytes);
        match sample.name.split(['-', '.']).next() {
            Some("export") => interchange::parse(&sample.bytes, &context()).is_err(),
            Some("cut" | "damaged") => {
                !interchange::parse(&sample.bytes, &context()).is_ok_and(|it| !it.problems.is_empty())
            }
            Some("article") => parse_stored_article(&text).is_err(),
            Some("tag") => parse_stored_tag(&text).is_err(),
            Some("tab") => parse_tab(&text).is_err(),
            Some("stored") => parse_stored(&text, &context()).is_err(),
            Some("draft") => parse_draft(&text, &context().library).is_err(),
            Some("qdc") => parse_qdc(&sample.bytes).is_err(),
            Some("csv") => parse_codebook_csv(&sample.bytes).is_err(),
            Some("step") => parse_step(&text, &context()).is_err(),
            _ => false,
        }
    });
    unread.map(|sample| format!("{} cannot be read, although its name says so", sample.name)).collect()
}

/// The records accepted from a file can be written, and reading the result gives the same records.
pub(crate) fn file(bytes: &[u8]) -> Outcome {
    let context = context();
    let import = match interchange::parse(bytes, &context) {
        Ok(import) => import,
        Err(refusal) => return is_readable(&refusal.to_string()),
    };
    for problem in &import.problems {
        is_readable(&problem.to_string())?;
    }
    agree_with_the_text(bytes, &import.records)?;
    let time = Timestamp(1_795_287_600_000);
    let written = interchange::write(&context, &import.records, time);
    let written = written.map_err(|error| TestCaseError::fail(error.to_string()))?;
    let again = interchange::parse(written.as_bytes(), &context);
    let again = again.map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
    prop_assert_eq!(&again.problems, &[]);
    prop_assert_eq!(sorted(again.records.clone()), sorted(import.records));
    prop_assert_eq!(interchange::write(&context, &again.records, time).ok(), Some(written));
    Ok(())
}

/// The passage of each record has the words of the quote that the file gives under its id.
fn agree_with_the_text(bytes: &[u8], records: &[Record]) -> Outcome {
    let json: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let given = json["annotations"].as_array().into_iter().flatten();
    let quotes: Vec<(String, &Value)> =
        given.filter_map(|it| Some((it["id"].as_str()?.to_lowercase(), &it["quote"]))).collect();
    for record in records {
        let annotation = record.content.as_ref().expect("an export has no deleted annotations");
        let words = &TEXT[annotation.span.start()..annotation.span.end()];
        let id = record.id.to_string();
        let mut quotes = quotes.iter().filter(|(of, _)| *of == id).map(|(_, it)| it).peekable();
        prop_assert!(quotes.peek().is_none() || quotes.any(|it| *it == words), "{id} is not on {words:?}");
        prop_assert!(record.version.counter <= Version::LAST, "no version could follow that of {id}");
    }
    Ok(())
}

/// A message is not empty, and short enough to be read.
pub(crate) fn is_readable(message: &str) -> Outcome {
    prop_assert!((10..2_000).contains(&message.chars().count()), "the message {message:?}");
    Ok(())
}

/// Whatever stands between two valid annotations of a file, the first is accepted. So is the second, unless the file
/// stops being JSON in between.
pub(crate) fn between_valid_ones(bytes: &[u8]) -> Outcome {
    let [first, second] = VALID.map(str::as_bytes);
    let head = br#"{"format":"glossator","version":1,"offsetUnit":"unicode-code-point","annotations":["#;
    let file = [head, first, b",", bytes, b",", second, b"]}"].concat();
    let one_value = serde_json::from_slice::<&RawValue>(bytes).is_ok();
    // A bracket may end the list, and what follows may declare another format.
    if !one_value && bytes.contains(&b']') {
        let _ = interchange::parse(&file, &context());
        return Ok(());
    }
    let Import { records, .. } = interchange::parse(&file, &context())
        .map_err(|refusal| TestCaseError::fail(format!("the whole file is refused: {refusal}")))?;
    let has = |id: &str| records.iter().any(|it| it.id.to_string().ends_with(id));
    prop_assert!(has("0a"), "the annotation before is lost");
    prop_assert!(!one_value || has("0b"), "the annotation after is lost");
    Ok(())
}

/// A stored item that can be read is written back unchanged.
pub(crate) fn stored(bytes: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(bytes);
    match parse_stored(&text, &context()) {
        Ok(record) => {
            let written = write_stored(&record, &context()).expect("its article is here");
            prop_assert_eq!(parse_stored(&written, &context()), Ok(record));
        }
        Err(problem) => is_readable(&problem.to_string())?,
    }
    Ok(())
}

/// A storage in memory.
#[derive(Clone, Default)]
pub(crate) struct MemoryItems(pub(crate) Rc<RefCell<BTreeMap<String, String>>>);

impl KeyValueStore for MemoryItems {
    fn keys(&self) -> Result<Vec<String>, Failure> {
        Ok(self.0.borrow().keys().cloned().collect())
    }

    fn get(&self, key: &str) -> Result<Option<String>, Failure> {
        Ok(self.0.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), Failure> {
        self.0.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), Failure> {
        self.0.borrow_mut().remove(key);
        Ok(())
    }
}

/// Two valid records, and the items that they are stored as.
fn valid() -> (Vec<Record>, Vec<(String, String)>) {
    let list = format!(
        r#"{{"format":"glossator","version":1,"offsetUnit":"unicode-code-point","annotations":[{}]}}"#,
        VALID.join(",")
    );
    let records = interchange::parse(list.as_bytes(), &context()).expect("a valid file").records;
    let item = |it: &Record| (format!("{PREFIX}{}", it.id), write_stored(it, &context()).expect("a record"));
    let items = records.iter().map(item).collect();
    (records, items)
}

/// Each item of a storage is loaded as a record, set aside byte for byte, or ignored as unrecognized, at each visit
/// alike.
pub(crate) fn storage(bytes: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let (records, items) = valid();
    let memory = MemoryItems::default();
    memory.0.borrow_mut().extend(items);
    // Under the key of the record that it names, under that of another, and under a key that is not Glossator's.
    let named = parse_stored(&text, &context()).map(|it| it.id.to_string());
    let few: String = text.chars().take(40).collect();
    let mut keys: Vec<String> = named.into_iter().collect();
    keys.extend(["01930000-0000-7000-8000-000000000001".to_owned(), few.clone()]);
    let mut before: Vec<(String, String)> =
        keys.into_iter().map(|it| (format!("{PREFIX}{it}"), text.clone())).collect();
    before.push((format!("{ASIDE}{PREFIX}{few}"), text.clone()));
    before.push((few, text));
    memory.0.borrow_mut().extend(before.clone());
    // Some of these keys may be equal, so only what is there now must not be lost.
    let before = memory.0.borrow().clone();

    let loaded = LocalCopy::new(memory.clone(), context()).load();
    prop_assert_eq!(&loaded.failure, &None);
    for record in &records {
        prop_assert!(loaded.records.contains(record), "a valid record is lost");
    }
    for (key, value) in &before {
        let now = memory.0.borrow();
        if now.get(key) == Some(value) {
            let left = !key.starts_with(PREFIX)
                || loaded.records.iter().any(|it| *key == format!("{PREFIX}{}", it.id))
                || matches!(parse_stored(value, &context()), Err(StoredProblem::Unrecognized(_)));
            prop_assert!(left, "{key} is neither a record nor set aside");
        } else {
            let copy = format!("{ASIDE}{key}");
            let listed = |it: &SetAsideItem| it.key.starts_with(&copy) && now.get(&it.key) == Some(&it.value);
            let aside = loaded.set_aside.iter().any(|it| it.value == *value && listed(it));
            prop_assert!(aside, "the item under {key} is lost");
        }
    }
    let settled = memory.0.borrow().clone();
    let again = LocalCopy::new(memory.clone(), context()).load();
    prop_assert_eq!(sorted(again.records), sorted(loaded.records));
    prop_assert_eq!(&*memory.0.borrow(), &settled, "a second visit changes nothing");
    Ok(())
}

/// Whatever another tab writes under a key destroys neither the item that is there nor the record of this tab.
pub(crate) fn other_tab(bytes: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let (records, items) = valid();
    let (key, value) = &items[0];
    let later =
        parse_stored(&text, &context()).is_ok_and(|it| it.id == records[0].id && it.supersedes(&records[0]));
    // The event is late and the valid record is there again, or it is on time, or it has not arrived yet.
    for (there, heard) in [(value, true), (&text, true), (&text, false)] {
        let memory = MemoryItems::default();
        memory.0.borrow_mut().insert(key.clone(), there.clone());
        let mut store = LocalCopy::new(memory.clone(), context());
        if heard {
            let incoming = store.incoming(key, Some(&text));
            let kept = memory.0.borrow().values().any(|it| it == there);
            prop_assert!(kept || later, "{incoming:?} lost the item that was there");
            if let Incoming::Record(record) = &incoming {
                prop_assert_eq!(&format!("{PREFIX}{}", record.id), key);
            }
        }
        let saved = store.save(&records[..1]);
        let now: Vec<String> = memory.0.borrow().values().cloned().collect();
        let kept = now.contains(value) || !saved.newer.is_empty() || saved.failure.is_some();
        prop_assert!(kept, "the valid record is neither stored nor reported as unsaved");
        prop_assert!(now.contains(there) || later || there == value, "saving lost the item that was there");
    }
    Ok(())
}

fn sorted(mut records: Vec<Record>) -> Vec<Record> {
    records.sort_by_key(|it| it.id);
    records
}

/// A step that can be read survives a round trip, and undoing it leaves only records that can be stored.
pub(crate) fn step(bytes: &[u8]) -> Outcome {
    let context = context();
    let text = String::from_utf8_lossy(bytes);
    let (step, undone) = match parse_step(&text, &context) {
        Ok(step) => step,
        Err(reason) => return is_readable(&reason.to_string()),
    };
    let written = write_step(&step, undone, &context).expect("its passages are in the library");
    prop_assert_eq!(parse_step(&written, &context), Ok((step.clone(), undone)));
    let mut session = Session::new(context, ReplicaId(1));
    session.restore_history(vec![(step, undone)], 0);
    let now = Timestamp(1_795_287_600_000);
    for (_, change) in [session.undo(now), session.redo(now)].into_iter().flatten() {
        for record in &change.tags {
            prop_assert_eq!(&parse_stored_tag(&write_stored_tag(record)), &Ok(record.clone()));
        }
        for record in change.records {
            prop_assert!(write_stored(&record, session.context()).is_some());
        }
    }
    Ok(())
}

/// A draft that can be read survives a round trip.
pub(crate) fn draft(bytes: &[u8]) -> Outcome {
    let context = context();
    match parse_draft(&String::from_utf8_lossy(bytes), &context.library) {
        Ok((article, span, note)) => {
            let here = context.library.get(&article).expect("it is one of the library's");
            let written = write_draft(here, span, &note);
            prop_assert_eq!(parse_draft(&written, &context.library), Ok((article, span, note)));
            Ok(())
        }
        Err(reason) => is_readable(&reason.to_string()),
    }
}

/// The time of a tab that can be read survives a round trip.
pub(crate) fn tab(bytes: &[u8]) -> Outcome {
    match parse_tab(&String::from_utf8_lossy(bytes)) {
        Ok(used) => {
            prop_assert_eq!(parse_tab(&write_tab(used)), Ok(used));
            Ok(())
        }
        Err(reason) => is_readable(&reason.to_string()),
    }
}
