//! Many annotations: the database has them in packs, and localStorage the latest alone.

use serde_json::{Value, json};

use crate::{
    bench::sample::{Sample, Size},
    economy::wait_until_kept,
    harness::{Key, Page, RECORD_DOWNLOADS, records::Annotation},
    trouble::BREAKABLE,
};

/// Notes the beginnings of the texts that the program draws.
const DRAWN: &str = "
window.drawn = new Set();
new MutationObserver(() => {
  const first = document.querySelector('#text p[data-number]');
  if (first) window.drawn.add(first.textContent.slice(0, 20));
}).observe(document, { childList: true, subtree: true });
";

pub(crate) fn many_are_read_from_packs_and_the_latest_counts(page: &mut Page) {
    let size = Size::ALL[1];
    let sample = Sample::new(size);
    page.open_with(&[RECORD_DOWNLOADS, BREAKABLE, DRAWN]);
    page.import_file(&sample.folder.path().join("export.json"));
    page.wait_until_shown(".notice[data-kind='imported']");
    wait_until_kept(page);
    let (packs, loose) = places(page);
    assert!(packs >= 3 && loose == 0, "{packs} packs, and {loose} annotations by themselves");
    assert_eq!(page.annotations().len(), 0, "so many are in the database alone");

    // All of them in localStorage, as earlier pages had them, and a later version in each place.
    let items = packed(page);
    assert_eq!(items.len(), size.annotations);
    page.script("for (const [key, item] of arguments[0]) localStorage.setItem(key, item)", &[json!(items)]);
    let some: Vec<&(String, String)> = items.iter().step_by(300).collect();
    let [near, far, ..] = some[..] else { panic!("{} items", items.len()) };
    page.store(&near.0, &later(&near.1, "nearer"));
    page.store_durably(&far.0, &later(&far.1, "further"));

    // The article that the address names is the first and only one that is drawn.
    page.open_at(&sample.address());
    wait_until_kept(page);
    page.wait_until("its highlights are there", || page.count("#text mark") > 0);
    let drawn = page.script("return [...window.drawn]", &[]);
    assert_eq!(drawn, json!([sample.words.chars().take(20).collect::<String>()]));
    let exported = page.export_all().annotations();
    assert_eq!(exported.len(), size.annotations);
    let with =
        |note: &str| exported.iter().filter(|it| it.note == note).map(Annotation::key).collect::<Vec<_>>();
    assert_eq!((with("nearer"), with("further")), (vec![near.0.clone()], vec![far.0.clone()]));
    page.wait_until("localStorage has become quick again", || page.annotations().len() <= 250);

    // Where the database cannot be read, the page does not pretend that this is all.
    page.open_with(&["IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); };"]);
    page.wait_until_shown("#status[data-state='unsaved']");
    let told = page.text_of(".notice[data-kind='not-saved']").unwrap_or_default();
    assert!(told.starts_with("Not all of your annotations are here"), "{told}");
    page.open_with(&[RECORD_DOWNLOADS, BREAKABLE]);
    page.open_at(&sample.address());
    wait_until_kept(page);

    // What the crash page saves is all there is, although localStorage has nothing any more.
    page.script("localStorage.clear(); window.documentBroken = true", &[]);
    // Whatever of the page is drawn anew first breaks on it, if only the help that this opens.
    page.press(Key::Char('?'));
    page.wait_until_shown("#crash");
    page.script("window.documentBroken = false", &[]);
    let rescued = page.download("#crash button[data-action='rescue']").json();
    let saved = rescued["items"].as_array().expect("items").iter().filter_map(|it| it[0].as_str());
    let ids: std::collections::BTreeSet<&str> =
        saved.filter(|it| it.starts_with("glossator:annotation:")).collect();
    assert_eq!(ids.len(), size.annotations);
}

/// Notes what is highlighted when the first highlights are there, and how many packs had been read one after another until then.
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

/// A page that is opened where many are shows first what is on the part of the text that is in view.
pub(crate) fn what_is_in_view_is_read_first(page: &mut Page) {
    let size = Size::ALL[1];
    let sample = Sample::new(size);
    page.open_with(&[NOTE_FIRST]);
    page.import_file(&sample.folder.path().join("export.json"));
    page.wait_until_shown(".notice[data-kind='imported']");
    wait_until_kept(page);
    assert_eq!(page.annotations().len(), 0, "so many are in the database alone");

    page.open_at(&sample.address());
    let begins = read_first(page);
    page.script("document.getElementById('reader').scrollTop = 30000", &[]);
    page.wait_until("the middle is drawn", || page.marks().iter().any(|it| !begins.contains(&it.text)));
    page.wait_until("where one is, is in the history", || {
        page.truth("Number(String(history.state).split(' ')[1]) > 0")
    });
    page.reload();
    let middle = read_first(page);
    assert!(middle.iter().any(|it| !begins.contains(it)), "{middle:?} are not in the middle");
}

/// The words of the first highlights, which are in view and came before the packs were gone through.
fn read_first(page: &Page) -> Vec<String> {
    wait_until_kept(page);
    let packs = page.script("return window.first.packs", &[]);
    assert_eq!(packs, json!(0), "packs were gone through before anything was highlighted");
    let words =
        |script: &str| serde_json::from_value::<Vec<String>>(page.script(script, &[])).expect("words");
    let (mut first, seen) = (words("return window.first.marks"), words(SEEN));
    first.retain(|it| seen.contains(it));
    assert!(!first.is_empty(), "none of {seen:?} came first");
    first
}

/// The annotations in the packs, key and item, in the order of the keys.
fn packed(page: &Page) -> Vec<(String, String)> {
    let durable = page.durable();
    let packs = durable.iter().filter(|(key, _)| key.starts_with("glossator:pack:"));
    let lines = packs.flat_map(|(_, pack)| pack.lines().filter_map(|it| it.split_once('\t')));
    let mut items: Vec<_> = lines.map(|(key, item)| (key.to_owned(), item.to_owned())).collect();
    items.sort();
    items
}

/// How many packs the database has, and how many annotations by themselves.
fn places(page: &Page) -> (usize, usize) {
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
