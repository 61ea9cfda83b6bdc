//! Backups: writing all stored data to a file, and restoring it.

use serde_json::{Value, json};

use crate::{
    actions::{records, summary, tag_by_key, wait_for_tag, write_note},
    annotating::wait_for_field,
    harness::{
        Browser, Key, Page, RECORD_DOWNLOADS,
        records::{FIRST, KEY, SECOND},
    },
    storage::wait_for_status,
};

const PANEL: &str = "dialog#storage";
const RESTORE: &str = "dialog#restore";
const IMPORTED: &str = ".notice[data-kind='imported']";

pub(crate) fn a_backup_restores_everything_in_an_empty_browser(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    page.store("glossator:annotation:01930000-0000-7000-8000-000000000099", "not an annotation");
    page.reload();
    page.open_article(&SECOND);
    tag_by_key(page, "the \u{201c}Berlin Wall\u{201d} in the minds of influential people", "prediction");
    page.open_article(&FIRST);
    let noted = tag_by_key(page, "jointly use the radar in Gabala", "proposal");
    write_note(page, &noted, "who & \"what\"");
    let gone = tag_by_key(page, "use the radar", "argument");
    page.press(Key::Delete);
    page.wait_for("the deleted one is gone", 2, || page.annotations().len());
    page.click("button[data-action='view']");
    page.click("#view-menu button[data-theme='dark']");
    let (before, kept) = (page.annotations(), items(page));
    assert!(kept.iter().any(|(key, _)| key.ends_with(&gone.id)), "the deletion is recorded");
    let aside = asides(page);
    assert_eq!(aside.len(), 1, "and the invalid item is set aside");
    page.press(Key::Escape);
    page.select("the call for broader");
    page.press(Key::Char('n'));
    wait_for_field(page, "draft");
    page.type_text("half a thought");

    let backup = back_up(page);
    assert_eq!(backup.json()["format"], "glossator-backup");
    assert!(backup.name.starts_with("glossator-backup-20"), "{}", backup.name);

    page.move_to_new_origin(&[RECORD_DOWNLOADS]);
    page.import_text("backup.json", &backup.text);
    check_preview(page, [2, 0, 0, 0, 0, 0]);
    assert_eq!(page.annotations(), [], "nothing is restored before it is confirmed");
    page.click(&format!("{RESTORE} button[data-action='restore-now']"));
    page.wait_until_shown(IMPORTED);
    page.wait_for("the same records", records(&before), || records(&page.annotations()));
    assert_eq!(items(page), kept, "everything is as it was");
    page.wait_for("what was set aside", aside, || asides(page));
    page.wait_for("the theme", Some("dark".to_owned()), || page.attribute("html", "data-theme"));
    let draft = || page.script("return document.querySelector('#draft-note')?.value ?? null", &[]);
    page.wait_for("the draft", json!("half a thought"), draft);
    wait_for_status(page, "saved");
    page.reload();
    page.open_article(&FIRST);
    page.wait_for("the draft", json!("half a thought"), draft);
    page.wait_for("the annotations from before", 2, || page.annotations().len());

    page.import_text("backup.json", &backup.text);
    check_preview(page, [0, 0, 0, 3, 0, 0]);
    page.click(&format!("{RESTORE} button[data-action='cancel']"));
    page.wait_until_gone(RESTORE);
    assert_eq!(items(page), kept);
}

