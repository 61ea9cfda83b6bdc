//! The session of work that the README shows, by the keyboard alone. Its screenshots are the README's pictures.

use serde_json::json;

use crate::{
    actions::wait_for_new,
    harness::{
        Key, Page, RECORD_DOWNLOADS,
        records::{Annotation, FIRST, SECOND},
    },
};

const PROPOSAL: &str = "Of course, at the moment it looks like Russia is asking the price that many in the United States would \
                     argue is too high - it wants the United States to reconsider its plan to build missile defense \
                     sites in Poland and Czech Republic.";

const PREDICTION: &str = "And for all practical purposes, this would lead to a gradual development of strategic partnership in \
                          the area of security.";

pub(crate) fn the_readme_session_works_by_keyboard_alone(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    // Opens an article by name, and goes back by key. The pointer is never used.
    command(page, "open new start");
    page.wait_for("the article", Some(SECOND.title()), || page.text_of("#title"));
    page.chord(&[Key::Shift, Key::Char('k')]);
    page.wait_for("the article", Some(FIRST.title()), || page.text_of("#title"));

    // The text cursor moves by sentence, from the first in view.
    page.press(Key::Char('s'));
    wait_until_announced(page, "sentence");
    page.press(Key::ArrowRight);
    wait_until_announced(page, "The meeting of two presidents");
    page.press(Key::ArrowRight);
    wait_until_announced(page, "But this depends");
    page.press(Key::ArrowRight);
    wait_until_announced(page, "In my view");
    page.chord(&[Key::Shift, Key::ArrowLeft]);
    wait_until_announced(page, "But this depends");
    page.chord(&[Key::Shift, Key::ArrowRight]);
    page.screenshot("guide-select");
    let before = page.annotations();
    page.press(Key::Char('2'));
    let claim = "In my view, it did produce an important outcome - the call for broader cooperation made by the \
                 Russian president.";
    let argument = wait_for_new(page, claim, "argument", &before);

    // The bounds move by word: the end before the period, the start after “In my view,”.
    for _ in 0..3 {
        page.press(Key::Char('s'));
    }
    wait_until_announced(page, "word");
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

    // A note.
    page.press(Key::Char('n'));
    page.wait_until("the note has the focus", || page.truth("document.activeElement?.matches('#note')"));
    page.type_text("The author's main claim.");
    page.screenshot("guide-note");
    page.press(Key::Escape);
    page.wait_for("the note", "The author's main claim.".to_owned(), || named(page, &argument).note);

    // Other passages are found by a few words, and the selection snaps to their sentences.
    find(page, "this would lead to");
    page.press(Key::Char('s'));
    wait_until_announced(page, "sentence");
    let before = page.annotations();
    page.press(Key::Char('3'));
    wait_for_new(page, PREDICTION, "prediction", &before);
    find(page, "reconsider its plan");
    let before = page.annotations();
    page.press(Key::Char('1'));
    let proposal = wait_for_new(page, PROPOSAL, "proposal", &before);

    // Undo and redo, step by step.
    page.undo_by_key();
    page.wait_until("the latest is gone", || !ids(page).contains(&proposal.id));
    page.undo_by_key();
    page.wait_for("one annotation", vec![argument.id.clone()], || ids(page));
    page.undo_by_key();
    page.wait_for("no note", String::new(), || named(page, &argument).note);
    for _ in 0..3 {
        page.redo_by_key();
    }
    page.wait_until("all are there again", || ids(page).len() == 3 && ids(page).contains(&proposal.id));
    page.wait_for("the note again", "The author's main claim.".to_owned(), || named(page, &argument).note);

    page.press(Key::Char('k'));
    page.press(Key::Char('k'));
    page.wait_for("the first has the focus", vec![argument.id.clone()], || crate::actions::focused(page));
    page.screenshot("guide-page");

    page.press(Key::Char('t'));
    page.wait_until_shown("#table");
    page.screenshot("guide-table");
    page.press(Key::Escape);
    page.wait_until_gone("#table");

    make_a_tag(page);

    command(page, "export all");
    page.wait_until("a file is downloaded", || page.truth("typeof window.downloaded[0]?.text === 'string'"));
    let file = page.script("return JSON.parse(window.downloaded[0].text)", &[]);
    let exported: Vec<_> =
        file["annotations"].as_array().expect("annotations").iter().map(|it| &it["quote"]).collect();
    assert_eq!(exported, [&json!(quote), &json!(PREDICTION), &json!(PROPOSAL)]);
}

/// Makes a tag as it is given, looks at it in the codebook, and undoes that.
fn make_a_tag(page: &Page) {
    page.press(Key::Escape);
    find(page, "ignores the Russian call");
    page.press(Key::Char('g'));
    page.wait_until("the picker has the focus", || {
        page.truth("document.activeElement?.matches('#picker input')")
    });
    page.type_text("Counterfactual");
    page.wait_until("it is offered", || {
        page.text_of("#picker").unwrap_or_default().contains("New tag “Counterfactual”")
    });
    page.screenshot("guide-picker");
    let before = ids(page).len();
    page.press(Key::Enter);
    page.wait_for("one more annotation", before + 1, || ids(page).len());
    page.press(Key::Char('b'));
    page.wait_until("the codebook has it", || {
        page.text_of("#tag-tree").unwrap_or_default().contains("Counterfactual")
    });
    page.screenshot("guide-codebook");
    page.press(Key::Escape);
    page.wait_until_gone("#tags");
    page.undo_by_key();
    page.wait_for("both are undone", before, || ids(page).len());
}

/// Runs the only command in the palette with these words.
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

/// Searches for these words, and selects them.
fn find(page: &Page, words: &str) {
    page.press(Key::Char('/'));
    page.wait_until("the search has the focus", || {
        page.truth("document.activeElement?.matches('#search input')")
    });
    page.type_text(words);
    page.wait_until("it is found", || page.text_of("#search").unwrap_or_default().contains("1 of 1"));
    page.screenshot("guide-search");
    page.chord(&[Key::Control, Key::Enter]);
    page.wait_until_shown("#selection-bar");
}

fn wait_until_announced(page: &Page, words: &str) {
    page.wait_until(&format!("{words:?} is announced"), || {
        page.text_of("#live").unwrap_or_default().contains(words)
    });
}

fn named(page: &Page, annotation: &Annotation) -> Annotation {
    page.annotations().into_iter().find(|it| it.id == annotation.id).expect("the annotation is kept")
}

fn ids(page: &Page) -> Vec<String> {
    page.annotations().into_iter().map(|it| it.id).collect()
}
