//! The list of many articles: it shows the open one, can be filtered, and has the marks of what is done.

use serde_json::json;

use crate::{
    actions::tag_by_key,
    commands::find,
    harness::{
        Browser, Key, Page, RECORD_DOWNLOADS,
        records::{FIRST, SECOND},
    },
    own_articles::drop_all,
    storage::wait_for_status,
};

const FIELD: &str = "input[name='filter-articles']";
const PROGRESS: &str = "select[name='filter-progress']";
const MENU: &str = ".menu:popover-open";
const DONE_KEY: &str = "glossator:done";

pub(crate) fn the_list_of_many_articles_can_be_filtered(page: &mut Page) {
    page.open();
    add(page, "Note", 1..=6);
    drop_all(page, &[("École des langues.txt", "A school.")]);
    page.wait_for("nine articles", 9, || page.count("#articles .doc"));
    assert_eq!(page.count(FIELD), 0, "nine articles are seen at a glance");
    drop_all(page, &[("Zürich.txt", "A town.")]);
    page.wait_until_shown(FIELD);
    wait_for_count(page, "10 articles");
    page.open_article(&SECOND);
    tag_by_key(page, "Their milestone has been reached", "argument");

    // By words of the title, whatever their case and accents.
    page.click(FIELD);
    page.type_text("LANGUES ecole");
    wait_for_titles(page, &["École des langues"]);
    wait_for_count(page, "1 of 10 articles");
    page.check_accessibility("a filtered list");
    page.press(Key::ArrowDown);
    page.wait_until("the focus is on the entry", || {
        page.truth("document.activeElement.matches('#articles .doc')")
    });
    page.press(Key::Enter);
    page.wait_for("the article", Some("École des langues".to_owned()), || page.text_of("#title"));
    page.click(FIELD);
    page.press(Key::Escape);
    wait_for_count(page, "10 articles");
    assert!(
        page.truth("document.activeElement.matches(\"input[name='filter-articles']\")"),
        "it stays in the field"
    );
    page.press(Key::Escape);
    page.wait_until("a second Escape leaves it", || page.truth("document.activeElement.matches('#reader')"));

    // By progress, which follows what is done.
    page.choose_option(PROGRESS, "in-progress");
    wait_for_titles(page, &[&SECOND.title()]);
    page.open_article(&SECOND);
    page.choose_option(PROGRESS, "done");
    wait_for_titles(page, &[]);
    wait_for_count(page, "0 of 10 articles");
    let nothing = page.text_of(".nothing-listed").unwrap_or_default();
    assert!(nothing.contains("No article matches"), "{nothing}");
    page.check_accessibility("a filter that leaves nothing");
    find(page, "mark the open");
    page.press(Key::Enter);
    wait_for_titles(page, &[&SECOND.title()]);
    assert!(page.shows("#articles .doc-done"), "the entry has a mark");
    let words = page.text_of("#articles .doc-count").unwrap_or_default();
    assert_eq!(words, "Done, 1 annotation", "in words, too");
    page.screenshot("articles-done");
    page.choose_option(PROGRESS, "not-started");
    wait_for_count(page, "9 of 10 articles");
    page.click(FIELD);
    page.type_text("nobody");
    page.wait_until_shown(".nothing-listed");
    page.click("button[data-action='show-all-articles']");
    wait_for_count(page, "10 articles");
    assert_eq!(
        page.script("return document.querySelector(arguments[0]).value", &[json!(PROGRESS)]),
        json!("")
    );
    assert!(
        page.truth("document.activeElement.matches(\"input[name='filter-articles']\")"),
        "the focus is not lost"
    );
}

pub(crate) fn marks_are_stored_and_backed_up(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    let count = |id: &str| format!("#articles .doc[data-article='{id}'] .doc-count");
    let (first, second) = page.open_second_tab();
    page.in_tab(&first);
    choose(page, FIRST.id, "mark-done");
    page.wait_for("the mark", Some("Done".to_owned()), || page.text_of(&count(FIRST.id)));
    page.in_tab(&second);
    // The list is open beside the text, since WebKit's window is narrower.
    page.resize(1440, 900);
    page.wait_for("the mark in the other tab", Some("Done".to_owned()), || page.text_of(&count(FIRST.id)));
    choose(page, SECOND.id, "mark-done");
    page.wait_for("both marks", json!([FIRST.id, SECOND.id]), || marks(page));
    choose(page, SECOND.id, "mark-not-done");
    page.wait_for("one mark", json!([FIRST.id]), || marks(page));
    page.close(&second, &first);
    page.reload();
    page.wait_for("the mark is kept", Some("Done".to_owned()), || page.text_of(&count(FIRST.id)));
    assert_eq!(page.text_of(&count(SECOND.id)).as_deref(), Some("Not started"));

    page.click("#status button[data-action='storage']");
    let backup = page.download("dialog#storage button[data-action='back-up']");
    page.move_to_new_origin(&[RECORD_DOWNLOADS]);
    choose(page, SECOND.id, "mark-done");
    page.wait_for("a mark of this browser", json!([SECOND.id]), || marks(page));
    page.import_text("backup.json", &backup.text);
    page.wait_until_shown("dialog#restore");
    let told = page.text_of("dialog#restore").unwrap_or_default();
    assert!(told.contains("1 article will be marked as done"), "{told}");
    page.click("dialog#restore button[data-action='restore-now']");
    page.wait_for("both have their mark", json!([FIRST.id, SECOND.id]), || marks(page));
    page.wait_for("it is shown", Some("Done".to_owned()), || page.text_of(&count(FIRST.id)));

    // What cannot be read is no mark, and stops nothing.
    page.store(DONE_KEY, "{\"not\": \"a list\"}");
    page.reload();
    page.wait_for("no mark", Some("Not started".to_owned()), || page.text_of(&count(FIRST.id)));
    choose(page, FIRST.id, "mark-done");
    page.wait_for("it can be given again", json!([FIRST.id]), || marks(page));

    page.click("#status button[data-action='storage']");
    page.click("button[data-action='delete-everything']");
    page.click("#delete-everything button[data-action='confirm-delete']");
    page.wait_for("the mark goes with everything else", Some("Not started".to_owned()), || {
        page.text_of(&count(FIRST.id))
    });
    assert_eq!(marks(page), json!(null));
}

