//! The appearance of the page: its accessibility in both themes, and its layout at every width.

use serde_json::json;

use crate::{
    actions::{focus_card, focused, tag_by_key, wait_for_focus, write_note},
    harness::{
        Browser, Key, Page, RECORD_DOWNLOADS,
        records::{FIRST, KEY, SECOND, made_up_id},
    },
};

const FULL: &str = include_str!("harness/scripts/full-storage.js");

/// People use the buttons that click them.
pub(crate) fn file_fields_are_not_in_the_accessibility_tree(page: &mut Page) {
    page.open();
    assert_eq!(page.count("input[type='file']"), 2);
    assert_eq!(page.count("input[type='file']:not([hidden])"), 0);
    assert!(!page.shows("input[type='file']"), "an element that is not rendered is not in the tree");
    if page.browser() == Browser::Chromium {
        let tree = page.accessibility_tree();
        let buttons = |part: &str| {
            let named = tree.iter().filter(|(role, name)| role == "button" && name.contains(part));
            named.map(|(_, name)| name.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(buttons("Import"), ["Import"]);
        assert_eq!(buttons("File"), [""; 0]);
    }

    // The button still clicks its field, which opens the browser's file dialog.
    page.script(
        "document.getElementById('import-file').addEventListener('click', (event) => { \
         window.isClicked = true; event.preventDefault(); })",
        &[],
    );
    page.click("button[data-action='import']");
    assert!(page.truth("window.isClicked"));
}

/// Checks what shows and changes the tags.
fn check_tags(page: &Page) {
    page.select("the moment it looks like");
    page.wait_until_shown("#selection-bar");
    for (key, dialog) in [('g', "dialog#picker"), ('f', "dialog#tag-filter")] {
        page.press(Key::Char(key));
        page.wait_until_shown(dialog);
        page.check_accessibility(dialog);
        page.press(Key::Escape);
        page.wait_until_gone(dialog);
    }
    page.press(Key::Escape);
    page.wait_until_gone("#selection-bar");
    page.click("#header [data-view='codebook']");
    page.wait_until_shown("#tag-form");
    page.check_accessibility("the codebook");
    page.click("[data-action='remove-tag']");
    page.wait_until_shown("dialog#tag-removal");
    page.check_accessibility("the dialog that removes a tag");
    page.press(Key::Escape);
    page.wait_until_gone("dialog#tag-removal");
    page.click("#header [data-view='text']");
    page.wait_until_gone("#tags");
}

pub(crate) fn every_view_is_accessible_in_light_and_dark(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS, FULL]);
    page.open_article(&FIRST);
    page.theme("dark");
    let check = Page::check_accessibility;
    check(page, "the empty start");

    annotate(page);
    check(page, "annotations with a focused card");
    page.select("the moment it looks like");
    page.wait_until_shown("#selection-bar");
    check(page, "the selection bar");
    page.press(Key::Escape);
    page.wait_until_gone("#selection-bar");

    for (action, dialog) in [("definitions", "dialog#definitions"), ("help", "dialog#keys")] {
        page.click(&format!("button[data-action='{action}']"));
        page.wait_until_shown(dialog);
        check(page, dialog);
        page.click(&format!("{dialog} button[data-action='close']"));
        page.wait_until_gone(dialog);
    }
    for (action, menu) in [("export", "#export-menu"), ("view", "#view-menu")] {
        page.click(&format!("button[data-action='{action}']"));
        page.wait_until_shown(menu);
        check(page, menu);
        page.press(Key::Escape);
        page.wait_until_gone(menu);
    }
    check_tags(page);
    page.click("button.filter[data-tag='argument']");
    check(page, "a filter that hides");
    page.click("button.filter[data-tag='argument']");

    let file = page.export_all();
    page.import_text("bad.json", &file.text.replace("\"proposal\"", "\"opinion\""));
    page.wait_until_shown("dialog#import-report");
    check(page, "the import report");
    page.click("dialog#import-report button[data-action='cancel']");
    page.wait_until_gone("dialog#import-report");

    page.store(&format!("{KEY}{}", made_up_id(1)), "not JSON");
    page.reload();
    page.open_article(&FIRST);
    assert_eq!(page.attribute("html", "data-theme").as_deref(), Some("dark"), "the theme survives a reload");
    page.wait_until_shown(".notice[data-kind='set-aside']");
    page.import_text("again.json", &file.text);
    page.wait_until_shown(".notice[data-kind='imported']");
    check(page, "the notices of what was set aside and what was imported");
    page.script("window.storageFull = true", &[]);
    page.select("the price that many");
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('1'));
    page.wait_until_shown(".notice[data-kind='not-saved']");
    check(page, "the notice of what is not saved");
    page.screenshot("notices");
    page.script("window.storageFull = false", &[]);

    page.reload();
    page.open_article(&FIRST);
    page.resize(390, 844);
    check(page, "narrow");
    for (action, sheet) in [("articles", "#articles"), ("annotations", "#margin")] {
        open_sheet(page, action, sheet);
        check(page, &format!("narrow with {sheet}"));
        page.screenshot(&format!("sheet-{action}"));
        close_sheet(page, action, sheet);
    }
}

