//! Moving the bounds of an annotation by their handles, and by buttons on its card.

use crate::{
    actions::{tag_by_key, wait_for_focus, write_note},
    harness::{Key, Page, Point, records::FIRST},
    selection::{preview, wait_for_preview},
};

pub(crate) fn dragging_bounds_changes_nothing_else(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let other = tag_by_key(page, "Russian call for cooperation", "prediction");
    let made = tag_by_key(page, "rejects or ignores", "argument");
    write_note(page, &made, "kept");
    wait_for_focus(page, &made.id);
    page.check_accessibility("the focused annotation with its handles");
    let quote = || page.annotations().into_iter().find(|it| it.id == made.id).unwrap();
    let now = |words: &str| {
        page.wait_for("the words", words.to_owned(), || quote().quote);
        page.wait_for("the highlight", Some(words.to_owned()), || {
            page.marks().into_iter().find(|it| it.id == made.id).map(|it| it.text)
        });
        let kept = quote();
        kept.check_against_article();
        assert_eq!((kept.note.as_str(), kept.tag.as_str()), ("kept", "argument"));
        assert_eq!(kept.record["created"], made.record["created"]);
    };

    // Into the middle of a word, and over the other annotation: previewed, in whole words, and one step of the history.
    let drag = |bound: &str, to: &dyn Fn() -> Point| {
        // Located first, since that may scroll the text, and the handle with it.
        let to = to();
        page.begin_drag_of(page.middle_of(&format!(".handle[data-bound='{bound}']")), to);
    };
    drag("end", &|| page.locate("Russian call for coop").end);
    wait_for_preview(page, "rejects or ignores the Russian call for cooperation");
    page.screenshot("bounds-drag");
    page.release();
    now("rejects or ignores the Russian call for cooperation");
    page.wait_for("no preview", None, || preview(page));
    drag("start", &|| page.locate("if the Bush adm").end);
    page.release();
    now("administration rejects or ignores the Russian call for cooperation");
    page.undo_by_key();
    now("rejects or ignores the Russian call for cooperation");

    // With Alt by characters. Escape cancels. An annotation never becomes empty, however far a bound is dragged.
    page.key_down(Key::Alt);
    drag("end", &|| page.locate("Russian call for coop").end);
    wait_for_preview(page, "rejects or ignores the Russian call for coop");
    page.key_up(Key::Alt);
    page.press(Key::Escape);
    page.release();
    page.wait_for("no preview", None, || preview(page));
    now("rejects or ignores the Russian call for cooperation");
    drag("end", &|| page.locate("It would be unfort").end);
    page.release();
    page.wait_until("at least one word is left", || {
        quote().quote.starts_with('r') && quote().quote.len() < 10
    });
    page.undo_by_key();
    now("rejects or ignores the Russian call for cooperation");

    // Held at the lower edge, the text scrolls by itself, and the bound moves with it.
    let edge = page.script("return document.querySelector('#reader').getBoundingClientRect().bottom", &[]);
    let shown = page.script("return document.querySelector('#reader').scrollTop", &[]);
    drag("end", &|| Point { x: page.locate("Russian call for coop").end.x, y: edge.as_f64().unwrap() - 6.0 });
    let all = FIRST.text[FIRST.text.find("rejects or ignores").unwrap()..].trim_end();
    wait_for_preview(page, all);
    assert!(page.truth(&format!("document.querySelector('#reader').scrollTop > {shown}")));
    page.release();
    now(all);
    page.undo_by_key();
    now("rejects or ignores the Russian call for cooperation");

    // By the buttons on the card.
    for (action, words) in [
        ("bound-end-backward", "rejects or ignores the Russian call for"),
        ("bound-start-forward", "or ignores the Russian call for"),
        ("bound-start-backward", "rejects or ignores the Russian call for"),
        ("bound-end-forward", "rejects or ignores the Russian call for cooperation"),
    ] {
        page.click(&format!(".card.focused button[data-action='{action}']"));
        now(words);
    }
    assert_eq!(page.annotations().len(), 2);
    assert_eq!(
        page.annotations_named(&[&other])[0].record,
        other.record,
        "the other annotation is unchanged"
    );
}
