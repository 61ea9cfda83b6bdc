//! Making and finding many tags in the codebook's tree.

use std::rc::Rc;

use glossator::{
    annotation::{Hue, LineStyle, ReplicaId, Tag, TagId, TagRecord, Timestamp, Version},
    interchange::{TAG_KEY, write_stored_tag},
};
use serde_json::json;

use crate::{
    codebook::{
        DEFAULT, choose, open_view, row, tab_to, tree, undo_all, wait_for_focus, wait_for_form,
        wait_for_new_name, wait_for_tree,
    },
    harness::{Key, Page, Point},
    storage::wait_for_status,
};

/// Twenty tags in a tree: each with the tags under it.
const TREE: [(&str, [&str; 4]); 4] = [
    ("Claim", ["Fact", "Value", "Policy", "Cause"]),
    ("Ground", ["Data", "Testimony", "Example", "Law"]),
    ("Objection", ["Rebuttal", "Doubt", "Counterexample", "Exception"]),
    ("Plan", ["Goal", "Means", "Deadline", "Actor"]),
];

fn lines() -> Vec<String> {
    let line = |(root, under): &(&str, [&str; 4])| {
        let under = under.map(|it| format!("  {it} 0"));
        [format!("{root} 0")].into_iter().chain(under).collect::<Vec<_>>()
    };
    TREE.iter().flat_map(line).collect()
}

fn wait_for_lines(page: &Page, what: &str) {
    page.wait_for(what, lines(), || tree(page));
}

/// A position in a row, at a share of its height.
fn position(page: &Page, name: &str, share: f64) -> Point {
    let point = page.script(
        "const rect = document.querySelector(arguments[0]).getBoundingClientRect(); \
         return { x: Math.round(rect.left + 90), y: Math.round(rect.top + rect.height * arguments[1]) }",
        &[json!(row(page, name)), json!(share)],
    );
    serde_json::from_value(point).expect("a point")
}

fn drag(page: &Page, name: &str, onto: &str, share: f64) {
    page.drag(position(page, name, 0.5), position(page, onto, share));
}

/// The background of a row, and the line that a drop would leave there.
fn drop_mark(page: &Page, name: &str) -> String {
    let style = "const row = document.querySelector(arguments[0]); \
                 return [getComputedStyle(row).boxShadow, getComputedStyle(row, '::after').height].join(' | ')";
    page.script(style, &[json!(row(page, name))]).as_str().unwrap_or_default().to_owned()
}

pub(crate) fn twenty_tags_are_made_by_mouse(page: &mut Page) {
    page.open();
    open_view(page);
    for (name, left) in [("Proposal", 2), ("Argument", 1), ("Prediction", 0)] {
        choose(page, name);
        page.click("[data-action='remove-tag']");
        page.wait_for("the tag is gone", left, || tree(page).len());
    }
    page.wait_for(
        "that there is none",
        Some("No tags yet. “New tag” makes the first one.".to_owned()),
        || page.text_of("#tags .empty"),
    );
    page.check_accessibility("an empty codebook");
    page.screenshot("codebook-empty");

    for (root, under) in TREE {
        page.click("[data-action='new-tag']");
        wait_for_new_name(page);
        page.type_text(root);
        wait_for_form(page, root);
        for name in under {
            // Those under the last one are dragged there.
            if root == "Plan" {
                page.click("[data-action='new-tag']");
            } else {
                choose(page, root);
                page.click("[data-action='new-tag-under']");
            }
            wait_for_new_name(page);
            page.type_text(name);
            wait_for_form(page, name);
        }
    }
    page.begin_drag(position(page, "Actor", 0.5), position(page, "Plan", 0.5));
    let unmarked = drop_mark(page, "Claim");
    page.wait_until("the row on which it would be dropped is marked", || drop_mark(page, "Plan") != unmarked);
    page.screenshot("codebook-dragging");
    page.press(Key::Escape);
    page.wait_until("the mark is gone", || drop_mark(page, "Plan") == unmarked);
    page.release();
    assert_eq!(tree(page).last().map(String::as_str), Some("Actor 0"), "Escape keeps it where it was");

    drag(page, "Actor", "Plan", 0.5);
    page.wait_for("it is under the other", Some("  Actor 0".to_owned()), || tree(page).get(16).cloned());
    page.wait_until("its place is announced", || {
        page.text_of("#live").is_some_and(|it| it.trim() == "Actor: 1 of 1 under Plan")
    });
    wait_for_form(page, "Actor");
    drag(page, "Goal", "Actor", 0.1);
    page.wait_for("it is before the other", Some("  Goal 0".to_owned()), || tree(page).get(16).cloned());
    drag(page, "Deadline", "Goal", 0.9);
    page.wait_for("it is after the other", Some("  Deadline 0".to_owned()), || tree(page).get(17).cloned());
    // Anywhere by a choice in the form.
    choose(page, "Means");
    page.script(
        "const [name] = arguments; const select = document.querySelector('#tag-parent'); \
         select.value = [...select.options].find((it) => it.textContent === name).value; \
         select.dispatchEvent(new Event('change', { bubbles: true }))",
        &[json!("Plan")],
    );
    page.wait_for("it is the last under it", Some("  Means 0".to_owned()), || tree(page).get(19).cloned());
    page.click("[data-action='move-up']");
    page.click("[data-action='move-up']");
    wait_for_lines(page, "the tree");

    page.click(&format!("{} .branch", row(page, "Claim")));
    page.wait_for("the collapsed branch", 16, || tree(page).len());
    page.click(&format!("{} .branch", row(page, "Claim")));
    wait_for_lines(page, "the whole tree");
    page.check_accessibility("a codebook of twenty tags");
    for (width, height) in [(1440, 900), (1180, 800), (390, 844)] {
        page.resize(width, height);
        for theme in ["dark", "light"] {
            page.theme(theme);
            page.check_nothing_sticks_out(&format!("twenty tags at {width} in {theme}"));
            page.screenshot(&format!("codebook-twenty-{width}-{theme}"));
        }
    }
    page.resize(1440, 900);
    wait_for_status(page, "saved");
    page.reload();
    wait_for_lines(page, "the tree after a reload");
    undo_all(page);
    wait_for_tree(page, "the default tags", &DEFAULT);
}

