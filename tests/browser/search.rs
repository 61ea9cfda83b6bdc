//! Searching: results are counted, shown in the text, listed by article, and visited one after another.

use serde_json::{Value, json};

use crate::{
    actions::wait_for_new,
    harness::{
        Key, Page,
        records::{Article, FIRST, SECOND},
    },
};

/// The number of occurrences in an article of words on one line, ignoring case.
fn occurrences(article: &Article, words: &str) -> usize {
    article.text.to_lowercase().matches(words).count()
}

pub(crate) fn look_for(page: &Page, words: &str) {
    page.press(Key::Char('/'));
    page.wait_until("the field for the words has the focus", || {
        page.truth("document.activeElement.id === 'search-words'")
    });
    page.type_text(words);
}

pub(crate) fn wait_for_count(page: &Page, words: &str) {
    page.wait_for("the count", Some(words.to_owned()), || page.text_of("#search-count"));
}

/// The words drawn as results, and those drawn as the current result.
fn drawn(page: &Page) -> (Vec<String>, Vec<String>) {
    let drawn = page.script(
        "const words = (name) => [...(CSS.highlights.get(name) ?? [])].map((range) => range.toString()); \
         return [words('match'), words('match-current')]",
        &[],
    );
    serde_json::from_value(drawn).expect("two lists of words")
}

pub(crate) fn search_steps_through_its_results(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let all = occurrences(&FIRST, "cooperation");
    assert!(all > 2);
    look_for(page, "COOPERATION");
    wait_for_count(page, &format!("1 of {all}"));
    page.wait_for("the drawn results", (all - 1, vec!["cooperation".to_owned()]), || {
        let (others, current) = drawn(page);
        (others.len(), current)
    });
    page.check_accessibility("a search");

    page.press(Key::Enter);
    wait_for_count(page, &format!("2 of {all}"));
    page.press(Key::F3);
    wait_for_count(page, &format!("3 of {all}"));
    for wanted in [2, 1, all] {
        page.chord(&[Key::Shift, Key::Enter]);
        wait_for_count(page, &format!("{wanted} of {all}"));
    }
    page.wait_until("the last one is in view", || {
        page.truth(
            "(() => { const range = [...CSS.highlights.get('match-current')][0]; \
               const box = range.getBoundingClientRect(); \
               return box.top >= 0 && box.bottom <= innerHeight; })()",
        )
    });
    page.press(Key::Enter);
    wait_for_count(page, &format!("1 of {all}"));

    // Accents, typographic quotes and line ends are ignored.
    for (words, count) in [
        ("coöpe\u{301}ration", all),
        ("conference, such", 1),
        ("o\u{2019}", occurrences(&FIRST, "o'") + occurrences(&FIRST, "o’")),
    ] {
        look_for_instead(page, words);
        let shown = if count == 0 { "Nothing found".to_owned() } else { format!("1 of {count}") };
        wait_for_count(page, &shown);
    }
    look_for_instead(page, "no such words");
    wait_for_count(page, "Nothing found");
    page.wait_for("no drawn results", (Vec::new(), Vec::new()), || drawn(page));

    page.press(Key::Escape);
    page.wait_until_gone("#search");
    page.wait_until("the reader has the focus", || page.truth("document.activeElement.id === 'reader'"));
}

fn look_for_instead(page: &Page, words: &str) {
    page.chord(&[Key::Control, Key::Char('a')]);
    page.type_text(words);
}

pub(crate) fn search_covers_all_articles(page: &mut Page) {
    page.open();
    page.theme("dark");
    page.open_article(&FIRST);
    let (first, second) = (occurrences(&FIRST, "missile defense"), occurrences(&SECOND, "missile defense"));
    assert!(first > 0 && second > 1);
    page.script("document.getElementById('reader').scrollTop = 120", &[]);
    page.wait_until("the position is stored", || page.truth("/^\\d+ \\d+ /.test(history.state)"));

    page.click("#header [data-action='search']");
    page.wait_until("the field has the focus", || page.truth("document.activeElement.id === 'search-words'"));
    page.type_text("missile  Defense");
    page.click("#search [data-scope='all']");
    page.wait_for("the counts of the articles", vec![first.to_string(), second.to_string()], || {
        let counts = page.script(
            "return [...document.querySelectorAll('.result-count')].map((it) => it.textContent)",
            &[],
        );
        serde_json::from_value(counts).expect("a list of counts")
    });
    page.check_accessibility("a search of all articles, in dark");
    page.screenshot("search-all-dark");
    page.wait_until("one of them is the current result", || {
        page.text_of("#search-count").is_some_and(|it| it.ends_with(&format!(" of {}", first + second)))
    });

    // On to the next article.
    let count = || page.text_of("#search-count").unwrap_or_default();
    page.click("#search-words");
    while !count().starts_with(&format!("{} of", first + 1)) {
        let before = count();
        page.press(Key::Enter);
        page.wait_until("the next one", || count() != before);
    }
    page.wait_for("the other article", Some(SECOND.title()), || page.text_of("#title"));
    page.wait_for("its words", vec!["missile defense".to_owned()], || {
        drawn(page).1.iter().map(|it| it.to_lowercase()).collect()
    });
    assert_eq!(page.count(".result[aria-current]"), 1);

    // Escape returns to the earlier position.
    page.press(Key::Escape);
    page.wait_until_gone("#search");
    page.wait_for("the first article again", Some(FIRST.title()), || page.text_of("#title"));
    page.wait_until("the reader is at its earlier position", || {
        let top = page.script("return document.getElementById('reader').scrollTop", &[]);
        (top.as_f64().unwrap_or_default() - 120.0).abs() < 3.0
    });

    // A click in the list goes to a result, and Ctrl+Enter selects it for tagging.
    look_for(page, "missile defense");
    page.wait_until("the list of the second article", || {
        page.count(&format!(".result-group[data-article='{}'] .result", SECOND.id)) == second
    });
    page.click(&format!(".result-group[data-article='{}'] li:nth-child(2) .result", SECOND.id));
    page.wait_for("the second article", Some(SECOND.title()), || page.text_of("#title"));
    wait_for_count(page, &format!("{} of {}", first + 2, first + second));
    page.click("#search-words");
    page.chord(&[Key::Control, Key::Enter]);
    page.wait_until_shown("#selection-bar");
    assert!(!page.shows("#search"));
    let before = page.annotations();
    let selected = page.script("return getSelection().toString()", &[]);
    let selected = selected.as_str().expect("a selection").trim().to_owned();
    assert_eq!(selected.to_lowercase(), "missile defense");
    page.press(Key::Char('1'));
    wait_for_new(page, &selected, "proposal", &before);
    page.wait_for("no drawn results", json!([0, 0]), || {
        let (others, current) = drawn(page);
        Value::from(vec![others.len(), current.len()])
    });
}

pub(crate) fn search_has_the_focus_right_after_an_edit(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    page.select("two presidents");
    page.wait_until_shown("#selection-bar");
    // Both keys come before a frame is drawn, as on a slow machine.
    page.script(
        "for (const key of ['1', '/']) { \
           document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })); \
         }",
        &[],
    );
    page.wait_until("the field for the words has the focus", || {
        page.truth("document.activeElement.id === 'search-words'")
    });
    assert_eq!(page.annotations().len(), 1, "the edit was made");
}
