//! Data survives reloads, reaches other tabs, and is set aside if it is corrupt.

use serde_json::{Value, json};

use crate::{
    actions::{focus_card, records, tag_by_key, wait_for_tag, wait_until_drawn, write_note},
    harness::{
        Key, Page, RECORD_DOWNLOADS,
        records::{Annotation, FIRST, KEY, SECOND, made_up_id},
    },
    storage::wait_for_status,
};

pub(crate) fn everything_survives_a_reload(page: &mut Page) {
    page.open();
    page.open_article(&SECOND);
    tag_by_key(page, "the \u{201c}Berlin Wall\u{201d} in the minds", "argument");
    page.open_article(&FIRST);
    let one = tag_by_key(page, "radar in Gabala", "proposal");
    let two = tag_by_key(page, "use the radar in Gabala, Azerbaijan", "argument");
    write_note(page, &one, "kept");
    focus_card(page, &two);
    page.press(Key::Char('3'));
    wait_for_tag(page, &two, "prediction");
    wait_for_status(page, "saved");
    let before = page.annotations();

    page.reload();
    page.open_article(&FIRST);
    wait_until_drawn(page, &[&one, &two]);
    assert_eq!(records(&page.annotations()), records(&before), "opening the page changes nothing");
    wait_for_tag(page, &two, "prediction");
    page.open_article(&SECOND);
    page.wait_for("the highlight of the other article", 1, || page.marks().len());

    // Opening the page again, after reloading it.
    page.open();
    page.open_article(&FIRST);
    wait_until_drawn(page, &[&one, &two]);
    assert_eq!(records(&page.annotations()), records(&before));
}

pub(crate) fn two_tabs_show_each_others_changes(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let one = tag_by_key(page, "two presidents", "proposal");
    let (first, second) = page.open_second_tab();
    page.open_article(&FIRST);
    wait_until_drawn(page, &[&one]);

    // Both write without having processed each other's changes.
    let two = tag_by_key(page, "the Joint Data Exchange Center", "argument");
    page.in_tab(&first);
    let three = tag_by_key(page, "exactly the right logic", "prediction");
    wait_until_drawn(page, &[&one, &two, &three]);
    page.in_tab(&second);
    wait_until_drawn(page, &[&one, &two, &three]);

    // Changes of a tag and a note, and a deletion, arrive too.
    write_note(page, &one, "from the second tab");
    focus_card(page, &one);
    page.press(Key::Char('2'));
    wait_for_tag(page, &one, "argument");
    page.in_tab(&first);
    wait_for_tag(page, &one, "argument");
    focus_card(page, &two);
    page.press(Key::Delete);
    wait_until_drawn(page, &[&one, &three]);
    page.in_tab(&second);
    wait_until_drawn(page, &[&one, &three]);
    let kept = page.annotations();
    assert_eq!(kept.len(), 2);
    assert!(kept.iter().any(|kept| kept.note == "from the second tab"));

    // Undo in one tab restores the annotation in the other.
    page.in_tab(&first);
    page.undo_by_key();
    wait_until_drawn(page, &[&one, &two, &three]);
    page.in_tab(&second);
    wait_until_drawn(page, &[&one, &two, &three]);
    page.reload();
    page.open_article(&FIRST);
    wait_until_drawn(page, &[&one, &two, &three]);
}