pub(crate) fn twenty_tags_are_made_by_keyboard_alone(page: &mut Page) {
    page.open();
    page.press(Key::Char('b'));
    wait_for_focus(page, "#tag-tree");
    for left in [2, 1, 0] {
        page.press(Key::Delete);
        page.wait_for("a tag is removed", left, || tree(page).len());
    }
    wait_for_focus(page, "[data-action='new-tag']");
    page.press(Key::Enter);
    for (number, (root, [first, second, third, fourth])) in TREE.into_iter().enumerate() {
        if number > 0 {
            // From the last tag under the one before: to that, and to a new one beside it.
            page.press(Key::ArrowLeft);
            wait_for_form(page, TREE[number - 1].0);
            page.press(Key::Enter);
            wait_for_focus(page, "#tag-name");
            page.press(Key::Enter);
        }
        wait_for_new_name(page);
        page.type_text(root);
        wait_for_form(page, root);
        page.press(Key::Escape);
        wait_for_focus(page, "#tag-tree");
        page.press(Key::Char('+'));
        for name in [first, second, third, fourth] {
            wait_for_new_name(page);
            page.type_text(name);
            wait_for_form(page, name);
            page.press(if name == fourth { Key::Escape } else { Key::Enter });
        }
        wait_for_focus(page, "#tag-tree");
    }
    wait_for_lines(page, "the tree");

    page.press(Key::Home);
    wait_for_form(page, "Claim");
    page.press(Key::ArrowLeft);
    page.wait_for("the collapsed branch", 16, || tree(page).len());
    page.press(Key::ArrowDown);
    wait_for_form(page, "Ground");
    page.press(Key::ArrowUp);
    page.press(Key::ArrowRight);
    wait_for_lines(page, "the whole tree");
    page.press(Key::End);
    wait_for_form(page, "Actor");
    page.chord(&[Key::Alt, Key::ArrowLeft]);
    page.wait_for("it is beside its parent", Some("Actor 0".to_owned()), || tree(page).last().cloned());
    page.chord(&[Key::Alt, Key::ArrowRight]);
    wait_for_lines(page, "the tree again");

    // Escape empties the field, and leads to the tree then.
    tab_to(page, "[name='find-tag']", true);
    page.type_text("REBUT");
    wait_for_tree(page, "what is found", &["Objection 0", "  Rebuttal 0"]);
    page.press(Key::ArrowDown);
    wait_for_focus(page, "#tag-tree");
    wait_for_form(page, "Rebuttal");
    tab_to(page, "[name='find-tag']", true);
    page.press(Key::Escape);
    wait_for_lines(page, "all again");
    page.press(Key::Escape);
    wait_for_focus(page, "#tag-tree");

    wait_for_status(page, "saved");
    page.reload();
    wait_for_lines(page, "the tree after a reload");
    for _ in 0..60 {
        page.undo_by_key();
        page.wait_for_frames();
    }
    wait_for_tree(page, "the default tags", &DEFAULT);
}

