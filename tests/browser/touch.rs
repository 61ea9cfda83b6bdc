//! Selecting, tagging and moving bounds with a finger.

use serde_json::json;

use crate::{
    harness::{Browser, Page, Point},
    selecting::{preview, wait_for_preview},
    steps::wait_for_new,
};

pub(crate) fn a_session_by_touch(page: &mut Page) {
    // No other driver recognises the gestures of a finger.
    if page.browser() != Browser::Chromium {
        return;
    }
    page.give_finger();
    page.resize(390, 844);
    page.open();
    page.script(
        "window.menus = []; addEventListener('contextmenu', (event) => menus.push(event.defaultPrevented))",
        &[],
    );

    // A long press selects a word, as the system does it, and the system's menu comes as ever.
    long_press(page, "tangible");
    page.wait_for("the system's menu", json!([false]), || page.script("return menus", &[]));
    page.wait_until_shown("#selection-bar");
    check_bar(page);
    page.check_accessibility("a selection by touch");
    page.screenshot("touch-selection");

    // The system's handle is dragged into the next word: the page shows what it takes, and leaves the handle alone.
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

    // The annotation's own handle is large enough for a finger and follows it instead of scrolling.
    let to = page.locate("But this dep").end;
    let handle = page.middle_of(".handle[data-bound='end']");
    let below = Point { x: to.x, y: to.y + 28.0 };
    page.finger_down(handle);
    page.finger_to(Point { x: f64::midpoint(handle.x, below.x).round(), y: below.y });
    page.wait_for("the preview", Some("tangible results. But this depends".to_owned()), || {
        // A browser passes moves on when it has time to.
        page.finger_to(below);
        preview(page)
    });
    // A flick at the end would have Chromium swallow the tap after it, were it left to make a fling of that.
    for at in [handle, below, handle, below] {
        page.finger_to(at);
    }
    page.finger_up(below);
    page.wait_for("the new bounds", vec!["tangible results. But this depends".to_owned()], || {
        page.annotations().into_iter().map(|it| it.quote).collect()
    });

    // A sticky tag needs one tap more by touch: nobody else knows when the handles are let go for good.
    page.tap("#hand button[data-arm='argument']");
    page.wait_until_shown("#armed");
    let before = page.annotations();
    long_press(page, "important");
    page.tap("#selection-bar button.armed");
    wait_for_new(page, "important", "argument", &before);
    page.tap("#armed");
    page.wait_until_gone("#armed");
    page.take_finger_away();
}

fn long_press(page: &Page, word: &str) {
    let at = page.locate(word).inside;
    page.finger_down(at);
    page.wait_for("the word under the finger", json!(word), || {
        page.script("return getSelection().toString().trim()", &[])
    });
    page.finger_up(at);
}

/// At the lower edge, large enough, and not over what is selected.
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
