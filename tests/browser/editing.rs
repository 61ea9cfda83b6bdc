//! Editing annotations: focus, tags, notes, undo and filters.

use crate::{
    actions::{
        TAGS, focus_card, focused, summary, tag_by_key, wait_for_focus, wait_for_tag, wait_until_drawn,
        write_note,
    },
    harness::{Key, Page, records::FIRST},
};

pub(crate) fn highlights_and_cards_focus_each_other(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let last = tag_by_key(page, "this depends on what do you call", "argument");
    let first = tag_by_key(page, "two presidents", "prediction");
    let middle = tag_by_key(page, "not expected to produce", "proposal");
    let focused_highlights = |page: &Page| -> Vec<String> {
        page.marks().into_iter().filter(|mark| mark.focused).map(|mark| mark.id).collect()
    };
    wait_for_focus(page, &middle.id);

    page.click_text("depends on what do");
    wait_for_focus(page, &last.id);
    page.wait_for("the focused highlight", vec![last.id.clone()], || focused_highlights(page));
    focus_card(page, &first);
    page.wait_for("the focused highlight", vec![first.id.clone()], || focused_highlights(page));

    for (key, expected) in [('j', &middle), ('j', &last), ('k', &middle), ('k', &first)] {
        page.press(Key::Char(key));
        wait_for_focus(page, &expected.id);
        page.wait_for("the focused highlight", vec![expected.id.clone()], || focused_highlights(page));
    }
    // A click on the ruler scrolls to an annotation.
    let far = tag_by_key(page, "Let's hope it will.", "prediction");
    page.locate("two presidents");
    let in_view = |page: &Page| {
        page.truth(&format!(
            "(() => {{ const box = document.querySelector('#text mark[data-id=\"{}\"]')?.getBoundingClientRect(); \
             return box && box.top >= 0 && box.bottom <= innerHeight; }})()",
            far.id
        ))
    };
    page.resize(1440, 500);
    page.locate("two presidents");
    page.wait_until("the end of the article is out of view", || !in_view(page));
    page.click_point(page.middle_of("#ruler i[data-tag]:last-of-type"));
    page.wait_until("a click on the ruler leads to the annotation", || in_view(page));

    page.press(Key::Escape);
    page.wait_for("no focused card", Vec::<String>::new(), || focused(page));
    page.wait_for("no focused highlight", Vec::<String>::new(), || focused_highlights(page));
}

pub(crate) fn retagging_and_deleting(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let one = tag_by_key(page, "jointly use the radar", "proposal");
    let two = tag_by_key(page, "bureaucratic limbo", "argument");

    page.click_text("jointly use the radar");
    wait_for_focus(page, &one.id);
    for tag in ["argument", "prediction", "proposal"] {
        page.press(crate::actions::key_of(tag));
        wait_for_tag(page, &one, tag);
    }
    focus_card(page, &two);
    let card = format!("#margin .card[data-id='{}']", two.id);
    for tag in ["prediction", "proposal", "argument"] {
        page.click(&format!("{card} button[data-tag='{tag}']"));
        wait_for_tag(page, &two, tag);
        for each in TAGS {
            let pressed = page.attribute(&format!("{card} button[data-tag='{each}']"), "aria-pressed");
            assert_eq!(
                pressed.as_deref(),
                Some(if each == tag { "true" } else { "false" }),
                "{each} beside {tag}"
            );
        }
    }
    wait_for_tag(page, &one, "proposal");

    page.click(&format!("{card} button[data-action='delete']"));
    wait_until_drawn(page, &[&one]);
    page.wait_for("the stored annotations", 1, || page.annotations().len());
    focus_card(page, &one);
    page.press(Key::Delete);
    wait_until_drawn(page, &[]);
    page.wait_for("the stored annotations", 0, || page.annotations().len());
    page.reload();
    wait_until_drawn(page, &[]);
    assert_eq!(page.text_of("#text").as_deref(), Some(FIRST.text));

    let three = tag_by_key(page, "an opportunity", "argument");
    focus_card(page, &three);
    page.press(Key::Backspace);
    wait_until_drawn(page, &[]);
}

