//! The view of the codebook: making, changing, moving, merging and removing tags.

use serde_json::{Value, json};

use crate::{
    actions::{tag_by_key, wait_for_new},
    harness::{Key, Page, records::FIRST},
    storage::wait_for_status,
};

/// The default tags as the tree shows them: name, key and number of annotations.
pub(crate) const DEFAULT: [&str; 3] = ["Proposal 1 0", "Argument 2 0", "Prediction 3 0"];

/// The words of each row, with two spaces for each tag that it is under.
pub(crate) fn tree(page: &Page) -> Vec<String> {
    let rows = page.script(
        "const words = (it) => { \
           const copy = it.cloneNode(true); \
           copy.querySelectorAll('.away').forEach((it) => it.remove()); \
           return copy.textContent; \
         }; \
         const left = (row) => row.querySelector('.swatch').getBoundingClientRect().left; \
         const tree = document.getElementById('tag-tree'); \
         const edge = tree?.getBoundingClientRect().left + 26; \
         return [...document.querySelectorAll('#tag-tree [role=treeitem]')].map((row) => \
           '  '.repeat(Math.max(0, Math.round((left(row) - edge) / 22))) + \
           [...row.children].filter((it) => !it.matches('.branch')).map(words).filter(Boolean).join(' '))",
        &[],
    );
    serde_json::from_value(rows).expect("a list of rows")
}

pub(crate) fn wait_for_tree(page: &Page, what: &str, rows: &[&str]) {
    page.wait_for(what, rows.iter().map(|it| (*it).to_owned()).collect(), || tree(page));
}

pub(crate) fn open_view(page: &Page) {
    page.click("#header [data-view='codebook']");
    page.wait_until_shown("#tags");
}

pub(crate) fn open_text(page: &Page) {
    page.click("#header [data-view='text']");
    page.wait_until_gone("#tags");
}

/// The selector of the row of the tag with this name, which must be shown.
pub(crate) fn row(page: &Page, name: &str) -> String {
    let find = "return [...document.querySelectorAll('#tag-tree [role=treeitem]')] \
                .find((it) => it.querySelector('.tag-row-name').textContent === arguments[0])?.id ?? ''";
    let mut id = String::new();
    page.wait_until(&format!("the row of {name}"), || {
        page.script(find, &[json!(name)]).as_str().unwrap_or_default().clone_into(&mut id);
        !id.is_empty()
    });
    format!("#{id}")
}

pub(crate) fn choose(page: &Page, name: &str) {
    page.click(&format!("{} .tag-row-name", row(page, name)));
    wait_for_form(page, name);
}

/// Waits for the form of the tag with this name.
pub(crate) fn wait_for_form(page: &Page, name: &str) {
    let form = Some(format!("Tag: {name}"));
    page.wait_for("the form", form, || page.attribute("#tag-form", "aria-label"));
}

/// Waits until the next letters replace the name of a new tag.
pub(crate) fn wait_for_new_name(page: &Page) {
    page.wait_until("the name of a new tag is selected", || {
        page.truth(
            "document.activeElement.id === 'tag-name' && document.activeElement.value.startsWith('New tag') && \
             document.activeElement.selectionEnd - document.activeElement.selectionStart === document.activeElement.value.length",
        )
    });
}

fn has_focus(page: &Page, selector: &str) -> bool {
    page.script("return document.activeElement.matches(arguments[0])", &[json!(selector)]) == json!(true)
}

pub(crate) fn wait_for_focus(page: &Page, selector: &str) {
    page.wait_until(&format!("{selector} has the focus"), || has_focus(page, selector));
}

/// Moves the focus by Tab, or with Shift, until it is there.
pub(crate) fn tab_to(page: &Page, selector: &str, back: bool) {
    for _ in 0..40 {
        if has_focus(page, selector) {
            return;
        }
        if back { page.chord(&[Key::Shift, Key::Tab]) } else { page.press(Key::Tab) }
    }
    panic!("Tab does not lead to {selector}");
}

pub(crate) fn undo_all(page: &Page) {
    for _ in 0..100 {
        if page.truth("document.querySelector('[data-action=undo]').disabled") {
            return;
        }
        page.click("[data-action='undo']");
        page.wait_for_frames();
    }
    panic!("the history does not end");
}

/// The colour and the style of the line under the first element found.
fn line(page: &Page, selector: &str) -> Value {
    page.script(
        "const style = getComputedStyle(document.querySelector(arguments[0])); \
         return [style.borderBottomColor, style.borderBottomStyle]",
        &[json!(selector)],
    )
}

