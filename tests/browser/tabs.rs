//! Several tabs write at once, each as fast as it can: all end with all that any of them wrote.

use std::time::Instant;

use serde_json::{Value, json};

use crate::{
    harness::{
        EDITOR, Page,
        chance::{Dice, given, seed},
        comes_true,
    },
    steps::{Work, work_kept, work_shown},
};

/// Each tab makes this many edits, where `GLOSSATOR_TAB_EDITS` does not give a number; then four tabs write as well.
const EDITS: u64 = 60;

pub(crate) fn tabs_that_write_at_once_lose_nothing(page: &mut Page) {
    let seed = seed();
    println!("{}: GLOSSATOR_SEED={seed}", page.browser().name());
    let mut dice = Dice(seed);
    match given("GLOSSATOR_TAB_EDITS") {
        None => write_at_once(page, 2, EDITS, &mut dice),
        Some(edits) => {
            write_at_once(page, 2, edits, &mut dice);
            page.move_elsewhere(&[]);
            write_at_once(page, 4, edits, &mut dice);
        }
    }
}

/// Each tab has passages of its own, so that what must come of its edits is known; one passage all of them write on.
fn write_at_once(page: &Page, tabs: usize, edits: u64, dice: &mut Dice) {
    page.open_with(&[EDITOR]);
    page.script_awaited(
        "const editor = new Editor({ seed: 0, most: 1 }); \
         await editor.perform({ kind: 'add', quote: editor.passages[0].quote, to: { tag: 'argument', note: '' } })",
        &[],
    );
    let mut windows = vec![page.window()];
    windows.extend((1..tabs).map(|_| page.open_tab()));
    for (tab, window) in windows.iter().enumerate() {
        page.in_tab(window);
        page.wait_for("the passage of all tabs", 1, || page.marks().len());
        let order = json!({
            "seed": dice.below(1 << 31), "first": 1 + tab, "step": tabs, "most": 20, "shared": 0,
        });
        page.script("window.editor = new Editor(arguments[0])", &[order]);
    }
    let began = Instant::now();
    for window in &windows {
        page.in_tab(window);
        // Not awaited: the next tab is to write meanwhile.
        page.script(
            "editor.run(arguments[0]).catch((error) => { window.failed = String(error) })",
            &[json!(edits)],
        );
    }
    let mut expected = Work::new();
    for window in &windows {
        page.in_tab(window);
        // In steps, as a condition that may take long in all is to be waited for.
        for made in (25..edits).step_by(25).chain([edits]) {
            page.wait_until(&format!("{made} edits are made"), || {
                page.truth("window.failed") || page.script("return editor.made", &[]).as_u64() >= Some(made)
            });
        }
        assert_eq!(page.script("return window.failed ?? null", &[]), Value::Null);
        expected.extend(work_shown(
            page.script("return [...editor.now].map(([quote, it]) => ({ quote, ...it }))", &[]),
        ));
    }
    let seconds = began.elapsed().as_secs();

    windows.push(page.open_tab());
    let shared = page.script("return new Editor({ seed: 0, most: 1 }).passages[0].quote", &[]);
    let shared = shared.as_str().expect("a quote");
    expected.remove(shared);
    let mut seen = Vec::new();
    let agreed = comes_true(|| {
        seen = windows.iter().map(|window| look(page, window)).collect();
        seen.push(work_kept(&page.durable()));
        seen.push(work_kept(&page.stored()));
        let agreed = seen.iter().all(|it| it == &seen[0] && it.contains_key(shared));
        agreed && without(&seen[0], shared) == expected
    });
    let missing = |it: &Work| expected.iter().filter(|(quote, work)| it.get(*quote) != Some(work)).count();
    let counts: Vec<String> = seen.iter().map(|it| missing(it).to_string()).collect();
    println!("| {} | {tabs} | {edits} | {seconds} s | {} |", page.browser().name(), counts.join(" "));
    let seen: Vec<Work> = seen.iter().map(|it| without(it, shared)).collect();
    assert!(
        agreed,
        "wanted {expected:#?}\nbut the tabs, a fresh one, and both places of storage have {seen:#?}"
    );
}

/// What a tab shows once it says that all is saved.
fn look(page: &Page, window: &fantoccini::wd::WindowHandle) -> Work {
    page.in_tab(window);
    if page.status() == "saved" {
        work_shown(page.script("return new Editor({ seed: 0 }).shown()", &[]))
    } else {
        Work::new()
    }
}

fn without(work: &Work, quote: &str) -> Work {
    work.iter()
        .filter(|(other, _)| *other != quote)
        .map(|(quote, work)| (quote.clone(), work.clone()))
        .collect()
}
