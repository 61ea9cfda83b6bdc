//! Giving any tag by letters of its name, and making tags as they are given.

use std::collections::BTreeSet;

use glossator::annotation::appearance;
use serde_json::{Value, json};

use crate::{
    actions::{tag_by_key, wait_for_focus, wait_for_new},
    commands::find,
    harness::{Browser, Key, Page, RECORD_DOWNLOADS, records::FIRST},
    storage::wait_for_status,
};

pub(crate) fn a_tag_is_found_by_letters_of_its_name(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let before = page.annotations();
    open_for(page, "the moment it looks like");
    page.wait_for("every tag", all(), || offered(page));
    page.type_text("PRéd");
    page.wait_for("what is found", own(&["Prediction 3", "New tag “PRéd”"]), || offered(page));
    page.wait_until("its definition is there", || definition(page).len() > 40);
    page.check_accessibility("the picker of tags");
    page.screenshot("picker");
    page.press(Key::Enter);
    let first = wait_for_new(page, "the moment it looks like", "prediction", &before);
    wait_for_focus(page, &first.id);
    page.wait_for("the name on the card", own(&["Prediction"]), || cards(page));

    // Escape changes nothing, and the passage stays selected.
    open_for(page, "act on it");
    let last_first = own(&["Prediction 3", "Proposal 1", "Argument 2"]);
    page.wait_for("the last one first", last_first, || offered(page));
    page.press(Key::Escape);
    page.wait_until_gone("dialog:is(#picker, #tag-maker)");
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('g'));
    wait_for_field(page);
    page.press(Key::ArrowDown);
    page.press(Key::ArrowDown);
    page.press(Key::Enter);
    let before = [first.clone()];
    let second = wait_for_new(page, "act on it", "argument", &before);

    // The focused annotation gets another tag.
    wait_for_focus(page, &second.id);
    page.press(Key::Char('g'));
    wait_for_field(page);
    page.type_text("propo");
    page.wait_until("the tag is found", || offered(page).first().is_some_and(|it| it == "Proposal 1"));
    page.press(Key::Enter);
    page.wait_for("the names on the cards", own(&["Prediction", "Proposal"]), || sorted(cards(page)));
}

pub(crate) fn a_tag_is_found_by_mouse_and_on_a_phone(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    page.select("the moment it looks like");
    page.wait_until_shown("#selection-bar");
    page.click("#selection-bar button[data-action='pick']");
    wait_for_field(page);
    page.click("#pick-argument");
    page.wait_for("the name on the card", own(&["Argument"]), || cards(page));

    page.resize(390, 844);
    page.select("two presidents in Kennebunkport");
    page.wait_until_shown("#selection-bar");
    page.click("#selection-bar button[data-action='pick']");
    wait_for_field(page);
    page.check_nothing_sticks_out("the picker in 390 px");
    let is_within = "(({ left, right, top, bottom }) => left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight)\
         (document.querySelector('dialog:is(#picker, #tag-maker)').getBoundingClientRect())";
    assert!(page.truth(is_within), "the picker is within the window");
    page.screenshot("picker-390");
    page.type_text("On a phone");
    page.wait_until("a new one is offered", || offered(page) == own(&["New tag “On a phone”"]));
    page.click("#pick-new");
    page.wait_for("two annotations", 2, || page.annotations().len());
}

pub(crate) fn a_new_tag_is_made_as_it_is_given(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    page.open_article(&FIRST);
    open_for(page, "the moment it looks like");
    page.type_text("Évidence");
    page.wait_for("a new one is offered", own(&["New tag “Évidence”"]), || offered(page));
    page.press(Key::Enter);
    page.wait_for("its name on the card", own(&["Évidence"]), || cards(page));
    page.undo_by_key();
    page.wait_for("no card", own(&[]), || cards(page));
    open_for(page, "act on it");
    page.wait_for("the tag is gone", all(), || offered(page));
    page.press(Key::Escape);
    page.wait_until_gone("dialog:is(#picker, #tag-maker)");
    page.redo_by_key();
    page.wait_for("its name on the card", own(&["Évidence"]), || cards(page));

    wait_for_status(page, "saved");
    page.reload();
    page.wait_for("its name on the card", own(&["Évidence"]), || cards(page));
    open_for(page, "act on it");
    page.type_text("evid");
    page.wait_for("it is found", own(&["Évidence", "New tag “evid”"]), || offered(page));
    page.press(Key::Escape);
    page.wait_until_gone("dialog:is(#picker, #tag-maker)");
    let codebook = page.export_all().json()["codebook"].to_string();
    assert!(codebook.contains("\"Évidence\""), "{codebook}");
    page.undo_by_key();
    page.wait_for("no card", own(&[]), || cards(page));
}

