//! The browser fails the page: its storage is full, blocked, absent or unreadable, or the program panics. Nothing is
//! lost silently, and the page is never blank.

use serde_json::json;

use crate::{
    actions::{records, tag_by_key, wait_until_drawn},
    harness::{Key, Page, RECORD_DOWNLOADS, records::FIRST},
    storage::wait_for_status,
};

const FULL: &str = include_str!("harness/scripts/full-storage.js");
const BLOCKED: &str = include_str!("harness/scripts/blocked-storage.js");
const ABSENT: &str = include_str!("harness/scripts/absent-storage.js");
pub(crate) const BREAKABLE: &str = include_str!("harness/scripts/breakable-document.js");

const UNREADABLE: &str = include_str!("harness/scripts/unreadable-storage.js");

const NOT_SAVED: &str = ".notice[data-kind='not-saved']";

/// Lets the page load its second module only while `window.connected`.
const DISCONNECTED: &str = r#"
    const load = window.fetch;
    window.fetch = (what, ...rest) =>
        String(what.url ?? what).includes("_lazy.wasm") && !window.connected
            ? Promise.reject(new TypeError("no connection"))
            : load(what, ...rest);
"#;

pub(crate) fn what_cannot_be_loaded_is_offered_again(page: &mut Page) {
    let failed = "This part of the page could not be loaded. Your annotations are unchanged.";
    let text = |page: &Page, element: &str| page.text_of(element).unwrap_or_default();
    page.open_with(&[DISCONNECTED]);
    page.open_article(&FIRST);
    tag_by_key(page, "two presidents", "proposal");
    page.click("#header .views a[data-view='table']");
    page.wait_until("the view says so", || text(page, ".lazy").contains(failed));
    page.click("#header .views a[data-view='text']");
    page.wait_until_gone(".lazy");
    page.chord(&[Key::Shift, Key::Char('?')]);
    page.wait_until("the dialog says so", || text(page, "dialog#keys").contains(failed));

    page.script("window.connected = true", &[]);
    page.click("dialog#keys button[data-action='load-again']");
    page.wait_until("the dialog is there", || text(page, "dialog#keys").contains("Undo"));
    page.press(Key::Escape);
    page.wait_until_gone("dialog#keys");
    page.click("#header .views a[data-view='table']");
    page.wait_until("the table is there", || text(page, "#table").contains("two presidents"));
}

pub(crate) fn full_storage_is_reported_and_recovers(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS, FULL]);
    page.open_article(&FIRST);
    let kept = tag_by_key(page, "two presidents", "proposal");
    assert!(!page.shows(NOT_SAVED), "no notice yet");

    page.script("window.storageFull = true", &[]);
    let quote = "radar in Gabala";
    tag_without_storage(page, quote, 2);
    wait_for_status(page, "unsaved");
    assert_eq!(page.annotations().len(), 1, "the storage of this test is full");
    let file = page.download(&format!("{NOT_SAVED} button[data-action='export-all']"));
    let exported: Vec<String> = file.annotations().into_iter().map(|annotation| annotation.quote).collect();
    assert_eq!(exported, [kept.quote.as_str(), quote], "the export has what could not be saved");

    assert!(asks_before_leaving(page), "some work exists only on the page");
    // A retry while the storage is still full changes nothing.
    page.click(&format!("{NOT_SAVED} button[data-action='retry']"));
    page.wait_until_shown(NOT_SAVED);
    wait_for_status(page, "unsaved");
    retry_when_healed(page, "storageFull");
    page.wait_for("both are stored", 2, || page.annotations().len());
    page.wait_until_gone(NOT_SAVED);
    wait_for_status(page, "saved");
    assert!(!asks_before_leaving(page));
    let both = page.annotations();
    page.reload();
    page.open_article(&FIRST);
    wait_until_drawn(page, &both.iter().collect::<Vec<_>>());
}

/// Clicks Retry, and ends the fault with that click. If it ended before, the page might retry by itself and remove the
/// button.
fn retry_when_healed(page: &Page, fault: &str) {
    page.script(
        "const fault = arguments[0]; \
         addEventListener('click', () => { window[fault] = false; }, { capture: true, once: true })",
        &[json!(fault)],
    );
    page.click(&format!("{NOT_SAVED} button[data-action='retry']"));
}

/// Whether the browser would ask for confirmation before leaving the page.
fn asks_before_leaving(page: &Page) -> bool {
    page.truth("!window.dispatchEvent(new Event('beforeunload', { cancelable: true }))")
}

