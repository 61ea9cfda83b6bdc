//! The two copies of the work, in localStorage and in the database, and the storage panel.

use serde_json::json;

use crate::{
    actions::{focus_card, tag_by_key, wait_for_tag, wait_until_drawn},
    harness::{
        EDITOR, Key, Page, RECORD_DOWNLOADS,
        records::{FIRST, GLIMPSE, KEY, made_up_id},
    },
};

/// Counts how often the page asks the browser for persistent storage.
const COUNT_ASKING: &str = "
window.asked = 0;
const ask = globalThis.StorageManager?.prototype.persist;
if (ask) StorageManager.prototype.persist = function () { window.asked++; return ask.call(this); };
";

const WATCH_STATUS: &str = include_str!("harness/scripts/watch-status.js");

const LOCAL_STORAGE_FULL: &str = include_str!("harness/scripts/local-storage-full.js");

/// The annotations among stored items.
fn annotations_of(mut items: Vec<(String, String)>) -> Vec<(String, String)> {
    items.retain(|(key, _)| key.starts_with(KEY));
    items
}

/// Waits until a person sees this status in the header.
pub(crate) fn wait_for_status(page: &Page, status: &str) {
    page.wait_for("the status in the header", status.to_owned(), || page.status());
}

fn open_panel(page: &Page) {
    page.click("#status button[data-action='storage']");
    page.wait_until_shown("dialog#storage");
}

fn close_panel(page: &Page) {
    page.click("dialog#storage button[data-action='close']");
    page.wait_until_gone("dialog#storage");
}

/// Presses a key, and looks at the page before the browser draws it. Returns the number of highlights, the status, and
/// the number of cards.
const PRESS_AND_LOOK: &str = "
const [key] = arguments;
// Rendering that takes longer than a frame continues in a task of its own. This waits for its end.
await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
document.getElementById('reader').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
// What the page renders at once is rendered after a few microtasks.
for (let turn = 0; turn < 20; turn++) await null;
return [
  document.querySelectorAll('#text mark').length,
  Editor.seenStatus(),
  document.querySelectorAll('#cards .card').length,
];
";

/// A change appears in the text a frame before the rest of the page, but the status changes together with the text.
pub(crate) fn the_status_changes_together_with_the_text(page: &mut Page) {
    page.open_with(&[EDITOR]);
    page.open_article(&FIRST);
    wait_for_status(page, "saved");
    page.select("two presidents");
    page.wait_until_shown("#selection-bar");
    let seen = page.script_awaited(PRESS_AND_LOOK, &[json!("1")]);
    assert_eq!(seen, json!([1, "saving", 0]));
    page.wait_until("its card is there", || page.count("#cards .card") == 1);
    wait_for_status(page, "saved");
    let seen = page.script_awaited(PRESS_AND_LOOK, &[json!("Delete")]);
    assert_eq!(seen, json!([0, "saving", 1]));
    page.wait_until("its card is gone", || page.count("#cards .card") == 0);
    wait_for_status(page, "saved");
}