pub(crate) fn the_list_shows_the_open_article(page: &mut Page) {
    page.open();
    page.resize(1440, 600);
    add(page, "Note", 1..=28);
    page.wait_for("all articles", 30, || page.count("#articles .doc"));
    wait_for_status(page, "saved");
    page.click("#articles li:last-child .doc");
    page.wait_for("the last article", Some("Note 28".to_owned()), || page.text_of("#title"));
    wait_until_listed_in_view(page);
    wait_for_status(page, "saved");
    page.reload();
    page.wait_for("the last article again", Some("Note 28".to_owned()), || page.text_of("#title"));
    wait_until_listed_in_view(page);
    page.screenshot("articles-many");

    // By keys, by a link, and by the browser's Back.
    for title in ["Note 27", "Note 26"] {
        scroll_list(page, 0);
        page.chord(&[Key::Shift, Key::Char('k')]);
        page.wait_for("the article before", Some(title.to_owned()), || page.text_of("#title"));
        wait_until_listed_in_view(page);
    }
    let last = page.script("return location.hash", &[]);
    page.open_at(&format!("#/a/{}", FIRST.id));
    wait_until_listed_in_view(page);
    scroll_list(page, 5_000);
    page.open_at(last.as_str().unwrap_or_default());
    page.wait_for("the article of the link", Some("Note 26".to_owned()), || page.text_of("#title"));
    wait_until_listed_in_view(page);
    scroll_list(page, 0);
    page.open_article(&FIRST);
    wait_until_listed_in_view(page);
    scroll_list(page, 0);
    page.back();
    page.wait_for("the article before", Some("Note 26".to_owned()), || page.text_of("#title"));
    wait_until_listed_in_view(page);

    // Where the list is a sheet, it shows the open article when it comes.
    page.resize(390, 700);
    page.click("button[data-action='articles']");
    page.wait_until_shown("#articles");
    wait_until_listed_in_view(page);
    if page.browser() == Browser::Chromium {
        for theme in ["light", "dark"] {
            page.script("document.documentElement.dataset.theme = arguments[0]", &[json!(theme)]);
            page.screenshot(&format!("articles-sheet-{theme}"));
        }
    }
    page.check_accessibility("many articles in a sheet");
}

/// Adds own articles with the title and a number.
fn add(page: &Page, title: &str, numbers: std::ops::RangeInclusive<usize>) {
    let files: Vec<(String, String)> =
        numbers.map(|it| (format!("{title} {it}.txt"), format!("Text number {it}."))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let before = page.count("#articles .doc");
    drop_all(page, &files);
    page.wait_for("the new articles", before + files.len(), || page.count("#articles .doc"));
}

/// Something of the menu of an article.
fn choose(page: &Page, id: &str, action: &str) {
    page.script(
        "document.querySelector(arguments[0]).closest('li').querySelector('.doc-menu').dataset.chosen = 'true'",
        &[json!(format!("#articles .doc[data-article='{id}']"))],
    );
    page.click(".doc-menu[data-chosen]");
    page.wait_until_shown(MENU);
    page.script("delete document.querySelector('.doc-menu[data-chosen]').dataset.chosen", &[]);
    page.click(&format!("{MENU} button[data-action='{action}']"));
}

/// The articles that are stored as done.
fn marks(page: &Page) -> serde_json::Value {
    page.script("return JSON.parse(localStorage.getItem(arguments[0]))", &[json!(DONE_KEY)])
}

fn wait_for_titles(page: &Page, titles: &[&str]) {
    let listed = || {
        page.script("return [...document.querySelectorAll('.doc-title')].map((it) => it.textContent)", &[])
    };
    page.wait_for("the articles that are listed", json!(titles), listed);
}

fn wait_for_count(page: &Page, words: &str) {
    page.wait_for("the count", Some(words.to_owned()), || page.text_of(".article-count[role='status']"));
}

fn scroll_list(page: &Page, to: u32) {
    page.script("document.querySelector('#articles').scrollTop = arguments[0]", &[json!(to)]);
}

fn wait_until_listed_in_view(page: &Page) {
    const IS_IN_VIEW: &str = "(() => {
      const box = (selector) => document.querySelector(selector)?.getBoundingClientRect();
      const [list, bar, entry] = ['#articles', '.articles-head', '#articles .doc[aria-current]'].map(box);
      return entry && entry.top >= Math.max(list.top, bar?.bottom ?? 0) - 1 && entry.bottom <= list.bottom + 1;
    })()";
    page.wait_until("the entry of the open article is in view", || page.truth(IS_IN_VIEW));
}