pub(crate) fn a_restore_is_previewed_and_undone_in_one_step(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    page.open_article(&FIRST);
    let stays = tag_by_key(page, "two presidents", "proposal");
    let goes = tag_by_key(page, "radar in Gabala", "argument");
    let changes = tag_by_key(page, "exactly the right logic", "prediction");
    let early = back_up(page);

    retag(page, &changes.id, Key::Char('1'));
    wait_for_tag(page, &changes, "proposal");
    focus(page, &goes.id);
    page.press(Key::Delete);
    page.wait_for("one is deleted", 2, || page.annotations().len());
    let late = back_up(page);

    // The page has later versions than the early backup, which would change nothing.
    page.import_text("early.json", &early.text);
    check_preview(page, [0, 0, 0, 1, 1, 1]);
    page.click(&format!("{RESTORE} button[data-action='cancel']"));
    page.wait_until_gone(RESTORE);

    // A browser with the early state gets the later one.
    page.move_to_new_origin(&[RECORD_DOWNLOADS]);
    page.import_text("early.json", &early.text);
    page.click(&format!("{RESTORE} button[data-action='restore-now']"));
    page.wait_for("the early state", 3, || page.annotations().len());
    let before = summary(page);
    page.open_article(&FIRST);
    page.drop_file("late.json", &late.text);
    check_preview(page, [0, 1, 1, 1, 0, 0]);
    let preview = page.text_of(RESTORE).unwrap_or_default();
    for words in [&*changes.quote, "Prediction becomes Proposal", &*goes.quote, "is deleted", &FIRST.title()]
    {
        assert!(preview.contains(words), "the preview has {words:?}: {preview}");
    }
    page.click(&format!("{RESTORE} button[data-action='restore-now']"));
    page.wait_for("the later state", 2, || page.annotations().len());
    wait_for_tag(page, &changes, "proposal");
    assert!(page.annotations().iter().any(|kept| kept.id == stays.id));
    page.click(&format!("{IMPORTED} button[data-action='undo-import']"));
    page.wait_for("the state before", before, || summary(page));
}

pub(crate) fn a_truncated_backup_restores_what_precedes_the_cut(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    page.open_article(&FIRST);
    tag_by_key(page, "two presidents", "proposal");
    tag_by_key(page, "radar in Gabala", "argument");
    let backup = back_up(page);
    let last = backup.text.rfind("[\"glossator:annotation:").expect("a backup has annotations");
    page.move_to_new_origin(&[]);
    page.import_text("cut.json", &backup.text[..last + 60]);
    check_preview(page, [1, 0, 0, 0, 0, 0]);
    let problem = page.text_of(&format!("{RESTORE} .problem")).unwrap_or_default();
    assert!(problem.contains("cut short"), "{problem}");
    page.click(&format!("{RESTORE} button[data-action='restore-now']"));
    page.wait_for("the first of the two", 1, || page.annotations().len());

    let newer = backup.text.replacen("\"version\": 1", "\"version\": 2", 1);
    page.import_text("newer.json", &newer);
    page.wait_until_shown("dialog#import-report .problem");
    let report = page.text_of("dialog#import-report").unwrap_or_default();
    assert!(report.contains("newer.json") && report.contains("version 2"), "{report}");
}

pub(crate) fn a_reminder_appears_when_a_backup_is_due(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    open_panel(page);
    page.choose_option("select[name='reminder']", "25");
    page.press(Key::Escape);
    page.wait_until_gone(PANEL);
    let mut kept: Value = serde_json::from_str(&item(page, "glossator:backup")).expect("JSON");
    kept["changes"] = json!(23);
    page.store("glossator:backup", &kept.to_string());
    page.reload();
    page.open_article(&FIRST);
    let due = ".notice[data-kind='backup-due']";
    tag_by_key(page, "two presidents", "proposal");
    assert!(!page.shows(due), "one change is left");
    tag_by_key(page, "radar in Gabala", "argument");
    page.wait_until_shown(due);
    page.download(&format!("{due} button[data-action='back-up']"));
    page.wait_until_gone(due);
    open_panel(page);
    let words = page.text_of(PANEL).unwrap_or_default();
    assert!(words.contains("0 changes"), "{words}");
}

/// Replaces the file that a person would choose by one in the origin's private file system.
const PICKER: &str = "
window.showSaveFilePicker = async () =>
  (await navigator.storage.getDirectory()).getFileHandle('chosen.json', { create: true });
";
const NO_PICKER: &str = "delete window.showSaveFilePicker";

