//! Selecting, tagging and moving bounds by touch.

use serde_json::json;

use crate::{
    actions::wait_for_new,
    harness::{Browser, Key, Page, Point},
    picker,
    selection::{preview, wait_for_preview},
};

pub(crate) fn annotating_by_touch(page: &mut Page) {
    // No other driver emulates touch gestures.
    if page.browser() != Browser::Chromium {
        return;
    }
    page.enable_touch();
    page.resize(390, 844);
    page.open();
    page.script(
        "window.menus = []; addEventListener('contextmenu', (event) => menus.push(event.defaultPrevented))",
        &[],
    );

    // A long press selects a word and opens the menu, as the system does it.
    long_press(page, "tangible");
    page.wait_for("the system's menu", json!([false]), || page.script("return menus", &[]));
    page.wait_until_shown("#selection-bar");
    check_bar(page);
    page.check_accessibility("a selection by touch");
    page.screenshot("touch-selection");

    // As the system's handle is dragged into the next word, the page previews the tagged words, and does not move the
    // handle.
    page.script(
        "const selection = getSelection(); \
         selection.extend(selection.focusNode, selection.focusNode.data.indexOf('results') + 4)",
        &[],
    );
    wait_for_preview(page, "tangible results");
    assert_eq!(page.script("return getSelection().toString()", &[]), json!("tangible resu"));
    page.tap("#selection-bar button[data-tag='proposal']");
    let made = wait_for_new(page, "tangible results", "proposal", &[]);
    page.wait_for("the highlight", vec![made.id], || page.marks().into_iter().map(|it| it.id).collect());
    page.wait_for("no preview", None, || preview(page));
    page.wait_until_gone("#selection-bar");

    // The annotation's own handle is large enough for a finger, and dragging it does not scroll.
    let to = page.locate("But this dep").end;
    let handle = page.middle_of(".handle[data-bound='end']");
    let below = Point { x: to.x, y: to.y + 28.0 };
    page.touch_start(handle);
    page.touch_move(Point { x: f64::midpoint(handle.x, below.x).round(), y: below.y });
    page.wait_for("the preview", Some("tangible results. But this depends".to_owned()), || {
        // The browser may merge moves, so this repeats the last one.
        page.touch_move(below);
        preview(page)
    });
    // Moves that end in a flick. Were it to become a fling, Chromium would ignore the tap after it.
    for at in [handle, below, handle, below] {
        page.touch_move(at);
    }
    page.touch_end(below);
    page.wait_for("the new bounds", vec!["tangible results. But this depends".to_owned()], || {
        page.annotations().into_iter().map(|it| it.quote).collect()
    });

    // By touch, a sticky tag needs one more tap, since the page cannot know when a selection is finished.
    page.tap("#hand button[data-arm='argument']");
    page.wait_until_shown("#armed");
    let before = page.annotations();
    long_press(page, "important");
    page.tap("#selection-bar button.armed");
    wait_for_new(page, "important", "argument", &before);
    page.tap("#armed");
    page.wait_until_gone("#armed");
    tag_with_the_picker(page);
    go_by_a_stripe(page);
    page.disable_touch();
}

/// Gives a tag that is not in the bar, which is made on the way.
fn tag_with_the_picker(page: &Page) {
    let before = page.annotations().len();
    long_press(page, "meeting");
    page.wait_until_shown("#selection-bar");
    page.tap("#selection-bar button[data-action='pick']");
    picker::wait_for_field(page);
    page.type_text("Event");
    page.wait_until("the new tag is offered", || {
        page.text_of("#picker-list").unwrap_or_default().contains("New tag “Event”")
    });
    page.tap("#picker-list [role='option']");
    page.wait_for("one more annotation", before + 1, || page.annotations().len());
    page.wait_until_gone("#picker");
}

/// Shows the stripes, and goes to an annotation by its stripe.
fn go_by_a_stripe(page: &Page) {
    page.tap("button[data-action='view']");
    page.wait_until_shown("#view-menu");
    page.tap("#view-menu button[data-stripes='everywhere']");
    page.wait_until_shown("#stripes");
    page.press(Key::Escape);
    page.wait_until_gone("#view-menu");
    page.tap("#stripes .stripe:last-child");
    page.wait_until("the sheet shows its card", || {
        page.text_of("#margin.open .card.focused").unwrap_or_default().contains("important")
    });
}

fn long_press(page: &Page, word: &str) {
    let at = page.locate(word).inside;
    page.touch_start(at);
    page.wait_for("the word under the finger", json!(word), || {
        page.script("return getSelection().toString().trim()", &[])
    });
    page.touch_end(at);
}

/// Checks that the toolbar is at the lower edge, large enough, and does not cover the selection.
fn check_bar(page: &Page) {
    let fits = "(() => { \
        const bar = document.getElementById('selection-bar').getBoundingClientRect(); \
        const words = getSelection().getRangeAt(0).getBoundingClientRect(); \
        const small = [...document.querySelectorAll('#selection-bar button')].filter((it) => it.offsetHeight < 44); \
        return bar.top > innerHeight * 0.75 && bar.bottom <= innerHeight && bar.left >= 0 && bar.right <= innerWidth \
            && words.bottom < bar.top && small.length === 0 \
    })()";
    assert!(page.truth(fits), "the bar is within a thumb's reach");
}
