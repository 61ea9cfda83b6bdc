//! Data of other versions of Glossator: earlier ones are read, also while one runs in another tab, and later ones stay
//! untouched.

use fantoccini::wd::WindowHandle;
use serde_json::{Value, json};

use crate::{
    actions::{focus_card, key_of, records, tag_by_key, wait_for_tag, wait_until_drawn, write_note},
    harness::{
        Key, Page, RECORD_DOWNLOADS,
        records::{Annotation, FIRST, KEY, SECOND, made_up_id},
    },
    storage::wait_for_status,
};

/// Everything in localStorage after a session with version 0.1.0, byte for byte.
const SAMPLE: &str = include_str!("../samples/local-storage-0.1.0.json");

pub(crate) fn data_of_version_0_1_0_is_read(page: &mut Page) {
    let mut sample: Vec<(String, String)> = serde_json::from_str(SAMPLE).expect("pairs of strings");
    let fill = format!("for (const [key, value] of {SAMPLE}) localStorage.setItem(key, value);");
    page.open_with(&[RECORD_DOWNLOADS, &fill]);
    wait_for_status(page, "saved");
    let annotations = Annotation::from_storage(&sample);
    assert_eq!(annotations.len(), 4);
    assert_eq!(records(&page.export_all().annotations()), records(&annotations), "the page has them all");
    for article in [&SECOND, &FIRST] {
        page.open_article(article);
        let here = annotations.iter().filter(|it| it.document == article.id);
        let mut wanted: Vec<(String, String)> = here.map(|it| (it.quote.clone(), it.tag.clone())).collect();
        wanted.sort();
        page.wait_for("the highlights", wanted, || {
            let mut highlights: Vec<_> = page.marks().into_iter().map(|mark| (mark.text, mark.tag)).collect();
            highlights.sort();
            highlights
        });
    }
    assert_eq!(page.attribute("html", "data-theme").as_deref(), Some("dark"));
    page.click("#status button[data-action='storage']");
    page.wait_for("the item set aside", 1, || page.count(".aside-item"));

    sample.sort();
    assert_eq!(page.stored(), sample, "localStorage is unchanged");
    sample.retain(|(key, _)| key.starts_with(KEY));
    assert_eq!(sample.len(), 5, "four annotations and one deletion");
    assert_eq!(page.durable(), sample, "the database has every record");
}

/// Everything in the database after a session with the first version that had one, byte for byte: records in versions 1
/// and 2 of their format, one of them deleted, own articles with their texts, a step of the history, and a draft.
const DATABASE: &str = include_str!("../samples/database-1.json");

pub(crate) fn data_of_the_first_database_is_read(page: &mut Page) {
    let sample: Vec<(String, String)> = serde_json::from_str(DATABASE).expect("pairs of strings");
    // Creates the database.
    page.open();
    wait_for_status(page, "saved");
    for (key, value) in &sample {
        page.store_durably(key, value);
    }
    page.script("localStorage.clear()", &[]);
    let first = page.window();
    let tab = page.open_tab_at("rescue.js");
    page.open_with(&[RECORD_DOWNLOADS]);
    wait_for_status(page, "saved");
    let annotations = Annotation::from_storage(&sample);
    assert!(annotations.iter().any(|it| it.record.get("attributes").is_some()), "one has attributes");
    let own = annotations.iter().filter(|it| it.document.starts_with("text-"));
    assert_eq!(own.count(), 1, "one is on an own text");
    let exported = page.export_all();
    assert_eq!(records(&exported.annotations()), records(&annotations), "the page has them all");
    let text = sample.iter().find(|(key, _)| key.starts_with("glossator:text:")).map(|(_, text)| json!(text));
    let documents = exported.json()["documents"].as_array().cloned().unwrap_or_default();
    assert!(documents.iter().any(|it| Some(&it["text"]) == text.as_ref()), "and the own text, unchanged");
    for (key, value) in sample.iter().filter(|(key, _)| !key.starts_with("glossator:tab:")) {
        assert!(page.durable().contains(&(key.clone(), value.clone())), "{key} is as it was");
    }
    page.wait_for("the draft", json!("half a thought"), || {
        page.script("return document.querySelector('#draft-note')?.value ?? null", &[])
    });
    page.undo_by_key();
    page.wait_for("the latest step is undone", annotations.len() - 1, || page.annotations().len());
    page.close(&tab, &first);
}

