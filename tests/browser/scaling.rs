//! The cost of an edit does not grow with the number of annotations. Drawing and storing are counted, not timed.

use serde::Deserialize;
use serde_json::json;

use crate::{
    actions::tag_by_key,
    bench::sample::{Sample, Size},
    commands::find,
    harness::{Key, Page, Point, records::FIRST},
    picker::{add_tags, codebook_of},
    storage::wait_for_status,
};

/// Counts changes of the text's elements, and calls of the storage.
const COUNT: &str = "
window.work = { chunks: new Set(), paragraphs: new Set(), stored: 0, kept: 0, looked: 0, drawn: 0 };
const counted = (object, method, name) => {
  const before = object[method];
  object[method] = function (...all) { window.work[name] += 1; return before.apply(this, all); };
};
counted(Storage.prototype, 'setItem', 'stored');
counted(IDBObjectStore.prototype, 'put', 'kept');
for (const method of ['get', 'getAll', 'getAllKeys']) counted(IDBObjectStore.prototype, method, 'looked');
new MutationObserver((records) => {
  for (const { target, addedNodes } of records) {
    for (const node of addedNodes) window.work.drawn += 1 + (node.querySelectorAll?.('*').length ?? 0);
    const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
    const paragraph = element?.closest('#text p');
    if (!paragraph) continue;
    window.work.paragraphs.add(paragraph);
    window.work.chunks.add(paragraph.parentElement);
  }
}).observe(document, { childList: true, characterData: true, subtree: true });
";

/// The work of one edit.
#[derive(Debug, Deserialize, PartialEq, Eq)]
struct Work {
    chunks: usize,
    paragraphs: usize,
    stored: usize,
    kept: usize,
    looked: usize,
    /// Nodes that were added anywhere in the page.
    drawn: usize,
}

pub(crate) fn an_edit_costs_the_same_among_ten_and_a_thousand(page: &mut Page) {
    // An annotation and a step of the history, each of which may be written separately and then moved into a pack.
    const FEW: usize = 6;
    page.open_with(&[COUNT]);
    let few = work_among(page, Size::ALL[0]);
    page.move_to_new_origin(&[COUNT]);
    let many = work_among(page, Size::ALL[1]);
    for (edit, work) in few.iter().chain(&many) {
        assert_eq!((work.chunks, work.paragraphs), (1, 1), "{edit} redraws only its paragraph: {work:?}");
        let most = work.stored.max(work.kept).max(work.looked);
        assert!(most <= FEW, "{edit} stores only its own annotation: {work:?}");
    }
}

pub(crate) fn an_edit_costs_the_same_with_five_hundred_tags(page: &mut Page) {
    /// Nodes that may come and go for other reasons, such as the status.
    const OTHERS: usize = 20;
    page.open_with(&[COUNT]);
    add_tags(page, &codebook_of(20));
    let few = work_among(page, Size::ALL[1]);
    page.move_to_new_origin(&[COUNT]);
    add_tags(page, &codebook_of(500));
    let many = work_among(page, Size::ALL[1]);
    for ((edit, few), (_, many)) in few.iter().zip(&many) {
        assert!(many.drawn <= few.drawn + OTHERS, "{edit} draws more with more tags: {few:?} {many:?}");
        let (few, many) =
            (few.stored.max(few.kept).max(few.looked), many.stored.max(many.kept).max(many.looked));
        assert!(many <= few + 1, "{edit} stores more with more tags: {few}, {many}");
    }
}

pub(crate) fn an_edit_redraws_no_other_highlight_of_its_paragraph(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    tag_by_key(page, "two presidents", "proposal");
    page.script("window.highlight = document.querySelector('#text mark')", &[]);
    tag_by_key(page, "in Kennebunkport", "argument");
    page.press(Key::Char('3'));
    page.wait_until("it is seen", || page.count("#text mark[data-tag='prediction']") == 1);
    page.press(Key::Delete);
    page.wait_until("it is gone", || page.count("#text mark[data-tag='prediction']") == 0);
    assert!(page.truth("window.highlight.isConnected"), "the other highlight was redrawn");
}

pub(crate) fn every_file_is_fetched_once(page: &mut Page) {
    page.open();
    wait_for_status(page, "saved");
    let mut fetched: Vec<String> = page.requests().into_iter().map(|it| it.path).collect();
    assert!(fetched.iter().any(|it| it.contains("_bg.wasm")), "{fetched:?}");
    fetched.sort();
    assert!(fetched.windows(2).all(|pair| pair[0] != pair[1]), "{fetched:?}");
}

