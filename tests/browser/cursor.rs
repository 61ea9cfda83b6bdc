//! The text cursor: reading, selecting and tagging by the keyboard alone.

use crate::{
    actions::{focused, summary, wait_for_new},
    harness::{
        Key, Page,
        records::{Article, FIRST, SECOND},
    },
    selection::announced,
};

/// The sentences according to Unicode's rules, from the tests of the text layer. Here each browser's own segmenter is
/// tested.
const LISTED: &str = include_str!("../data/sentences.txt");

pub(crate) fn the_text_cursor_visits_every_listed_sentence(page: &mut Page) {
    page.open();
    page.press(Key::Char('s'));
    page.wait_until("sentences are selected", || {
        page.attribute("#hand [data-snap='sentence']", "aria-pressed").as_deref() == Some("true")
    });
    for article in [&FIRST, &SECOND] {
        page.open_article(article);
        for sentence in sentences(article) {
            page.press(Key::ArrowRight);
            wait_for_cursor(page, sentence);
        }
        page.press(Key::ArrowRight);
        page.wait_until("the end is announced", || announced(page).contains("The end of the article"));
        page.wait_until("the last sentence is in view", || in_view(page));
        page.press(Key::Escape);
        page.wait_for("no cursor", None, || cursor(page));
    }
}

pub(crate) fn annotating_by_keyboard_alone(page: &mut Page) {
    page.open();
    page.press(Key::Char('s'));
    let listed: Vec<&str> = sentences(&FIRST).collect();
    page.press(Key::ArrowRight);
    wait_for_cursor(page, listed[0]);
    page.check_accessibility("the text cursor");
    page.screenshot("text-cursor");

    // The cursor moves by sentence and by paragraph, and a tag key tags its sentence.
    page.press(Key::ArrowDown);
    wait_for_cursor(page, listed[3]);
    page.press(Key::ArrowRight);
    wait_for_cursor(page, listed[4]);
    page.press(Key::ArrowUp);
    wait_for_cursor(page, listed[3]);
    page.press(Key::ArrowLeft);
    wait_for_cursor(page, listed[2]);
    page.press(Key::Char('2'));
    let first = wait_for_new(page, listed[2], "argument", &[]);
    page.wait_for("it has the focus", vec![first.id.clone()], || focused(page));
    page.wait_for("no cursor", None, || cursor(page));

    // From there on. A selection grows and shrinks by sentence and by word, at either end.
    page.press(Key::ArrowRight);
    wait_for_cursor(page, listed[3]);
    page.chord(&[Key::Shift, Key::ArrowRight]);
    wait_until_selected(page, &format!("{} {}", listed[3], listed[4]));
    page.wait_until_shown("#selection-bar");
    page.chord(&[Key::Shift, Key::ArrowLeft]);
    wait_until_selected(page, listed[3]);
    page.chord(&[Key::Shift, Key::ArrowLeft]);
    wait_until_selected(page, &format!("{}\n\n{}", listed[2], listed[3]));
    page.chord(&[Key::Shift, Key::ArrowRight]);
    wait_until_selected(page, listed[3]);
    page.chord(&[Key::Control, Key::Shift, Key::ArrowRight]);
    wait_until_selected(page, listed[3].trim_start_matches("President "));
    page.press(Key::Char('e'));
    page.chord(&[Key::Control, Key::Shift, Key::ArrowLeft]);
    page.chord(&[Key::Control, Key::Shift, Key::ArrowLeft]);
    let words = listed[3].trim_start_matches("President ").trim_end_matches(" Armavir.");
    wait_until_selected(page, words);
    page.wait_until("the words are announced", || announced(page).contains(words));
    let before = page.annotations();
    page.press(Key::Char('1'));
    let second = wait_for_new(page, words, "proposal", &before);

    // The bounds of the annotation move by word, and each move is a step of its own.
    page.press(Key::Char('s'));
    page.press(Key::Char('s'));
    page.press(Key::Char('s'));
    page.wait_until("words are selected", || {
        page.attribute("#hand [data-snap='word']", "aria-pressed").as_deref() == Some("true")
    });
    page.press(Key::Char(']'));
    wait_for_quote(page, &second.id, &format!("{words} Armavir"));
    page.press(Key::Char('['));
    page.press(Key::Char('['));
    wait_for_quote(page, &second.id, words.trim_end_matches(" in"));
    page.chord(&[Key::Shift, Key::Char('[')]);
    wait_for_quote(page, &second.id, &format!("President {}", words.trim_end_matches(" in")));
    page.chord(&[Key::Shift, Key::Char(']')]);
    wait_for_quote(page, &second.id, words.trim_end_matches(" in"));
    page.undo_by_key();
    page.undo_by_key();
    wait_for_quote(page, &second.id, words.trim_end_matches(" in"));
    page.undo_by_key();
    wait_for_quote(page, &second.id, words);

    // A note, and the browser's own keys, which still scroll.
    page.press(Key::Char('n'));
    page.wait_until("the note has the focus", || page.truth("document.activeElement.name === 'note'"));
    page.type_text("By keyboard");
    page.press(Key::Escape);
    page.wait_for("the note", 1, || summary(page).into_iter().filter(|it| it.2 == "By keyboard").count());
    page.wait_until("the end is in view", || {
        // WebKit scrolls smoothly, and stops if the layout changes meanwhile.
        page.press(Key::End);
        page.truth("(() => { const it = document.getElementById('reader'); return it.scrollTop + it.clientHeight > it.scrollHeight - 4 })()")
    });

    // A new cursor begins at the first sentence in view.
    page.press(Key::Escape);
    page.wait_for("no focus", Vec::<String>::new(), || focused(page));
    page.press(Key::ArrowRight);
    page.wait_until("the cursor is in view", || cursor(page).is_some() && in_view(page));
    assert_ne!(cursor(page).as_deref(), Some(listed[0]));
}

fn sentences(article: &Article) -> impl Iterator<Item = &'static str> {
    let lines = LISTED.lines().skip_while(|line| *line != article.id).skip(1);
    lines
        .take_while(|line| line.is_empty() || line.starts_with("  "))
        .filter(|it| !it.is_empty())
        .map(str::trim)
}

/// The text that is drawn as the cursor.
fn cursor(page: &Page) -> Option<String> {
    let drawn = page.script(
        "const drawn = CSS.highlights.get('cursor'); return drawn ? [...drawn].map(String).join('') : null",
        &[],
    );
    drawn.as_str().map(str::to_owned)
}

/// Waits until the cursor is drawn on the words, and they are announced.
fn wait_for_cursor(page: &Page, words: &str) {
    page.wait_for("the text at the cursor", Some(words.to_owned()), || cursor(page));
    page.wait_for("the announcement", words.to_owned(), || announced(page).trim().to_owned());
    page.wait_until("the caret is shown", || page.shows("#caret"));
}

fn in_view(page: &Page) -> bool {
    page.truth(
        "(() => { const caret = document.getElementById('caret').getBoundingClientRect(); \
           const view = document.getElementById('reader').getBoundingClientRect(); \
           return caret.top >= view.top && caret.bottom <= view.bottom })()",
    )
}

fn wait_until_selected(page: &Page, words: &str) {
    let dense = |text: &str| text.split_whitespace().collect::<String>();
    page.wait_for("the selection", dense(words), || {
        dense(page.script("return getSelection().toString()", &[]).as_str().unwrap_or_default())
    });
}

fn wait_for_quote(page: &Page, id: &str, words: &str) {
    page.wait_for("the words of the annotation", Some(words.to_owned()), || {
        page.annotations().into_iter().find(|it| it.id == id).map(|it| it.quote)
    });
}
