//! The command palette, and commands by their keys.

use crate::{
    actions::wait_for_focus,
    harness::{
        Key, Page,
        records::{FIRST, SECOND},
    },
};

pub(crate) fn the_palette_finds_commands_by_name(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    find(page, "defin");
    page.wait_for("what is found", vec!["Definitions of the tags".to_owned()], || found(page));
    page.check_accessibility("the command palette");
    page.screenshot("palette-light");
    page.press(Key::Enter);
    page.wait_until_shown("dialog#definitions");
    page.press(Key::Escape);
    page.wait_until_gone("dialog#definitions");

    // A command that is not possible says what is missing, and leaves the palette open.
    find(page, "no such thing");
    page.wait_for("nothing is found", 0, || found(page).len());
    page.press(Key::Escape);
    page.wait_until_gone("dialog#palette");
    find(page, "argument change");
    page.wait_for("the command is disabled", Some("true".to_owned()), || {
        page.attribute("#palette-list [role='option']", "aria-disabled")
    });
    page.press(Key::Enter);
    page.wait_until("the announcement says what is missing", || {
        page.text_of("#live").unwrap_or_default().contains("Select a passage first")
    });
    assert!(page.shows("dialog#palette"));
    page.press(Key::Escape);
    page.wait_until_gone("dialog#palette");

    page.select("the moment it looks like");
    page.wait_until_shown("#selection-bar");
    find(page, "prediction");
    page.press(Key::Enter);
    page.wait_for("the annotation", vec!["prediction".to_owned()], || {
        page.annotations().into_iter().map(|it| it.tag).collect()
    });
    let made = page.annotations().remove(0);
    wait_for_focus(page, &made.id);

    // A command that opens a field gives it the focus, and the palette opens from within the field.
    find(page, "edit the note");
    page.press(Key::Enter);
    page.wait_until("the note's field has the focus", || {
        page.truth("document.activeElement?.matches('#note')")
    });
    page.type_text("by name");
    find(page, SECOND.id);
    page.wait_for("no command has an article's file name", 0, || found(page).len());
    page.press(Key::Escape);
    page.wait_until_gone("dialog#palette");
    page.wait_until("the focus is back in the note", || {
        page.truth("document.activeElement?.matches('#note')")
    });
    page.wait_for("the note", "by name".to_owned(), || page.annotations().remove(0).note);

    find(page, "open");
    page.wait_until("the other article is found", || {
        found(page).contains(&format!("Open {}", SECOND.title()))
    });
    page.press(Key::ArrowDown);
    page.press(Key::ArrowUp);
    page.press(Key::Enter);
    page.wait_for("the other article", Some(SECOND.title()), || page.text_of("#title"));
    page.chord(&[Key::Shift, Key::Char('k')]);
    page.wait_for("the first article", Some(FIRST.title()), || page.text_of("#title"));
    page.chord(&[Key::Shift, Key::Char('j')]);
    page.wait_for("the second article", Some(SECOND.title()), || page.text_of("#title"));
    page.chord(&[Key::Shift, Key::Char('j')]);
    page.wait_until("the end of the list is announced", || {
        page.text_of("#live").unwrap_or_default().contains("No more articles")
    });
}

/// Opens the palette and types these words.
pub(crate) fn find(page: &Page, words: &str) {
    page.chord(&[Key::Control, Key::Char('k')]);
    page.wait_until("the palette's field has the focus", || {
        page.truth("document.activeElement?.matches('#palette input')")
    });
    page.type_text(words);
    page.wait_until("the words are typed", || {
        page.script("return document.querySelector('#palette input').value", &[]).as_str() == Some(words)
    });
}

fn found(page: &Page) -> Vec<String> {
    let names = page.script(
        "return [...document.querySelectorAll('#palette-list .palette-name')].map((it) => it.firstChild.data)",
        &[],
    );
    serde_json::from_value(names).expect("a list of names")
}
