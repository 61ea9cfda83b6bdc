//! Attributes, merging, splitting, duplicating, tagging all occurrences, and drafts.

use serde_json::{Value, json};

use crate::{
    actions::{focus_card, tag_by_key, wait_for_focus, wait_for_tag, wait_until_drawn},
    harness::{Key, Page, records::FIRST},
    storage::wait_for_status,
};

/// The stored attributes of an annotation.
pub(crate) fn attributes(page: &Page, id: &str) -> Value {
    let kept = page.annotations().into_iter().find(|it| it.id == id);
    kept.map(|it| it.record["attributes"].clone()).unwrap_or_default()
}

fn wait_for_attributes(page: &Page, id: &str, wanted: Value) {
    page.wait_for("the stored attributes", wanted, || attributes(page, id));
}

pub(crate) fn wait_for_field(page: &Page, name: &str) {
    page.wait_until(&format!("the field {name} has the focus"), || {
        page.truth(&format!("document.activeElement?.name === '{name}'"))
    });
}

fn check_percent_is_legible(page: &Page) {
    assert!(
        page.truth("document.querySelector('input[name=percent]').getBoundingClientRect().width > 40"),
        "the number is legible beside the message"
    );
}

pub(crate) fn attributes_are_edited_and_saved(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let one = tag_by_key(page, "it is a much more valuable", "argument");
    let card = format!("#margin .card[data-id='{}']", one.id);
    page.click(&format!("{card} [data-value='claim']"));
    wait_for_attributes(page, &one.id, json!({ "role": "claim" }));
    page.click(&format!("{card} [data-value='premise']"));
    wait_for_attributes(page, &one.id, json!({ "role": "premise" }));
    page.wait_until("the choice is announced", || {
        page.text_of("#live").unwrap_or_default().contains("Role: Premise")
    });
    page.click(&format!("{card} [data-value='against']"));
    wait_for_attributes(page, &one.id, json!({ "role": "premise", "stance": "against" }));
    page.click(&format!("{card} [data-value='against']"));
    wait_for_attributes(page, &one.id, json!({ "role": "premise" }));
    page.check_accessibility("the card of an argument");

    // Another tag removes them, and undo restores them.
    page.press(Key::Char('3'));
    wait_for_tag(page, &one, "prediction");
    wait_for_attributes(page, &one.id, Value::Null);
    page.undo_by_key();
    wait_for_tag(page, &one, "argument");
    wait_for_attributes(page, &one.id, json!({ "role": "premise" }));

    // Digits and letters that are shortcuts elsewhere are plain text here. Text typed without a pause is one step.
    let two = tag_by_key(page, "as it probably will", "prediction");
    page.click("#attribute-forecaster");
    wait_for_field(page, "forecaster");
    page.type_text("Pavel, 1 of 3; jkm x");
    wait_for_attributes(page, &two.id, json!({ "forecaster": "Pavel, 1 of 3; jkm x" }));
    page.press(Key::Char('\u{e004}'));
    wait_for_field(page, "deadline");
    page.type_text("2008");
    page.press(Key::Char('\u{e004}'));
    page.press(Key::Char('\u{e004}'));
    wait_for_field(page, "likelihood");
    // The select takes a choice by its initial.
    page.type_text("L");
    wait_for_attributes(
        page,
        &two.id,
        json!({ "forecaster": "Pavel, 1 of 3; jkm x", "deadline": "2008", "likelihood": "likely" }),
    );
    page.script(
        "const field = document.querySelector('#attribute-likelihood'); field.value = 'number'; \
         field.dispatchEvent(new Event('change', { bubbles: true }))",
        &[],
    );
    page.wait_until_shown(".card.focused input[name='percent']");
    page.click(".card.focused input[name='percent']");
    page.type_text("72,5");
    wait_for_attributes(
        page,
        &two.id,
        json!({ "forecaster": "Pavel, 1 of 3; jkm x", "deadline": "2008", "likelihood": 72.5 }),
    );
    page.type_text("x");
    page.wait_until("an invalid likelihood is marked", || {
        page.truth("document.querySelector('input[name=percent][aria-invalid]')")
    });
    page.check_accessibility("the card of a prediction");
    page.screenshot("attributes-light");
    check_percent_is_legible(page);
    wait_for_attributes(page, &two.id, json!({ "forecaster": "Pavel, 1 of 3; jkm x", "deadline": "2008" }));
    page.type_text("\u{e003}");
    let number = json!({ "forecaster": "Pavel, 1 of 3; jkm x", "deadline": "2008", "likelihood": 72.5 });
    wait_for_attributes(page, &two.id, number.clone());
    page.press(Key::Escape);
    page.click(".card.focused input[name='percent']");
    page.script("document.querySelector('input[name=percent]').select()", &[]);
    page.type_text("130");
    page.wait_until("it is marked as invalid", || {
        page.truth("document.querySelector('input[name=percent][aria-invalid]')")
    });
    wait_for_attributes(page, &two.id, number);
    page.press(Key::Escape);
    page.wait_until("the last valid value is shown again", || {
        page.truth("document.querySelector('input[name=percent]').value === '72.5'")
    });
    page.wait_until("the reason is announced", || {
        page.text_of("#live").unwrap_or_default().contains("from 0 to 100")
    });
    wait_for_status(page, "saved");

    // They are on a card without the focus, also after a reload.
    focus_card(page, &one);
    let line = format!(".card[data-id='{}'] .card-attributes", two.id);
    let words = "Pavel, 1 of 3; jkm x · 2008 · 72.5 %".to_owned();
    page.wait_for("the line of the card", Some(words), || page.text_of(&line));
    page.reload();
    page.wait_until_shown(&line);
    let kept = page.durable();
    assert!(kept.iter().any(|(_, value)| value.contains("\"likelihood\":72.5")), "the durable copy has them");
    for (undone, wanted) in [
        (2, json!({ "forecaster": "Pavel, 1 of 3; jkm x", "deadline": "2008", "likelihood": "likely" })),
        (1, json!({ "forecaster": "Pavel, 1 of 3; jkm x", "deadline": "2008" })),
        (1, json!({ "forecaster": "Pavel, 1 of 3; jkm x" })),
        (1, Value::Null),
    ] {
        for _ in 0..undone {
            page.undo_by_key();
        }
        wait_for_attributes(page, &two.id, wanted);
    }
}

