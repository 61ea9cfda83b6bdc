//! The table of all annotations, with ten thousand of them, and the chart.

use serde_json::{Value, json};

use crate::{
    actions::{tag_by_key, wait_for_focus},
    harness::{
        Key, Page,
        records::{Article, FIRST, SECOND, made_up_id},
    },
};

const COUNT: u16 = 10_000;
const TAGS: [&str; 3] = ["proposal", "argument", "prediction"];

/// An export of ten thousand annotations. Articles and tags alternate, one in seven has a note, some arguments have
/// attributes, and each is an hour later than the one before.
fn file() -> Value {
    let annotations: Vec<Value> = (0..COUNT).map(annotation).collect();
    json!({ "format": "glossator", "version": 1, "offsetUnit": "unicode-code-point", "annotations": annotations })
}

fn article_of(number: u16) -> &'static Article {
    if number.is_multiple_of(2) { &FIRST } else { &SECOND }
}

fn annotation(number: u16) -> Value {
    let article = article_of(number);
    let length = article.text.chars().count() - 60;
    let mut start = usize::from(number) * 37 % length;
    let characters: Vec<char> = article.text.chars().skip(start).take(60).collect();
    start += characters.iter().take_while(|it| it.is_whitespace()).count();
    let mut end = start + 20;
    while article.slice(end - 1, end).trim().is_empty() {
        end -= 1;
    }
    let seconds = 1_760_000_000 + u64::from(number) * 3600;
    let (days, hours) = (seconds / 86_400 - 20_370, seconds / 3600 % 24);
    let modified =
        format!("20{:02}-{:02}-{:02}T{hours:02}:00:00Z", 25 + days / 336, days % 336 / 28 + 1, days % 28 + 1);
    let mut record = json!({
        "id": made_up_id(number), "document": article.id, "tag": TAGS[usize::from(number % 3)],
        "start": start, "end": end, "quote": article.slice(start, end),
        "note": if number.is_multiple_of(7) { format!("Remárk number {number}") } else { String::new() },
        "created": "2025-01-01T00:00:00Z", "modified": modified,
        "version": { "counter": 1, "replica": "00000000000000aa" },
    });
    if number % 3 == 1 && number.is_multiple_of(5) {
        record["attributes"] = json!({ "role": "claim" });
    }
    record
}

/// The number of these annotations that match.
fn many(matches: impl Fn(u16) -> bool) -> usize {
    (0..COUNT).filter(|number| matches(*number)).count()
}

fn wait_for_rows(page: &Page, words: &str) {
    page.wait_for("the count of rows", Some(words.to_owned()), || page.text_of(".table-count"));
}

/// The ids of the first rows in view.
fn first_rows(page: &Page, count: usize) -> Vec<String> {
    let rows = page.script(
        "const grid = document.getElementById('table-grid').getBoundingClientRect(); \
         return [...document.querySelectorAll('.table-line')] \
           .map((row) => [row.getBoundingClientRect().top, row.dataset.id]) \
           .filter(([top]) => top > grid.top).sort(([a], [b]) => a - b).slice(0, arguments[0]).map(([, id]) => id)",
        &[json!(count)],
    );
    serde_json::from_value(rows).expect("ids")
}

fn wait_for_batch(page: &Page, chosen: &str) {
    page.wait_for("the count of selected rows", Some(chosen.to_owned()), || page.text_of(".batch-count"));
}

fn undo_label(page: &Page) -> String {
    page.attribute("button[data-action='undo']", "aria-label").unwrap_or_default()
}

