//! What was done, step by step: after a reload too, in each tab its own.

use crate::{
    harness::{Key, Page, records::FIRST},
    steps::{focus_card, gist, tag_by_key, wait_for_tag, write_note},
};

fn steps(page: &Page) -> Vec<String> {
    let steps =
        page.script("return [...document.querySelectorAll('.step-what')].map((it) => it.textContent)", &[]);
    serde_json::from_value(steps).expect("a list of words")
}

fn here(page: &Page) -> Option<String> {
    page.text_of(".step[aria-current] .step-what")
}

pub(crate) fn undo_survives_a_reload_and_is_listed(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let mut states = vec![gist(page)];
    let one = tag_by_key(page, "two presidents", "proposal");
    states.push(gist(page));
    write_note(page, &one, "by name");
    states.push(gist(page));
    focus_card(page, &one);
    page.press(Key::Char('2'));
    wait_for_tag(page, &one, "argument");
    states.push(gist(page));
    page.press(Key::Delete);
    page.wait_for("nothing is left", 0, || page.annotations().len());
    states.push(gist(page));
    page.undo_by_key();
    page.wait_for("the deleted is back", states[3].clone(), || gist(page));

    page.reload();
    page.redo_by_key();
    page.wait_for("what was undone before the reload is done again", states[4].clone(), || gist(page));
    for wanted in states[..4].iter().rev() {
        page.undo_by_key();
        page.wait_for("a step back", wanted.clone(), || gist(page));
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
        "Before the first of these steps",
    ]
    .map(str::to_owned)
    .to_vec();
    page.wait_for("the list", listed.clone(), || steps(page));
    page.wait_for("where one is", listed.last().cloned(), || here(page));
    page.check_accessibility("the history");
    page.screenshot("history-light");

    // To any point at once, by mouse and by keys.
    page.click(".step[data-step='3']");
    page.wait_for("three steps on", states[3].clone(), || gist(page));
    page.wait_for("where one is", Some("Changed to Argument: two presidents".to_owned()), || here(page));
    page.wait_until("it is said", || {
        page.text_of("#live").unwrap_or_default().contains("3 steps done again")
    });
    page.script("document.querySelector(\".step[data-step='1']\").focus()", &[]);
    page.press(Key::Enter);
    page.wait_for("two steps back", states[1].clone(), || gist(page));
    page.press(Key::Escape);
    page.wait_until_gone("dialog#history");

    // Another tab has a history of its own.
    let (first, second) = page.open_second_tab();
    assert!(page.truth("document.querySelector('[data-action=undo]').disabled"), "nothing to undo there");
    let two = tag_by_key(page, "tangible results", "prediction");
    page.in_tab(&first);
    page.wait_until("the first tab has heard", || page.annotations().iter().any(|it| it.id == two.id));
    page.reload();
    page.undo_by_key();
    page.wait_for("what was done here is undone", vec![two.id.clone()], || {
        page.annotations().into_iter().map(|it| it.id).collect()
    });
    page.in_tab(&second);
    page.reload();
    page.undo_by_key();
    page.wait_for("and there what was done there", 0, || page.annotations().len());
    page.in_tab(&first);
}
