//! What holds whatever is read: nothing panics, nothing good is lost, and what was taken comes back the same.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use glossator::{
    annotation::{Record, ReplicaId, Timestamp, Version, Versioned as _},
    interchange::{
        self, Import, StoredProblem, parse_draft, parse_step, parse_stored, parse_stored_article, parse_tab,
        write_draft, write_step, write_stored, write_tab,
    },
    session::Session,
    storage::{Failure, Incoming, KeyValueStore, LocalCopy, SetAsideItem},
    text::{Article, ArticleId, Library},
};
use proptest::{prelude::*, test_runner::TestCaseError};
use serde_json::{Value, value::RawValue};

use crate::Sample;

/// The text that the corpus annotates.
const TEXT: &str = "One two. Three four five.\n\nÉé 👩\u{200d}🚀 שלום 戦略 𝕏 e\u{301}nd.\r\n";

/// Two annotations as a file has them, under ids that the corpus does not have.
const GOOD: [&str; 2] = [
    r#"{"id":"01940000-0000-7000-8000-00000000000a","document":"a","tag":"argument","start":0,"end":3,"quote":"One","prefix":"","suffix":"","note":"","created":"2026-11-21T19:00:00Z","modified":"2026-11-21T19:00:00Z","version":{"counter":1,"replica":"0000000000000001"}}"#,
    r#"{"id":"01940000-0000-7000-8000-00000000000b","document":"a","tag":"proposal","start":20,"end":24,"quote":"five","prefix":"","suffix":"","note":"","created":"2026-11-21T19:00:00Z","modified":"2026-11-21T19:00:00Z","version":{"counter":1,"replica":"0000000000000001"}}"#,
];

const PREFIX: &str = "glossator:annotation:";
const ASIDE: &str = "glossator:aside:";

pub(crate) type Outcome = Result<(), TestCaseError>;

pub(crate) fn library() -> Library {
    [Article::new(ArticleId::new("a"), "A", "Note", "a.txt", TEXT)].into_iter().collect()
}

/// The names of the samples say what is good in them, so that the corpus stays one of things that are nearly right.
pub(crate) fn samples_are_read(samples: &[Sample]) -> Vec<String> {
    let unread = samples.iter().filter(|sample| {
        let text = String::from_utf8_lossy(&sample.bytes);
        match sample.name.split(['-', '.']).next() {
            Some("export") => interchange::parse(&sample.bytes, &library()).is_err(),
            Some("cut" | "damaged") => {
                !interchange::parse(&sample.bytes, &library()).is_ok_and(|it| !it.problems.is_empty())
            }
            Some("article") => parse_stored_article(&text).is_err(),
            Some("tab") => parse_tab(&text).is_err(),
            Some("stored") => parse_stored(&text, &library()).is_err(),
            Some("draft") => parse_draft(&text, &library()).is_err(),
            Some("step") => parse_step(&text, &library()).is_err(),
            _ => false,
        }
    });
    unread.map(|sample| format!("{} is not read as its name says", sample.name)).collect()
}

/// Only a JSON object can be one of Glossator's own files.
pub(crate) fn sniffed(bytes: &[u8]) -> Result<(), TestCaseError> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let is_object = text.starts_with(b"{");
    prop_assert!(is_object || !interchange::is_own_file(bytes));
    Ok(())
}

/// What was taken from a file can be written, and comes back from what was written.
pub(crate) fn file(bytes: &[u8]) -> Outcome {
    let library = library();
    let import = match interchange::parse(bytes, &library) {
        Ok(import) => import,
        Err(refusal) => return is_told(&refusal.to_string()),
    };
    for problem in &import.problems {
        is_told(&problem.to_string())?;
    }
    agree_with_the_text(bytes, &import.records)?;
    let articles: Vec<Rc<Article>> = library.iter().cloned().collect();
    let time = Timestamp(1_795_287_600_000);
    let written = interchange::write(&articles, &import.records, time);
    let written = written.map_err(|error| TestCaseError::fail(error.to_string()))?;
    let again = interchange::parse(written.as_bytes(), &library);
    let again = again.map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
    prop_assert_eq!(&again.problems, &[]);
    prop_assert_eq!(sorted(again.records.clone()), sorted(import.records));
    prop_assert_eq!(interchange::write(&articles, &again.records, time).ok(), Some(written));
    Ok(())
}