pub(crate) fn the_table_handles_ten_thousand_annotations(page: &mut Page) {
    page.open();
    page.import_text("many.json", &file().to_string());
    page.wait_until_shown(".notice[data-kind='imported']");
    page.click(".notice[data-kind='imported'] button[data-action='dismiss']");
    page.press(Key::Char('t'));
    wait_for_rows(page, &format!("{COUNT} annotations"));
    page.wait_for("the address", json!("#/table"), || page.script("return location.hash", &[]));
    assert_eq!(page.attribute("#table-grid", "aria-rowcount"), Some((COUNT + 1).to_string()));
    assert!(page.count(".table-line") < 100, "only rows near the viewport are drawn");

    // Sorting by a column, in both directions.
    page.click("[data-sort='modified']");
    page.wait_for("the earliest", vec![made_up_id(0), made_up_id(1)], || first_rows(page, 2));
    page.click("[data-sort='modified']");
    page.wait_for("the latest", vec![made_up_id(COUNT - 1), made_up_id(COUNT - 2)], || first_rows(page, 2));
    assert_eq!(page.attribute(".table-head .cell-modified", "aria-sort").as_deref(), Some("descending"));

    // Filters, one by one and together.
    page.click("input[name='filter-words']");
    page.type_text("REMARK");
    wait_for_rows(page, &format!("{} annotations of {COUNT}", many(|it| it.is_multiple_of(7))));
    page.choose_option("select[name='filter-tag']", "argument");
    wait_for_rows(
        page,
        &format!("{} annotations of {COUNT}", many(|it| it.is_multiple_of(7) && it % 3 == 1)),
    );
    page.choose_option("select[name='filter-attribute']", "role=claim");
    let such = |it: u16| it.is_multiple_of(7) && it % 3 == 1 && it.is_multiple_of(5);
    wait_for_rows(page, &format!("{} annotations of {COUNT}", many(such)));
    page.choose_option("select[name='filter-article']", FIRST.id);
    let such = |it: u16| such(it) && it.is_multiple_of(2);
    let shown = many(such);
    wait_for_rows(page, &format!("{shown} annotations of {COUNT}"));

    // Retagging all visible rows is one step.
    page.click("button[data-action='choose-all']");
    wait_for_batch(page, &format!("{shown} selected"));
    page.click(".batch button[data-tag='proposal']");
    page.wait_for("the step", format!("Undo: change {shown} annotations to Proposal"), || undo_label(page));
    wait_for_rows(page, &format!("0 annotations of {COUNT}"));
    page.undo_by_key();
    wait_for_rows(page, &format!("{shown} annotations of {COUNT}"));
    assert!(page.shows("#table"), "undo keeps the table open");

    // Selecting a range and deleting it by key.
    page.choose_option("select[name='filter-article']", "");
    page.choose_option("select[name='filter-attribute']", "");
    page.choose_option("select[name='filter-tag']", "");
    page.click("input[name='filter-words']");
    page.chord(&[Key::Control, Key::Char('a')]);
    page.press(Key::Delete);
    wait_for_rows(page, &format!("{COUNT} annotations"));
    page.choose_option("select[name='grouping']", "tag");
    page.wait_for("the headings", Some(format!("Proposal {}", many(|it| it % 3 == 0))), || {
        page.text_of(".table-group")
    });
    page.script("document.getElementById('table-grid').focus()", &[]);
    page.press(Key::Home);
    page.press(Key::Char(' '));
    page.chord(&[Key::Shift, Key::ArrowDown]);
    page.chord(&[Key::Shift, Key::ArrowDown]);
    wait_for_batch(page, "3 selected");
    page.screenshot("table-light");
    page.press(Key::Delete);
    wait_for_rows(page, &format!("{} annotations", COUNT - 3));
    page.wait_for("the step", "Undo: delete 3 annotations".to_owned(), || undo_label(page));
    page.undo_by_key();
    wait_for_rows(page, &format!("{COUNT} annotations"));
    page.press(Key::End);
    page.wait_until("the last row is there", || page.count(&format!("#line-{}", COUNT + 2)) == 1);
    page.press(Key::Home);

    rows_lead_to_their_passages(page);
}

fn rows_lead_to_their_passages(page: &Page) {
    page.theme("dark");
    page.choose_option("select[name='grouping']", "none");
    page.click("[data-sort='modified']");
    page.click("[data-sort='text']");
    page.click("[data-sort='modified']");
    page.wait_for("the earliest", vec![made_up_id(0)], || first_rows(page, 1));
    page.script("document.getElementById('table-grid').focus()", &[]);
    page.press(Key::ArrowDown);
    page.press(Key::Enter);
    page.wait_until_gone("#table");
    page.wait_for("the second's article", Some(SECOND.title()), || page.text_of("#title"));
    wait_for_focus(page, &made_up_id(1));
    page.back();
    page.wait_until_shown("#table");
    page.wait_for("the table in its earlier state", vec![made_up_id(0)], || first_rows(page, 1));
    page.click(&format!(".table-line[data-id='{}'] .cell-text", made_up_id(2)));
    page.wait_for("the third's article", Some(FIRST.title()), || page.text_of("#title"));
    wait_for_focus(page, &made_up_id(2));
    page.press(Key::Char('t'));
    page.wait_until_shown("#table");
    page.press(Key::Escape);
    page.wait_until_gone("#table");
    wait_for_focus(page, &made_up_id(2));
}

