//! Files that are too large, have too many annotations or are nested too deeply: reported clearly, while the page keeps
//! working.

use std::{fs::File, io::Write};

use serde_json::json;

use crate::{
    actions::{tag_by_key, wait_until_drawn},
    harness::{Page, RECORD_DOWNLOADS, records::FIRST},
};

const REPORT: &str = "dialog#import-report";

pub(crate) fn oversized_files_are_refused(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let kept = tag_by_key(page, "radar in Gabala", "proposal");
    let stored = page.stored();

    // A sparse file, which takes no space on the disk.
    let path = page.profile().join("giant.json");
    File::create(&path).and_then(|file| file.set_len(1 << 30)).expect("the profile folder takes a file");
    page.import_file(&path);
    check_report(page, &["giant.json", "1073.8 MB", "128 MB"]);

    let nested = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    import(page, "nested.json", &nested);
    check_report(page, &["nested.json", "a list"]);
    import(page, "nested-inside.json", &export_of(&nested));
    check_report(page, &["nested-inside.json", "annotation 1", "a list"]);
    import(page, "many.json", &export_of(&vec!["{}"; 1_000_000].join(",")));
    check_report(page, &["many.json", "more than 100000 annotations"]);
    import(page, "long.json", &export_of(&"0,".repeat(9_000_000)));
    check_report(page, &["long.json", "more than 100000 annotations"]);

    assert_eq!(page.stored(), stored);
    wait_until_drawn(page, &[&kept]);
}

/// Counts the frames drawn while the progress is shown.
const COUNT_FRAMES: &str = "
window.frames = 0;
(function next() {
  if (document.getElementById('progress')) window.frames += 1;
  requestAnimationFrame(next);
})();
";

pub(crate) fn a_long_import_shows_progress_and_can_be_cancelled(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS, COUNT_FRAMES]);
    page.open_article(&FIRST);
    let kept = tag_by_key(page, "radar in Gabala", "proposal");
    let stored = page.stored();
    // Every annotation is invalid, so that reading takes all the time.
    let template =
        json!({ "id": "x", "document": FIRST.id, "quote": "words".repeat(20), "more": vec!["words"; 60] })
            .to_string();
    let text = export_of(&vec![template; 99_000].join(","));
    for cancel in [cancel_by_button as fn(&Page), cancel_by_key] {
        import(page, "long.json", &text);
        page.wait_until_shown("#progress progress");
        cancel(page);
        page.wait_until_gone("#progress");
        assert!(!page.shows(REPORT), "the part that was read is discarded");
        assert_eq!(page.stored(), stored, "everything is as it was");
    }
    page.script("window.frames = 0", &[]);
    import(page, "long.json", &text);
    check_report(page, &["long.json", "annotation 1", "and 98800 more"]);
    let frames = page.script("return window.frames", &[]).as_u64().unwrap_or_default();
    assert!(frames > 5, "the page keeps drawing: {frames} frames");
    wait_until_drawn(page, &[&kept]);
}

fn cancel_by_button(page: &Page) {
    page.script("document.querySelector(\"#progress button[data-action='cancel-work']\")?.click()", &[]);
}

fn cancel_by_key(page: &Page) {
    page.press(crate::harness::Key::Escape);
}

fn export_of(annotations: &str) -> String {
    format!(
        r#"{{"format": "glossator", "version": 1, "offsetUnit": "unicode-code-point", "annotations": [{annotations}]}}"#
    )
}

fn import(page: &Page, name: &str, text: &str) {
    let path = page.profile().join(name);
    File::create(&path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .expect("the profile folder takes a file");
    page.import_file(&path);
}

fn check_report(page: &Page, words: &[&str]) {
    page.wait_until_shown(&format!("{REPORT} .problem"));
    let report = page.text_of(REPORT).unwrap_or_default();
    for word in words {
        assert!(report.contains(word), "the report has {word:?}: {report:.400}");
    }
    page.click(&format!("{REPORT} button[data-action='cancel']"));
    page.wait_until_gone(REPORT);
}