/// The quotes, tags and notes of the annotations, in the order of the text.
pub(crate) fn quotes(page: &Page) -> Vec<(String, String, String)> {
    page.annotations().into_iter().map(|it| (it.quote, it.tag, it.note)).collect()
}

fn of(all: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    all.iter().map(|(quote, tag, note)| ((*quote).into(), (*tag).into(), (*note).into())).collect()
}

pub(crate) fn annotations_are_merged_split_and_duplicated(page: &mut Page) {
    const WHOLE: &str = "Such cooperation I believe would result in raising";
    page.open();
    page.open_article(&FIRST);
    let whole = tag_by_key(page, WHOLE, "prediction");
    page.press(Key::Char('n'));
    wait_for_field(page, "note");
    page.type_text("why?");
    page.click("#title");
    page.wait_for("the note", of(&[(WHOLE, "prediction", "why?")]), || quotes(page));

    // A click sets the text cursor, and the annotation keeps the focus.
    page.press(Key::Char('m'));
    page.wait_until("the announcement says what is missing", || {
        page.text_of("#live").unwrap_or_default().contains("touches")
    });
    let place = page.locate("ould result").begin;
    page.click_point(place);
    wait_for_focus(page, &whole.id);
    page.press(Key::Char('x'));
    let halves = of(&[
        ("Such cooperation I believe", "prediction", "why?"),
        ("would result in raising", "prediction", ""),
    ]);
    page.wait_for("two halves", halves.clone(), || quotes(page));
    page.press(Key::Char('m'));
    page.wait_for("the whole again", of(&[(WHOLE, "prediction", "why?")]), || quotes(page));
    page.undo_by_key();
    page.wait_for("one step back", halves, || quotes(page));
    page.redo_by_key();
    page.wait_for("one step on", of(&[(WHOLE, "prediction", "why?")]), || quotes(page));
    wait_until_drawn(page, &[&whole]);

    // A second tag, by key and from the menu.
    wait_for_focus(page, &whole.id);
    page.press(Key::Char('d'));
    page.wait_until("the choice of a tag has the focus", || {
        page.truth("document.activeElement?.matches('#card-menu [data-duplicate]')")
    });
    page.check_accessibility("the menu of a card");
    page.screenshot("card-menu");
    page.press(Key::Char('2'));
    let both = of(&[(WHOLE, "argument", "why?"), (WHOLE, "prediction", "why?")]);
    let sorted = |page: &Page| {
        let mut all = quotes(page);
        all.sort();
        all
    };
    page.wait_for("both", both.clone(), || sorted(page));
    page.wait_until_gone("#card-menu");
    page.wait_until("the new one is focused", || {
        page.truth("document.querySelector('.card.focused[data-tag=argument]')")
    });
    page.click(".card.focused [data-action='more']");
    page.wait_until_shown("#card-menu");
    page.click("#card-menu [data-duplicate='proposal']");
    page.wait_for("three", 3, || page.annotations().len());
    page.undo_by_key();
    page.wait_for("one step back", both, || sorted(page));
    page.undo_by_key();
    page.wait_for("the first alone", of(&[(WHOLE, "prediction", "why?")]), || quotes(page));
}

