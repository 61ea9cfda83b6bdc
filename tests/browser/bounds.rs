//! The bounds of an annotation, dragged by their handles and moved on its card.

use crate::{
    harness::{Key, Page, Point, records::FIRST},
    selecting::{preview, wait_for_preview},
    steps::{tag_by_key, wait_for_focus, write_note},
};

pub(crate) fn bounds_are_dragged_and_keep_the_rest(page: &mut Page) {
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

    // Into the midst of a word, and over the other annotation: seen before, whole words, one step of undo.
    let drag = |bound: &str, to: &dyn Fn() -> Point| {
        // What is pointed at may be scrolled into view, and the handle with it.
        let to = to();
        page.take_hold(page.middle_of(&format!(".handle[data-bound='{bound}']")), to);
    };
    drag("end", &|| page.locate("Russian call for coop").end);
    wait_for_preview(page, "rejects or ignores the Russian call for cooperation");
    page.screenshot("bounds-drag");
    page.let_go();
    now("rejects or ignores the Russian call for cooperation");
    page.wait_for("no preview", None, || preview(page));
    drag("start", &|| page.locate("if the Bush adm").end);
    page.let_go();
    now("administration rejects or ignores the Russian call for cooperation");
    page.undo_by_key();
    now("rejects or ignores the Russian call for cooperation");

    // With Alt by characters; given up with Escape; never empty, however far it is dragged.
    page.hold(Key::Alt);
    drag("end", &|| page.locate("Russian call for coop").end);
    wait_for_preview(page, "rejects or ignores the Russian call for coop");
    page.lift(Key::Alt);
    page.press(Key::Escape);
    page.let_go();
    page.wait_for("no preview", None, || preview(page));
    now("rejects or ignores the Russian call for cooperation");
    drag("end", &|| page.locate("It would be unfort").end);
    page.let_go();
    page.wait_until("one word is left at least", || {
        quote().quote.starts_with('r') && quote().quote.len() < 10
    });
    page.undo_by_key();
    now("rejects or ignores the Russian call for cooperation");

    // Held at the lower edge, the text goes on by itself, and the bound with it.
    let edge = page.script("return document.querySelector('#reader').getBoundingClientRect().bottom", &[]);
    let shown = page.script("return document.querySelector('#reader').scrollTop", &[]);
    drag("end", &|| Point { x: page.locate("Russian call for coop").end.x, y: edge.as_f64().unwrap() - 6.0 });
    let all = FIRST.text[FIRST.text.find("rejects or ignores").unwrap()..].trim_end();
    wait_for_preview(page, all);
    assert!(page.truth(&format!("document.querySelector('#reader').scrollTop > {shown}")));
    page.let_go();
    now(all);
    page.undo_by_key();
    now("rejects or ignores the Russian call for cooperation");

    // On the card, for whom neither keys nor handles are at hand.
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
    assert_eq!(page.annotations_named(&[&other])[0].record, other.record, "the other one is as it was");
}
