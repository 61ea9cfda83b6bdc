//! The history of steps: it survives a reload, and each tab has its own.

use serde_json::json;

use crate::{
    actions::{focus_card, summary, tag_by_key, wait_for_tag, write_note},
    annotating::{quotes, wait_for_field},
    harness::{Key, Page, records::FIRST},
    storage::wait_for_status,
    storage_faults::FAULTY,
};

fn steps(page: &Page) -> Vec<String> {
    let steps =
        page.script("return [...document.querySelectorAll('.step-what')].map((it) => it.textContent)", &[]);
    serde_json::from_value(steps).expect("a list of words")
}

/// The selector of this step, counted from 1. Step 0 is before all of them.
fn nth(page: &Page, place: usize) -> String {
    let numbers =
        page.script("return [...document.querySelectorAll('.step')].map((it) => it.dataset.step)", &[]);
    let mut numbers: Vec<String> = serde_json::from_value(numbers).expect("numbers");
    numbers.reverse();
    format!(".step[data-step='{}']", numbers[place])
}

fn current_step(page: &Page) -> Option<String> {
    page.text_of(".step[aria-current] .step-what")
}

pub(crate) fn the_history_is_restored_before_the_database_is_read(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let before = summary(page);
    tag_by_key(page, "two presidents", "proposal");
    wait_for_status(page, "saved");

    page.open_with(&["window.faults = [{ at: \"getAll\", late: 4000 }];", FAULTY]);
    page.wait_for("the annotation", 1, || page.annotations().len());
    page.undo_by_key();
    page.wait_for("the step before the reload is undone", before, || summary(page));
}

pub(crate) fn the_history_survives_a_reload_and_is_listed(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let mut states = vec![summary(page)];
    let one = tag_by_key(page, "two presidents", "proposal");
    states.push(summary(page));
    write_note(page, &one, "by name");
    states.push(summary(page));
    focus_card(page, &one);
    page.press(Key::Char('2'));
    wait_for_tag(page, &one, "argument");
    states.push(summary(page));
    page.press(Key::Delete);
    page.wait_for("nothing is left", 0, || page.annotations().len());
    states.push(summary(page));
    page.undo_by_key();
    page.wait_for("the deletion is undone", states[3].clone(), || summary(page));

    page.reload();
    page.redo_by_key();
    page.wait_for("the step undone before the reload is redone", states[4].clone(), || summary(page));
    for wanted in states[..4].iter().rev() {
        page.undo_by_key();
        page.wait_for("a step back", wanted.clone(), || summary(page));
    }
    page.wait_until("all is undone", || page.truth("document.querySelector('[data-action=undo]').disabled"));
    page.reload();

    page.press(Key::Char('h'));
    page.wait_until_shown("dialog#history");
    let listed: Vec<String> = [
        "Deleted (undone): two presidents",
        "Changed to Argument (undone): two presidents",
        "Wrote the note (undone): two presidents",
        "Tagged as Proposal (undone): two presidents",
        "Before these steps",
    ]
    .map(str::to_owned)
    .to_vec();
    page.wait_for("the list", listed.clone(), || steps(page));
    page.wait_for("the current step", listed.last().cloned(), || current_step(page));
    page.check_accessibility("the history");
    page.screenshot("history-light");

    // Going to any step at once, by mouse and by key.
    page.click(&nth(page, 3));
    page.wait_for("three steps on", states[3].clone(), || summary(page));
    page.wait_for("the current step", Some("Changed to Argument: two presidents".to_owned()), || {
        current_step(page)
    });
    page.wait_until("it is announced", || {
        page.text_of("#live").unwrap_or_default().contains("3 steps redone")
    });
    page.script("document.querySelector(arguments[0]).focus()", &[json!(nth(page, 1))]);
    page.press(Key::Enter);
    page.wait_for("two steps back", states[1].clone(), || summary(page));
    page.press(Key::Escape);
    page.wait_until_gone("dialog#history");

    // Another tab has a history of its own.
    let (first, second) = page.open_second_tab();
    assert!(page.truth("document.querySelector('[data-action=undo]').disabled"), "nothing to undo there");
    let two = tag_by_key(page, "tangible results", "prediction");
    page.in_tab(&first);
    page.wait_until("the first tab has the change", || page.annotations().iter().any(|it| it.id == two.id));
    page.reload();
    page.undo_by_key();
    page.wait_for("the step of the first tab is undone", vec![two.id.clone()], || {
        page.annotations().into_iter().map(|it| it.id).collect()
    });
    page.in_tab(&second);
    page.reload();
    page.undo_by_key();
    page.wait_for("the step of the second tab is undone", 0, || page.annotations().len());
    page.in_tab(&first);
}

