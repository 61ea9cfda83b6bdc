//! Several tabs write at once, each as fast as it can. All must end with everything that any of them wrote.

use std::time::Instant;

use serde_json::{Value, json};

use crate::{
    actions::{Work, shown_work, stored_work},
    harness::{
        EDITOR, Page, comes_true,
        random::{Random, number, seed},
    },
};

/// The edits of each tab. `GLOSSATOR_TAB_EDITS` gives another number; then a second round with four tabs follows.
const EDITS: u64 = 60;

pub(crate) fn tabs_that_write_at_once_lose_nothing(page: &mut Page) {
    let seed = seed();
    println!("{}: GLOSSATOR_SEED={seed}", page.browser().name());
    let mut random = Random(seed);
    match number("GLOSSATOR_TAB_EDITS") {
        None => write_at_once(page, 2, EDITS, &mut random),
        Some(edits) => {
            write_at_once(page, 2, edits, &mut random);
            page.move_to_new_origin(&[]);
            write_at_once(page, 4, edits, &mut random);
        }
    }
}

/// Each tab edits passages of its own, so that the result is known, and all of them edit one shared passage.
fn write_at_once(page: &Page, tabs: usize, edits: u64, random: &mut Random) {
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
        page.wait_for("the annotation on the shared passage", 1, || page.marks().len());
        let order = json!({
            "seed": random.below(1 << 31), "first": 1 + tab, "step": tabs, "most": 20, "shared": 0,
        });
        page.script("window.editor = new Editor(arguments[0])", &[order]);
    }
    let began = Instant::now();
    for window in &windows {
        page.in_tab(window);
        // Not awaited, so that the next tab writes at the same time.
        page.script(
            "editor.run(arguments[0]).catch((error) => { window.failed = String(error) })",
            &[json!(edits)],
        );
    }
    let mut expected = Work::new();
    for window in &windows {
        page.in_tab(window);
        // In steps, since all edits together may take longer than the limit of a wait.
        for made in (25..edits).step_by(25).chain([edits]) {
            page.wait_until(&format!("{made} edits are made"), || {
                page.truth("window.failed") || page.script("return editor.made", &[]).as_u64() >= Some(made)
            });
        }
        assert_eq!(page.script("return window.failed ?? null", &[]), Value::Null);
        expected.extend(shown_work(
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
        seen.push(stored_work(&page.durable()));
        seen.push(stored_work(&page.stored()));
        let agreed = seen.iter().all(|it| it == &seen[0] && it.contains_key(shared));
        agreed && without(&seen[0], shared) == expected
    });
    let missing = |it: &Work| expected.iter().filter(|(quote, work)| it.get(*quote) != Some(work)).count();
    let counts: Vec<String> = seen.iter().map(|it| missing(it).to_string()).collect();
    println!("| {} | {tabs} | {edits} | {seconds} s | {} |", page.browser().name(), counts.join(" "));
    let seen: Vec<Work> = seen.iter().map(|it| without(it, shared)).collect();
    assert!(
        agreed,
        "wanted {expected:#?}\nbut the tabs, a new one, the database and localStorage have {seen:#?}"
    );
}

/// What a tab shows, if its header says that it is saved.
fn look(page: &Page, window: &fantoccini::wd::WindowHandle) -> Work {
    page.in_tab(window);
    if page.status() == "saved" {
        shown_work(page.script("return new Editor({ seed: 0 }).shown()", &[]))
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