pub(crate) fn a_tag_is_named_by_the_selected_words(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    page.select("act on it");
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('v'));
    page.wait_for("its name on the card", own(&["act on it"]), || cards(page));
    page.undo_by_key();
    page.wait_for("no card", own(&[]), || cards(page));
    page.redo_by_key();
    page.wait_for("its name on the card", own(&["act on it"]), || cards(page));

    // The same words give the tag that has their name.
    page.select("act on it");
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('v'));
    page.wait_for("the name on both cards", own(&["act on it", "act on it"]), || cards(page));
    assert_eq!(tags(page).len(), 1, "they have one tag");

    // Without a pointer: the cursor's sentence gives a name that is short enough to read.
    page.press(Key::Escape);
    page.press(Key::Char('s'));
    page.press(Key::ArrowDown);
    page.press(Key::Char('v'));
    page.wait_for("three annotations", 3, || page.annotations().len());
    page.wait_until("the name is cut", || {
        cards(page).iter().any(|it| it.ends_with('…') && it.chars().count() <= 60)
    });
    assert_eq!(tags(page).len(), 2);
}

pub(crate) fn a_new_tag_is_named_from_the_bar_and_from_the_palette(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    page.select("the moment it looks like");
    page.wait_until_shown("#selection-bar");
    page.click("#selection-bar button[data-action='new-tag']");
    wait_for_field(page);
    page.wait_for("the words are offered", own(&["New tag “the moment it looks like”"]), || {
        offered(page)
    });
    page.check_accessibility("the name of a new tag");
    page.screenshot("new-tag");
    page.type_text("Turning point");
    page.wait_for("the name is offered", own(&["New tag “Turning point”"]), || offered(page));
    page.press(Key::Enter);
    page.wait_for("its name on the card", own(&["Turning point"]), || cards(page));

    // By the palette, under another tag.
    page.select("act on it");
    page.wait_until_shown("#selection-bar");
    find(page, "new tag");
    page.press(Key::Enter);
    wait_for_field(page);
    page.type_text("turning POINT / Surprise");
    let offer = own(&["Turning point › New tag “Surprise”"]);
    page.wait_for("a tag below the other is offered", offer, || offered(page));
    page.press(Key::Enter);
    let both = own(&["Surprise", "Turning point"]);
    page.wait_for("both names on the cards", both.clone(), || sorted(cards(page)));

    // The name of a tag that exists gives that one.
    page.select("exactly the right logic");
    page.wait_until_shown("#selection-bar");
    page.click("#selection-bar button[data-action='new-tag']");
    wait_for_field(page);
    page.type_text("argument");
    page.wait_until("the tag is offered", || offered(page).first().is_some_and(|it| it == "Argument 2"));
    page.press(Key::Escape);
    page.wait_until_gone("dialog:is(#picker, #tag-maker)");

    for left in [own(&["Turning point"]), own(&[])] {
        page.undo_by_key();
        page.wait_for("what is left", left, || cards(page));
    }
    open_for(page, "act on it");
    page.wait_for("both tags are gone", all(), || offered(page));
    page.press(Key::Escape);
    page.wait_until_gone("dialog:is(#picker, #tag-maker)");
    page.redo_by_key();
    page.redo_by_key();
    page.wait_for("both names on the cards", both, || sorted(cards(page)));
}