pub(crate) fn corrupt_items_are_set_aside(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    page.open_article(&FIRST);
    let good = tag_by_key(page, "radar in Gabala", "proposal");
    let other = tag_by_key(page, "two presidents", "prediction");
    let (_, stored) =
        page.stored().into_iter().find(|(key, _)| *key == good.key()).expect("the annotation is stored");
    let corrupt = corrupt_items(&stored, &good);
    for (key, value) in &corrupt {
        page.store(key, value);
    }
    page.store("of-another-page", "not ours");
    // Its tag may arrive later, from another tab.
    let mut waiting: Value = serde_json::from_str(&stored).expect("a stored annotation is JSON");
    waiting["id"] = json!(made_up_id(950));
    waiting["tag"] = json!("opinion");
    let waiting = (format!("{KEY}{}", made_up_id(950)), waiting.to_string());
    page.store(&waiting.0, &waiting.1);
    let before = records(&page.annotations_named(&[&good, &other]));

    page.reload();
    page.open_article(&FIRST);
    wait_until_drawn(page, &[&good, &other]);
    page.wait_until_shown(".notice[data-kind='set-aside']");
    let stored = page.stored();
    let value_of =
        |key: &str| stored.iter().find(|(stored, _)| stored == key).map(|(_, value)| value.as_str());
    for (key, value) in &corrupt {
        assert_eq!(
            value_of(&format!("glossator:aside:{key}")),
            Some(value.as_str()),
            "{key} is set aside byte for byte"
        );
        assert_eq!(value_of(key), None, "{key} is no longer among the annotations");
    }
    assert_eq!(value_of("of-another-page"), Some("not ours"));
    assert_eq!(
        value_of(&waiting.0),
        Some(&*waiting.1),
        "an annotation with an unknown tag stays where it is"
    );
    assert_eq!(records(&page.annotations_named(&[&good, &other])), before, "the rest is unchanged");

    let file = page.download(".notice[data-kind='set-aside'] button[data-action='download-set-aside']");
    for (key, value) in &corrupt {
        assert!(holds(&file.text, value), "the download holds the bytes of {key}: {value}\n{}", file.text);
    }

    // The page works as usual, and the items stay set aside.
    let more = tag_by_key(page, "exactly the right logic", "argument");
    page.reload();
    page.open_article(&FIRST);
    wait_until_drawn(page, &[&good, &other, &more]);
    // The notice appears only once, but the menu still offers the data.
    page.click("button[data-action='export']");
    let file = page.download("#export-menu button[data-action='download-set-aside']");
    for (key, value) in &corrupt {
        assert!(holds(&file.text, value), "the later download holds the bytes of {key}");
        let aside = format!("glossator:aside:{key}");
        assert!(page.stored().contains(&(aside, value.clone())), "{key} is still set aside");
    }
}

/// Invalid items, each wrong in one way, made from a valid one.
fn corrupt_items(stored: &str, good: &Annotation) -> Vec<(String, String)> {
    let template: Value = serde_json::from_str(stored).expect("a stored annotation is JSON");
    let length = FIRST.text.chars().count();
    let mut items = Vec::new();
    let mut add = |changes: Value| {
        let mut record = template.clone();
        let id = made_up_id(u16::try_from(items.len()).expect("a handful"));
        record["id"] = json!(id);
        for (field, value) in changes.as_object().expect("changes by field") {
            record[field.as_str()] = value.clone();
        }
        items.push((format!("{KEY}{id}"), record.to_string()));
    };
    add(json!({ "start": "ten" }));
    add(json!({ "start": 1.5 }));
    add(json!({ "start": -3 }));
    add(json!({ "tag": "My opinion" }));
    add(json!({ "tag": 7 }));
    add(json!({ "start": length + 10, "end": length + 20 }));
    add(json!({ "end": length + 1 }));
    add(json!({ "start": good.end, "end": good.start }));
    add(json!({ "quote": "words that are not there" }));
    add(json!({ "note": null }));
    // The key and the record name different annotations.
    add(json!({ "id": made_up_id(900) }));
    for (number, value) in [
        (901, "{\"v\":1,\"id\":"),
        (902, "plain words \u{e9}\u{1f600}\n\ttwo lines  "),
        (903, "[1, 2, 3]"),
        (904, "null"),
        (905, ""),
    ] {
        items.push((format!("{KEY}{}", made_up_id(number)), value.to_owned()));
    }
    items.push((format!("{KEY}not-an-id"), stored.to_owned()));
    items
}

/// Whether the text contains the value as it is, or as a string if the text is JSON.
fn holds(text: &str, value: &str) -> bool {
    fn within(json: &Value, value: &str) -> bool {
        match json {
            Value::String(string) => string == value,
            Value::Array(items) => items.iter().any(|item| within(item, value)),
            Value::Object(fields) => fields.values().any(|field| within(field, value)),
            _ => false,
        }
    }
    serde_json::from_str(text).map_or_else(|_| text.contains(value), |json| within(&json, value))
}