pub(crate) fn notes_are_typed_and_saved(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let other = tag_by_key(page, "two presidents", "prediction");
    let annotation = tag_by_key(page, "Joint Data Exchange Center", "proposal");
    // Digits, and letters that are shortcuts elsewhere, are plain text here.
    let note = "Putin, 2007: 1 of 3 ideas; key joint - \u{e9}\u{4e2d}";
    write_note(page, &annotation, note);
    wait_for_tag(page, &annotation, "proposal");
    assert_eq!(page.annotations().len(), 2, "no key of the note was taken for a shortcut");

    let shown = format!("#margin .card[data-id='{}'] .card-note", annotation.id);
    focus_card(page, &other);
    page.wait_for("the note on the card", Some(note.to_owned()), || {
        page.text_of(&shown).map(|text| text.trim().to_owned())
    });
    page.reload();
    page.wait_for("the note on the card", Some(note.to_owned()), || {
        page.text_of(&shown).map(|text| text.trim().to_owned())
    });
    focus_card(page, &annotation);
    page.wait_until_shown("#margin .card.focused textarea[name='note']");
    let value = page.script("return document.querySelector('.card.focused textarea[name=note]').value", &[]);
    assert_eq!(value.as_str(), Some(note));
}

/// The quote, the tag and the note of each annotation.
type Summary = Vec<(String, String, String)>;

pub(crate) fn undo_and_redo_visit_every_state(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let button = |name: &str| format!("button[data-action='{name}']");
    assert!(
        page.truth("document.querySelector('button[data-action=undo]').disabled"),
        "nothing to undo at the start"
    );
    assert!(
        page.truth("document.querySelector('button[data-action=redo]').disabled"),
        "nothing to redo at the start"
    );

    let mut states: Vec<Summary> = vec![summary(page)];
    let one = tag_by_key(page, "confirmed his proposal", "proposal");
    states.push(summary(page));
    let two = tag_by_key(page, "extended this offer to the new radar", "argument");
    states.push(summary(page));
    page.press(Key::Char('3'));
    wait_for_tag(page, &two, "prediction");
    states.push(summary(page));
    write_note(page, &one, "who?");
    states.push(summary(page));
    focus_card(page, &two);
    page.press(Key::Delete);
    wait_until_drawn(page, &[&one]);
    states.push(summary(page));

    let walk = |page: &Page, back: bool, go: &dyn Fn()| {
        let mut path: Vec<&Summary> = states.iter().collect();
        if back {
            path.reverse();
        }
        for step in path.windows(2) {
            step_to(page, step[1], go);
        }
        let (empty, full) = if back { ("undo", "redo") } else { ("redo", "undo") };
        page.wait_until(&format!("there is nothing more to {empty}"), || {
            page.truth(&format!("document.querySelector('button[data-action={empty}]').disabled"))
        });
        page.wait_until(&format!("there is something to {full}"), || {
            page.truth(&format!("!document.querySelector('button[data-action={full}]').disabled"))
        });
    };
    walk(page, true, &|| page.undo_by_key());
    wait_until_drawn(page, &[]);
    walk(page, false, &|| page.redo_by_key());
    wait_until_drawn(page, &[&one]);
    walk(page, true, &|| page.click(&button("undo")));
    walk(page, false, &|| page.click(&button("redo")));
    walk(page, true, &|| page.undo_by_key());
    walk(page, false, &|| page.chord(&[Key::Control, Key::Char('y')]));

    // A change after an undo discards the undone steps.
    page.undo_by_key();
    page.wait_for("both are there again", 2, || page.annotations().len());
    tag_by_key(page, "two presidents", "argument");
    page.wait_until("nothing can be redone", || {
        page.truth("document.querySelector('button[data-action=redo]').disabled")
    });
}

/// Repeats undo or redo until this state. A note may take several steps, as it was typed.
fn step_to(page: &Page, wanted: &Summary, go: &dyn Fn()) {
    for _ in 0..8 {
        let before = summary(page);
        go();
        page.wait_until("a step changes something", || summary(page) != before);
        if summary(page) == *wanted {
            return;
        }
    }
    panic!("eight steps did not lead to {wanted:?} but to {:?}", summary(page));
}

