//! The whole browser is killed while somebody works, and started again: what it said was saved is there.

use std::{collections::BTreeSet, thread, time::Duration};

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
        "| {name} | {} | {} | {} | {} | {} | {} |",
        tally.kills, tally.edits, tally.saved, tally.lost, tally.revived, tally.duplicated
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

/// What a page tells.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Words {
    Opened { exported: Value, shown: Vec<Shown> },
    Planned(Vec<Planned>),
    Saved { edit: u64, shown: Vec<Shown> },
    Finished(u64),
    Failed(String),
}

/// What one opening of the page told, up to the kill.
#[derive(Default)]
struct Journal {
    /// What was shown when the page last said that all is saved.
    promised: Vec<Shown>,
    /// How many edits that includes.
    saved: u64,
    planned: Vec<Planned>,
}

impl Journal {
    /// Takes in what a page tells; gives what it has when it was just opened.
    fn hear(&mut self, told: &Told) -> Option<Vec<Shown>> {
        match Words::deserialize(&told.words).expect("words as the script says them") {
            Words::Opened { exported, mut shown } => {
                shown.sort();
                assert_eq!(shown, in_export(&exported), "the page shows what it exports");
                return Some(shown);
            }
            Words::Planned(edits) => self.planned.extend(edits),
            Words::Saved { edit, shown } => (self.saved, self.promised) = (edit, shown),
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
        let promised = self.promised.iter().find(|it| it.quote == quote).map(Shown::content);
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

/// How it all went.
#[derive(Default)]
struct Tally {
    kills: u64,
    edits: u64,
    saved: u64,
    lost: u64,
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
    }

    /// Compares what was promised before the kill with what is found after it.
    fn judge(&mut self, journal: &Journal, found: &[Shown]) {
        let quotes: BTreeSet<&str> = (journal.promised.iter().chain(found))
            .map(|it| it.quote.as_str())
            .chain(journal.planned.iter().map(|edit| edit.quote.as_str()))
            .collect();
        for quote in quotes {
            let here: Vec<&Shown> = found.iter().filter(|it| it.quote == quote).collect();
            let promised = journal.promised.iter().find(|it| it.quote == quote);
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
}
