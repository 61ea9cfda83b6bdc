//! The whole browser is killed while somebody works, and started again: what it said was saved is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    thread,
    time::Duration,
};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::harness::{
    EDITOR, RECORD_DOWNLOADS, Told, Undriven,
    chance::{Dice, given, seed},
    records::Annotation,
};

const TOLD_EDITS: &str = include_str!("harness/scripts/told-edits.js");

/// What is worked on between two kills has this many edits at most.
const EDITS: u64 = 200;

/// Kills where `GLOSSATOR_KILLS` does not say how many.
const KILLS: u64 = 2;

/// Kills at random moments. `GLOSSATOR_SEED` repeats the edits and the moments of a run, as far as a browser lets repeat.
pub(crate) fn a_killed_browser_keeps_what_it_said_was_saved(browser: &mut Undriven) {
    let name = browser.browser().name();
    let kills = given("GLOSSATOR_KILLS").unwrap_or(KILLS);
    let seed = seed();
    println!("{name}: GLOSSATOR_SEED={seed}");
    let mut dice = Dice(seed);
    let mut journal = Journal::default();
    let mut tally = Tally::default();
    loop {
        browser.launch(&[RECORD_DOWNLOADS, EDITOR, TOLD_EDITS]);
        let opened = browser.told();
        let found = journal.hear(&opened).expect("first the page tells what it has");
        tally.judge(&journal, &found);
        if tally.kills == kills {
            break;
        }
        journal = Journal { promised: found, ..Journal::default() };
        opened.answer(json!({ "seed": dice.below(1 << 31), "edits": EDITS }));

        let enough = 1 + dice.below(EDITS);
        while journal.last_planned() < enough {
            let told = browser.told();
            journal.hear(&told);
            told.answer(Value::Null);
        }
        // Waits for nothing: a kill is to come at any moment, also in the middle of what was just begun.
        thread::sleep(Duration::from_millis(dice.below(40)));
        for told in browser.kill() {
            journal.hear(&told);
        }
        tally.count(&journal);
    }
    println!(
        "| {name} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
        tally.kills,
        tally.edits,
        tally.saved,
        tally.texts,
        tally.lost,
        tally.texts_lost,
        tally.steps_lost,
        tally.revived,
        tally.duplicated
    );
    assert!(tally.harm.is_empty(), "with GLOSSATOR_SEED={seed}, first of all:\n{}", tally.harm[0]);
}

/// What stands on a passage.
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

/// An edit, told before it is made: what will stand on the passage of this quote.
#[derive(Clone, Debug, Deserialize)]
struct Planned {
    seq: u64,
    quote: String,
    to: Option<Content>,
}

/// What a page has.
#[derive(Debug, Default)]
struct Had {
    /// What it shows.
    shown: Vec<Shown>,
    /// The texts of own articles, each with its title.
    texts: Vec<(String, String)>,
    /// The numbers of the latest steps that undo would take back.
    steps: Vec<u64>,
}

/// What a page tells.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Words {
    Opened { exported: Value, shown: Vec<Shown>, steps: Vec<u64> },
    Planned(Vec<Planned>),
    Adding { title: String, text: String },
    Saved { edit: u64, shown: Vec<Shown>, titles: Vec<String>, steps: Vec<u64> },
    Finished(u64),
    Failed(String),
}

/// What one opening of the page told, up to the kill.
#[derive(Default)]
struct Journal {
    /// What was there when the page last said that all is saved.
    promised: Had,
    /// How many edits that includes.
    saved: u64,
    planned: Vec<Planned>,
    /// Every text that was to be added, by its title, and how many of them since all was said to be saved.
    added: BTreeMap<String, String>,
    added_since: usize,
}

impl Journal {
    /// Takes in what a page tells; gives what it has when it was just opened.
    fn hear(&mut self, told: &Told) -> Option<Had> {
        match Words::deserialize(&told.words).expect("words as the script says them") {
            Words::Opened { exported, mut shown, steps } => {
                shown.sort();
                assert_eq!(shown, in_export(&exported), "the page shows what it exports");
                return Some(Had { shown, texts: texts_in_export(&exported), steps });
            }
            Words::Planned(edits) => self.planned.extend(edits),
            Words::Adding { title, text } => {
                self.added.insert(title, text);
                self.added_since += 1;
            }
            Words::Saved { edit, shown, titles, steps } => {
                let earlier: BTreeMap<_, _> = std::mem::take(&mut self.promised.texts).into_iter().collect();
                let text = |title: &String| {
                    self.added.get(title).or(earlier.get(title)).expect("a text that was added").clone()
                };
                let texts = titles.iter().map(|it| (it.clone(), text(it))).collect();
                (self.saved, self.promised) = (edit, Had { shown, texts, steps });
                self.added_since = 0;
            }
            Words::Finished(edits) => assert_eq!(edits, self.last_planned()),
            Words::Failed(problem) => panic!("{problem}"),
        }
        None
    }

    fn last_planned(&self) -> u64 {
        self.planned.last().map_or(0, |edit| edit.seq)
    }

    /// What may stand on a passage after a kill: what was promised, or what came of an edit since.
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

/// The texts in an export, each with its title.
fn texts_in_export(export: &Value) -> Vec<(String, String)> {
    let documents = export["documents"].as_array().expect("an export has documents");
    let with_text = documents.iter().filter_map(|it| Some((it["title"].as_str()?, it["text"].as_str()?)));
    with_text.map(|(title, text)| (title.to_owned(), text.to_owned())).collect()
}

/// How it all went.
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
    revived: u64,
    duplicated: u64,
    /// What was lost, revived or duplicated.
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

    /// Compares what was promised before the kill with what is found after it.
    fn judge(&mut self, journal: &Journal, found: &Had) {
        self.judge_texts(journal, &found.texts);
        self.judge_steps(journal, &found.steps);
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
    /// Each text that was promised is there once and as it was, and no other than one that was being added.
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
            self.harm.push(format!("kill {}: the text “{title}” was never added, or otherwise", self.kills));
        }
    }

    /// Each step that was promised can be undone, but for so many of the latest as there were edits since: any of these may
    /// have undone one.
    fn judge_steps(&mut self, journal: &Journal, found: &[u64]) {
        let since = usize::try_from(journal.last_planned() - journal.saved).expect("a number of edits");
        let untouched = journal.promised.steps.len().saturating_sub(since + journal.added_since);
        // Each edit since may also have been one step more, of which no more are told than so many.
        let told = journal.promised.steps[..untouched].iter().skip(since + journal.added_since);
        for step in told.filter(|it| !found.contains(it)) {
            self.steps_lost += 1;
            self.harm.push(format!("kill {}: step {step} is lost", self.kills));
        }
    }
}