pub(crate) fn the_page_fits_every_width(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    annotate(page);
    for theme in ["light", "dark"] {
        page.theme(theme);
        for (width, height) in [
            (2560, 1440),
            (1440, 900),
            (1180, 820),
            (900, 1100),
            (899, 1100),
            (600, 960),
            (390, 844),
            (360, 640),
        ] {
            page.resize(width, height);
            page.wait_until("the title is on the screen", || {
                on_screen(page, "#title") || on_screen(page, "#text")
            });
            page.check_nothing_sticks_out(&format!("{theme} at {width}"));
            page.screenshot(&format!("page-{width}-{theme}"));
        }
        page.resize(1440, 900);
    }
    page.theme("system");

    // Tagging works at the smallest width, too.
    page.resize(360, 640);
    let new = tag_by_key_narrow(page, "revival of the Joint Data Exchange Center");
    open_sheet(page, "annotations", "#margin");
    page.wait_until("the new card is in the sheet", || page.cards().iter().any(|card| card.id == new));
    close_sheet(page, "annotations", "#margin");
    open_sheet(page, "articles", "#articles");
    page.click(&format!("#articles .doc[data-article='{}']", SECOND.id));
    page.wait_for("the other article", Some(SECOND.title()), || page.text_of("#title"));
}

/// Tags in a narrow window, where the margin is hidden.
fn tag_by_key_narrow(page: &Page, quote: &str) -> String {
    let before = page.annotations();
    page.select(quote);
    page.wait_until_shown("#selection-bar");
    let inside = page.script(
        "const bar = document.getElementById('selection-bar').getBoundingClientRect(); \
         return bar.left >= 0 && bar.right <= innerWidth && bar.top >= 0 && bar.bottom <= innerHeight",
        &[],
    );
    assert_eq!(inside, serde_json::json!(true), "the selection bar is whole on a narrow screen");
    page.click("#selection-bar button[data-tag='proposal']");
    crate::actions::wait_for_new(page, quote, "proposal", &before).id
}

/// Makes annotations of all tags, some overlapping and one with a note.
fn annotate(page: &Page) {
    tag_by_key(page, "the call for broader cooperation made by the Russian president", "argument");
    let noted = tag_by_key(page, "his proposal to jointly use the radar in Gabala, Azerbaijan", "proposal");
    tag_by_key(page, "this would lead to a gradual development of strategic partnership", "prediction");
    let long = "The more the United States and Russia engage in various cooperative projects, the easier it would be for them";
    tag_by_key(page, long, "argument");
    tag_by_key(page, "the easier it would be for them to settle all kind of disagreements", "prediction");
    tag_by_key(page, "kind of disagreements", "proposal");
    write_note(page, &noted, "The actor is Putin.");
    let focus = page.annotations().into_iter().find(|kept| kept.quote.starts_with("this would")).unwrap();
    focus_card(page, &focus);
    wait_for_focus(page, &focus.id);
}

fn open_sheet(page: &Page, action: &str, sheet: &str) {
    page.click(&format!("button[data-action='{action}']"));
    page.wait_until(&format!("{sheet} is on the screen"), || on_screen(page, sheet));
}

/// Closes a sheet with Escape or with the button that opened it.
fn close_sheet(page: &Page, action: &str, sheet: &str) {
    page.press(Key::Escape);
    if on_screen(page, sheet) {
        page.click(&format!("button[data-action='{action}']"));
    }
    page.wait_until(&format!("{sheet} is off the screen"), || !on_screen(page, sheet));
}

/// Whether a part of the element is visible within the window. A closed sheet may lie outside of it.
fn on_screen(page: &Page, selector: &str) -> bool {
    page.shows(selector)
        && page.script(
            "const box = document.querySelector(arguments[0]).getBoundingClientRect(); \
             return box.left < innerWidth && box.right > 0 && box.top < innerHeight && box.bottom > 0",
            &[serde_json::json!(selector)],
        ) == serde_json::json!(true)
}

pub(crate) fn a_crowded_margin_shows_the_focused_card(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    page.open_article(&FIRST);
    tag_by_key(page, "radar in Gabala", "proposal");
    let mut file = page.export_all().json();
    let template = file["annotations"][0].clone();
    let crowd = (0..60_u16).map(|number| {
        let start = usize::from(number) * 20;
        let mut record = template.clone();
        record["id"] = json!(made_up_id(number));
        record["start"] = json!(start);
        record["end"] = json!(start + 60);
        record["quote"] = json!(FIRST.slice(start, start + 60));
        record
    });
    file["annotations"] = crowd.collect();
    page.drop_file("crowd.json", &file.to_string());
    page.wait_until_shown(".notice[data-kind='imported']");
    page.click(".notice[data-kind='imported'] button[data-action='dismiss']");

    page.press(Key::Escape);
    for _ in 0..15 {
        let before = focused(page);
        page.press(Key::Char('j'));
        page.wait_until("the next card has the focus", || {
            focused(page) != before && !focused(page).is_empty()
        });
        page.wait_until("its card stands near the passage, in view", || {
            page.truth(
                "(() => { \
                   const box = (found) => document.querySelector(found).getBoundingClientRect(); \
                   const card = box('.card.focused'); \
                   return Math.abs(card.top - box('mark.focused').top) < card.height + 40 \
                     && card.top > 0 && card.bottom < innerHeight; \
                 })()",
            )
        });
    }
}
