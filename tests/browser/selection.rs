//! Selecting by dragging, with snapping and its preview, and sticky tags.

use crate::{
    actions::{focused, tag_selection, wait_for_new},
    harness::{
        Key, Page, comes_true,
        records::{FIRST, SECOND},
    },
};

const SENTENCE: &str = "The U.S. Senate ratified the New Strategic Arms Reduction Treaty, which was signed in April by \
                        Presidents Medvedev and Obama.";

pub(crate) fn selections_snap_and_preview_the_result(page: &mut Page) {
    page.open();
    page.open_article(&SECOND);
    assert_eq!(pressed(page), "word", "words are the default");

    // From inside a word to inside another: the preview shows both as whole words before the release.
    let (from, to) = (page.locate("rategic Arms").begin, page.locate("Reduction Trea").end);
    page.begin_drag(from, to);
    wait_for_preview(page, "Strategic Arms Reduction Treaty");
    assert_eq!(selected(page), "rategic Arms Reduction Trea", "the browser's own selection stays as dragged");
    assert!(!page.shows("#selection-bar"), "nothing covers the text during the selection");
    page.screenshot("snap-preview");
    page.release();
    page.wait_for("the selection", "Strategic Arms Reduction Treaty".to_owned(), || selected(page));
    page.wait_for("no preview", None, || preview(page));
    tag_selection(page, "Strategic Arms Reduction Treaty", "proposal");

    // `Alt` selects by characters once, even if pressed after the drag began.
    page.press(Key::Escape);
    page.begin_drag(from, to);
    wait_for_preview(page, "Strategic Arms Reduction Treaty");
    page.key_down(Key::Alt);
    page.wait_for("no preview with Alt", None, || preview(page));
    page.release();
    page.key_up(Key::Alt);
    tag_selection(page, "rategic Arms Reduction Trea", "argument");

    // By sentence, also backwards, chosen by key; and by paragraph, chosen by a click.
    page.press(Key::Escape);
    page.press(Key::Char('s'));
    page.wait_for("the switch", "sentence".to_owned(), || pressed(page));
    page.wait_until("it is announced", || announced(page).contains("sentence"));
    page.begin_drag(page.locate("signed in Apr").end, page.locate("Senate ratified").begin);
    wait_for_preview(page, SENTENCE);
    page.release();
    page.wait_for("the selection", SENTENCE.to_owned(), || selected(page));
    tag_selection(page, SENTENCE, "prediction");

    // A double click selects a word and a triple click a paragraph, whatever the granularity.
    page.double_click("impossible");
    tag_selection(page, "impossible", "argument");
    let paragraph = SECOND.text.lines().next().unwrap();
    page.triple_click("it is a reality");
    tag_selection(page, paragraph, "argument");

    page.click("#hand button[data-snap='paragraph']");
    page.begin_drag(page.locate("almost a formality").begin, page.locate("finally it").end);
    wait_for_preview(page, paragraph);
    page.release();
    page.wait_for("the selection", paragraph.to_owned(), || selected(page));
    page.check_accessibility("the switch of granularity");
    page.reload();
    assert_eq!(pressed(page), "paragraph", "it survives a reload");
}

pub(crate) fn a_sticky_tag_tags_every_selection(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    page.chord(&[Key::Shift, Key::Char('1')]);
    page.wait_until_shown("#armed[data-tag='proposal']");
    page.wait_until("it is announced", || announced(page).contains("Each selection is tagged as Proposal"));
    page.check_accessibility("a sticky tag");

    for (from, to, quote) in [
        ("jointly use the rad", "radar in Gab", "jointly use the radar in Gabala"),
        ("revival of the", "Joint Data Exch", "revival of the Joint Data Exchange"),
    ] {
        let before = page.annotations();
        page.begin_drag(page.locate(from).begin, page.locate(to).end);
        wait_for_preview(page, quote);
        page.release();
        let new = wait_for_new(page, quote, "proposal", &before);
        page.wait_for("the new one has the focus", vec![new.id], || focused(page));
        page.wait_for("nothing is selected", String::new(), || selected(page));
    }
    page.screenshot("sticky-tag");

    // By keyboard, Enter finishes a selection.
    let before = page.annotations();
    page.press(Key::ArrowRight);
    page.chord(&[Key::Shift, Key::ArrowRight]);
    page.press(Key::Enter);
    wait_for_new(page, "Center (", "proposal", &before);

    page.press(Key::Escape);
    page.wait_until_gone("#armed");
    page.select("partnership in the area");
    page.wait_until_shown("#selection-bar");
    assert_eq!(page.annotations().len(), 3, "a selection is not tagged any more");

    // By mouse: an existing selection is tagged at once, and a click on the chip ends the sticky tag.
    let before = page.annotations();
    page.click("#hand button[data-arm='prediction']");
    wait_for_new(page, "partnership in the area", "prediction", &before);
    page.click("#armed");
    page.wait_until_gone("#armed");
}

/// The text that is drawn as the preview of the selection.
pub(crate) fn preview(page: &Page) -> Option<String> {
    let drawn = page.script(
        "const drawn = CSS.highlights.get('snap'); return drawn ? [...drawn].map(String).join('') : null",
        &[],
    );
    drawn.as_str().map(str::to_owned)
}

pub(crate) fn wait_for_preview(page: &Page, words: &str) {
    page.wait_for("the preview", Some(words.to_owned()), || preview(page));
}

fn selected(page: &Page) -> String {
    page.script("return getSelection().toString().trim()", &[]).as_str().unwrap_or_default().to_owned()
}

/// The latest announcement to assistive technology.
pub(crate) fn announced(page: &Page) -> String {
    page.text_of("#live").unwrap_or_default()
}

fn pressed(page: &Page) -> String {
    assert!(comes_true(|| page.count("#hand [data-snap][aria-pressed='true']") == 1));
    page.attribute("#hand [data-snap][aria-pressed='true']", "data-snap").unwrap_or_default()
}