pub(crate) fn a_tag_is_made_by_mouse(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    open_view(page);
    wait_for_tree(page, "the default tags", &DEFAULT);
    page.click("[data-action='new-tag']");
    wait_for_focus(page, "#tag-name");
    page.type_text("Argument");
    page.wait_for("that the name is taken", Some("This name is taken.".to_owned()), || {
        page.text_of("#tag-name-refused")
    });
    let [one, two, three] = DEFAULT;
    wait_for_tree(page, "the name so far", &[one, two, three, "Argumen 0"]);
    page.click("#tag-definition");
    page.click("#tag-name");
    page.chord(&[Key::Control, Key::Char('a')]);
    page.type_text("Claim of fact");
    page.click("#tag-form .look.hue-teal input[name='hue']");
    page.click("#tag-form .look.line-double input[name='line']");
    page.click("#tag-key");
    page.type_text("1");
    wait_for_tree(page, "the key", &["Proposal 0", two, three, "Claim of fact 1 0"]);
    page.wait_for(
        "whose key it was",
        Some("It was the key of “Proposal”, which has none now.".to_owned()),
        || page.text_of("#tag-key-said"),
    );
    page.chord(&[Key::Control, Key::Char('a')]);
    page.type_text("b");
    page.wait_for(
        "that a command has the key",
        Some("“B” is the key of the command “Codebook: make and change tags”. Choose another.".to_owned()),
        || page.text_of("#tag-key-said"),
    );
    wait_for_tree(page, "the same key", &["Proposal 0", two, three, "Claim of fact 1 0"]);
    page.type_text("4");
    page.click("[data-action='undo']");
    page.click("[data-action='undo']");
    page.click("#tag-key");
    page.type_text("4");
    let made = [one, two, three, "Claim of fact 4 0"];
    wait_for_tree(page, "the new tag", &made);
    page.check_accessibility("the codebook");
    let swatch = line(page, "#tag-tree [aria-selected='true'] .swatch");

    open_text(page);
    let before = page.annotations();
    page.select("radar in Gabala");
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('4'));
    page.wait_for("the annotation", before.len() + 1, || page.annotations().len());
    page.wait_for("the colour and line of its highlight", swatch.clone(), || line(page, "#text mark"));
    assert_eq!(swatch[1], json!("double"));
    page.wait_for("its tag", Some("Claim of fact".to_owned()), || page.text_of(".card .chip"));
    wait_for_status(page, "saved");

    page.reload();
    page.open_article(&FIRST);
    page.wait_for("the highlight after a reload", swatch, || line(page, "#text mark"));
    open_view(page);
    wait_for_tree(page, "the tag after a reload", &[one, two, three, "Claim of fact 4 1"]);
    page.click("#tag-tree [role=treeitem]:last-child");
    page.click("[data-action='tag-annotations']");
    page.wait_until_shown("#table");
    page.wait_for("its only row", Some("1 annotation".to_owned()), || page.text_of(".table-count"));
    open_view(page);
    undo_all(page);
    wait_for_tree(page, "the default tags again", &DEFAULT);
    wait_for_status(page, "saved");
    page.reload();
    wait_for_tree(page, "the default tags after a reload", &DEFAULT);
    for (width, height) in [(1440, 900), (390, 844)] {
        page.resize(width, height);
        for theme in ["dark", "light"] {
            page.theme(theme);
            page.check_nothing_sticks_out(&format!("the codebook at {width} in {theme}"));
            page.screenshot(&format!("codebook-{width}-{theme}"));
        }
    }
    page.check_accessibility("the codebook, narrow");
}