pub(crate) fn a_tab_of_version_0_1_0_does_no_harm(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let one = tag_by_key(page, "two presidents", "proposal");
    let two = tag_by_key(page, "radar in Gabala", "argument");
    let first = page.annotations();
    write_note(page, &one, "of today");
    wait_for_status(page, "saved");
    let latest = page.annotations();
    let old = OldTab::open(page);

    // The old tab's own changes count.
    let mut retagged = one_of(&latest, &two);
    retagged["tag"] = json!("prediction");
    retagged["version"] = json!({ "counter": 40, "replica": "00000000000000aa" });
    old.write(&retagged);
    wait_for_tag(page, &two, "prediction");
    wait_until_saved(page, &[&one_of(&latest, &one), &retagged]);

    // An outdated record does not count, nor does clearing localStorage.
    old.write(&one_of(&first, &one));
    wait_until_saved(page, &[&one_of(&latest, &one), &retagged]);
    old.run(&format!("localStorage.removeItem('{}')", one.key()));
    wait_until_saved(page, &[&one_of(&latest, &one), &retagged]);
    old.run("localStorage.clear()");
    wait_until_saved(page, &[&one_of(&latest, &one), &retagged]);

    // Its deletions count, and last.
    let version = json!({ "counter": 41, "replica": "00000000000000aa" });
    old.write(&json!({ "id": two.id, "deleted": "2026-11-22T00:00:00.000Z", "version": version }));
    wait_until_drawn(page, &[&one]);
    wait_for_status(page, "saved");
    page.script("localStorage.clear()", &[]);
    page.reload();
    page.open_article(&FIRST);
    wait_until_drawn(page, &[&one]);
}

pub(crate) fn data_of_a_later_version_stays_untouched(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let one = tag_by_key(page, "two presidents", "proposal");
    let two = tag_by_key(page, "radar in Gabala", "argument");
    wait_for_status(page, "saved");
    let later = |id: &str| json!({ "v": 9, "id": id, "body": { "of": "a later version" } }).to_string();
    let of_its_own = (format!("{KEY}{}", made_up_id(2)), later(&made_up_id(2)));
    let improved = (one.key(), later(&one.id));
    let old = OldTab::open(page);
    for (key, value) in [&of_its_own, &improved] {
        old.run(&format!("localStorage.setItem({}, {})", json!(key), json!(value)));
        page.store_durably(key, value);
    }
    let are_there = || {
        let there = |items: Vec<(String, String)>| items.contains(&of_its_own) && items.contains(&improved);
        there(page.stored()) && there(page.durable())
    };

    // The page changes its earlier version of one of them. That cannot be saved, and the page says so.
    focus_card(page, &one);
    page.press(key_of("prediction"));
    page.wait_for("the highlight's tag", Some("prediction".to_owned()), || {
        page.marks().into_iter().find(|mark| mark.id == one.id).map(|mark| mark.tag)
    });
    wait_for_status(page, "unsaved");
    page.wait_until_shown(".notice[data-kind='not-saved']");
    assert!(are_there());
    page.press(Key::Delete);
    page.wait_for("the highlights", vec![two.id.clone()], || {
        page.marks().into_iter().map(|mark| mark.id).collect()
    });
    assert!(are_there());

    page.reload();
    page.open_article(&FIRST);
    page.wait_until_shown(".notice[data-kind='not-ours']");
    page.wait_for("the highlights", vec![two.id.clone()], || {
        page.marks().into_iter().map(|mark| mark.id).collect()
    });
    wait_for_status(page, "saved");
    assert!(are_there());
}

/// A tab that stores its work only in localStorage, as version 0.1.0 does.
struct OldTab<'a> {
    page: &'a Page,
    new: WindowHandle,
    old: WindowHandle,
}

impl<'a> OldTab<'a> {
    fn open(page: &'a Page) -> Self {
        let new = page.window();
        let old = page.open_tab_at("rescue.js");
        page.in_tab(&new);
        Self { page, new, old }
    }

    fn run(&self, script: &str) {
        self.page.in_tab(&self.old);
        self.page.script(script, &[]);
        self.page.in_tab(&self.new);
    }

    fn write(&self, record: &Value) {
        let mut item = record.clone();
        item["v"] = json!(1);
        let key = format!("{KEY}{}", record["id"].as_str().expect("a record has an id"));
        self.run(&format!("localStorage.setItem({}, {})", json!(key), json!(item.to_string())));
    }
}

/// The record of this annotation among these.
fn one_of(annotations: &[Annotation], wanted: &Annotation) -> Value {
    let found = annotations.iter().find(|it| it.id == wanted.id).expect("it is among them");
    found.record.clone()
}

/// Waits until both copies have exactly these records.
fn wait_until_saved(page: &Page, wanted: &[&Value]) {
    let mut wanted: Vec<String> = wanted.iter().map(ToString::to_string).collect();
    wanted.sort();
    let stored = |items: Vec<(String, String)>| {
        let mut kept: Vec<String> =
            records(&Annotation::from_storage(&items)).iter().map(ToString::to_string).collect();
        kept.sort();
        kept
    };
    page.wait_for("the records in localStorage", wanted.clone(), || stored(page.stored()));
    page.wait_for("the records in the database", wanted, || stored(page.durable()));
    wait_for_status(page, "saved");
}
