//! The browser is killed while somebody works, and started again. Everything that the page called saved must be there.

use std::{
    collections::{BTreeMap, BTreeSet},
    thread,
    time::Duration,
};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::harness::{
    DriverlessBrowser, EDITOR, Message, RECORD_DOWNLOADS,
    random::{Random, number, seed},
    records::Annotation,
};

const REPORT_EDITS: &str = include_str!("harness/scripts/report-edits.js");

/// The most edits between two kills, if `GLOSSATOR_KILLS` gives their number.
const EDITS: u64 = 200;

/// The number of kills and the most edits between two, otherwise.
const FEW: (u64, u64) = (2, 60);

/// Kills at moments that the seed decides, as it does the edits. How far the browser gets by then still differs between
/// runs.
pub(crate) fn a_killed_browser_loses_no_saved_work(browser: &mut DriverlessBrowser) {
    let name = browser.browser().name();
    let (kills, edits) = number("GLOSSATOR_KILLS").map_or(FEW, |kills| (kills, EDITS));
    let seed = seed();
    println!("{name}: GLOSSATOR_SEED={seed}");
    let mut random = Random(seed);
    let mut journal = Journal::default();
    let mut tally = Tally::default();
    loop {
        browser.launch(&[RECORD_DOWNLOADS, EDITOR, REPORT_EDITS]);
        let opened = browser.next_message();
        let found = journal.record(&opened).expect("the first message says what the page has");
        tally.judge(&journal, &found);
        if tally.kills == kills {
            break;
        }
        journal = Journal { promised: found, ..Journal::default() };
        opened.answer(json!({ "seed": random.below(1 << 31), "edits": edits }));

        let enough = 1 + random.below(edits);
        while journal.last_planned() < enough {
            let message = browser.next_message();
            journal.record(&message);
            message.answer(Value::Null);
        }
        // No condition is awaited, so that the kill comes at any moment, also in the middle of an edit.
        thread::sleep(Duration::from_millis(random.below(40)));
        for message in browser.kill() {
            journal.record(&message);
        }
        tally.count(&journal);
    }
    println!(
        "| {name} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
        tally.kills,
        tally.edits,
        tally.saved,
        tally.texts,
        tally.lost,
        tally.texts_lost,
        tally.steps_lost,
        tally.names_lost,
        tally.revived,
        tally.duplicated
    );
    assert!(tally.harm.is_empty(), "with GLOSSATOR_SEED={seed}, first of all:\n{}", tally.harm[0]);
}

/// The annotation on a passage.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Content {
    tag: String,
    note: String,
}

/// An annotation as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Shown {
    quote: String,
    id: String,
    tag: String,
    note: String,
}

/// An edit, announced before it is made: what the passage of this quote will then have.
#[derive(Clone, Debug, Deserialize)]
struct Planned {
    seq: u64,
    quote: String,
    to: Option<Content>,
}

/// The state of a page.
#[derive(Debug, Default)]
struct State {
    /// The annotations that it shows.
    shown: Vec<Shown>,
    /// The title and the text of each own article.
    texts: Vec<(String, String)>,
    /// The numbers of the latest steps that can be undone.
    steps: Vec<u64>,
    /// The name of the tag that is renamed.
    name: String,
}

/// A message of the page.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Report {
    Opened { exported: Value, shown: Vec<Shown>, steps: Vec<u64>, name: String },
    Planned(Vec<Planned>),
    Adding { title: String, text: String },
    Naming(String),
    Saved { edit: u64, shown: Vec<Shown>, titles: Vec<String>, steps: Vec<u64>, name: String },
    Finished(u64),
    Failed(String),
}

/// What the page reported between its start and the kill.
#[derive(Default)]
struct Journal {
    /// The state when the header last said that it was saved.
    promised: State,
    /// The number of edits in that state.
    saved: u64,
    planned: Vec<Planned>,
    /// Every text that was added, by its title, and how many of them after `promised`.
    added: BTreeMap<String, String>,
    added_since: usize,
    /// The names that the tag got after `promised`.
    names_since: Vec<String>,
}

impl Journal {
    /// Records a message. Returns the state of the page if it was just opened.
    fn record(&mut self, message: &Message) -> Option<State> {
        match Report::deserialize(&message.body).expect("a report as the script sends it") {
            Report::Opened { exported, mut shown, steps, name } => {
                shown.sort();
                assert_eq!(shown, in_export(&exported), "the page shows what it exports");
                return Some(State { shown, texts: texts_in_export(&exported), steps, name });
            }
            Report::Planned(edits) => self.planned.extend(edits),
            Report::Adding { title, text } => {
                self.added.insert(title, text);
                self.added_since += 1;
            }
            Report::Naming(name) => self.names_since.push(name),
            Report::Saved { edit, shown, titles, steps, name } => {
                let earlier: BTreeMap<_, _> = std::mem::take(&mut self.promised.texts).into_iter().collect();
                let text = |title: &String| {
                    self.added.get(title).or(earlier.get(title)).expect("a text that was added").clone()
                };
                // A report may cross the announcement of the next name.
                let passed = self.names_since.iter().position(|it| *it == name).map_or(0, |at| at + 1);
                self.names_since.drain(..passed);
                let texts = titles.iter().map(|it| (it.clone(), text(it))).collect();
                (self.saved, self.promised) = (edit, State { shown, texts, steps, name });
                self.added_since = 0;
            }
            Report::Finished(edits) => assert_eq!(edits, self.last_planned()),
            Report::Failed(problem) => panic!("{problem}"),
        }
        None
    }

    fn last_planned(&self) -> u64 {
        self.planned.last().map_or(0, |edit| edit.seq)
    }