pub(crate) fn a_tag_is_made_by_keyboard_alone(page: &mut Page) {
    page.open();
    page.press(Key::Char('b'));
    page.wait_until_shown("#tags");
    wait_for_focus(page, "#tag-tree");
    tab_to(page, "[data-action='new-tag']", true);
    page.press(Key::Enter);
    wait_for_focus(page, "#tag-name");
    page.type_text("Reason");
    tab_to(page, "#tag-definition", false);
    page.type_text("Why something is so.");
    tab_to(page, "#tag-examples", false);
    page.type_text("because it rained\n\nsince you ask");
    tab_to(page, "input[name='hue']", false);
    page.press(Key::ArrowRight);
    tab_to(page, "#tag-key", false);
    page.type_text("r");
    let [one, two, three] = DEFAULT;
    wait_for_tree(page, "the new tag", &[one, two, three, "Reason r 0"]);
    let hue = "return document.querySelector('input[name=hue]:checked').value";
    page.wait_for("the next colour", json!("Olive"), || page.script(hue, &[]));

    page.press(Key::Escape);
    wait_for_focus(page, "#tag-tree");
    page.chord(&[Key::Alt, Key::ArrowRight]);
    wait_for_tree(page, "the tag under another", &[one, two, three, "  Reason r 0"]);
    page.chord(&[Key::Alt, Key::ArrowLeft]);
    page.chord(&[Key::Alt, Key::ArrowUp]);
    page.chord(&[Key::Alt, Key::ArrowUp]);
    wait_for_tree(page, "the tag moved up", &[one, "Reason r 0", two, three]);
    page.chord(&[Key::Alt, Key::ArrowRight]);
    wait_for_tree(page, "the tag under the first", &[one, "  Reason r 0", two, three]);
    page.wait_until("its place is announced", || {
        page.text_of("#live").is_some_and(|it| it.trim() == "Reason: 1 of 1 under Proposal")
    });
    let form = || page.attribute("#tag-form", "aria-label").unwrap_or_default();
    for (key, name) in [
        (Key::End, "Prediction"),
        (Key::Char('r'), "Reason"),
        (Key::ArrowLeft, "Proposal"),
        (Key::ArrowRight, "Reason"),
        (Key::ArrowDown, "Argument"),
        (Key::Home, "Proposal"),
        (Key::ArrowDown, "Reason"),
    ] {
        page.press(key);
        page.wait_for("the form of the selected tag", format!("Tag: {name}"), form);
    }
    page.press(Key::Enter);
    wait_for_focus(page, "#tag-name");
    page.press(Key::Escape);
    page.press(Key::Escape);
    page.wait_until_gone("#tags");
    page.press(Key::ArrowRight);
    page.press(Key::Char('r'));
    page.wait_for("its tag", Some("Reason".to_owned()), || page.text_of(".card .chip"));
    page.press(Key::Char('b'));
    page.wait_until_shown("#tags");
    wait_for_tree(page, "its annotation", &[one, "  Reason r 1", two, three]);
    for _ in 0..12 {
        page.undo_by_key();
        page.wait_for_frames();
    }
    wait_for_tree(page, "the default tags again", &DEFAULT);
}

/// Answers the dialog for the selected tag.
fn answer(page: &Page, button: &str, choice: &str) {
    page.click(&format!("[data-action='{button}']"));
    page.wait_until_shown("dialog#tag-removal");
    page.click(&format!("dialog#tag-removal input[value='{choice}']"));
    page.click("dialog#tag-removal [data-action='remove']");
    page.wait_until_gone("dialog#tag-removal");
}

/// Takes back the last change by the button of its notice.
fn take_back(page: &Page, notice: &str, rows: &[&str]) {
    page.wait_for("the notice", Some(notice.to_owned()), || {
        page.text_of(".notice[data-kind='tag-removed'] p")
    });
    page.click(".notice[data-kind='tag-removed'] [data-action='undo']");
    wait_for_tree(page, "what was there before", rows);
}

pub(crate) fn tags_are_retired_merged_and_removed(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    tag_by_key(page, "radar in Gabala", "proposal");
    tag_by_key(page, "revival of the Joint Data Exchange Center", "proposal");
    tag_by_key(page, "it probably will", "prediction");
    page.press(Key::Escape);
    open_view(page);
    let all = ["Proposal 1 2", "Argument 2 0", "Prediction 3 1"];
    let [one, two, three] = all;
    wait_for_tree(page, "the tags", &all);

    choose(page, "Argument");
    page.click("[data-action='retire']");
    wait_for_tree(page, "the retired tag", &[one, "Argument retired 2 0", three]);
    page.wait_for("the offer to offer it", Some("Offer again".to_owned()), || {
        page.text_of("[data-action='retire']")
    });
    page.click("[data-action='retire']");
    wait_for_tree(page, "the tag offered again", &all);
    page.click("[data-action='remove-tag']");
    wait_for_tree(page, "the tag removed at once", &[one, three]);
    take_back(page, "“Argument” was removed.", &all);

    choose(page, "Proposal");
    page.click("[data-action='remove-tag']");
    page.wait_until_shown("dialog#tag-removal");
    page.wait_for(
        "how many have it",
        Some("“Proposal”: 2 annotations. What becomes of them?".to_owned()),
        || page.text_of("dialog#tag-removal > p"),
    );
    page.check_accessibility("the dialog that removes a tag");
    page.screenshot("codebook-removal");
    page.click("dialog#tag-removal [data-action='cancel']");
    page.wait_until_gone("dialog#tag-removal");

    answer(page, "remove-tag", "keep");
    wait_for_tree(page, "the tag only retired", &["Proposal retired 1 2", two, three]);
    take_back(page, "“Proposal” was retired. It keeps its 2 annotations.", &all);
    answer(page, "remove-tag", "delete");
    wait_for_tree(page, "the tag and its annotations gone", &[two, three]);
    take_back(page, "“Proposal” was removed with its 2 annotations.", &all);
    choose(page, "Proposal");
    page.click("[data-action='merge-tag']");
    page.wait_until_shown("dialog#tag-removal");
    page.choose_option("dialog#tag-removal select", "prediction");
    page.click("dialog#tag-removal [data-action='remove']");
    wait_for_tree(page, "the merged tag", &[two, "Prediction 3 3"]);
    take_back(page, "“Proposal” was merged into “Prediction”, which got its 2 annotations.", &all);
    choose(page, "Proposal");
    answer(page, "remove-tag", "retag");
    wait_for_tree(page, "the annotations with another tag", &["Argument 2 2", three]);

    page.click("[data-action='history']");
    page.wait_until_shown("dialog#history");
    let latest = page.text_of(".step[aria-current] .step-what");
    assert_eq!(latest.as_deref(), Some("Merged a tag into another: Proposal"));
    page.press(Key::Escape);
    page.wait_until_gone("dialog#history");
    undo_all(page);
    wait_for_tree(page, "the default tags again", &DEFAULT);
}