pub(crate) fn all_occurrences_are_tagged_at_once(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let places = FIRST.text.matches("Russia").count();
    let whole = places - FIRST.text.matches("Russian").count();
    let one = tag_by_key(page, "Russia is building", "prediction");
    page.press(Key::Escape);
    page.wait_for("no focus", 0, || page.count(".card.focused"));

    // A double click in the middle of this quote selects “Russia”.
    page.double_click("that Russia is");
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('a'));
    page.wait_until_shown("dialog#occurrences");
    page.wait_for("the words", Some("Russia".to_owned()), || page.text_of(".occurrence-words"));
    page.wait_for("whole words only", whole, || page.count(".occurrence"));
    page.click("#occurrences input[name='whole-words']");
    page.wait_for("parts of words too", places, || page.count(".occurrence"));
    page.click("#occurrences input[name='match-case']");
    page.wait_for("in this case", places, || page.count(".occurrence"));
    page.click("#occurrences input[name='whole-words']");
    page.wait_for("whole words only", whole, || page.count(".occurrence"));
    page.click("#occurrences button[data-tag='prediction']");
    page.wait_for("one that has the tag already", 1, || page.count(".occurrence small"));
    page.check_accessibility("the same words elsewhere");
    page.screenshot("occurrences-light");
    let button = "#occurrences [data-action='tag-chosen']";
    let words = |count: usize| Some(format!("Tag {count} passages as Prediction"));
    page.wait_for("all others are selected", words(whole - 1), || page.text_of(button));
    page.click(".problems li:last-child .occurrence input");
    page.wait_for("one less", words(whole - 2), || page.text_of(button));
    page.click(button);
    page.wait_until_gone("dialog#occurrences");
    page.wait_for("the new annotations", whole - 1, || page.annotations().len());
    assert!(page.annotations().iter().all(|it| it.tag == "prediction"));
    page.wait_until("it is announced", || {
        page.text_of("#live").unwrap_or_default().contains("Undo reverts all")
    });
    page.undo_by_key();
    wait_until_drawn(page, &[&one]);

    // In all articles, for the words of the focused annotation.
    page.press(Key::Escape);
    let two = tag_by_key(page, "the call for broader", "argument");
    page.press(Key::Char('a'));
    page.wait_until_shown("dialog#occurrences");
    page.click("#occurrences input[name='everywhere']");
    page.wait_until("the list names its articles", || page.count(".occurrence-article") > 0);
    page.press(Key::Escape);
    page.wait_until_gone("dialog#occurrences");
    wait_until_drawn(page, &[&one, &two]);
}

pub(crate) fn a_draft_is_written_before_its_tag(page: &mut Page) {
    let passage = "an important outcome";
    page.open();
    page.open_article(&FIRST);
    page.select(passage);
    page.wait_until_shown("#selection-bar");
    page.click("#selection-bar button[data-action='note']");
    wait_for_field(page, "draft");
    page.type_text("1 why, not 2");
    page.check_accessibility("a note without a tag");
    page.screenshot("draft-light");
    assert_eq!(page.annotations().len(), 0, "typing tags nothing");

    page.reload();
    page.wait_for("the draft", Some("1 why, not 2".to_owned()), || {
        page.script("return document.querySelector('#draft-note')?.value ?? null", &[])
            .as_str()
            .map(str::to_owned)
    });
    page.wait_for("its passage is selected", passage.to_owned(), || {
        page.script("return getSelection().toString()", &[]).as_str().unwrap_or_default().to_owned()
    });
    page.press(Key::Char('2'));
    page.wait_for("the annotation", of(&[(passage, "argument", "1 why, not 2")]), || quotes(page));
    page.wait_until_gone("#draft");
    page.undo_by_key();
    page.wait_for("one step back", 0, || page.annotations().len());

    // Discarding a draft with words asks for confirmation.
    page.select("the call for broader cooperation");
    page.press(Key::Char('n'));
    wait_for_field(page, "draft");
    page.type_text("no");
    page.click("#draft [data-action='discard-draft']");
    page.wait_until_shown("#draft [data-action='keep-draft']");
    page.click("#draft [data-action='keep-draft']");
    // Once the field has lost the focus, keys tag the passage.
    page.click("#draft-note");
    page.press(Key::Escape);
    page.press(Key::Char('1'));
    page.wait_for("the annotation", of(&[("the call for broader cooperation", "proposal", "no")]), || {
        quotes(page)
    });
    page.press(Key::Escape);
    page.select("tangible results");
    page.press(Key::Char('n'));
    wait_for_field(page, "draft");
    page.click("#draft [data-action='discard-draft']");
    page.wait_until_gone("#draft");
    page.reload();
    assert!(!page.shows("#draft"));
    wait_for_status(page, "saved");
}