pub(crate) fn a_chosen_backup_file_stays_up_to_date(page: &mut Page) {
    if page.browser() != Browser::Chromium {
        page.open_with(&[NO_PICKER]);
        open_panel(page);
        assert!(
            !page.shows("button[data-action='choose-backup-file']"),
            "the button is hidden where browsers cannot do it"
        );
        return;
    }
    page.open_with(&[PICKER]);
    page.open_article(&FIRST);
    tag_by_key(page, "two presidents", "proposal");
    open_panel(page);
    page.click("button[data-action='choose-backup-file']");
    page.wait_for("the file has the annotation", 1, || annotations_in_file(page));
    page.press(Key::Escape);
    page.wait_until_gone(PANEL);
    tag_by_key(page, "radar in Gabala", "argument");
    page.wait_for("the file has the next, some seconds later", 2, || annotations_in_file(page));

    // The page remembers the file.
    page.reload();
    page.open_article(&FIRST);
    open_panel(page);
    page.wait_until_shown("button[data-action='stop-backup-file']");
    page.press(Key::Escape);
    page.wait_until_gone(PANEL);
    tag_by_key(page, "exactly the right logic", "prediction");
    page.wait_for("the file has the third", 3, || annotations_in_file(page));
    open_panel(page);
    page.click("button[data-action='stop-backup-file']");
    page.wait_until_gone("button[data-action='stop-backup-file']");
}

fn annotations_in_file(page: &Page) -> usize {
    // The file cannot be read while it is being replaced.
    let text = page.script_awaited(
        "const folder = await navigator.storage.getDirectory(); \
         const handle = await folder.getFileHandle('chosen.json', { create: true }); \
         return (await handle.getFile()).text().catch(() => '')",
        &[],
    );
    let file: Value = serde_json::from_str(text.as_str().unwrap_or_default()).unwrap_or_default();
    let items = file["items"].as_array().into_iter().flatten();
    items.filter(|it| it[0].as_str().is_some_and(|key| key.starts_with("glossator:annotation:"))).count()
}

fn open_panel(page: &Page) {
    page.click("#status button[data-action='storage']");
    page.wait_until_shown(PANEL);
}

fn back_up(page: &Page) -> crate::harness::Download {
    open_panel(page);
    let file = page.download(&format!("{PANEL} button[data-action='back-up']"));
    page.press(Key::Escape);
    page.wait_until_gone(PANEL);
    file
}

/// Checks the counts in the preview: added, updated, deleted, same, older, gone.
fn check_preview(page: &Page, counts: [usize; 6]) {
    page.wait_until_shown(RESTORE);
    let shown = ["added", "updated", "deleted", "same", "older", "gone"].map(|kind| {
        let text = page.text_of(&format!("{RESTORE} [data-kind='{kind}']")).unwrap_or_default();
        text.trim().parse::<usize>().unwrap_or_else(|_| panic!("{kind} is a number: {text:?}"))
    });
    assert_eq!(shown, counts, "added, updated, deleted, same, older, gone");
}

fn focus(page: &Page, id: &str) {
    page.click(&format!("#margin .card[data-id='{id}'] .card-quote"));
    crate::actions::wait_for_focus(page, id);
}

fn retag(page: &Page, id: &str, key: Key) {
    focus(page, id);
    page.press(key);
}

fn item(page: &Page, key: &str) -> String {
    page.stored().into_iter().find(|(it, _)| it == key).map(|(_, value)| value).unwrap_or_default()
}

/// The stored annotations and settings.
fn items(page: &Page) -> Vec<(String, String)> {
    let kept = |key: &str| key.starts_with(KEY) || key == "glossator:view";
    page.stored().into_iter().filter(|(key, _)| kept(key)).collect()
}

/// The items that were set aside, in either copy.
fn asides(page: &Page) -> Vec<String> {
    let all = page.stored().into_iter().chain(page.durable());
    all.filter(|(key, _)| key.starts_with("glossator:aside:")).map(|(_, value)| value).collect()
}