pub(crate) fn tabs_that_edit_different_tags_lose_nothing(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    open_view(page);
    let (first, second) = page.open_second_tab();
    open_view(page);
    choose(page, "Argument");
    page.click("#tag-name");
    page.press(Key::End);
    page.type_text(" of mine");
    page.in_tab(&first);
    choose(page, "Prediction");
    page.click("#tag-definition");
    page.chord(&[Key::Control, Key::Char('a')]);
    page.type_text("What will be.");
    page.click("#tag-name");
    page.press(Key::End);
    page.type_text("s");
    for tab in [&second, &first] {
        page.in_tab(tab);
        wait_for_tree(page, "both names", &["Proposal 1 0", "Argument of mine 2 0", "Predictions 3 0"]);
        page.click("#tag-tree [role=treeitem]:last-child .tag-row-name");
        page.wait_for("the definition", json!("What will be."), || {
            page.script("return document.querySelector('#tag-definition').value", &[])
        });
        wait_for_status(page, "saved");
    }
    page.reload();
    wait_for_tree(page, "both names", &["Proposal 1 0", "Argument of mine 2 0", "Predictions 3 0"]);
    open_text(page);
    let before = page.annotations();
    page.select("radar in Gabala");
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('3'));
    wait_for_new(page, "radar in Gabala", "prediction", &before);
    page.wait_for("its tag", Some("Predictions".to_owned()), || page.text_of(".card .chip"));
}

pub(crate) fn a_tag_removed_by_another_tab_can_be_brought_back(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let (first, second) = page.open_second_tab();
    open_view(page);
    choose(page, "Argument");
    page.click("#tag-definition");
    page.chord(&[Key::Control, Key::Char('a')]);
    page.type_text("Why something is so.");
    wait_for_status(page, "saved");

    page.in_tab(&first);
    open_view(page);
    choose(page, "Argument");
    page.click("[data-action='remove-tag']");
    let [one, _, three] = DEFAULT;
    wait_for_tree(page, "the tag is gone", &[one, three]);
    wait_for_status(page, "saved");

    page.in_tab(&second);
    wait_for_tree(page, "the tag is gone", &[one, three]);
    page.wait_for(
        "that it was removed",
        Some("This tag was removed meanwhile. It cannot be changed until it is back.".to_owned()),
        || page.text_of(".tag-gone [role='alert'], [role='alert'].tag-gone p"),
    );
    wait_for_focus(page, "#tag-definition");
    page.type_text(" Or not.");
    page.check_accessibility("the form of a removed tag");
    page.screenshot("codebook-gone");
    let definition = || page.script("return document.querySelector('#tag-definition').value", &[]);
    assert_eq!(definition(), json!("Why something is so."), "what is typed is not kept");
    page.click("[data-action='restore-tag']");
    wait_for_tree(page, "the tag is back", &DEFAULT);
    wait_for_focus(page, "#tag-name");
    page.click("#tag-definition");
    page.press(Key::End);
    page.type_text(" Or not.");
    page.wait_for("what is typed again", json!("Why something is so. Or not."), definition);
    wait_for_status(page, "saved");
    page.in_tab(&first);
    wait_for_tree(page, "the tag is back", &DEFAULT);
}
