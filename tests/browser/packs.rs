//! Many annotations: the database stores them in packs, and localStorage has only the latest.

use serde_json::{Value, json};

use crate::{
    bench::sample::{Sample, Size},
    failures::BREAKABLE,
    harness::{Key, Page, RECORD_DOWNLOADS, records::Annotation},
    scaling::wait_until_saved,
    storage::wait_for_status,
};

/// Records the beginning of each text that the program draws.
const DRAWN: &str = "
window.drawn = new Set();
new MutationObserver(() => {
  const first = document.querySelector('#text p[data-number]');
  if (first) window.drawn.add(first.textContent.slice(0, 20));
}).observe(document, { childList: true, subtree: true });
";

pub(crate) fn packs_are_read_and_the_latest_version_wins(page: &mut Page) {
    let size = Size::ALL[1];
    let sample = Sample::new(size);
    page.open_with(&[RECORD_DOWNLOADS, BREAKABLE, DRAWN]);
    page.import_file(&sample.folder.path().join("export.json"));
    page.wait_until_shown(".notice[data-kind='imported']");
    wait_until_saved(page);
    let (packs, loose) = pack_counts(page);
    assert!(packs >= 3 && loose == 0, "{packs} packs, and {loose} annotations by themselves");
    assert_eq!(page.annotations().len(), 0, "so many are only in the database");

    // All of them in localStorage, as with earlier versions of the page, and a later version of one in each copy.
    let items = packed(page);
    assert_eq!(items.len(), size.annotations);
    page.script("for (const [key, item] of arguments[0]) localStorage.setItem(key, item)", &[json!(items)]);
    let some: Vec<&(String, String)> = items.iter().step_by(300).collect();
    let [near, far, ..] = some[..] else { panic!("{} items", items.len()) };
    page.store(&near.0, &later(&near.1, "nearer"));
    page.store_durably(&far.0, &later(&far.1, "further"));

    // Only the article that the address names is drawn.
    page.open_at(&sample.address());
    wait_until_saved(page);
    page.wait_until("its highlights are there", || page.count("#text mark") > 0);
    let drawn = page.script("return [...window.drawn]", &[]);
    assert_eq!(drawn, json!([sample.words.chars().take(20).collect::<String>()]));
    let exported = page.export_all().annotations();
    assert_eq!(exported.len(), size.annotations);
    let with =
        |note: &str| exported.iter().filter(|it| it.note == note).map(Annotation::key).collect::<Vec<_>>();
    assert_eq!((with("nearer"), with("further")), (vec![near.0.clone()], vec![far.0.clone()]));
    page.wait_until("localStorage has only the latest", || page.annotations().len() <= 250);

    // Where the database cannot be read, the page says that annotations are missing.
    page.open_with(&["IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); };"]);
    wait_for_status(page, "unsaved");
    page.wait_until_shown(".notice[data-kind='not-saved']");
    let told = page.text_of(".notice[data-kind='not-saved']").unwrap_or_default();
    assert!(told.starts_with("Some data is missing"), "{told}");
    page.open_with(&[RECORD_DOWNLOADS, BREAKABLE]);
    page.open_at(&sample.address());
    wait_until_saved(page);

    // The crash page saves everything, although localStorage is empty.
    page.script("localStorage.clear(); window.documentBroken = true", &[]);
    // The first part of the page that is drawn fails: at the latest, the help that this opens.
    page.press(Key::Char('?'));
    page.wait_until_shown("#crash");
    page.script("window.documentBroken = false", &[]);
    let rescued = page.download("#crash button[data-action='rescue']").json();
    let saved = rescued["items"].as_array().expect("items").iter().filter_map(|it| it[0].as_str());
    let ids: std::collections::BTreeSet<&str> =
        saved.filter(|it| it.starts_with("glossator:annotation:")).collect();
    assert_eq!(ids.len(), size.annotations);
}

/// Records the first highlights, and how many packs had been read one after another by then.
const NOTE_FIRST: &str = r##"
window.first = null;
let packs = 0;
new MutationObserver(() => {
  const marks = [...document.querySelectorAll("#text mark")].map((it) => it.textContent);
  if (!window.first && marks.length) window.first = { packs, marks };
}).observe(document, { childList: true, subtree: true });
const getAll = IDBObjectStore.prototype.getAll;
IDBObjectStore.prototype.getAll = function (range, ...rest) {
  const request = getAll.call(this, range, ...rest);
  if (String(range?.lower).startsWith("glossator:pack:")) {
    request.addEventListener("success", () => { packs += request.result.length; });
  }
  return request;
};
"##;

/// The words of the highlights in view.
const SEEN: &str = r##"
return [...document.querySelectorAll("#text mark")].filter((it) => {
  const box = it.getBoundingClientRect();
  return box.top < innerHeight && box.bottom > 0;
}).map((it) => it.textContent)
"##;

/// The page first reads the annotations on the part of the text that is in view.
pub(crate) fn annotations_in_view_are_read_first(page: &mut Page) {
    let size = Size::ALL[1];
    let sample = Sample::new(size);
    page.open_with(&[NOTE_FIRST]);
    page.import_file(&sample.folder.path().join("export.json"));
    page.wait_until_shown(".notice[data-kind='imported']");
    wait_until_saved(page);
    assert_eq!(page.annotations().len(), 0, "so many are only in the database");

    page.open_at(&sample.address());
    let begins = read_first(page);
    page.script("document.getElementById('reader').scrollTop = 30000", &[]);
    page.wait_until("the middle is drawn", || page.marks().iter().any(|it| !begins.contains(&it.text)));
    page.wait_until("the position is in the browser's history", || {
        page.truth("Number(String(history.state).split(' ')[1]) > 0")
    });
    page.reload();
    let middle = read_first(page);
    assert!(middle.iter().any(|it| !begins.contains(it)), "{middle:?} are not in the middle");
}

/// The words of the first highlights in view, drawn before any packs were read one after another.
fn read_first(page: &Page) -> Vec<String> {
    wait_until_saved(page);
    let packs = page.script("return window.first.packs", &[]);
    assert_eq!(packs, json!(0), "packs were read before anything was highlighted");
    let words =
        |script: &str| serde_json::from_value::<Vec<String>>(page.script(script, &[])).expect("words");
    let (mut first, seen) = (words("return window.first.marks"), words(SEEN));
    first.retain(|it| seen.contains(it));
    assert!(!first.is_empty(), "none of {seen:?} came first");
    first
}

/// The annotations in the packs, as keys and items, sorted by key.
fn packed(page: &Page) -> Vec<(String, String)> {
    let durable = page.durable();
    let packs = durable.iter().filter(|(key, _)| key.starts_with("glossator:pack:"));
    let lines = packs.flat_map(|(_, pack)| pack.lines().filter_map(|it| it.split_once('\t')));
    let mut items: Vec<_> = lines.map(|(key, item)| (key.to_owned(), item.to_owned())).collect();
    items.sort();
    items
}

/// The number of packs in the database, and of annotations outside packs.
fn pack_counts(page: &Page) -> (usize, usize) {
    let durable = page.durable();
    let with = |start: &str| durable.iter().filter(|(key, _)| key.starts_with(start)).count();
    (with("glossator:pack:"), with("glossator:annotation:"))
}

/// A later version of a stored annotation, with another note.
fn later(item: &str, note: &str) -> String {
    let mut item: Value = serde_json::from_str(item).expect("a stored annotation");
    let counter = item["version"]["counter"].as_u64().expect("a counter");
    item["version"]["counter"] = json!(counter + 1);
    item["note"] = json!(note);
    item.to_string()
}