/// Sorted, filtered, with selected rows, and in groups; in light and dark. Checked with few annotations, because a check
/// looks at every element of the page.
fn the_full_table_is_accessible(page: &Page) {
    page.press(Key::Char('t'));
    page.wait_until_shown("#table");
    wait_for_rows(page, "4 annotations");
    page.click("[data-sort='modified']");
    page.check_accessibility("the table");
    page.choose_option("select[name='filter-tag']", "proposal");
    wait_for_rows(page, "2 annotations of 4");
    page.click("button[data-action='choose-all']");
    wait_for_batch(page, "2 selected");
    page.check_accessibility("the table, filtered");
    page.choose_option("select[name='filter-tag']", "");
    page.choose_option("select[name='grouping']", "tag");
    page.wait_until("the headings are there", || page.count(".table-group") == 3);
    page.theme("dark");
    page.check_accessibility("the table in groups, in dark");
    page.theme("light");
    page.choose_option("select[name='grouping']", "none");
    page.press(Key::Escape);
    page.wait_until_gone("#table");
}

pub(crate) fn the_table_and_the_chart_work_when_small(page: &mut Page) {
    page.open_at("#/table");
    page.wait_until_shown("#table");
    page.wait_until("an empty table says why", || {
        page.text_of(".table-none").is_some_and(|it| it.contains("No annotations yet"))
    });
    page.check_accessibility("an empty table");
    page.click("#header [data-view='chart']");
    page.wait_until_shown("#chart");
    page.check_accessibility("an empty chart");
    page.click("#header [data-view='text']");
    page.open_article(&FIRST);
    tag_by_key(page, "radar in Gabala", "proposal");
    tag_by_key(page, "revival of the Joint Data Exchange Center", "proposal");
    tag_by_key(page, "it probably will", "prediction");
    page.open_article(&SECOND);
    tag_by_key(page, "Their milestone has been reached", "argument");
    page.press(Key::Escape);
    the_full_table_is_accessible(page);

    page.press(Key::Char('c'));
    page.wait_until_shown("#chart");
    let numbers = |article: &Article| -> Vec<String> {
        let cells = page.script(
            "return [...document.querySelectorAll(`#chart [data-article='${arguments[0]}'] [data-count]`)] \
             .map((it) => it.textContent.trim())",
            &[json!(article.id)],
        );
        serde_json::from_value(cells).expect("numbers")
    };
    assert_eq!(numbers(&FIRST), ["2", "0", "1", "3"]);
    assert_eq!(numbers(&SECOND), ["0", "1", "0", "1"]);
    // In the first article the proposals are early and the prediction is late.
    let middle = |tag: &str| {
        let share = page.script(
            "const path = document.querySelector(`#chart [data-article='${arguments[0]}'] path[data-tag='${arguments[1]}']`); \
             const box = path.getBBox(); return (box.x + box.width / 2) / path.ownerSVGElement.viewBox.baseVal.width",
            &[json!(FIRST.id), json!(tag)],
        );
        share.as_f64().expect("a share")
    };
    assert!(
        middle("proposal") < 0.4 && middle("prediction") > 0.5,
        "{} {}",
        middle("proposal"),
        middle("prediction")
    );
    for theme in ["light", "dark"] {
        page.theme(theme);
        page.check_accessibility(&format!("the chart in {theme}"));
        page.screenshot(&format!("chart-{theme}"));
    }
    page.click("#chart [data-bars='shares']");
    page.wait_for("bars as shares", Some("true".to_owned()), || {
        page.attribute("#chart [data-bars='shares']", "aria-pressed")
    });

    // A number opens its rows in the table, and a title opens the article.
    page.click(&format!("#chart [data-article='{}'] [data-count='proposal'] button", FIRST.id));
    page.wait_until_shown("#table");
    wait_for_rows(page, "2 annotations of 4");
    page.back();
    page.wait_until_shown("#chart");
    page.click(&format!("#chart [data-article='{}'] a", SECOND.id));
    page.wait_for("the second article", Some(SECOND.title()), || page.text_of("#title"));

    for (width, height) in [(800, 900), (390, 844), (360, 640)] {
        page.resize(width, height);
        for view in ["table", "chart", "text"] {
            page.click(&format!("#footer [data-view='{view}']"));
            if view != "text" {
                page.wait_until_shown(&format!("#{view}"));
            }
            page.check_nothing_sticks_out(&format!("{view} at {width}"));
            page.screenshot(&format!("{view}-{width}"));
        }
    }
    page.click("#footer [data-view='table']");
    page.wait_until_shown("#table");
    page.check_accessibility("the table, narrow");
}
