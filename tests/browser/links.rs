//! Links: the address names what is open and opens it again, and Back and Forward follow the reader.

use serde_json::json;

use crate::{
    actions::{focus_card, tag_by_key, wait_for_focus},
    harness::{
        Key, Page,
        records::{FIRST, SECOND, made_up_id},
    },
    storage::wait_for_status,
};

const MISSING: &str = ".notice[data-kind='missing']";

pub(crate) fn links_open_what_they_name(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let early = tag_by_key(page, "radar in Gabala", "proposal");
    let late = tag_by_key(page, "it probably will", "prediction");
    wait_for_fragment(page, &format!("#/a/{}/{}", FIRST.id, late.id));
    page.open_article(&SECOND);
    wait_for_fragment(page, &format!("#/a/{}", SECOND.id));
    let second = tag_by_key(page, "Their milestone has been reached", "argument");
    wait_for_fragment(page, &format!("#/a/{}/{}", SECOND.id, second.id));
    assert_eq!(page.script("return document.title", &[]), json!(format!("{} · Glossator", SECOND.title())));

    // Back and Forward lead from article to article, each with the annotation that had the focus.
    page.back();
    wait_for_title(page, &FIRST.title());
    wait_for_focus(page, &late.id);
    page.forward();
    wait_for_title(page, &SECOND.title());
    wait_for_focus(page, &second.id);
    page.back();
    wait_for_focus(page, &late.id);

    // Another annotation of the same article adds no entry to the browser's history.
    let length = page.script("return history.length", &[]);
    page.click_text("radar in Gabala");
    wait_for_focus(page, &early.id);
    wait_for_fragment(page, &format!("#/a/{}/{}", FIRST.id, early.id));
    page.press(Key::Char('j'));
    wait_for_focus(page, &late.id);
    wait_for_fragment(page, &format!("#/a/{}/{}", FIRST.id, late.id));
    assert_eq!(page.script("return history.length", &[]), length);
    page.press(Key::Escape);
    wait_for_fragment(page, &format!("#/a/{}", FIRST.id));

    // The page opens at the annotation, wherever in the text it is, and again after a reload.
    for annotation in [&late, &second, &early] {
        // WebKit blocks the database for minutes if the page was left while opening it.
        wait_for_status(page, "saved");
        page.open_at(&format!("#/a/{}/{}", annotation.document, annotation.id));
        wait_for_focus(page, &annotation.id);
        wait_until_in_view(page, &annotation.id);
        wait_for_status(page, "saved");
        page.reload();
        wait_for_focus(page, &annotation.id);
        wait_until_in_view(page, &annotation.id);
    }
    // Changing the fragment of the open page.
    page.script("location.hash = arguments[0]", &[json!(format!("#/a/{}/{}", SECOND.id, second.id))]);
    wait_for_focus(page, &second.id);

    // The page waits for the durable copy if localStorage lacks the annotation.
    wait_for_status(page, "saved");
    page.script("localStorage.clear()", &[]);
    page.open_at(&format!("#/a/{}/{}", FIRST.id, late.id));
    wait_for_focus(page, &late.id);
    wait_until_in_view(page, &late.id);
    assert!(!page.shows(MISSING));

    check_links_to_missing_things(page);
}

fn check_links_to_missing_things(page: &Page) {
    for (fragment, words) in [
        (format!("#/a/{}/{}", SECOND.id, made_up_id(7)), "annotation that this link points to is not here"),
        (format!("#/a/{}/no%20annotation", SECOND.id), "annotation that this link points to is not here"),
        ("#/a/not%2Fhere".to_owned(), "article that this link points to is not here"),
        ("#/a/%ff".to_owned(), "points to nothing"),
        ("#/elsewhere".to_owned(), "points to nothing"),
    ] {
        page.open_at(&fragment);
        page.wait_until_shown(MISSING);
        let notice = page.text_of(MISSING).unwrap_or_default();
        assert!(notice.contains(words), "{fragment}: {notice}");
        assert!(page.shows("#title"), "an article is open nevertheless");
        if fragment.contains(SECOND.id) {
            wait_for_title(page, &SECOND.title());
        }
        assert_eq!(page.count("mark.focused"), 0);
        page.click(&format!("{MISSING} button[data-action='dismiss']"));
        page.wait_until_gone(MISSING);
    }
    // The page works as usual afterwards.
    page.open_article(&SECOND);
    wait_for_fragment(page, &format!("#/a/{}", SECOND.id));
}

