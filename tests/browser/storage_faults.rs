//! Every function of the browser's storage fails in every way that it can. The page must go on working, report the true
//! status, and have stored everything once the faults end.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    actions::{Work, shown_work, stored_work},
    harness::{
        EDITOR, Page,
        random::{Random, seed},
        records::KEY,
    },
};

pub(crate) const FAULTY: &str = include_str!("harness/scripts/faulty-storage.js");
const WORK: &str = include_str!("harness/scripts/work-through-faults.js");

pub(crate) fn work_is_saved_despite_any_fault_of_local_storage(page: &mut Page) {
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
    // With an invalid item, which the page has to move away.
    let invalid = format!("localStorage.setItem('{}', '{{');", invalid_key());
    for (at, name) in [
        ("getItem", "InvalidStateError"),
        ("setItem", "QuotaExceededError"),
        ("setItem", "SecurityError"),
        ("removeItem", "InvalidStateError"),
    ] {
        let fault = json!({ "at": at, "throws": name });
        passes.pass_after(&invalid, &[once(fault.clone())], "saved");
        passes.pass_after(&invalid, &[fault], "saved");
    }
    passes.conclude();
}

pub(crate) fn work_goes_on_despite_any_fault_of_the_database(page: &mut Page) {
    const READING: [&str; 4] = ["open", "getAll", "getAllKeys", "get"];
    const WRITING: [&str; 3] = ["get", "put", "commit"];
    let fails = |at: &str| json!({ "at": at, "fails": "UnknownError" });
    let hangs = |at: &str| json!({ "at": at, "hangs": true });
    let throws = |at: &str| json!({ "at": at, "throws": "InvalidStateError" });
    let answers = |at: &str, answer: Value| json!({ "at": at, "answers": answer });
    let late = |at: &str| json!({ "at": at, "late": 50 });
    let too_late = |at: &str| json!({ "at": at, "late": 900 });

    let mut passes = Passes::new(page);
    for fault in [READING.map(fails), READING.map(hangs)].concat() {
        passes.pass(&[fault], "local");
    }
    // One after the other, until an attempt succeeds.
    for faults in [READING.map(fails), READING.map(hangs), READING.map(too_late)] {
        passes.pass(&faults.map(once), "saved");
    }
    passes.pass(&READING.map(late), "saved");
    passes.pass(&[json!({ "at": "open", "throws": "SecurityError" })], "local");
    for at in ["transaction", "getAll", "getAllKeys", "get"] {
        passes.pass(&[throws(at)], "local");
    }
    for at in ["open", "transaction", "getAll", "getAllKeys"] {
        passes.pass(&[answers(at, json!({}))], "local");
    }
    // Wrong answers that the page can cope with.
    for answer in [Value::Null, json!(7), json!([7, {}, null])] {
        passes.pass(&[answers("get", answer.clone())], "saved");
    }
    passes.pass(&[answers("getAll", Value::Null)], "saved");
    passes.pass(&[answers("getAllKeys", json!([7, {}, null]))], "saved");
    // Only the first deletion fails, of the invalid item, and not those of history steps with every edit after an undo.
    for fault in [throws("delete"), fails("delete")] {
        page.store_durably(&invalid_key(), "{");
        passes.pass(&[once(fault)], "saved");
    }

    // The page has been read, and then writing fails.
    for fault in [WRITING.map(fails), WRITING.map(hangs)].concat() {
        passes.pass_without_reload(std::slice::from_ref(&fault), "local");
        passes.pass_without_reload(&[once(fault)], "saved");
    }
    for fault in [WRITING.map(late), WRITING.map(too_late).map(once)].concat() {
        passes.pass_without_reload(&[fault], "saved");
    }
    for fault in [throws("transaction"), throws("put"), json!({ "at": "put", "fails": "QuotaExceededError" })]
    {
        passes.pass_without_reload(&[fault], "local");
    }
    passes.conclude();
}

pub(crate) fn work_that_no_storage_accepts_is_reported_as_unsaved(page: &mut Page) {
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

/// The key of an invalid item.
fn invalid_key() -> String {
    format!("{KEY}none")
}

/// The fault, but only the first time.
fn once(mut fault: Value) -> Value {
    fault["times"] = json!(1);
    fault
}

/// The result of working through faults.
#[derive(Deserialize)]
struct Outcome {
    shown: Value,
    notices: Vec<String>,
    afterwards: Value,
    crashed: bool,
}

/// Passes on one storage: each continues with the work of the ones before.
struct Passes<'a> {
    page: &'a Page,
    random: Random,
    done: usize,
    /// The work of all passes so far.
    known: Work,
}

impl<'a> Passes<'a> {
    fn new(page: &'a Page) -> Self {
        let seed = seed();
        println!("{}: GLOSSATOR_SEED={seed}", page.browser().name());
        Self { page, random: Random(seed), done: 0, known: Work::new() }
    }

    /// Opens the page with these faults, edits, waits until the header shows this status, and ends the faults.
    fn pass(&mut self, faults: &[Value], status: &str) {
        self.pass_after("", faults, status);
    }

    /// The same after a script that prepares the storage.
    fn pass_after(&mut self, prepare: &str, faults: &[Value], status: &str) {
        let given = format!("{prepare} window.faults = {};", json!(faults));
        self.page.open_with(&[&given, FAULTY, EDITOR]);
        self.work(faults, status);
    }

    /// The same in the page that is open.
    fn pass_without_reload(&mut self, faults: &[Value], status: &str) {
        self.page.script("window.faults.push(...arguments[0])", &[json!(faults)]);
        self.work(faults, status);
    }

    fn work(&mut self, faults: &[Value], status: &str) {
        println!("{} should lead to “{status}”", json!(faults));
        // While both copies fail, the page may not know the earlier work, so these passes edit other passages.
        let (known, from) = if status == "unsaved" { (None, 5 * self.done) } else { (Some(&self.known), 0) };
        let order =
            json!({ "seed": self.random.below(1 << 31), "from": from, "known": known, "status": status });
        let outcome = self.page.script_awaited(WORK, &[order]);
        let outcome: Outcome = serde_json::from_value(outcome).expect("an outcome");
        let is_reported = outcome.notices.iter().any(|kind| kind == "not-saved");
        assert_eq!(
            is_reported,
            status != "saved",
            "a notice appears exactly if the work is not safe: {:?}",
            outcome.notices
        );
        assert!(!outcome.crashed);

        // Where the earlier work was unknown, this is added to it.
        if status != "unsaved" {
            self.known.clear();
        }
        self.known.extend(shown_work(outcome.shown));
        assert_eq!(shown_work(outcome.afterwards), self.known, "the page shows everything");
        assert_eq!(stored_work(&self.durable()), self.known, "everything is in the database");
        self.done += 1;
    }

    fn durable(&self) -> Vec<(String, String)> {
        let mut items = self.page.durable();
        // It remains where moving it away fails.
        items.retain(|(key, _)| *key != invalid_key());
        items
    }

    /// Opens the page with storage that works.
    fn conclude(&self) {
        println!("{}: {} passes", self.page.browser().name(), self.done);
        self.page.open_with(&[EDITOR]);
        self.page.wait_for("all the work, without faults", self.known.clone(), || {
            shown_work(self.page.script("return new Editor({ seed: 0 }).shown()", &[]))
        });
    }
}
