//! Giving any tag by letters of its name, and making tags as they are given.

use serde_json::{Value, json};

use crate::{
    actions::{wait_for_focus, wait_for_new},
    harness::{Key, Page, RECORD_DOWNLOADS, records::FIRST},
    storage::wait_for_status,
};

pub(crate) fn a_tag_is_found_by_letters_of_its_name(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let before = page.annotations();
    open_for(page, "the moment it looks like");
    page.wait_for("every tag", all(), || offered(page));
    page.type_text("PRéd");
    page.wait_for("what is found", own(&["Prediction 3", "New tag “PRéd”"]), || offered(page));
    page.wait_until("its definition is there", || definition(page).len() > 40);
    page.check_accessibility("the picker of tags");
    page.screenshot("picker");
    page.press(Key::Enter);
    let first = wait_for_new(page, "the moment it looks like", "prediction", &before);
    wait_for_focus(page, &first.id);
    page.wait_for("the name on the card", own(&["Prediction"]), || cards(page));

    // Escape changes nothing, and the passage stays selected.
    open_for(page, "act on it");
    let last_first = own(&["Prediction 3", "Proposal 1", "Argument 2"]);
    page.wait_for("the last one first", last_first, || offered(page));
    page.press(Key::Escape);
    page.wait_until_gone("#picker");
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('g'));
    wait_for_field(page);
    page.press(Key::ArrowDown);
    page.press(Key::ArrowDown);
    page.press(Key::Enter);
    let before = [first.clone()];
    let second = wait_for_new(page, "act on it", "argument", &before);

    // The focused annotation gets another tag.
    wait_for_focus(page, &second.id);
    page.press(Key::Char('g'));
    wait_for_field(page);
    page.type_text("propo");
    page.wait_until("the tag is found", || offered(page).first().is_some_and(|it| it == "Proposal 1"));
    page.press(Key::Enter);
    page.wait_for("the names on the cards", own(&["Prediction", "Proposal"]), || sorted(cards(page)));
}

pub(crate) fn a_tag_is_found_by_mouse_and_on_a_phone(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    page.select("the moment it looks like");
    page.wait_until_shown("#selection-bar");
    page.click("#selection-bar button[data-action='pick']");
    wait_for_field(page);
    page.click("#pick-argument");
    page.wait_for("the name on the card", own(&["Argument"]), || cards(page));

    page.resize(390, 844);
    page.select("two presidents in Kennebunkport");
    page.wait_until_shown("#selection-bar");
    page.click("#selection-bar button[data-action='pick']");
    wait_for_field(page);
    page.check_nothing_sticks_out("the picker in 390 px");
    let is_within = "(({ left, right, top, bottom }) => left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight)\
         (document.querySelector('#picker').getBoundingClientRect())";
    assert!(page.truth(is_within), "the picker is within the window");
    page.screenshot("picker-390");
    page.type_text("On a phone");
    page.wait_until("a new one is offered", || offered(page) == own(&["New tag “On a phone”"]));
    page.click("#pick-new");
    page.wait_for("two annotations", 2, || page.annotations().len());
}

pub(crate) fn a_new_tag_is_made_as_it_is_given(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    page.open_article(&FIRST);
    open_for(page, "the moment it looks like");
    page.type_text("Évidence");
    page.wait_for("a new one is offered", own(&["New tag “Évidence”"]), || offered(page));
    page.press(Key::Enter);
    page.wait_for("its name on the card", own(&["Évidence"]), || cards(page));
    page.undo_by_key();
    page.wait_for("no card", own(&[]), || cards(page));
    open_for(page, "act on it");
    page.wait_for("the tag is gone", all(), || offered(page));
    page.press(Key::Escape);
    page.wait_until_gone("#picker");
    page.redo_by_key();
    page.wait_for("its name on the card", own(&["Évidence"]), || cards(page));

    wait_for_status(page, "saved");
    page.reload();
    page.wait_for("its name on the card", own(&["Évidence"]), || cards(page));
    open_for(page, "act on it");
    page.type_text("evid");
    page.wait_for("it is found", own(&["Évidence", "New tag “evid”"]), || offered(page));
    page.press(Key::Escape);
    page.wait_until_gone("#picker");
    let codebook = page.export_all().json()["codebook"].to_string();
    assert!(codebook.contains("\"Évidence\""), "{codebook}");
    page.undo_by_key();
    page.wait_for("no card", own(&[]), || cards(page));
}

pub(crate) fn a_tag_is_named_by_the_selected_words(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    page.select("act on it");
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('v'));
    page.wait_for("its name on the card", own(&["act on it"]), || cards(page));
    page.undo_by_key();
    page.wait_for("no card", own(&[]), || cards(page));
    page.redo_by_key();
    page.wait_for("its name on the card", own(&["act on it"]), || cards(page));

    // Without a pointer: the cursor's sentence gets a tag, and then a second annotation with the same one.
    page.press(Key::Escape);
    page.press(Key::ArrowDown);
    page.press(Key::Char('v'));
    page.wait_for("two annotations", 2, || page.annotations().len());
    page.press(Key::Escape);
    page.press(Key::ArrowDown);
    page.press(Key::ArrowUp);
    page.press(Key::Char('g'));
    wait_for_field(page);
    page.wait_for("the tags", 5, || offered(page).len());
    page.press(Key::Enter);
    page.wait_for("three annotations", 3, || page.annotations().len());
    let mut tags: Vec<String> = page.annotations().into_iter().map(|it| it.tag).collect();
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 2, "the last two have one tag");
}

/// Selects the quote and opens the picker by its key.
fn open_for(page: &Page, quote: &str) {
    page.select(quote);
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('g'));
    wait_for_field(page);
}

/// Waits until the picker's field has the focus.
pub(crate) fn wait_for_field(page: &Page) {
    page.wait_until("the picker's field has the focus", || {
        page.truth("document.activeElement?.matches('#picker input')")
    });
}

/// The words of what the picker offers, as they are drawn.
pub(crate) fn offered(page: &Page) -> Vec<String> {
    texts(page, "#picker-list [role='option']")
}

fn definition(page: &Page) -> String {
    page.text_of("#picker-definition").unwrap_or_default()
}

/// The names of tags on the cards.
fn cards(page: &Page) -> Vec<String> {
    texts(page, "#cards .chip")
}

fn texts(page: &Page, selector: &str) -> Vec<String> {
    let found: Value = page.script(
        "return [...document.querySelectorAll(arguments[0])].map((it) => it.innerText.replace(/\\s+/g, ' ').trim())",
        &[json!(selector)],
    );
    serde_json::from_value(found).expect("texts")
}

/// Every tag, if none was given.
fn all() -> Vec<String> {
    own(&["Proposal 1", "Argument 2", "Prediction 3"])
}

fn own(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|it| (*it).to_owned()).collect()
}

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort();
    texts
}
