//! Passages that lie over each other: lines below the text, its line spacing, and coding stripes.

use serde_json::{Value, json};

use crate::{
    actions::{focused, tag_by_key, wait_for_focus},
    harness::{Key, Page, records::FIRST},
};

/// Words at which the passages begin. All of them reach beyond the line's end.
const STARTS: [&str; 12] = [
    "Such cooperation",
    "cooperation I believe",
    "I believe would",
    "believe would result",
    "would result in",
    "result in raising",
    "in raising to",
    "raising to an",
    "to an entirely",
    "an entirely new",
    "entirely new level",
    "new level the",
];

/// Where the passages end.
const END: &str =
    "And for all practical purposes, this would lead to a gradual development of strategic partnership";

/// Tags passages so that they lie `depth` deep over several lines.
fn tag_deep(page: &Page, depth: usize) -> Vec<String> {
    let (_, rest) = FIRST.text.split_once("press-conference,").unwrap_or_default();
    let end = rest.find(END).map_or(0, |it| it + END.len());
    let tags = ["proposal", "argument", "prediction"];
    let passages = STARTS.iter().zip(tags.iter().cycle()).take(depth);
    passages
        .map(|(start, tag)| {
            let from = rest.find(start).unwrap_or_default();
            tag_by_key(page, &rest[from..end], tag).id
        })
        .collect()
}

/// The lines below the text that reach into the letters of a line further down, as a sentence each.
fn crossings(page: &Page) -> Value {
    page.script(
        "const text = document.createTreeWalker(document.querySelector('#text'), NodeFilter.SHOW_TEXT);
         const letters = [];
         for (let node; node = text.nextNode();) {
             const range = document.createRange();
             range.selectNodeContents(node);
             letters.push(...range.getClientRects());
         }
         const found = [];
         for (const mark of document.querySelectorAll('#text mark'))
             for (const line of mark.getClientRects())
                 for (const below of letters)
                     if (below.top > line.top + 8 && line.bottom > below.top + 0.5
                         && line.left < below.right - 1 && line.right > below.left + 1)
                         found.push(`a line ends at ${line.bottom}, the letters below begin at ${below.top}`);
         return found",
        &[],
    )
}

pub(crate) fn lines_never_cross_letters(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let spacing = |page: &Page| {
        let height =
            "const deep = document.querySelector('#text mark').closest('p'); return deep.clientHeight";
        page.script(height, &[]).as_f64().unwrap_or_default()
    };
    let mut heights = Vec::new();
    for size in ["small", "medium", "large"] {
        page.script("document.documentElement.dataset.size = arguments[0]", &[json!(size)]);
        if heights.is_empty() {
            tag_deep(page, 1);
            heights.push(spacing(page));
            for depth in [2, 3, 4, 5, 6] {
                undo_all(page);
                tag_deep(page, depth);
                assert_eq!(crossings(page), json!([]), "{depth} deep");
                heights.push(spacing(page));
            }
        }
        assert_eq!(crossings(page), json!([]), "text of size {size}");
        page.script(
            "document.querySelectorAll('#text mark').forEach((it) => it.classList.add('focused'))",
            &[],
        );
        assert_eq!(crossings(page), json!([]), "focused, text of size {size}");
    }
    assert!(heights[0] <= heights[1] && heights[1] < heights[3] && heights[3] < heights[5], "{heights:?}");
}

fn undo_all(page: &Page) {
    while page.count("#text mark") > 0 {
        let before = page.count("#text mark");
        page.undo_by_key();
        page.wait_until("a step is undone", || page.count("#text mark") < before);
    }
}

/// The words that a person can read on the stripes.
fn labels(page: &Page) -> Vec<String> {
    let words = page.script(
        "return [...document.querySelectorAll('#stripes .stripe span')].filter((it) => it.checkVisibility())
             .map((it) => it.textContent)",
        &[],
    );
    words.as_array().into_iter().flatten().filter_map(|it| it.as_str().map(str::to_owned)).collect()
}

pub(crate) fn stripes_take_over_from_lines(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    tag_deep(page, 6);
    assert!(!page.shows("#stripes"), "six lines have room below the text");
    page.press(Key::Escape);
    undo_all(page);

    let ids = tag_deep(page, 12);
    page.wait_for("the stripes", 12, || page.count("#stripes .stripe"));
    assert_eq!(labels(page)[..3], ["Proposal", "Argument", "Prediction"]);
    let overlaps = page.script(
        "const all = [...document.querySelectorAll('.stripe')].map((it) => it.getBoundingClientRect());
         const text = document.querySelector('#text').getBoundingClientRect();
         return all.some((it) => it.left < 0 || it.right > text.left)
             || all.some((one, at) => all.slice(at + 1).some((it) =>
                 one.left < it.right && it.left < one.right && one.top < it.bottom && it.top < one.bottom))",
        &[],
    );
    assert_eq!(overlaps, json!(false), "the stripes lie beside the text and beside each other");
    page.press(Key::Escape);
    page.wait_until("nothing is focused", || focused(page).is_empty());
    let lines = "return [...document.querySelectorAll('#text mark')].filter((it) => getComputedStyle(it).borderBottomWidth !== '0px').length";
    page.wait_for("lines", json!(0), || page.script(lines, &[]));

    page.resize(390, 844);
    page.check_nothing_sticks_out("stripes on a phone");
    page.wait_for("stripes without room for labels", Vec::new(), || labels(page));
    page.resize(1440, 900);
    page.wait_for("labels", 12, || labels(page).len());

    // Each is reached by a click on its stripe, and by the keys.
    for (at, id) in ids.iter().enumerate() {
        page.click_point(page.middle_of(&format!("#stripes .stripe:nth-child({})", at + 1)));
        wait_for_focus(page, id);
    }
    let mut reached = focused(page);
    for _ in 1..12 {
        let before = focused(page);
        page.press(Key::Char('o'));
        page.wait_until("the next one has the focus", || focused(page) != before);
        reached.extend(focused(page));
    }
    reached.sort();
    reached.dedup();
    assert_eq!(reached.len(), 12, "the key reaches all of them");
}

pub(crate) fn stripes_are_shown_on_request(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let ids = tag_deep(page, 1);
    assert!(!page.shows("#stripes"));
    page.click("button[data-action='view']");
    page.click("#view-menu button[data-stripes='everywhere']");
    page.press(Key::Escape);
    page.wait_for("the stripe", vec!["Proposal".to_owned()], || labels(page));
    page.press(Key::Escape);
    page.click_point(page.middle_of("#stripes .stripe"));
    wait_for_focus(page, &ids[0]);
    page.reload();
    page.wait_for("the stripe after a reload", vec!["Proposal".to_owned()], || labels(page));
    page.click("button[data-action='view']");
    page.click("#view-menu button[data-stripes='where-deep']");
    page.wait_until_gone("#stripes");
}
