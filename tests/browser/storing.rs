//! The durable copy beside localStorage, and the panel that tells of both.

use serde_json::json;

use crate::{
    harness::{
        EDITOR, Key, Page, RECORD_DOWNLOADS,
        records::{FIRST, GLIMPSE, KEY, made_up_id},
    },
    steps::{focus_card, tag_by_key, wait_for_tag, wait_until_painted},
};

/// Counts how often the browser is asked never to clear what the page keeps.
const COUNT_ASKING: &str = "
window.asked = 0;
const ask = globalThis.StorageManager?.prototype.persist;
if (ask) StorageManager.prototype.persist = function () { window.asked++; return ask.call(this); };
";

const WATCH_STATUS: &str = include_str!("harness/scripts/watch-status.js");

const QUICK_FULL: &str = include_str!("harness/scripts/quick-storage-full.js");

/// Of stored items those that are annotations.
fn records(mut items: Vec<(String, String)>) -> Vec<(String, String)> {
    items.retain(|(key, _)| key.starts_with(KEY));
    items
}

/// Waits until the header says this of the work, in words that can be seen.
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

/// Presses a key, and looks at the page before the browser has drawn it: whether the annotation stands in the text, what the
/// status says, and how many cards there are.
const PRESS_AND_LOOK: &str = "
const [key] = arguments;
// Components that took longer than a frame to draw leave the rest to a task of its own, and all that is drawn after it.
await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
document.getElementById('reader').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
// What is drawn at once is drawn when the page's own tasks are done, which a few turns of promises are enough for.
for (let turn = 0; turn < 20; turn++) await null;
return [
  document.querySelectorAll('#text mark').length,
  said(),
  document.querySelectorAll('#cards .card').length,
];
";

/// A change is seen in the text a frame before it is seen elsewhere, but the word for its safety goes with it.
pub(crate) fn nothing_is_seen_beside_the_wrong_status(page: &mut Page) {
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

/// Makes Yew believe that it draws for too long, so that it leaves the rest to another task, and deletes the focused
/// annotation before that task. Gives the number of highlights in the frame that follows.
const DELETE_WHILE_YEW_RESTS: &str = "
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

/// While a change is not saved, neither the words in the header nor their dot say that it is: not for a frame.
pub(crate) fn saved_is_never_seen_beside_an_unsaved_change(page: &mut Page) {
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
        ("another tag", &|| press(Key::Char('2'))),
        ("undoing", &|| page.undo_by_key()),
        ("deleting", &|| press(Key::Delete)),
    ];
    for (what, edit) in edits {
        let before = page.marks();
        page.script("watched.held = true", &[]);
        edit();
        page.wait_until(&format!("{what} is seen"), || page.marks() != before);
        // Longer than anything in the header is ever held back, and with frames in which it could be seen.
        page.script("watched.since = [performance.now(), watched.frames]", &[]);
        page.wait_until("time has passed", || {
            page.truth("performance.now() - watched.since[0] > 800 && watched.frames - watched.since[1] > 9")
        });
        assert_eq!(page.status(), "saving", "{what} is not saved yet");
        assert_eq!(lies(), json!([]), "{what}");
        page.script("watched.release()", &[]);
        wait_for_status(page, "saved");
    }

    // As fast as it can be saved.
    page.script_awaited("await new Editor({ seed: 7, most: 8 }).run(24)", &[]);
    wait_for_status(page, "saved");
    assert_eq!(lies(), json!([]), "one edit after the other");

    page.press(Key::Char('j'));
    page.wait_until_shown("#cards .card.focused");
    wait_for_status(page, "saved");
    let before = page.count("#text mark");
    page.script("watched.held = true", &[]);
    let left = page.script_awaited(DELETE_WHILE_YEW_RESTS, &[]);
    assert!(left.as_u64() < u64::try_from(before).ok(), "it is deleted: {left} of {before}");
    page.wait_for("the status in the header", "saving".to_owned(), || page.status());
    assert_eq!(lies(), json!([]), "while Yew rests");
    page.script("watched.release()", &[]);
    wait_for_status(page, "saved");
}

