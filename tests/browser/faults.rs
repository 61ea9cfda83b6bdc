//! Storage fails, in each of its functions and in each way that it can: the page works on, says what is true of the work, and
//! has kept everything once all is well again.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    harness::{
        EDITOR, Page,
        chance::{Dice, seed},
        records::KEY,
    },
    steps::{Work, work_kept, work_shown},
};

const FAULTY: &str = include_str!("harness/scripts/faulty-storage.js");
const WORK: &str = include_str!("harness/scripts/work-through-faults.js");

pub(crate) fn with_any_fault_of_local_storage_the_work_is_saved(page: &mut Page) {
    let lasting = [
        json!({ "at": "localStorage", "throws": "SecurityError" }),
        json!({ "at": "localStorage", "answers": null }),
        json!({ "at": "setItem", "idle": true }),
        json!({ "at": "getItem", "answers": null }),
        json!({ "at": "getItem", "answers": "{}" }),
        json!({ "at": "getItem", "answers": "[1, 2" }),
    ];
    let mut passes = Passes::new(page);
    for fault in lasting {
        passes.pass(&[fault], "saved");
    }
    // What is there and not valid is to be removed.
    let invalid = format!("localStorage.setItem('{}', '{{');", invalid_key());
    for (at, name) in [
        ("getItem", "InvalidStateError"),
        ("setItem", "QuotaExceededError"),
        ("setItem", "SecurityError"),
        ("removeItem", "InvalidStateError"),
    ] {
        for fault in once_and_always(json!({ "at": at, "throws": name })) {
            passes.pass_after(&invalid, &[fault], "saved");
        }
    }
    passes.conclude();
}

pub(crate) fn with_any_fault_of_the_database_the_work_goes_on(page: &mut Page) {
    const ALL: [&str; 6] = ["open", "getAll", "getAllKeys", "get", "put", "commit"];
    let fails = |at: &str| json!({ "at": at, "fails": "UnknownError" });
    let hangs = |at: &str| json!({ "at": at, "hangs": true });
    let throws = |at: &str| json!({ "at": at, "throws": "InvalidStateError" });
    let answers = |at: &str, answer: Value| json!({ "at": at, "answers": answer });
    let late = |at: &str| json!({ "at": at, "late": 50 });
    let too_late = |at: &str| json!({ "at": at, "late": 900, "times": 1 });

    let mut passes = Passes::new(page);
    for fault in [ALL.map(fails), ALL.map(hangs)].concat() {
        let [once, always] = once_and_always(fault);
        passes.pass(&[always], "local");
        passes.pass(&[once], "saved");
    }
    passes.pass(&[json!({ "at": "open", "throws": "SecurityError" })], "local");
    passes.pass(&[json!({ "at": "put", "fails": "QuotaExceededError" })], "local");
    for at in ["transaction", "getAll", "getAllKeys", "get", "put"] {
        passes.pass(&[throws(at)], "local");
    }
    for at in ["open", "transaction", "getAll", "getAllKeys"] {
        passes.pass(&[answers(at, json!({}))], "local");
    }
    // What the page can make something of, though it be wrong.
    for answer in [Value::Null, json!(7), json!([7, {}, null])] {
        passes.pass(&[answers("get", answer.clone())], "saved");
    }
    passes.pass(&[answers("getAll", Value::Null)], "saved");
    passes.pass(&[answers("getAllKeys", json!([7, {}, null]))], "saved");
    for fault in [ALL.map(late), ALL.map(too_late)].concat() {
        passes.pass(&[fault], "saved");
    }
    // Once: at what is to be moved away, and not at the steps of the history that go with every edit after an undo.
    for fault in [throws("delete"), fails("delete")] {
        let [fault, _] = once_and_always(fault);
        page.store_durably(&invalid_key(), "{");
        passes.pass(&[fault], "saved");
    }
    passes.conclude();
}

pub(crate) fn what_no_place_takes_is_said_not_to_be_saved(page: &mut Page) {
    let mut passes = Passes::new(page);
    for quick in [
        json!({ "at": "localStorage", "throws": "SecurityError" }),
        json!({ "at": "setItem", "throws": "QuotaExceededError" }),
        json!({ "at": "getItem", "throws": "UnknownError" }),
    ] {
        for durable in [
            json!({ "at": "open", "throws": "SecurityError" }),
            json!({ "at": "put", "fails": "QuotaExceededError" }),
            json!({ "at": "commit", "hangs": true }),
        ] {
            passes.pass(&[quick.clone(), durable], "unsaved");
        }
    }
    passes.conclude();
}

/// An annotation's key, but of none.
fn invalid_key() -> String {
    format!("{KEY}none")
}

fn once_and_always(fault: Value) -> [Value; 2] {
    let mut once = fault.clone();
    once["times"] = json!(1);
    [once, fault]
}

/// What came of working through faults.
#[derive(Deserialize)]
struct Came {
    shown: Value,
    notices: Vec<String>,
    afterwards: Value,
    crashed: bool,
}

/// One pass after the other, each on top of what the ones before left.
struct Passes<'a> {
    page: &'a Page,
    dice: Dice,
    done: usize,
    /// What came of all passes so far.
    known: Work,
}

impl<'a> Passes<'a> {
    fn new(page: &'a Page) -> Self {
        let seed = seed();
        println!("{}: GLOSSATOR_SEED={seed}", page.browser().name());
        Self { page, dice: Dice(seed), done: 0, known: Work::new() }
    }

    /// Opens the page with these faults, works, waits until it says this of the work, and lets all be well.
    fn pass(&mut self, faults: &[Value], says: &str) {
        self.pass_after("", faults, says);
    }

    /// The same after a script that prepares the storage.
    fn pass_after(&mut self, prepare: &str, faults: &[Value], says: &str) {
        println!("{} is to make the page say “{says}”", json!(faults));
        let given = format!("{prepare} window.faults = {};", json!(faults));
        self.page.open_with(&[&given, FAULTY, EDITOR]);
        // With both places failing, the page may not know what there is, so that it works elsewhere.
        let (known, from) = if says == "unsaved" { (None, 5 * self.done) } else { (Some(&self.known), 0) };
        let order = json!({ "seed": self.dice.below(1 << 31), "from": from, "known": known, "says": says });
        let came: Came = serde_json::from_value(self.page.script_awaited(WORK, &[order])).expect("what came");
        let told = came.notices.iter().any(|kind| kind == "not-saved");
        assert_eq!(
            told,
            says != "saved",
            "the person is told, if there is something to tell: {:?}",
            came.notices
        );
        assert!(!came.crashed);

        // Where the earlier work was not to be had, this is what came to it.
        if says != "unsaved" {
            self.known.clear();
        }
        self.known.extend(work_shown(came.shown));
        assert_eq!(work_shown(came.afterwards), self.known, "everything is on the page");
        assert_eq!(work_kept(&self.durable()), self.known, "everything is in the database");
        self.done += 1;
    }

    fn durable(&self) -> Vec<(String, String)> {
        let mut items = self.page.durable();
        // It is not moved away where that fails.
        items.retain(|(key, _)| *key != invalid_key());
        items
    }

    /// Opens the page with storage that is well.
    fn conclude(&self) {
        println!("{}: {} passes", self.page.browser().name(), self.done);
        self.page.open_with(&[EDITOR]);
        self.page.wait_for("all the work, with storage that is well", self.known.clone(), || {
            work_shown(self.page.script("return new Editor({ seed: 0 }).shown()", &[]))
        });
    }
}