/// The words of each record's passage are those of the quote that the file gives under its id.
fn agree_with_the_text(bytes: &[u8], records: &[Record]) -> Outcome {
    let json: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let given = json["annotations"].as_array().into_iter().flatten();
    let quotes: Vec<(String, &Value)> =
        given.filter_map(|it| Some((it["id"].as_str()?.to_lowercase(), &it["quote"]))).collect();
    for record in records {
        let annotation = record.content.as_ref().expect("files have no deleted annotations");
        let words = &TEXT[annotation.span.start()..annotation.span.end()];
        let id = record.id.to_string();
        let mut quotes = quotes.iter().filter(|(of, _)| *of == id).map(|(_, it)| it).peekable();
        prop_assert!(quotes.peek().is_none() || quotes.any(|it| *it == words), "{id} is not on {words:?}");
        prop_assert!(record.version.counter <= Version::LAST, "no later version could follow {id}");
    }
    Ok(())
}

/// A message is there, and no longer than a person would read.
pub(crate) fn is_told(message: &str) -> Outcome {
    prop_assert!((10..2_000).contains(&message.chars().count()), "the message {message:?}");
    Ok(())
}

/// Whatever stands between two good annotations of a file, the first is taken, and the second too unless the file is no
/// JSON from there on.
pub(crate) fn between_good_ones(bytes: &[u8]) -> Outcome {
    let [first, second] = GOOD.map(str::as_bytes);
    let head = br#"{"format":"glossator","version":1,"offsetUnit":"unicode-code-point","annotations":["#;
    let file = [head, first, b",", bytes, b",", second, b"]}"].concat();
    let one_value = serde_json::from_slice::<&RawValue>(bytes).is_ok();
    // A bracket may end the list, and what follows may say that the file is another.
    if !one_value && bytes.contains(&b']') {
        let _ = interchange::parse(&file, &library());
        return Ok(());
    }
    let Import { records, .. } = interchange::parse(&file, &library())
        .map_err(|refusal| TestCaseError::fail(format!("all of the file is refused: {refusal}")))?;
    let has = |id: &str| records.iter().any(|it| it.id.to_string().ends_with(id));
    prop_assert!(has("0a"), "what stood before is lost");
    prop_assert!(!one_value || has("0b"), "what stood behind is lost");
    Ok(())
}

/// What is read of a stored item is written again as the same.
pub(crate) fn stored(bytes: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(bytes);
    match parse_stored(&text, &library()) {
        Ok(record) => {
            let written = write_stored(&record, &library()).expect("its article is here");
            prop_assert_eq!(parse_stored(&written, &library()), Ok(record));
        }
        Err(problem) => is_told(&problem.to_string())?,
    }
    Ok(())
}

/// A place that keeps strings, in memory.
#[derive(Clone, Default)]
pub(crate) struct Drawer(pub(crate) Rc<RefCell<BTreeMap<String, String>>>);

