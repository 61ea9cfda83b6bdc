//! Actions and checks that many scenarios share.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::harness::{Key, Page, records::Annotation};

/// The tags, in the order of their keys.
pub(crate) const TAGS: [&str; 3] = ["proposal", "argument", "prediction"];

/// Selects the quote, tags it by the tag's key, and waits until the annotation is stored and drawn.
pub(crate) fn tag_by_key(page: &Page, quote: &str, tag: &str) -> Annotation {
    page.select(quote);
    tag_selection(page, quote, tag)
}

/// Tags the selection by the tag's key. `quote` is the quote that the annotation must have.
pub(crate) fn tag_selection(page: &Page, quote: &str, tag: &str) -> Annotation {
    let before = page.annotations();
    page.wait_until_shown("#selection-bar");
    page.press(key_of(tag));
    let new = wait_for_new(page, quote, tag, &before);
    page.wait_until(&format!("{quote:?} is drawn as {tag}"), || {
        page.marks().iter().any(|mark| mark.id == new.id && mark.text == quote && mark.tag == tag)
    });
    new
}

/// Waits for a new annotation, and returns it.
pub(crate) fn wait_for_new(page: &Page, quote: &str, tag: &str, before: &[Annotation]) -> Annotation {
    let new = || -> Vec<Annotation> {
        page.annotations().into_iter().filter(|now| before.iter().all(|old| old.id != now.id)).collect()
    };
    page.wait_for("the new annotation", vec![(quote.to_owned(), tag.to_owned())], || {
        new().into_iter().map(|annotation| (annotation.quote, annotation.tag)).collect()
    });
    let new = new().remove(0);
    new.check_against_article();
    new
}

/// Focuses an annotation by a click on its card.
pub(crate) fn focus_card(page: &Page, annotation: &Annotation) {
    page.click(&format!("#margin .card[data-id='{}'] .card-quote", annotation.id));
    wait_for_focus(page, &annotation.id);
}

/// Waits until the card of this annotation, and no other, has the focus.
pub(crate) fn wait_for_focus(page: &Page, id: &str) {
    page.wait_for("the focused card", vec![id.to_owned()], || focused(page));
}

/// The ids of the annotations whose cards have the focus.
pub(crate) fn focused(page: &Page) -> Vec<String> {
    page.cards().into_iter().filter(|card| card.focused).map(|card| card.id).collect()
}

/// The quote, tag and note of each stored annotation.
pub(crate) fn summary(page: &Page) -> Vec<(String, String, String)> {
    page.annotations().into_iter().map(|kept| (kept.quote, kept.tag, kept.note)).collect()
}

/// Waits until the annotation has this tag in the storage, as a highlight and as a card.
pub(crate) fn wait_for_tag(page: &Page, annotation: &Annotation, tag: &str) {
    page.wait_for("the stored tag", Some(tag.to_owned()), || {
        page.annotations().into_iter().find(|kept| kept.id == annotation.id).map(|kept| kept.tag)
    });
    page.wait_for("the tag of the highlight", Some(tag.to_owned()), || {
        page.marks().into_iter().find(|mark| mark.id == annotation.id).map(|mark| mark.tag)
    });
    page.wait_for("the tag of the card", Some(tag.to_owned()), || {
        page.cards().into_iter().find(|card| card.id == annotation.id).map(|card| card.tag)
    });
}

/// Types a note into the focused card, and leaves the field.
pub(crate) fn write_note(page: &Page, annotation: &Annotation, note: &str) {
    focus_card(page, annotation);
    page.press(Key::Char('n'));
    page.wait_until("the note's field has the focus", || {
        page.truth("document.activeElement.name === 'note'")
    });
    page.type_text(note);
    page.press(Key::Escape);
    page.wait_for("the stored note", Some(note.to_owned()), || {
        page.annotations().into_iter().find(|kept| kept.id == annotation.id).map(|kept| kept.note)
    });
}

/// The key of a tag.
pub(crate) fn key_of(tag: &str) -> Key {
    match tag {
        "proposal" => Key::Char('1'),
        "argument" => Key::Char('2'),
        "prediction" => Key::Char('3'),
        other => panic!("no key for {other}"),
    }
}

/// The tag and the note of each quote, where each passage has one annotation.
pub(crate) type Work = BTreeMap<String, (String, String)>;

/// The work in stored items.
pub(crate) fn stored_work(items: &[(String, String)]) -> Work {
    let annotations = Annotation::from_storage(items).into_iter();
    annotations.map(|Annotation { quote, tag, note, .. }| (quote, (tag, note))).collect()
}

/// The work in a list from `Editor`.
pub(crate) fn shown_work(list: Value) -> Work {
    let list: Vec<BTreeMap<String, Option<String>>> =
        serde_json::from_value(list).expect("quotes, tags and notes");
    let one = |mut it: BTreeMap<String, Option<String>>| {
        // The note of an annotation cannot be read before its card is drawn.
        let mut field =
            |name: &str| it.remove(name).expect(name).unwrap_or_else(|| "not there yet".to_owned());
        (field("quote"), (field("tag"), field("note")))
    };
    list.into_iter().map(one).collect()
}

/// The whole records of annotations, for comparing.
pub(crate) fn records(annotations: &[Annotation]) -> Vec<Value> {
    annotations.iter().map(|annotation| annotation.record.clone()).collect()
}

/// The ids of the highlights and those of the cards, both sorted.
pub(crate) fn drawn(page: &Page) -> (Vec<String>, Vec<String>) {
    let mut marks: Vec<String> = page.marks().into_iter().map(|mark| mark.id).collect();
    let mut cards: Vec<String> = page.cards().into_iter().map(|card| card.id).collect();
    marks.sort();
    cards.sort();
    (marks, cards)
}

/// Waits until the page shows exactly these annotations, as highlights and as cards.
pub(crate) fn wait_until_drawn(page: &Page, annotations: &[&Annotation]) {
    let mut ids: Vec<String> = annotations.iter().map(|annotation| annotation.id.clone()).collect();
    ids.sort();
    page.wait_for("the highlights and the cards", (ids.clone(), ids), || drawn(page));
}
