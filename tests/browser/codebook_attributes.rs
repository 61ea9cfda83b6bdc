//! The attributes of tags in the codebook.

use serde_json::{Value, json};

use crate::{
    actions::tag_by_key,
    codebook::{DEFAULT, choose, open_text, open_view, undo_all, wait_for_focus, wait_for_tree},
    harness::{Key, Page, records::FIRST},
    storage::wait_for_status,
};

/// The name and the kind of each attribute of the selected tag.
fn attributes(page: &Page) -> Vec<String> {
    let all = page.script(
        "return [...document.querySelectorAll('.attribute-toggle')].map((it) => \
         [...it.querySelectorAll('b, small')].map((it) => it.textContent).join(': '))",
        &[],
    );
    serde_json::from_value(all).expect("a list of attributes")
}

fn wait_for_attributes(page: &Page, what: &str, all: &[&str]) {
    page.wait_for(what, all.iter().map(|it| (*it).to_owned()).collect(), || attributes(page));
}

/// The values in the fields of the open attribute, and those that were retired.
fn values(page: &Page) -> Value {
    page.script(
        "return [[...document.querySelectorAll('.value-edited input')].map((it) => it.value), \
         [...document.querySelectorAll('.value-retired > span')].map((it) => it.textContent)]",
        &[],
    )
}

fn wait_for_values(page: &Page, what: &str, offered: &[&str], retired: &[&str]) {
    page.wait_for(what, json!([offered, retired]), || values(page));
}

fn add(page: &Page, name: &str, kind: &str) {
    page.choose_option("#new-kind", kind);
    page.click("#new-attribute");
    page.type_text(name);
    page.press(Key::Enter);
}

/// Selects what is in a field, so that the next letters replace it.
fn replace(page: &Page, selector: &str, text: &str) {
    page.click(selector);
    page.chord(&[Key::Control, Key::Char('a')]);
    page.type_text(text);
}

fn wait_for_notice(page: &Page, words: &str) {
    page.wait_for("the notice", Some(words.to_owned()), || {
        page.text_of(".notice[data-kind='attribute-removed'] p")
    });
}

/// The choices of an attribute on the focused card.
fn choices(page: &Page, attribute: &str) -> Vec<String> {
    let all = page.script(
        "const group = document.querySelector(`.card [role=group][aria-label='${arguments[0]}']`); \
         return [...group?.querySelectorAll('button') ?? []].map((it) => \
           (it.ariaPressed === 'true' ? '*' : '') + it.textContent)",
        &[json!(attribute)],
    );
    serde_json::from_value(all).expect("a list of values")
}

const ARGUMENT: [&str; 2] = ["Role: One of a list: 2 values", "Stance: One of a list: 2 values"];

/// Makes an attribute of the tag “Argument” with a list of values, and changes each part of it.
fn make_list(page: &Page) {
    choose(page, "Argument");
    let [role, stance] = ARGUMENT;
    wait_for_attributes(page, "those of the default", &ARGUMENT);
    add(page, "role", "text");
    page.wait_until("that the name is taken", || {
        page.text_of("#new-attribute-refused").is_some_and(|it| it.contains("the name is taken"))
    });
    page.chord(&[Key::Control, Key::Char('a')]);
    page.press(Key::Backspace);
    add(page, "Strength", "choice");
    wait_for_attributes(page, "the new one", &[role, stance, "Strength: One of a list: 0 values"]);
    let field = "[id^='new-value-']";
    wait_for_focus(page, field);
    for name in ["Weak", "Strong", "Medium"] {
        page.type_text(name);
        page.press(Key::Enter);
        page.wait_for("the field is empty again", json!(""), || {
            page.script("return document.querySelector(arguments[0]).value", &[json!(field)])
        });
    }
    wait_for_values(page, "the values", &["Weak", "Strong", "Medium"], &[]);
    page.type_text(" strong ");
    page.press(Key::Enter);
    page.wait_for("that the name is taken", Some("This name is taken.".to_owned()), || {
        page.text_of(".values .adding .refused")
    });
    page.chord(&[Key::Control, Key::Char('a')]);
    page.press(Key::Backspace);
    replace(page, ".value-edited[data-value='medium'] input", "Middling");
    page.click(".value-edited[data-value='medium'] [data-action='value-up']");
    wait_for_values(page, "another name and order", &["Weak", "Middling", "Strong"], &[]);
    replace(page, "[id^='attribute-hint-']", "How strong it is");
    page.click(".attribute-fields .check input");
    wait_for_attributes(
        page,
        "all of it",
        &[role, stance, "Strength: One of a list: 3 values, asked at once"],
    );
    replace(page, "[id^='attribute-name-']", "Force");
    page.check_accessibility("the fields of an attribute");
    page.script("document.querySelector('.attributes-edited').scrollIntoView()", &[]);
    for theme in ["dark", "light"] {
        page.theme(theme);
        page.screenshot(&format!("codebook-attributes-{theme}"));
    }
    page.resize(390, 844);
    page.check_nothing_sticks_out("the fields of an attribute");
    page.screenshot("codebook-attributes-narrow");
    page.resize(1440, 900);
}