pub(crate) fn filters_hide_tags(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let proposal = tag_by_key(page, "jointly use the radar in Gabala", "proposal");
    let argument = tag_by_key(page, "use the radar", "argument");
    let other = tag_by_key(page, "two presidents", "argument");
    let filter = |tag: &str| format!("button.filter[data-tag='{tag}']");
    let count = |page: &Page, tag: &str| page.text_of(&format!("{} .count", filter(tag))).unwrap_or_default();
    for (tag, number) in TAGS.into_iter().zip(["1", "2", "0"]) {
        page.wait_for(&format!("the count of {tag}"), number.to_owned(), || {
            count(page, tag).trim().to_owned()
        });
    }
    let before = page.attribute(&filter("argument"), "aria-pressed");
    page.click(&filter("argument"));
    wait_until_drawn(page, &[&proposal]);
    page.wait_until("the button says that it is switched", || {
        page.attribute(&filter("argument"), "aria-pressed") != before
    });
    assert_eq!(count(page, "argument").trim(), "2", "hidden annotations still count");
    page.click(&filter("proposal"));
    wait_until_drawn(page, &[]);
    assert_eq!(page.annotations().len(), 3, "hiding deletes nothing");
    page.click(&filter("argument"));
    wait_until_drawn(page, &[&argument, &other]);
    page.click(&filter("proposal"));
    wait_until_drawn(page, &[&proposal, &argument, &other]);
    page.wait_for("the button as it was", before, || page.attribute(&filter("argument"), "aria-pressed"));
}

pub(crate) fn a_tag_in_use_becomes_visible_again(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let filter = |tag: &str| format!("button.filter[data-tag='{tag}']");
    let one = tag_by_key(page, "jointly use the radar in Gabala", "proposal");
    page.click(&filter("proposal"));
    wait_until_drawn(page, &[]);
    let two = tag_by_key(page, "two presidents", "proposal");
    wait_until_drawn(page, &[&one, &two]);

    page.click(&filter("argument"));
    focus_card(page, &one);
    page.press(Key::Char('2'));
    wait_for_tag(page, &one, "argument");
    wait_until_drawn(page, &[&one, &two]);

    page.click(&filter("proposal"));
    wait_until_drawn(page, &[&one]);
    page.undo_by_key();
    wait_for_tag(page, &one, "proposal");
    wait_until_drawn(page, &[&one, &two]);
}

pub(crate) fn typing_a_note_triggers_no_commands(page: &mut Page) {
    page.open();
    page.resize(1000, 500);
    page.open_article(&FIRST);
    let one = tag_by_key(page, "two presidents", "proposal");
    let other = tag_by_key(page, "radar in Gabala", "argument");
    focus_card(page, &one);
    page.press(Key::Char('n'));
    let writing = || page.truth("document.activeElement.name === 'note'");
    page.wait_until("the note's field has the focus", writing);
    page.type_text("first ");
    // A letter that comes later would scroll the field into view again.
    page.wait_until("it is typed", || page.truth("document.activeElement.value === 'first '"));
    page.script("document.getElementById('reader').scrollTop = 1e6", &[]);
    page.wait_until("the passage is far out of view", || {
        page.truth("document.querySelector('mark').getBoundingClientRect().bottom < -600")
    });
    page.type_text("second 1 j");
    page.wait_for("the whole note", Some("first second 1 j".to_owned()), || {
        page.annotations().into_iter().find(|kept| kept.id == one.id).map(|kept| kept.note)
    });
    assert!(writing(), "the field still has the focus");

    let (first, _) = page.open_second_tab();
    page.open_article(&FIRST);
    focus_card(page, &one);
    page.press(Key::Delete);
    wait_until_drawn(page, &[&other]);
    page.in_tab(&first);
    page.wait_until_shown(".notice[data-kind='note-lost']");
    // Ends with the key Delete, by its code in the WebDriver standard.
    page.type_text("jj\u{e017}");
    assert_eq!(page.annotations().len(), 1, "further typing deletes nothing");
    page.press(Key::Escape);
    page.press(Key::Char('j'));
    page.wait_for("after Escape keys are commands again", vec![other.id.clone()], || focused(page));
    page.press(Key::Escape);
    page.click(".notice[data-kind='note-lost'] button[data-action='dismiss']");
    // Browsers differ in the scroll position after the field is removed.
    page.script("document.getElementById('reader').scrollTop = 0", &[]);
    focus_card(page, &other);
    page.press(Key::Delete);
    page.wait_for("keys are commands again", 0, || page.annotations().len());
}