/// Changes the text size while a false clock makes Yew defer the rest of its rendering, deletes the focused annotation
/// before Yew continues, and waits for the next frame. Returns the number of highlights left.
const DELETE_DURING_DEFERRED_RENDERING: &str = "
const now = Date.now;
let late = 0;
Date.now = () => now() + (late += 20);
document.querySelector(\"#view-menu [data-size='large']\").click();
for (let turn = 0; turn < 20; turn++) await null;
document.getElementById('reader').dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', bubbles: true, cancelable: true }));
await new Promise((done) => requestAnimationFrame(done));
Date.now = now;
return document.querySelectorAll('#text mark').length;
";

/// While a change is unsaved, neither the words nor the dot in the header say that it is saved, not even for a frame.
pub(crate) fn the_header_never_says_saved_too_early(page: &mut Page) {
    page.open_with(&[EDITOR, WATCH_STATUS]);
    page.open_article(&FIRST);
    tag_by_key(page, "two presidents", "proposal");
    wait_for_status(page, "saved");
    page.script("watched.begin()", &[]);
    let lies = || page.script("return watched.lies", &[]);
    let press = |key| page.press(key);
    let tag = |key| {
        page.select("radar in Gabala");
        page.wait_until_shown("#selection-bar");
        page.press(key);
    };
    let edits: [(&str, &dyn Fn()); 4] = [
        ("tagging", &|| tag(Key::Char('1'))),
        ("retagging", &|| press(Key::Char('2'))),
        ("undoing", &|| page.undo_by_key()),
        ("deleting", &|| press(Key::Delete)),
    ];
    for (what, edit) in edits {
        let before = page.marks();
        page.script("watched.held = true", &[]);
        edit();
        page.wait_until(&format!("{what} is drawn"), || page.marks() != before);
        // Longer than any delay in the header, and with frames in which a false status could be seen.
        page.script("watched.since = [performance.now(), watched.frames]", &[]);
        page.wait_until("time has passed", || {
            page.truth("performance.now() - watched.since[0] > 800 && watched.frames - watched.since[1] > 9")
        });
        assert_eq!(page.status(), "saving", "{what} is not saved yet");
        assert_eq!(lies(), json!([]), "{what}");
        page.script("watched.release()", &[]);
        wait_for_status(page, "saved");
    }

    // Edits as fast as they can be saved.
    page.script_awaited("await new Editor({ seed: 7, most: 8 }).run(24)", &[]);
    wait_for_status(page, "saved");
    assert_eq!(lies(), json!([]), "one edit after the other");

    page.press(Key::Char('j'));
    page.wait_until_shown("#cards .card.focused");
    wait_for_status(page, "saved");
    let before = page.count("#text mark");
    page.script("watched.held = true", &[]);
    let left = page.script_awaited(DELETE_DURING_DEFERRED_RENDERING, &[]);
    assert!(left.as_u64() < u64::try_from(before).ok(), "one is deleted: {left} of {before} are left");
    page.wait_for("the status in the header", "saving".to_owned(), || page.status());
    assert_eq!(lies(), json!([]), "during deferred rendering");
    page.script("watched.release()", &[]);
    wait_for_status(page, "saved");
}

pub(crate) fn items_lost_by_local_storage_are_restored(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let kept = tag_by_key(page, "two presidents", "proposal");
    let gone = tag_by_key(page, "radar in Gabala", "argument");
    let before = page.stored();
    page.press(Key::Delete);
    page.wait_for("the highlights that are left", 1, || page.marks().len());
    wait_for_status(page, "saved");
    let durable = annotations_of(page.durable());
    assert_eq!(durable.len(), 2, "the deletion is recorded: {durable:?}");

    // As after a crash: localStorage has the state before the deletion, and lacks the other annotation.
    let item = |items: &[(String, String)]| {
        items.iter().find(|(key, _)| *key == gone.key()).cloned().expect("its item")
    };
    assert!(item(&durable).1.contains("deleted"), "the deletion is stored: {durable:?}");
    page.script("localStorage.clear()", &[]);
    let (key, value) = item(&before);
    page.store(&key, &value);
    page.reload();
    page.open_article(&FIRST);
    wait_until_drawn(page, &[&kept]);
    wait_for_status(page, "saved");
    let mut quick = page.stored();
    quick.retain(|(key, _)| key.starts_with(KEY));
    quick.sort();
    let mut durable = durable;
    durable.sort();
    assert_eq!(quick, durable, "localStorage is updated from the database");
}

pub(crate) fn work_goes_on_when_local_storage_is_full(page: &mut Page) {
    page.open_with(&[LOCAL_STORAGE_FULL]);
    page.open_article(&FIRST);
    for (number, quote) in ["two presidents", "radar in Gabala"].into_iter().enumerate() {
        page.select(quote);
        page.wait_until_shown("#selection-bar");
        page.press(Key::Char('2'));
        page.wait_for("the highlights", number + 1, || page.marks().len());
        wait_for_status(page, "saved");
        if number == 0 {
            page.wait_until_shown(".notice[data-kind='quick-full']");
            page.click(".notice[data-kind='quick-full'] button[data-action='dismiss']");
        }
    }
    assert!(!page.shows(".notice"), "the notice appears once");
    assert_eq!((page.annotations().len(), annotations_of(page.durable()).len()), (0, 2));

    // Other tabs learn of the changes nevertheless, and they survive a reload.
    let (first, second) = page.open_second_tab();
    page.open_article(&FIRST);
    page.wait_for("the highlights in the other tab", 2, || page.marks().len());
    page.select("exactly the right logic");
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('3'));
    page.in_tab(&first);
    page.wait_for("the highlights in the first tab", 3, || page.marks().len());
    page.in_tab(&second);
    wait_for_status(page, "saved");
    page.reload();
    page.open_article(&FIRST);
    page.wait_for("the highlights after loading again", 3, || page.marks().len());
}