pub(crate) fn another_tab_offers_a_new_tag(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let (first, second) = page.open_second_tab();
    page.resize(1440, 900);
    page.open_article(&FIRST);
    open_for(page, "the moment it looks like");
    page.wait_for("every tag", all(), || offered(page));

    page.in_tab(&first);
    open_for(page, "act on it");
    page.type_text("Évidence");
    page.wait_for("a new one is offered", own(&["New tag “Évidence”"]), || offered(page));
    page.press(Key::Enter);
    page.wait_for("its name on the card", own(&["Évidence"]), || cards(page));

    page.in_tab(&second);
    page.wait_until("the open picker offers it", || offered(page).contains(&"Évidence".to_owned()));
    page.type_text("evi");
    page.wait_until("it is found", || offered(page).first().is_some_and(|it| it == "Évidence"));
    page.press(Key::Enter);
    page.wait_for("its name on both cards", own(&["Évidence", "Évidence"]), || cards(page));
    page.in_tab(&first);
    page.wait_for("its name on both cards", own(&["Évidence", "Évidence"]), || cards(page));
    assert_eq!(tags(page).len(), 1);
}

pub(crate) fn many_tags_are_filtered_in_a_tree(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    tag_by_key(page, "jointly use the radar in Gabala", "proposal");
    add_tags(page, &codebook_of(20));
    page.open_article(&FIRST);
    give(page, "two presidents", "child 4");
    give(page, "act on it", "child 5");
    give(page, "the moment it looks like", "root 0");
    page.press(Key::Escape);
    page.wait_for("four highlights", 4, || page.marks().len());
    page.wait_for("the button", "23 tags F".to_owned(), || words(page, "[data-action='filter-tree']"));

    // By mouse: a branch, and one tag of it.
    page.click("[data-action='filter-tree']");
    page.wait_until_shown("#tag-filter");
    page.wait_until("the counts are there", || {
        rows(page).iter().any(|it| it == "▾ ✓ Root 0 3") && rows(page).iter().any(|it| it == "✓ Child 4 1")
    });
    page.check_accessibility("the tree of tags");
    page.screenshot("filter-tree");
    page.click("#tree-tag-made-0");
    page.wait_for("the branch is hidden", 1, || page.marks().len());
    page.click("#tree-tag-made-4");
    page.wait_for("one tag of it is shown", 2, || page.marks().len());
    page.wait_until("the branch says so", || rows(page).iter().any(|it| it == "▾ – Root 0 3"));
    page.screenshot("filter-tree-mixed");
    page.click("#tree-tag-made-0 .tree-arrow");
    page.wait_until("the branch is closed", || !rows(page).iter().any(|it| it.contains("Child 4")));
    page.click("#tag-filter [data-action='hide-all']");
    page.wait_for("none is shown", 0, || page.marks().len());
    page.click("#tag-filter [data-action='show-all']");
    page.wait_for("all are shown", 4, || page.marks().len());
    page.press(Key::Escape);
    page.wait_until_gone("#tag-filter");

    // By keyboard: the search finds by a part of the path.
    page.press(Key::Char('f'));
    wait_for_search(page);
    page.type_text("root 0 / chi");
    let found = own(&["▾ ✓ Root 0 3", "✓ Child 4 1", "✓ Child 5 1", "✓ Child 6 0", "✓ Child 7 0"]);
    page.wait_for("what is found", found, || rows(page));
    page.press(Key::ArrowDown);
    page.press(Key::ArrowDown);
    page.wait_until("the second row has the focus", || {
        page.truth("document.activeElement?.id === 'tree-tag-made-4'")
    });
    page.press(Key::Char(' '));
    page.wait_for("it is hidden", 3, || page.marks().len());
    page.press(Key::ArrowUp);
    page.press(Key::Enter);
    page.wait_for("the branch is shown", 4, || page.marks().len());
    page.press(Key::Enter);
    page.wait_for("the branch is hidden", 1, || page.marks().len());
    page.wait_until("an announcement says so", || {
        page.text_of("#live").is_some_and(|it| it.contains("Root 0 and 4 tags below it hidden"))
    });
    page.press(Key::Escape);
    page.wait_until_gone("#tag-filter");
    let button = "[data-action='filter-tree']";
    page.wait_for("the button", "18 of 23 tags shown F".to_owned(), || words(page, button));
    page.click("[data-action='show-all-tags']");
    page.wait_for("all are shown", 4, || page.marks().len());

    // Branches open and close by the arrow keys.
    page.press(Key::Char('f'));
    wait_for_search(page);
    page.press(Key::ArrowDown);
    page.press(Key::End);
    page.wait_until("the last row has the focus", || {
        page.truth("document.activeElement?.matches('#filter-tags li:last-child')")
    });
    page.press(Key::ArrowLeft);
    page.wait_until("its branch has the focus", || {
        page.truth("document.activeElement?.id === 'tree-tag-made-3'")
    });
    let before = rows(page).len();
    page.press(Key::ArrowLeft);
    page.wait_for("it is closed", before - 4, || rows(page).len());
    page.press(Key::ArrowRight);
    page.wait_for("it is open", before, || rows(page).len());
    page.press(Key::Escape);
    page.wait_until_gone("#tag-filter");
}