/// Five hundred tags, ten of which have all others under them.
fn many() -> Vec<(String, String)> {
    let id = |number: u32| TagId::new(&format!("tag-{number}"));
    let tag = |number: u32| Tag {
        id: id(number),
        name: format!("Tag number {number}").into(),
        definition: "".into(),
        examples: Vec::new(),
        counterexamples: Vec::new(),
        hue: Hue::ALL[number as usize % 12],
        line: LineStyle::ALL[number as usize % 4],
        key: None,
        parent: (!number.is_multiple_of(50)).then(|| id(number - number % 50)),
        place: 10 + number,
        attributes: Vec::new(),
        retired: false,
        removed: false,
    };
    let record = |number: u32| {
        let version = Version::after(None, ReplicaId(7));
        let record = TagRecord {
            id: id(number),
            version,
            modified: Timestamp(1),
            content: Some(Rc::new(tag(number))),
        };
        (format!("{TAG_KEY}{}", id(number).as_str()), write_stored_tag(&record))
    };
    (0..500).map(record).collect()
}

pub(crate) fn five_hundred_tags_are_found_and_changed(page: &mut Page) {
    page.open();
    // WebKit may block the database if a page is left while it writes.
    wait_for_status(page, "saved");
    page.script(
        "for (const [key, value] of arguments[0]) localStorage.setItem(key, value)",
        &[json!(many())],
    );
    page.reload();
    wait_for_status(page, "saved");
    open_view(page);
    page.wait_for("all tags", 503, || tree(page).len());
    page.screenshot("codebook-500");
    page.click("[name='find-tag']");
    page.type_text("x");
    page.wait_for("that none is found", Some("No tag has “x” in its name.".to_owned()), || {
        page.text_of(".tags-list .empty")
    });
    page.press(Key::Backspace);
    page.wait_for("all tags again", 503, || tree(page).len());
    page.type_text("number 321");
    wait_for_tree(page, "what is found", &["Tag number 300 0", "  Tag number 321 0"]);
    page.press(Key::Enter);
    wait_for_form(page, "Tag number 321");
    page.press(Key::Enter);
    wait_for_focus(page, "#tag-name");
    page.press(Key::End);
    page.type_text("b");
    wait_for_tree(page, "the new name", &["Tag number 300 0", "  Tag number 321b 0"]);
    page.click("[name='find-tag']");
    page.press(Key::Escape);
    page.wait_for("all tags", 503, || tree(page).len());
    page.wait_until("what is selected is in sight", || {
        page.truth(
            "(() => { \
               const row = document.querySelector('#tag-tree [aria-selected=true]').getBoundingClientRect(); \
               const list = document.querySelector('.tags-list').getBoundingClientRect(); \
               return row.top >= list.top - 1 && row.bottom <= list.bottom + 1; \
             })()",
        )
    });
    // Only what changed is drawn again.
    page.script(
        "window.drawn = new Set(); \
         new MutationObserver((all) => all.forEach(({ target }) => { \
           const row = (target.closest ? target : target.parentElement)?.closest('[role=treeitem]'); \
           if (row) window.drawn.add(row.id); \
         })).observe(document.querySelector('#tag-tree'), \
           { childList: true, characterData: true, attributes: true, subtree: true })",
        &[],
    );
    page.click("#tag-name");
    page.press(Key::End);
    page.type_text("cde");
    page.wait_until("the new name", || tree(page).contains(&"  Tag number 321bcde 0".to_owned()));
    assert_eq!(page.script("return window.drawn.size", &[]), json!(1), "typing draws one row");
    page.press(Key::Escape);
    wait_for_focus(page, "#tag-tree");
    page.chord(&[Key::Alt, Key::ArrowLeft]);
    page.wait_until("it is moved out", || tree(page).contains(&"Tag number 321bcde 0".to_owned()));
    page.check_accessibility("a codebook of five hundred tags");
    wait_for_status(page, "saved");
    page.press(Key::Home);
    page.wait_for("the branches", Some("Proposal 1 0".to_owned()), || tree(page).first().cloned());
}