pub(crate) fn the_storage_panel_shows_what_is_stored(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS, COUNT_ASKING]);
    page.open_article(&FIRST);
    let asked = || page.script("return window.asked", &[]).as_u64();
    assert_eq!(asked(), Some(0), "the browser is not asked before there is anything to store");
    let kept = tag_by_key(page, "two presidents", "proposal");
    let can_ask = u64::from(page.truth("navigator.storage?.persist"));
    page.wait_for("the request for persistent storage", Some(can_ask), asked);
    wait_for_status(page, "saved");
    let broken = [
        (format!("{KEY}{}", made_up_id(1)), "{\"v\":1,\"tag\":\"\u{1f600}".to_owned()),
        (format!("{KEY}{}", made_up_id(2)), "<b>not</b> an annotation".to_owned()),
    ];
    page.store(&broken[0].0, &broken[0].1);
    page.store_durably(&broken[1].0, &broken[1].1);
    page.reload();
    page.open_article(&FIRST);
    wait_until_drawn(page, &[&kept]);
    focus_card(page, &kept);
    page.press(Key::Char('2'));
    wait_for_tag(page, &kept, "argument");
    wait_for_status(page, "saved");
    assert_eq!(asked(), Some(0), "the browser is asked once");

    open_panel(page);
    let text = |selector: &str| page.text_of(selector).unwrap_or_default();
    assert!(text(".storage-state").contains("Everything is saved"), "{}", text(".storage-state"));
    page.wait_until("the panel shows the usage", || {
        let usage = text(".storage-usage");
        usage.contains("1 annotation")
            && (usage.contains(" used") || page.truth("!navigator.storage?.estimate"))
    });
    page.wait_for("both broken items", 2, || page.count(".aside-item"));
    assert!(!page.shows("#crash"));
    let file = page.download("dialog#storage .aside-item:first-of-type button[data-action='download-aside']");
    assert!(broken.iter().any(|(_, value)| *value == file.text), "byte for byte: {:?}", file.text);
    let file = page.download("dialog#storage button[data-action='download-set-aside']");
    let all = file.json().to_string();
    for (_, value) in &broken {
        assert!(all.contains(&serde_json::json!(value).to_string()), "{value} is in {all}");
    }
    let durable = page.durable();
    assert!(durable.iter().any(|(key, value)| key.starts_with("glossator:aside:") && *value == broken[1].1));
    close_panel(page);
}

pub(crate) fn deleting_everything_affects_every_tab(page: &mut Page) {
    page.open();
    crate::own_articles::add(page, "A text of one's own.", "Own");
    page.open_article(&FIRST);
    let one = tag_by_key(page, "two presidents", "proposal");
    let (first, second) = page.open_second_tab();
    page.open_article(&FIRST);
    wait_until_drawn(page, &[&one]);
    let two = tag_by_key(page, "radar in Gabala", "argument");
    page.in_tab(&first);
    wait_until_drawn(page, &[&one, &two]);
    page.click("#articles li:last-child .doc");
    page.wait_for("the own text", Some("Own".to_owned()), || page.text_of("#title"));

    open_panel(page);
    page.click("button[data-action='delete-everything']");
    page.wait_until_shown("#delete-everything");
    let words = page.text_of("#delete-everything").unwrap_or_default();
    assert!(words.contains("2 annotations") && words.contains("all its open tabs"), "{words}");
    assert!(page.shows("#delete-everything button[data-action='back-up']"), "a backup is offered first");
    page.click("#delete-everything button[data-action='keep']");
    page.wait_until_gone("#delete-everything");
    page.wait_for("all three articles", 3, || page.count("#articles .doc"));

    page.click("button[data-action='delete-everything']");
    page.click("#delete-everything button[data-action='confirm-delete']");
    page.wait_until("this tab starts from scratch", || {
        page.truth("document.body.dataset.ready === 'true'") && page.count("#articles .doc") == 2
    });
    assert_eq!(page.count(".notice"), 0, "no notice about a missing article");
    page.in_tab(&second);
    page.wait_until("the other tab too", || {
        page.truth("document.body.dataset.ready === 'true'") && page.marks().is_empty()
    });
    wait_for_status(page, "saved");
    page.in_tab(&first);
    wait_for_status(page, "saved");
    assert_eq!(page.durable(), []);
    let quick = page.stored();
    assert!(quick.iter().all(|(key, _)| !key.starts_with("glossator:")), "{quick:?}");
    // A tab that becomes hidden stores its last view, which must not show deleted annotations.
    let glimpse = page.script("return localStorage.getItem(arguments[0]) ?? ''", &[json!(GLIMPSE)]);
    assert!(!glimpse.as_str().unwrap_or_default().contains("MARK"), "{glimpse}");
    page.reload();
    page.open_article(&FIRST);
    let three = tag_by_key(page, "exactly the right logic", "prediction");
    wait_until_drawn(page, &[&three]);
}