pub(crate) fn the_bar_tells_what_belongs_under_a_tag(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    page.select("the moment it looks like");
    page.wait_until_shown("#selection-bar");
    // Those of the buttons that are pointed at or have the focus.
    let hints = || {
        let shown = page.script(
            "return [...document.querySelectorAll('.bar-hint')] \
               .filter((it) => it.checkVisibility({ visibilityProperty: true })).map((it) => it.innerText.slice(0, 30))",
            &[],
        );
        serde_json::from_value::<Vec<String>>(shown).expect("texts")
    };
    assert_eq!(hints(), [""; 0]);
    let proposal = own(&["What an actor should, must or "]);
    page.point_at(page.middle_of("#selection-bar button[data-tag='proposal']"));
    page.wait_for("by mouse", proposal.clone(), hints);
    page.screenshot("bar-hint");
    page.check_accessibility("the bar with a definition");
    page.point_at(page.middle_of("#header"));
    page.wait_for("the pointer is elsewhere", own(&[]), hints);
    // In WebKit, a selection ends as the focus leaves the text. There, the picker tells the same by keyboard.
    if page.browser() != Browser::WebKit {
        page.wait_until("the keyboard reaches the first button", || {
            page.press(Key::Tab);
            page.truth("document.activeElement?.matches('#selection-bar button:first-of-type')")
        });
        page.wait_for("by keyboard", proposal, hints);
    }
}

pub(crate) fn five_hundred_tags_stay_usable(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    add_tags(page, &codebook_of(500));
    page.open_article(&FIRST);
    open_for(page, "the moment it looks like");
    page.wait_for("a part of the tags", 50, || offered(page).len());
    page.wait_for("the number of the others", "453 more: type letters of the name".to_owned(), || {
        words(page, ":is(#picker, #tag-maker) .combobox-more")
    });
    page.screenshot("picker-500");
    page.check_accessibility("a picker of many tags");
    page.type_text("child 477");
    page.wait_for("the one", "Root 94 › Child 477".to_owned(), || {
        offered(page).into_iter().next().unwrap_or_default()
    });
    page.press(Key::Enter);
    page.wait_for("its name on the card", own(&["Child 477"]), || cards(page));
    for width in [1440, 1180, 900] {
        page.resize(width, 900);
        page.check_nothing_sticks_out(&format!("many tags at {width}"));
    }
    page.resize(1440, 900);
    page.screenshot("card-500");
    page.press(Key::Char('g'));
    wait_for_field(page);
    page.press(Key::Escape);
    page.wait_until_gone("dialog:is(#picker, #tag-maker)");
    page.press(Key::Char('f'));
    wait_for_search(page);
    page.wait_until("the roots are there", || rows(page).len() > 50);
    page.screenshot("filter-500");
    page.type_text("child 477");
    page.wait_for("what is found", own(&["▾ ✓ Root 94 1", "✓ Child 477 1"]), || rows(page));
    page.press(Key::Escape);
    page.wait_until_gone("#tag-filter");

    page.resize(390, 844);
    page.select("two presidents in Kennebunkport");
    page.wait_until_shown("#selection-bar");
    page.check_nothing_sticks_out("the bar of many tags in 390 px");
    page.screenshot("bar-500-390");
    page.press(Key::Char('g'));
    wait_for_field(page);
    page.check_nothing_sticks_out("the picker of many tags in 390 px");
    page.press(Key::Escape);
    page.wait_until_gone("dialog:is(#picker, #tag-maker)");
    page.press(Key::Char('f'));
    page.wait_until_shown("#tag-filter");
    page.check_nothing_sticks_out("the tree of many tags in 390 px");
    page.screenshot("filter-500-390");
}