    /// What a passage may have after a kill: what was promised, or the result of an edit since.
    fn allowed(&self, quote: &str) -> Vec<Option<Content>> {
        let promised = self.promised.shown.iter().find(|it| it.quote == quote).map(Shown::content);
        let since = self.planned.iter().filter(|edit| edit.seq > self.saved && edit.quote == quote);
        std::iter::once(promised).chain(since.map(|edit| edit.to.clone())).collect()
    }
}

impl Shown {
    fn content(&self) -> Content {
        Content { tag: self.tag.clone(), note: self.note.clone() }
    }
}

fn in_export(export: &Value) -> Vec<Shown> {
    let records = export["annotations"].as_array().expect("an export has annotations");
    let annotations = records.iter().map(Annotation::from_record);
    let mut shown: Vec<Shown> =
        annotations.map(|Annotation { quote, id, tag, note, .. }| Shown { quote, id, tag, note }).collect();
    shown.sort();
    shown
}

/// The title and the text of each own article in an export.
fn texts_in_export(export: &Value) -> Vec<(String, String)> {
    let documents = export["documents"].as_array().expect("an export has documents");
    let with_text = documents.iter().filter_map(|it| Some((it["title"].as_str()?, it["text"].as_str()?)));
    with_text.map(|(title, text)| (title.to_owned(), text.to_owned())).collect()
}

/// The results of all kills.
#[derive(Default)]
struct Tally {
    kills: u64,
    edits: u64,
    saved: u64,
    /// Own texts that were promised.
    texts: usize,
    lost: u64,
    texts_lost: u64,
    steps_lost: u64,
    names_lost: u64,
    revived: u64,
    duplicated: u64,
    /// Descriptions of everything that was lost, revived or duplicated.
    harm: Vec<String>,
}

impl Tally {
    fn count(&mut self, journal: &Journal) {
        self.kills += 1;
        self.edits += journal.last_planned();
        self.saved += journal.saved;
        self.texts +=
            journal.promised.texts.iter().filter(|(title, _)| journal.added.contains_key(title)).count();
    }

    /// Compares the state promised before the kill with the state found after it.
    fn judge(&mut self, journal: &Journal, found: &State) {
        self.judge_texts(journal, &found.texts);
        self.judge_steps(journal, &found.steps);
        self.judge_name(journal, &found.name);
        let (promised, found) = (&journal.promised.shown, &found.shown);
        let quotes: BTreeSet<&str> = (promised.iter().chain(found))
            .map(|it| it.quote.as_str())
            .chain(journal.planned.iter().map(|edit| edit.quote.as_str()))
            .collect();
        for quote in quotes {
            let here: Vec<&Shown> = found.iter().filter(|it| it.quote == quote).collect();
            let promised = promised.iter().find(|it| it.quote == quote);
            let allowed = journal.allowed(quote);
            let another =
                |it: &&Shown| allowed.len() == 1 && promised.is_some_and(|promised| promised.id != it.id);
            let counted = if here.len() > 1 {
                &mut self.duplicated
            } else if allowed.contains(&here.first().map(|it| it.content())) && !here.iter().any(another) {
                continue;
            } else if promised.is_none() {
                &mut self.revived
            } else {
                &mut self.lost
            };
            *counted += 1;
            self.harm.push(format!(
                "kill {}, “{quote}”: promised {promised:?} with edit {} of {}, allowed {allowed:?}, found {here:?}",
                self.kills, journal.saved, journal.last_planned()
            ));
        }
    }

    /// Checks that each promised text is there once and unchanged, and no others but those that were being added.
    fn judge_texts(&mut self, journal: &Journal, found: &[(String, String)]) {
        for (title, text) in &journal.promised.texts {
            if !found.iter().any(|it| (&it.0, &it.1) == (title, text)) {
                self.texts_lost += 1;
                self.harm.push(format!("kill {}: the text “{title}” is lost", self.kills));
            }
        }
        let mut titles: Vec<&String> = found.iter().map(|(title, _)| title).collect();
        titles.sort();
        for title in titles.iter().filter(|title| titles.iter().filter(|it| it == title).count() > 1) {
            self.duplicated += 1;
            self.harm.push(format!("kill {}: the text “{title}” is there twice", self.kills));
        }
        let known = |it: &&(String, String)| {
            journal.promised.texts.contains(it) || journal.added.get(&it.0) == Some(&it.1)
        };
        for (title, _) in found.iter().filter(|it| !known(it)) {
            self.revived += 1;
            self.harm.push(format!(
                "kill {}: the text “{title}” was never added, or is not as it was",
                self.kills
            ));
        }
    }

    /// Checks that the tag has its promised name, or one that it got since.
    fn judge_name(&mut self, journal: &Journal, found: &str) {
        let promised = &journal.promised.name;
        if !promised.is_empty() && found != promised && !journal.names_since.iter().any(|it| it == found) {
            self.names_lost += 1;
            self.harm.push(format!("kill {}: the name “{promised}” is lost, found “{found}”", self.kills));
        }
    }

    /// Checks that each promised step can still be undone, except as many of the latest as there were edits since, any
    /// of which may have undone one.
    fn judge_steps(&mut self, journal: &Journal, found: &[u64]) {
        let since = usize::try_from(journal.last_planned() - journal.saved).expect("a number of edits");
        let since = since + journal.added_since + journal.names_since.len();
        let untouched = journal.promised.steps.len().saturating_sub(since);
        // Each edit since may also have added a step, and the page reports only the latest steps.
        let expected = journal.promised.steps[..untouched].iter().skip(since);
        for step in expected.filter(|it| !found.contains(it)) {
            self.steps_lost += 1;
            self.harm.push(format!("kill {}: step {step} is lost", self.kills));
        }
    }
}