pub(crate) fn the_page_works_with_blocked_storage(page: &mut Page) {
    works_without_storage(page, BLOCKED);
}

pub(crate) fn the_page_works_without_storage(page: &mut Page) {
    works_without_storage(page, ABSENT);
}

fn works_without_storage(page: &Page, fault_script: &str) {
    page.open_with(&[RECORD_DOWNLOADS, fault_script]);
    page.open_article(&FIRST);
    let quotes = ["two presidents", "radar in Gabala"];
    for (number, quote) in quotes.into_iter().enumerate() {
        tag_without_storage(page, quote, number + 1);
    }
    wait_for_status(page, "unsaved");
    let file = page.download(&format!("{NOT_SAVED} button[data-action='export-all']"));
    let exported: Vec<String> = file.annotations().into_iter().map(|annotation| annotation.quote).collect();
    assert_eq!(exported, quotes);
    assert_eq!(page.export_all().annotations(), file.annotations(), "the menu's export works as well");
    page.undo_by_key();
    page.wait_for("the highlights after undo", 1, || page.marks().len());
    assert!(!page.shows("#crash"));
}

pub(crate) fn unreadable_data_is_read_on_retry(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let kept = tag_by_key(page, "two presidents", "proposal");
    // WebKit blocks the database for minutes if the page was left while using it.
    wait_for_status(page, "saved");

    page.open_with(&[UNREADABLE]);
    page.open_article(&FIRST);
    page.wait_until_shown(NOT_SAVED);
    let words = page.text_of(NOT_SAVED).unwrap_or_default();
    assert!(words.contains("Some data is missing"), "{words}");
    page.click(&format!("{NOT_SAVED} button[data-action='retry']"));
    page.wait_until_shown(NOT_SAVED);
    assert_eq!(page.status(), "unsaved");

    retry_when_healed(page, "storageUnreadable");
    wait_until_drawn(page, &[&kept]);
    page.wait_until_gone(NOT_SAVED);
    wait_for_status(page, "saved");
}

/// Tags by key without looking at the storage.
fn tag_without_storage(page: &Page, quote: &str, highlights: usize) {
    page.select(quote);
    page.wait_until_shown("#selection-bar");
    page.press(crate::harness::Key::Char('2'));
    page.wait_for("the highlight stays on the page", highlights, || page.marks().len());
    page.wait_for("its card too", highlights, || page.cards().len());
    assert!(page.marks().iter().any(|mark| mark.text == quote && mark.tag == "argument"));
    page.wait_until_shown(NOT_SAVED);
}

pub(crate) fn a_panic_never_leaves_a_blank_page(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS, BREAKABLE]);
    page.open_article(&FIRST);
    let one = tag_by_key(page, "two presidents", "proposal");
    let two = tag_by_key(page, "radar in Gabala", "argument");
    assert!(!page.shows("#crash"));

    page.select("exactly the right logic");
    page.wait_until_shown("#selection-bar");
    page.script("window.documentBroken = true", &[]);
    // The first part of the page that is drawn fails: here a card or a dialog.
    page.press(crate::harness::Key::Char('1'));
    page.wait_until_shown("#crash");
    page.script("window.documentBroken = false", &[]);
    let words = page.text_of("#crash").unwrap_or_default();
    assert!(words.split_whitespace().count() > 8, "the page says what happened and what to do: {words:?}");

    let file = page.download("#crash button[data-action='rescue'], #crash a[data-action='rescue']");
    for kept in [&one, &two] {
        assert!(file.text.contains(&kept.quote), "the rescue has {:?}: {}", kept.quote, file.text);
        assert!(file.text.contains(&kept.id), "the rescue has {}: {}", kept.id, file.text);
    }
    assert_eq!(file.json()["format"], "glossator-backup");
    let before = page.annotations_named(&[&one, &two]);
    page.reload();
    page.open_article(&FIRST);
    page.wait_until("what was kept is there again", || {
        let ids: Vec<String> = page.marks().into_iter().map(|mark| mark.id).collect();
        ids.contains(&one.id) && ids.contains(&two.id)
    });
    assert!(!page.shows("#crash"));

    // The rescued file restores everything in an empty browser.
    page.move_to_new_origin(&[]);
    page.import_text("rescue.json", &file.text);
    page.click("dialog#restore button[data-action='restore-now']");
    page.wait_for("the same records", records(&before), || records(&page.annotations_named(&[&one, &two])));
}