pub(crate) fn attributes_are_made_used_and_removed(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    open_view(page);
    make_list(page);
    let [role, stance] = ARGUMENT;
    add(page, "Weight", "number");
    let force = "Force: One of a list: 3 values, asked at once";
    wait_for_attributes(page, "the number", &[role, stance, force, "Weight: Number"]);
    replace(page, "[id^='attribute-least-']", "1x");
    page.wait_for("that it is no number", Some("This is no number, such as 12 or -0.5.".to_owned()), || {
        page.text_of("[id^='attribute-least-'][id$='refused']")
    });
    page.press(Key::Backspace);
    replace(page, "[id^='attribute-most-']", "0.5");
    page.wait_for("that it is too little", Some("The least is more than the most.".to_owned()), || {
        page.text_of("[id^='attribute-most-'][id$='refused']")
    });
    replace(page, "[id^='attribute-most-']", "10");
    replace(page, "[id^='attribute-unit-']", "kg");
    let all = [role, stance, force, "Weight: Number in kg"];
    wait_for_attributes(page, "the unit", &all);
    for (name, kind) in [("Kinds", "several"), ("Sure", "yes-no"), ("When", "date"), ("Chance", "likelihood")]
    {
        add(page, name, kind);
        page.wait_until(&format!("the attribute {name}"), || {
            attributes(page).last().is_some_and(|it| it.starts_with(name))
        });
    }
    wait_for_status(page, "saved");

    open_text(page);
    tag_by_key(page, "it probably will", "argument");
    page.wait_for("its values", ["Weak", "Middling", "Strong"].map(str::to_owned).to_vec(), || {
        choices(page, "Force")
    });
    page.wait_for("it is asked for at once", json!("Weak"), || {
        page.script("return document.activeElement.textContent", &[])
    });
    page.click(".card [role=group][aria-label='Force'] button:last-child");
    let strong = ["Weak", "Middling", "*Strong"].map(str::to_owned).to_vec();
    page.wait_for("the chosen value", strong.clone(), || choices(page, "Force"));
    assert_eq!(choices(page, "Sure"), ["Yes", "No"]);

    open_view(page);
    wait_for_tree(page, "the tags", &["Proposal 1 0", "Argument 2 1", "Prediction 3 0"]);
    page.click(".attribute-edited:nth-child(3) .attribute-toggle");
    page.click(".value-edited[data-value='strong'] [data-action='retire-value']");
    wait_for_notice(page, "“Strong” was retired. 1 annotation keeps it.");
    wait_for_values(page, "the retired value", &["Weak", "Middling"], &["Strong"]);
    // A driver does not scroll to what is in sight by a few pixels.
    page.script("document.querySelector('.value-retired').scrollIntoView({ block: 'center' })", &[]);
    page.click("[data-action='offer-value']");
    wait_for_values(page, "it is offered again", &["Weak", "Middling", "Strong"], &[]);
    page.click(".attribute-edited:nth-child(3) [data-action='attribute-up']");
    page.wait_for("another order", Some(force.to_owned()), || attributes(page).get(1).cloned());
    page.click(".attribute-edited:nth-child(2) [data-action='remove-attribute']");
    wait_for_notice(page, "“Force” was removed. 1 annotation had a value of it, which comes back with it.");
    page.wait_until("it is not shown", || !attributes(page).contains(&force.to_owned()));
    open_text(page);
    page.wait_for("the card does not ask for it", 0, || choices(page, "Force").len());
    open_view(page);
    page.script("document.querySelector('.removed-attributes').scrollIntoView({ block: 'center' })", &[]);
    page.click(".removed-attributes summary");
    page.click("[data-action='restore-attribute']");
    page.wait_until("it is back", || attributes(page).contains(&force.to_owned()));
    open_text(page);
    page.wait_for("with its value", strong, || choices(page, "Force"));
    open_view(page);
    undo_all(page);
    wait_for_tree(page, "the default tags", &DEFAULT);
    choose(page, "Argument");
    wait_for_attributes(page, "those of the default", &ARGUMENT);
}

pub(crate) fn a_merge_shows_what_goes_to_the_notes(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    tag_by_key(page, "it probably will", "argument");
    page.click(".card [data-attribute='role'][data-value='claim']");
    page.wait_for("the value", vec!["*Claim".to_owned(), "Premise".to_owned()], || choices(page, "Role"));
    page.press(Key::Escape);
    open_view(page);
    choose(page, "Argument");
    page.click("[data-action='new-tag-under']");
    page.wait_until("the new tag", || page.text_of("#live").is_some_and(|it| it.contains("under Argument")));
    choose(page, "Argument");
    page.click("[data-action='merge-tag']");
    page.wait_until_shown("dialog#tag-removal");
    page.choose_option("dialog#tag-removal select", "prediction");
    page.wait_for("what the note gets", Some("Role: Claim".to_owned()), || {
        page.text_of("dialog#tag-removal blockquote")
    });
    let words = page.text_of("dialog#tag-removal").unwrap_or_default();
    assert!(words.contains("does not have the attribute: Role (1)."), "{words}");
    assert!(words.contains("The tag under it moves under “Prediction”."), "{words}");
    page.check_accessibility("the dialog that merges a tag");
    page.screenshot("codebook-merge");
    page.click("dialog#tag-removal [data-action='remove']");
    wait_for_tree(page, "the merged tag", &["Proposal 1 0", "Prediction 3 1", "  New tag 0"]);
    open_text(page);
    page.wait_until("the note has the value", || {
        page.text_of(".card").is_some_and(|it| it.contains("Role: Claim"))
    });
    open_view(page);
    page.click("[data-action='undo']");
    page.wait_until("the undo is announced", || {
        page.text_of("#live").is_some_and(|it| it.trim() == "Undone: merge tags")
    });
    wait_for_tree(page, "all is back", &["Proposal 1 0", "Argument 2 1", "  New tag 0", "Prediction 3 0"]);
    open_text(page);
    page.press(Key::Char('j'));
    page.wait_for("the value is back", vec!["*Claim".to_owned(), "Premise".to_owned()], || {
        choices(page, "Role")
    });
}
