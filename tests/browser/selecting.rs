//! What a drag selects, what is seen of it before the release, and tagging at once.

use crate::{
    harness::{
        Key, Page, comes_true,
        records::{FIRST, SECOND},
    },
    steps::{focused, give_tag, wait_for_new},
};

const SENTENCE: &str = "The U.S. Senate ratified the New Strategic Arms Reduction Treaty, which was signed in April by \
                        Presidents Medvedev and Obama.";

pub(crate) fn selections_snap_and_show_it_before(page: &mut Page) {
    page.open();
    page.open_article(&SECOND);
    assert_eq!(pressed(page), "word", "words are the default");

    // From inside a word to inside another one: both whole, seen before the release.
    let (from, to) = (page.locate("rategic Arms").begin, page.locate("Reduction Trea").end);
    page.begin_drag(from, to);
    wait_for_preview(page, "Strategic Arms Reduction Treaty");
    assert_eq!(selected(page), "rategic Arms Reduction Trea", "the browser's own is as the hand made it");
    assert!(!page.shows("#selection-bar"), "nothing lies over the text while it is being selected");
    page.screenshot("snap-preview");
    page.let_go();
    page.wait_for("the selection", "Strategic Arms Reduction Treaty".to_owned(), || selected(page));
    page.wait_for("no preview", None, || preview(page));
    give_tag(page, "Strategic Arms Reduction Treaty", "proposal");

    // `Alt` takes characters for once, also when it comes late.
    page.press(Key::Escape);
    page.begin_drag(from, to);
    wait_for_preview(page, "Strategic Arms Reduction Treaty");
    page.hold(Key::Alt);
    page.wait_for("no preview with Alt", None, || preview(page));
    page.let_go();
    page.lift(Key::Alt);
    give_tag(page, "rategic Arms Reduction Trea", "argument");

    // By sentence, backwards as well; chosen by key, and by a click for paragraphs.
    page.press(Key::Escape);
    page.press(Key::Char('s'));
    page.wait_for("the switch", "sentence".to_owned(), || pressed(page));
    page.wait_until("it is said", || said(page).contains("sentence"));
    page.begin_drag(page.locate("signed in Apr").end, page.locate("Senate ratified").begin);
    wait_for_preview(page, SENTENCE);
    page.let_go();
    page.wait_for("the selection", SENTENCE.to_owned(), || selected(page));
    give_tag(page, SENTENCE, "prediction");

    // A double click takes a word and a triple click a paragraph, whatever selections snap to.
    page.double_click("impossible");
    give_tag(page, "impossible", "argument");
    let paragraph = SECOND.text.lines().next().unwrap();
    page.triple_click("it is a reality");
    give_tag(page, paragraph, "argument");

    page.click("#hand button[data-snap='paragraph']");
    page.begin_drag(page.locate("almost a formality").begin, page.locate("finally it").end);
    wait_for_preview(page, paragraph);
    page.let_go();
    page.wait_for("the selection", paragraph.to_owned(), || selected(page));
    page.check_accessibility("the switch of granularity");
    page.reload();
    assert_eq!(pressed(page), "paragraph", "it is kept");
}

pub(crate) fn a_sticky_tag_tags_each_selection(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    page.chord(&[Key::Shift, Key::Char('1')]);
    page.wait_until_shown("#armed.proposal");
    page.wait_until("it is said", || said(page).contains("Each selection becomes Proposal"));
    page.check_accessibility("a sticky tag");

    for (from, to, quote) in [
        ("jointly use the rad", "radar in Gab", "jointly use the radar in Gabala"),
        ("revival of the", "Joint Data Exch", "revival of the Joint Data Exchange"),
    ] {
        let before = page.annotations();
        page.begin_drag(page.locate(from).begin, page.locate(to).end);
        wait_for_preview(page, quote);
        page.let_go();
        let new = wait_for_new(page, quote, "proposal", &before);
        page.wait_for("the new one has the focus", vec![new.id], || focused(page));
        page.wait_for("nothing is selected", String::new(), || selected(page));
    }
    page.screenshot("sticky-tag");

    // A finished selection by keyboard is one that Enter ends.
    let before = page.annotations();
    page.press(Key::ArrowRight);
    page.chord(&[Key::Shift, Key::ArrowRight]);
    page.press(Key::Enter);
    wait_for_new(page, "Center (", "proposal", &before);

    page.press(Key::Escape);
    page.wait_until_gone("#armed");
    page.select("partnership in the area");
    page.wait_until_shown("#selection-bar");
    assert_eq!(page.annotations().len(), 3, "a selection is only a selection again");

    // Without a keyboard: what is selected already is the first, and the chip itself lays the tag down.
    let before = page.annotations();
    page.click("#hand button[data-arm='prediction']");
    wait_for_new(page, "partnership in the area", "prediction", &before);
    page.click("#armed");
    page.wait_until_gone("#armed");
}

/// What is painted as that which the selection is going to be.
pub(crate) fn preview(page: &Page) -> Option<String> {
    let painted = page.script(
        "const painted = CSS.highlights.get('snap'); return painted ? [...painted].map(String).join('') : null",
        &[],
    );
    painted.as_str().map(str::to_owned)
}

pub(crate) fn wait_for_preview(page: &Page, words: &str) {
    page.wait_for("the preview", Some(words.to_owned()), || preview(page));
}

fn selected(page: &Page) -> String {
    page.script("return getSelection().toString().trim()", &[]).as_str().unwrap_or_default().to_owned()
}

pub(crate) fn said(page: &Page) -> String {
    page.text_of("#live").unwrap_or_default()
}

fn pressed(page: &Page) -> String {
    assert!(comes_true(|| page.count("#hand [data-snap][aria-pressed='true']") == 1));
    page.attribute("#hand [data-snap][aria-pressed='true']", "data-snap").unwrap_or_default()
}