pub(crate) fn what_local_storage_lost_comes_back(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let kept = tag_by_key(page, "two presidents", "proposal");
    let gone = tag_by_key(page, "radar in Gabala", "argument");
    let before = page.stored();
    page.press(Key::Delete);
    page.wait_for("the highlights that are left", 1, || page.marks().len());
    wait_for_status(page, "saved");
    let durable = records(page.durable());
    assert_eq!(durable.len(), 2, "the deleted one is known to be deleted: {durable:?}");

    // As after a crash: localStorage is as it was before the deletion, and without the other annotation.
    let item = |items: &[(String, String)]| {
        items.iter().find(|(key, _)| *key == gone.key()).cloned().expect("its item")
    };
    assert!(item(&durable).1.contains("deleted"), "the deletion is kept: {durable:?}");
    page.script("localStorage.clear()", &[]);
    let (key, value) = item(&before);
    page.store(&key, &value);
    page.reload();
    page.open_article(&FIRST);
    wait_until_painted(page, &[&kept]);
    wait_for_status(page, "saved");
    let mut quick = page.stored();
    quick.retain(|(key, _)| key.starts_with(KEY));
    quick.sort();
    let mut durable = durable;
    durable.sort();
    assert_eq!(quick, durable, "localStorage is brought up to what the database has");
}

pub(crate) fn a_full_local_storage_stops_nothing(page: &mut Page) {
    page.open_with(&[QUICK_FULL]);
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
    assert!(!page.shows(".notice"), "it is said once");
    assert_eq!((page.annotations().len(), records(page.durable()).len()), (0, 2));

    // The other tab hears of it all the same, and the next visit has it.
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

pub(crate) fn the_storage_panel_tells_what_is_kept(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS, COUNT_ASKING]);
    page.open_article(&FIRST);
    let asked = || page.script("return window.asked", &[]).as_u64();
    assert_eq!(asked(), Some(0), "nothing is asked of the browser before there is something to keep");
    let kept = tag_by_key(page, "two presidents", "proposal");
    let can_ask = u64::from(page.truth("navigator.storage?.persist"));
    page.wait_for("the browser is asked not to clear it", Some(can_ask), asked);
    wait_for_status(page, "saved");
    let broken = [
        (format!("{KEY}{}", made_up_id(1)), "{\"v\":1,\"tag\":\"\u{1f600}".to_owned()),
        (format!("{KEY}{}", made_up_id(2)), "<b>not</b> an annotation".to_owned()),
    ];
    page.store(&broken[0].0, &broken[0].1);
    page.store_durably(&broken[1].0, &broken[1].1);
    page.reload();
    page.open_article(&FIRST);
    wait_until_painted(page, &[&kept]);
    focus_card(page, &kept);
    page.press(Key::Char('2'));
    wait_for_tag(page, &kept, "argument");
    wait_for_status(page, "saved");
    assert_eq!(asked(), Some(0), "it is asked once");

    open_panel(page);
    let text = |selector: &str| page.text_of(selector).unwrap_or_default();
    assert!(text(".storage-state").contains("Everything is saved"), "{}", text(".storage-state"));
    page.wait_until("the panel tells the room", || {
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

pub(crate) fn everything_is_deleted_in_every_tab(page: &mut Page) {
    page.open();
    crate::texts::add(page, "A text of one's own.", "Own");
    page.open_article(&FIRST);
    let one = tag_by_key(page, "two presidents", "proposal");
    let (first, second) = page.open_second_tab();
    page.open_article(&FIRST);
    wait_until_painted(page, &[&one]);
    let two = tag_by_key(page, "radar in Gabala", "argument");
    page.in_tab(&first);
    wait_until_painted(page, &[&one, &two]);
    page.click("#articles li:last-child .doc");
    page.wait_for("the own text", Some("Own".to_owned()), || page.text_of("#title"));

    open_panel(page);
    page.click("button[data-action='delete-everything']");
    page.wait_until_shown("#delete-everything");
    let words = page.text_of("#delete-everything").unwrap_or_default();
    assert!(words.contains("2 annotations") && words.contains("all its open tabs"), "{words}");
    assert!(page.shows("#delete-everything button[data-action='back-up']"), "the backup is offered first");
    page.click("#delete-everything button[data-action='keep']");
    page.wait_until_gone("#delete-everything");
    page.wait_for("nothing is lost yet", 3, || page.count("#articles .doc"));

    page.click("button[data-action='delete-everything']");
    page.click("#delete-everything button[data-action='confirm-delete']");
    page.wait_until("this tab begins anew", || {
        page.truth("document.body.dataset.ready === 'true'") && page.count("#articles .doc") == 2
    });
    assert_eq!(page.count(".notice"), 0, "no link was followed that leads nowhere");
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
    // A tab that is looked at no more keeps what was in view of it: nothing that is deleted.
    let glimpse = page.script("return localStorage.getItem(arguments[0]) ?? ''", &[json!(GLIMPSE)]);
    assert!(!glimpse.as_str().unwrap_or_default().contains("MARK"), "{glimpse}");
    page.reload();
    page.open_article(&FIRST);
    let three = tag_by_key(page, "exactly the right logic", "prediction");
    wait_until_painted(page, &[&three]);
}