pub(crate) fn all_highlights_are_drawn_on_request(page: &mut Page) {
    let size = Size::ALL[1];
    let sample = Sample::new(size);
    page.open();
    page.import_file(&sample.folder.path().join("export.json"));
    page.wait_until_shown(".notice[data-kind='imported']");
    page.click("#articles .doc[data-article^='text-']");
    page.wait_until("its highlights are there", || highlighted(page) > 0);
    wait_until_saved(page);
    let near = || {
        page.wait_until("only those near the viewport are drawn", || {
            (1..size.annotations / 2).contains(&highlighted(page))
        });
    };
    let all = || page.wait_for("all of them", size.annotations, || highlighted(page));
    near();

    // Printing needs all of them.
    page.script("dispatchEvent(new Event('beforeprint'))", &[]);
    all();
    page.script("dispatchEvent(new Event('afterprint'))", &[]);
    near();

    // A screen reader reads only what is in the page.
    find(page, "in the whole text");
    page.press(Key::Enter);
    all();
    page.script("document.querySelector('#text .chunk:last-child').scrollIntoView()", &[]);
    page.wait_until("the end is shown", || page.truth("document.querySelector('#reader').scrollTop > 2000"));
    all();
    page.reload();
    all();
    page.script("dispatchEvent(new Event('afterprint'))", &[]);
    all();
    find(page, "near the visible text");
    page.press(Key::Enter);
    near();
}

/// The number of annotations that have highlights in the page.
fn highlighted(page: &Page) -> usize {
    let ids = page.script(
        "return new Set([...document.querySelectorAll('#text mark')].map((it) => it.dataset.id)).size",
        &[],
    );
    ids.as_u64().and_then(|it| usize::try_from(it).ok()).unwrap_or_default()
}

/// The work of each kind of edit in a text of this size.
fn work_among(page: &Page, size: Size) -> Vec<(&'static str, Work)> {
    let sample = Sample::new(size);
    page.import_file(&sample.folder.path().join("export.json"));
    page.wait_until_shown(".notice[data-kind='imported']");
    page.click("#articles .doc[data-article^='text-']");
    page.wait_until("its highlights are there", || page.count("#text mark") > 0);
    wait_until_saved(page);

    // Three words on one line in the middle of a paragraph.
    let line = page.script(
        "const walker = document.createTreeWalker(document.querySelector('#text p:nth-child(2)'), NodeFilter.SHOW_TEXT); \
         for (let node = walker.nextNode(); node; node = walker.nextNode()) { \
           const found = /\\b\\w+ \\w+ \\w+\\b/.exec(node.data); \
           if (!found) continue; \
           const range = document.createRange(); \
           range.setStart(node, found.index); range.setEnd(node, found.index + found[0].length); \
           if (range.getClientRects().length > 1) continue; \
           const box = range.getBoundingClientRect(); \
           return { x: box.left + 1, y: (box.top + box.bottom) / 2, to: box.right - 1 }; \
         }",
        &[],
    );
    let at = |name: &str| line[name].as_f64().expect("words on one line");
    page.drag(Point { x: at("x"), y: at("y") }, Point { x: at("to"), y: at("y") });
    page.wait_until_shown("#selection-bar");
    let total = page.count("#text p");
    assert!(total > 1);
    [
        ("Adding", [None, Some(Key::Char('1'))]),
        ("Retagging", [None, Some(Key::Char('2'))]),
        ("Moving a bound", [None, Some(Key::Char(']'))]),
        ("Deleting", [None, Some(Key::Delete)]),
        ("Undoing", [Some(Key::Control), Some(Key::Char('z'))]),
    ]
    .into_iter()
    .map(|(edit, keys)| {
        page.script(
            "Object.assign(window.work, { chunks: new Set(), paragraphs: new Set(), stored: 0, kept: 0, looked: 0, drawn: 0 })",
            &[],
        );
        page.chord(&keys.into_iter().flatten().collect::<Vec<_>>());
        page.wait_until(&format!("{edit} is drawn"), || page.truth("window.work.paragraphs.size > 0"));
        wait_until_saved(page);
        let work = page.script(
            "const { chunks, paragraphs, ...counts } = window.work; \
             return { chunks: chunks.size, paragraphs: paragraphs.size, ...counts }",
            &[json!(null)],
        );
        (edit, serde_json::from_value(work).expect("counts"))
    })
    .collect()
}

/// Waits until no import is in progress and everything is saved.
pub(crate) fn wait_until_saved(page: &Page) {
    page.wait_until("everything is saved", || page.count("#progress") == 0 && page.status() == "saved");
}