pub(crate) fn back_returns_to_the_reading_position(page: &mut Page) {
    page.open();
    page.resize(1000, 500);
    page.open_at(&format!("#/a/{}", FIRST.id));
    page.script("document.getElementById('reader').scrollTop = 700", &[]);
    page.wait_until("the position is stored", || page.truth("/^\\d+ \\d+ /.test(history.state)"));
    page.press(Key::Char('1'));
    page.chord(&[Key::Shift, Key::Char('j')]);
    wait_for_title(page, &SECOND.title());
    page.script("document.getElementById('reader').scrollTop = 300", &[]);
    page.wait_until("the other position is stored", || page.truth("/^\\d+ \\d+ /.test(history.state)"));
    let scrolled =
        || page.script("return document.getElementById('reader').scrollTop", &[]).as_f64().unwrap();
    page.back();
    wait_for_title(page, &FIRST.title());
    page.wait_until("the reader is at its earlier position", || (scrolled() - 700.0).abs() < 3.0);
    page.forward();
    wait_for_title(page, &SECOND.title());
    page.wait_until("the reader is at its earlier position", || (scrolled() - 300.0).abs() < 3.0);
    page.reload();
    page.wait_until("the reader is at its earlier position", || (scrolled() - 300.0).abs() < 3.0);
}

/// Records copied text, since tests have no access to the clipboard.
const CLIPBOARD: &str = "
Object.defineProperty(navigator, 'clipboard', {
  configurable: true,
  value: { writeText(text) { window.copied = text; return Promise.resolve(); } },
});
";

/// As on a page that was not loaded over HTTPS.
const NO_CLIPBOARD: &str = "Object.defineProperty(navigator, 'clipboard', { value: undefined });";

pub(crate) fn links_are_copied(page: &mut Page) {
    page.open_with(&[CLIPBOARD]);
    page.open_article(&FIRST);
    let copied = || page.script("return window.copied ?? null", &[]).as_str().map(str::to_owned);
    let base = page.script("return location.href.split('#')[0]", &[]).as_str().unwrap().to_owned();
    page.press(Key::Char('l'));
    page.wait_for("the article's link", Some(format!("{base}#/a/{}", FIRST.id)), copied);
    page.wait_until_shown(".notice[data-kind='link-copied']");
    let kept = tag_by_key(page, "radar in Gabala", "proposal");
    page.click(".card.focused button[data-action='copy-link']");
    let link = format!("{base}#/a/{}/{}", FIRST.id, kept.id);
    page.wait_for("the annotation's link", Some(link.clone()), copied);
    page.wait_until_gone(".notice[data-kind='link-copied']");

    page.open_with(&[NO_CLIPBOARD]);
    page.open_article(&FIRST);
    focus_card(page, &kept);
    page.press(Key::Char('l'));
    page.wait_until_shown("dialog#link");
    page.wait_for("the selected link", json!(link), || {
        page.script(
            "const field = document.activeElement; \
             return field.name === 'link' ? field.value.slice(field.selectionStart, field.selectionEnd) : null",
            &[],
        )
    });
    page.check_accessibility("a link to be copied by hand");
    page.press(Key::Escape);
    page.wait_until_gone("dialog#link");
}

fn wait_for_fragment(page: &Page, fragment: &str) {
    page.wait_for("the address", json!(fragment), || page.script("return location.hash", &[]));
}

fn wait_for_title(page: &Page, title: &str) {
    page.wait_for("the article's title", Some(title.to_owned()), || page.text_of("#title"));
}

fn wait_until_in_view(page: &Page, id: &str) {
    page.wait_until("the annotation is in view", || {
        page.script(
            "const mark = document.querySelector(`mark[data-id='${arguments[0]}']`)?.getBoundingClientRect(); \
             return Boolean(mark) && mark.top >= 0 && mark.bottom <= innerHeight",
            &[json!(id)],
        ) == json!(true)
    });
}