/// Tags in a tree: each of the first fifth has four of the others below it. Nine have digits as keys, and some letters.
pub(crate) fn codebook_of(count: usize) -> Vec<Value> {
    let roots = count / 5;
    let letters = "bquwyz".chars();
    let mut keys = ('4'..='9').chain(letters);
    (0..count)
        .map(|it| {
            let (hue, line) = appearance(it + 3);
            let mut tag = json!({
                "v": 1, "id": format!("tag-made-{it}"), "definition": format!("What belongs under tag {it}."),
                "hue": hue.id(), "line": line.id(), "place": it + 3,
                "modified": "2026-11-01T00:00:00.000Z", "version": { "counter": 1, "replica": "00000000000000aa" },
            });
            if it < roots {
                tag["name"] = json!(format!("Root {it}"));
            } else {
                tag["name"] = json!(format!("Child {it}"));
                tag["parent"] = json!(format!("tag-made-{}", (it - roots) / 4));
            }
            if let Some(key) = keys.next() {
                tag["key"] = json!(key.to_string());
            }
            tag
        })
        .collect()
}

/// Adds tags, as if an earlier visit had made them.
pub(crate) fn add_tags(page: &Page, tags: &[Value]) {
    wait_for_status(page, "saved");
    page.script(
        "for (const it of arguments[0]) localStorage.setItem(`glossator:tag:${it.id}`, JSON.stringify(it))",
        &[json!(tags)],
    );
    page.reload();
    wait_for_status(page, "saved");
}

fn wait_for_search(page: &Page) {
    page.wait_until("the search has the focus", || page.truth("document.activeElement?.name === 'find-tag'"));
}

/// Gives the tag that is first found by these words.
fn give(page: &Page, quote: &str, words: &str) {
    let before = page.annotations().len();
    open_for(page, quote);
    page.type_text(words);
    page.wait_until("the tag is found", || {
        offered(page).first().is_some_and(|it| it.to_lowercase().contains(words))
    });
    page.press(Key::Enter);
    page.wait_for("the annotation", before + 1, || page.annotations().len());
}

/// The words of the rows of the tree, with the signs before them.
fn rows(page: &Page) -> Vec<String> {
    texts(page, "#filter-tags [role='treeitem']")
}

fn words(page: &Page, selector: &str) -> String {
    texts(page, selector).into_iter().next().unwrap_or_default()
}

/// The ids of the tags that annotations have.
fn tags(page: &Page) -> BTreeSet<String> {
    page.annotations().into_iter().map(|it| it.tag).collect()
}

/// Selects the quote and opens the picker by its key.
fn open_for(page: &Page, quote: &str) {
    page.select(quote);
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('g'));
    wait_for_field(page);
}

/// Waits until the picker's field has the focus.
pub(crate) fn wait_for_field(page: &Page) {
    page.wait_until("the picker's field has the focus", || {
        page.truth("document.activeElement?.matches(':is(#picker, #tag-maker) input')")
    });
}

/// The words of what the picker offers, as they are drawn.
pub(crate) fn offered(page: &Page) -> Vec<String> {
    texts(page, "#picker-list [role='option']")
}

fn definition(page: &Page) -> String {
    page.text_of("#picker-definition").unwrap_or_default()
}

/// The names of tags on the cards.
fn cards(page: &Page) -> Vec<String> {
    texts(page, "#cards .chip")
}

fn texts(page: &Page, selector: &str) -> Vec<String> {
    let found: Value = page.script(
        "return [...document.querySelectorAll(arguments[0])].map((it) => it.innerText.replace(/\\s+/g, ' ').trim())",
        &[json!(selector)],
    );
    serde_json::from_value(found).expect("texts")
}

/// Every tag, if none was given.
fn all() -> Vec<String> {
    own(&["Proposal 1", "Argument 2", "Prediction 3"])
}

fn own(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|it| (*it).to_owned()).collect()
}

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort();
    texts
}