/// The text of the draft.
fn draft(page: &Page) -> Option<String> {
    let value = page.script("return document.querySelector('#draft-note')?.value ?? null", &[]);
    value.as_str().map(str::to_owned)
}

fn is_undo_possible(page: &Page) -> bool {
    page.truth("!document.querySelector('[data-action=undo]').disabled")
}

/// The number of open tabs with a name of their own.
fn open_tabs(page: &Page) -> usize {
    let held = page.script_awaited(
        "return (await navigator.locks.query()).held.filter((it) => it.name.startsWith('glossator:tab:')).length",
        &[],
    );
    held.as_u64().and_then(|it| usize::try_from(it).ok()).expect("a number")
}

/// The names of the tabs that own the steps and drafts in the database, one for each item.
fn owners(page: &Page) -> Vec<String> {
    let keys = page.durable().into_iter().map(|(key, _)| key);
    let mut tabs: Vec<String> = keys
        .filter_map(|key| {
            let step = key.strip_prefix("glossator:history:").and_then(|it| it.split(':').next());
            step.or(key.strip_prefix("glossator:draft:")).map(str::to_owned)
        })
        .collect();
    tabs.sort();
    tabs
}

pub(crate) fn a_new_tab_adopts_the_state_of_a_closed_one(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    tag_by_key(page, "two presidents", "proposal");
    page.press(Key::Escape);
    page.select("the call for broader");
    page.press(Key::Char('n'));
    wait_for_field(page, "draft");
    page.type_text("half a thought");
    page.wait_for("the draft", Some("half a thought".to_owned()), || draft(page));
    wait_for_status(page, "saved");
    let kept = owners(page);
    assert_eq!(kept.len(), 2, "a step and a note are in the database: {kept:?}");

    // While the tab is open, no other tab adopts them.
    let (first, second) = page.open_second_tab();
    wait_for_status(page, "saved");
    assert!(!is_undo_possible(page) && draft(page).is_none());
    page.open_article(&FIRST);
    tag_by_key(page, "tangible results", "prediction");
    wait_for_status(page, "saved");
    page.wait_for("two tabs", 2, || open_tabs(page));

    // A duplicated tab continues with a copy of the tab's state.
    let copy = page.open_tab_at("rescue.js");
    page.in_tab(&first);
    let own = page.script("return Object.entries(sessionStorage)", &[]);
    page.in_tab(&copy);
    page.script("for (const [key, value] of arguments[0]) sessionStorage.setItem(key, value)", &[own]);
    page.open();
    page.wait_for("the draft", Some("half a thought".to_owned()), || draft(page));
    wait_for_status(page, "saved");
    page.wait_for("three tabs", 3, || open_tabs(page));
    assert_eq!(
        owners(page).len(),
        5,
        "two in the copy, two in the first, one in the second: {:?}",
        owners(page)
    );
    page.undo_by_key();
    page.wait_for("its step is undone", 1, || page.annotations().len());
    page.redo_by_key();
    page.wait_for("and done again", 2, || page.annotations().len());
    page.click("#draft [data-action='discard-draft']");
    page.click("#draft [data-action='discard-draft']");
    page.wait_until_gone("#draft");
    wait_for_status(page, "saved");
    page.reload();
    wait_for_status(page, "saved");
    assert!(draft(page).is_none(), "a discarded draft does not come back");

    // A tab opened after the first is closed adopts its state, and has it after a reload, too.
    page.close(&first, &second);
    page.wait_for("two tabs", 2, || open_tabs(page));
    page.open_tab();
    page.wait_for("the draft of the closed tab", Some("half a thought".to_owned()), || draft(page));
    page.wait_until("undo is possible", || is_undo_possible(page));
    page.press(Key::Char('h'));
    page.wait_until_shown("dialog#history");
    assert_eq!(steps(page), ["Tagged as Proposal: two presidents", "Before these steps"]);
    page.press(Key::Escape);
    page.wait_until_gone("dialog#history");
    page.undo_by_key();
    page.wait_for("the step is undone", vec!["tangible results".to_owned()], || {
        quotes(page).into_iter().map(|it| it.0).collect()
    });
    wait_for_status(page, "saved");
    page.script("sessionStorage.removeItem('glossator:draft')", &[]);
    page.reload();
    page.wait_for("the draft from the database", Some("half a thought".to_owned()), || draft(page));
    page.redo_by_key();
    page.wait_for("both", 2, || page.annotations().len());
    page.in_tab(&copy);
    page.close(&copy, &second);
}