impl KeyValueStore for Drawer {
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

/// Two good records, and the items that they are stored as.
fn good() -> (Vec<Record>, Vec<(String, String)>) {
    let list = format!(
        r#"{{"format":"glossator","version":1,"offsetUnit":"unicode-code-point","annotations":[{}]}}"#,
        GOOD.join(",")
    );
    let records = interchange::parse(list.as_bytes(), &library()).expect("a good file").records;
    let item = |it: &Record| (format!("{PREFIX}{}", it.id), write_stored(it, &library()).expect("a record"));
    let items = records.iter().map(item).collect();
    (records, items)
}

/// Of everything that is kept, each item is a record, or set aside byte for byte, or left alone; and stays so.
pub(crate) fn place(bytes: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let (records, items) = good();
    let drawer = Drawer::default();
    drawer.0.borrow_mut().extend(items);
    // Under the key of the record that it names, under that of another, and under what is no key of ours at all.
    let named = parse_stored(&text, &library()).map(|it| it.id.to_string());
    let few: String = text.chars().take(40).collect();
    let mut keys: Vec<String> = named.into_iter().collect();
    keys.extend(["01930000-0000-7000-8000-000000000001".to_owned(), few.clone()]);
    let mut before: Vec<(String, String)> =
        keys.into_iter().map(|it| (format!("{PREFIX}{it}"), text.clone())).collect();
    before.push((format!("{ASIDE}{PREFIX}{few}"), text.clone()));
    before.push((few, text));
    drawer.0.borrow_mut().extend(before.clone());
    // A key may have been one of the others; what is there now is what must not be lost.
    let before = drawer.0.borrow().clone();

    let loaded = LocalCopy::new(drawer.clone(), library()).load();
    prop_assert_eq!(&loaded.failure, &None);
    for record in &records {
        prop_assert!(loaded.records.contains(record), "a good record is lost");
    }
    for (key, value) in &before {
        let now = drawer.0.borrow();
        if now.get(key) == Some(value) {
            let left = !key.starts_with(PREFIX)
                || loaded.records.iter().any(|it| *key == format!("{PREFIX}{}", it.id))
                || matches!(parse_stored(value, &library()), Err(StoredProblem::Unrecognized(_)));
            prop_assert!(left, "{key} is neither a record nor set aside");
        } else {
            let copy = format!("{ASIDE}{key}");
            let listed = |it: &SetAsideItem| it.key.starts_with(&copy) && now.get(&it.key) == Some(&it.value);
            let aside = loaded.set_aside.iter().any(|it| it.value == *value && listed(it));
            prop_assert!(aside, "what was under {key} is lost");
        }
    }
    let settled = drawer.0.borrow().clone();
    let again = LocalCopy::new(drawer.clone(), library()).load();
    prop_assert_eq!(sorted(again.records), sorted(loaded.records));
    prop_assert_eq!(&*drawer.0.borrow(), &settled, "a second visit moves nothing");
    Ok(())
}

/// What another tab puts under a key never costs what is there, nor what it wrote.
pub(crate) fn other_tab(bytes: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let (records, items) = good();
    let (key, value) = &items[0];
    let later =
        parse_stored(&text, &library()).is_ok_and(|it| it.id == records[0].id && it.supersedes(&records[0]));
    // It arrives late, when the good record is there again; or as it is written; or this tab has not heard of it yet.
    for (there, heard) in [(value, true), (&text, true), (&text, false)] {
        let drawer = Drawer::default();
        drawer.0.borrow_mut().insert(key.clone(), there.clone());
        let mut store = LocalCopy::new(drawer.clone(), library());
        if heard {
            let incoming = store.incoming(key, Some(&text));
            let kept = drawer.0.borrow().values().any(|it| it == there);
            prop_assert!(kept || later, "{incoming:?} lost what was there");
            if let Incoming::Record(record) = &incoming {
                prop_assert_eq!(&format!("{PREFIX}{}", record.id), key);
            }
        }
        let saved = store.save(&records[..1]);
        let now: Vec<String> = drawer.0.borrow().values().cloned().collect();
        let kept = now.contains(value) || !saved.newer.is_empty() || saved.failure.is_some();
        prop_assert!(kept, "the good record is neither stored nor known not to be");
        prop_assert!(now.contains(there) || later || there == value, "saving lost what was there");
    }
    Ok(())
}

fn sorted(mut records: Vec<Record>) -> Vec<Record> {
    records.sort_by_key(|it| it.id);
    records
}

/// A step that can be read comes back the same, and undoing it does no harm to what is here.
pub(crate) fn step(bytes: &[u8]) -> Outcome {
    let library = library();
    let text = String::from_utf8_lossy(bytes);
    let (step, undone) = match parse_step(&text, &library) {
        Ok(step) => step,
        Err(reason) => return is_told(&reason.to_string()),
    };
    let written = write_step(&step, undone, &library).expect("its passages are in the library");
    prop_assert_eq!(parse_step(&written, &library), Ok((step.clone(), undone)));
    let mut session = Session::new(library, ReplicaId(1));
    session.restore_history(vec![(step, undone)], 0);
    let now = Timestamp(1_795_287_600_000);
    for (_, change) in [session.undo(now), session.redo(now)].into_iter().flatten() {
        for record in change.records {
            prop_assert!(write_stored(&record, session.library()).is_some());
        }
    }
    Ok(())
}

/// A draft that can be read comes back the same.
pub(crate) fn draft(bytes: &[u8]) -> Outcome {
    let library = library();
    match parse_draft(&String::from_utf8_lossy(bytes), &library) {
        Ok((article, span, note)) => {
            let here = library.get(&article).expect("it is one of the library's");
            let written = write_draft(here, span, &note);
            prop_assert_eq!(parse_draft(&written, &library), Ok((article, span, note)));
            Ok(())
        }
        Err(reason) => is_told(&reason.to_string()),
    }
}

/// A time that can be read comes back the same.
pub(crate) fn tab(bytes: &[u8]) -> Outcome {
    match parse_tab(&String::from_utf8_lossy(bytes)) {
        Ok(used) => {
            prop_assert_eq!(parse_tab(&write_tab(used)), Ok(used));
            Ok(())
        }
        Err(reason) => is_told(&reason.to_string()),
    }
}
