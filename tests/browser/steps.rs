//! Steps that many scenarios share.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::harness::{Key, Page, records::Annotation};

/// The tags, in the order of their keys.
pub(crate) const TAGS: [&str; 3] = ["proposal", "argument", "prediction"];

/// Selects the quote, gives it the tag by its key, and waits until it is stored and painted.
pub(crate) fn tag_by_key(page: &Page, quote: &str, tag: &str) -> Annotation {
    page.select(quote);
    give_tag(page, quote, tag)
}

/// Gives what is selected the tag by its key; `quote` is what the annotation must come to hold.
pub(crate) fn give_tag(page: &Page, quote: &str, tag: &str) -> Annotation {
    let before = page.annotations();
    page.wait_until_shown("#selection-bar");
    page.press(key_of(tag));
    let new = wait_for_new(page, quote, tag, &before);
    page.wait_until(&format!("{quote:?} is painted as {tag}"), || {
        page.marks().iter().any(|mark| mark.id == new.id && mark.text == quote && mark.tag == tag)
    });
    new
}

/// Waits until there is one annotation more than before, and gives it.
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

/// The annotations whose cards have the focus.
pub(crate) fn focused(page: &Page) -> Vec<String> {
    page.cards().into_iter().filter(|card| card.focused).map(|card| card.id).collect()
}

/// What a person would say is kept: each annotation's quote, tag and note.
pub(crate) fn gist(page: &Page) -> Vec<(String, String, String)> {
    page.annotations().into_iter().map(|kept| (kept.quote, kept.tag, kept.note)).collect()
}

/// Waits until the annotation is stored with this tag, and painted with it, as highlight and as card.
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

/// The key that stands for a tag.
pub(crate) fn key_of(tag: &str) -> Key {
    match tag {
        "proposal" => Key::Char('1'),
        "argument" => Key::Char('2'),
        "prediction" => Key::Char('3'),
        other => panic!("no key for {other}"),
    }
}

/// Tag and note by quote, where each passage has one annotation.
pub(crate) type Work = BTreeMap<String, (String, String)>;

/// The work among stored items.
pub(crate) fn work_kept(items: &[(String, String)]) -> Work {
    let annotations = Annotation::from_storage(items).into_iter();
    annotations.map(|Annotation { quote, tag, note, .. }| (quote, (tag, note))).collect()
}

/// The work in a list from the script that edits.
pub(crate) fn work_shown(list: Value) -> Work {
    let list: Vec<BTreeMap<String, Option<String>>> =
        serde_json::from_value(list).expect("quotes, tags and notes");
    let one = |mut it: BTreeMap<String, Option<String>>| {
        // An annotation whose card is still to be drawn has no note to be read.
        let mut field =
            |name: &str| it.remove(name).expect(name).unwrap_or_else(|| "not there yet".to_owned());
        (field("quote"), (field("tag"), field("note")))
    };
    list.into_iter().map(one).collect()
}

/// The annotations as records, for a comparison that leaves nothing out.
pub(crate) fn records(annotations: &[Annotation]) -> Vec<Value> {
    annotations.iter().map(|annotation| annotation.record.clone()).collect()
}

/// The ids that are painted as highlights and those that have cards, each sorted.
pub(crate) fn painted(page: &Page) -> (Vec<String>, Vec<String>) {
    let mut marks: Vec<String> = page.marks().into_iter().map(|mark| mark.id).collect();
    let mut cards: Vec<String> = page.cards().into_iter().map(|card| card.id).collect();
    marks.sort();
    cards.sort();
    (marks, cards)
}

/// Waits until exactly these annotations are on the page, as highlights and as cards.
pub(crate) fn wait_until_painted(page: &Page, annotations: &[&Annotation]) {
    let mut ids: Vec<String> = annotations.iter().map(|annotation| annotation.id.clone()).collect();
    ids.sort();
    page.wait_for("the highlights and the cards", (ids.clone(), ids), || painted(page));
}
