//! The session of work that the README's guide shows, by the keyboard alone.

use serde_json::json;

use crate::{
    harness::{
        Key, Page, RECORD_DOWNLOADS,
        records::{Annotation, FIRST, SECOND},
    },
    steps::wait_for_new,
};

const WHOLE: &str = "Of course, at the moment it looks like Russia is asking the price that many in the United States would \
                     argue is too high - it wants the United States to reconsider its plan to build missile defense \
                     sites in Poland and Czech Republic.";

pub(crate) fn the_work_of_the_guide_by_keyboard_alone(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    // Opened by name, and back by key: nothing is ever pointed at.
    command(page, "open new start");
    page.wait_for("the article", Some(SECOND.title()), || page.text_of("#title"));
    page.chord(&[Key::Shift, Key::Char('k')]);
    page.wait_for("the article", Some(FIRST.title()), || page.text_of("#title"));

    // The text cursor, by sentences: the first one in view, the next, and on.
    page.press(Key::Char('s'));
    wait_until_said(page, "sentence");
    page.press(Key::ArrowRight);
    wait_until_said(page, "The meeting of two presidents");
    page.press(Key::ArrowRight);
    wait_until_said(page, "But this depends");
    page.press(Key::ArrowRight);
    wait_until_said(page, "In my view");
    page.chord(&[Key::Shift, Key::ArrowLeft]);
    wait_until_said(page, "But this depends");
    page.chord(&[Key::Shift, Key::ArrowRight]);
    page.screenshot("guide-select");
    let before = page.annotations();
    page.press(Key::Char('2'));
    let claim = "In my view, it did produce an important outcome - the call for broader cooperation made by the \
                 Russian president.";
    let argument = wait_for_new(page, claim, "argument", &before);

    // Its bounds, by words: the end back over the president, the start on over the view.
    for _ in 0..3 {
        page.press(Key::Char('s'));
    }
    wait_until_said(page, "word");
    let bounds = |quote: &str| {
        page.wait_for("the bounds", quote.to_owned(), || named(page, &argument).quote);
    };
    page.press(Key::Char('['));
    bounds(claim.strip_suffix('.').expect("a sentence"));
    for _ in 0..4 {
        page.chord(&[Key::Shift, Key::Char(']')]);
    }
    let quote = "it did produce an important outcome - the call for broader cooperation made by the Russian president";
    bounds(quote);

    // A note, and out of it again.
    page.press(Key::Char('n'));
    page.wait_until("the note has the focus", || page.truth("document.activeElement?.matches('#note')"));
    page.type_text("The author's main claim.");
    page.screenshot("guide-note");
    page.press(Key::Escape);
    page.wait_for("the note", "The author's main claim.".to_owned(), || named(page, &argument).note);

    // Another passage, found by its words.
    page.press(Key::Char('/'));
    page.wait_until("the search has the focus", || {
        page.truth("document.activeElement?.matches('#search input')")
    });
    page.type_text("reconsider its plan");
    page.wait_until("it is found", || page.text_of("#search").unwrap_or_default().contains("1 of 1"));
    page.screenshot("guide-search");
    page.chord(&[Key::Control, Key::Enter]);
    page.press(Key::Char('s'));
    wait_until_said(page, "sentence");
    // The words that were found have become their sentence.
    let before = page.annotations();
    page.press(Key::Char('1'));
    let proposal = wait_for_new(page, WHOLE, "proposal", &before);

    // Undone and done again, step by step.
    page.undo_by_key();
    page.wait_for("one annotation", vec![argument.id.clone()], || ids(page));
    page.undo_by_key();
    page.wait_for("no note", String::new(), || named(page, &argument).note);
    for _ in 0..2 {
        page.redo_by_key();
    }
    page.wait_for("both again", vec![argument.id.clone(), proposal.id], || ids(page));
    page.wait_for("the note again", "The author's main claim.".to_owned(), || named(page, &argument).note);

    page.press(Key::Char('k'));
    page.wait_for("the first has the focus", vec![argument.id.clone()], || crate::steps::focused(page));
    page.screenshot("guide-page");

    page.press(Key::Char('t'));
    page.wait_until_shown("#table");
    page.screenshot("guide-table");
    page.press(Key::Escape);
    page.wait_until_gone("#table");

    command(page, "export all");
    page.wait_until("a file is given", || page.truth("typeof window.downloaded[0]?.text === 'string'"));
    let file = page.script("return JSON.parse(window.downloaded[0].text)", &[]);
    let exported: Vec<_> =
        file["annotations"].as_array().expect("annotations").iter().map(|it| &it["quote"]).collect();
    assert_eq!(exported, [&json!(quote), &json!(WHOLE)]);
}

/// Does what has these words in the palette.
fn command(page: &Page, words: &str) {
    page.chord(&[Key::Control, Key::Char('k')]);
    page.wait_until("the palette has the focus", || {
        page.truth("document.activeElement?.matches('#palette input')")
    });
    page.type_text(words);
    page.wait_until("one command has the words", || page.count("#palette-list [role='option']") == 1);
    page.press(Key::Enter);
    page.wait_until_gone("dialog#palette");
}

fn wait_until_said(page: &Page, words: &str) {
    page.wait_until(&format!("{words:?} is said"), || {
        page.text_of("#live").unwrap_or_default().contains(words)
    });
}

fn named(page: &Page, annotation: &Annotation) -> Annotation {
    page.annotations().into_iter().find(|it| it.id == annotation.id).expect("the annotation is kept")
}

fn ids(page: &Page) -> Vec<String> {
    page.annotations().into_iter().map(|it| it.id).collect()
}
