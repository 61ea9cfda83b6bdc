//! What goes onto paper: the text as it is, or with numbered notes and the codebook.

use serde::Deserialize;
use serde_json::json;

use crate::{
    actions::{tag_by_key, write_note},
    commands::find,
    harness::{Browser, Key, Page, records::FIRST},
};

/// The browser's dialog, which notes what it would print, and is closed by the test.
const DIALOG: &str = "
window.printed = [];
window.print = () => {
  dispatchEvent(new Event('beforeprint'));
  const notes = document.querySelector('#endnotes');
  const words = (element) => element.textContent.replace(/\\s+/g, ' ').trim();
  window.printed.push({
    printout: document.documentElement.dataset.print ?? null,
    text: document.querySelector('#text').textContent,
    references: [...document.querySelectorAll('#text mark[data-references]')]
      .map((mark) => [mark.dataset.references, mark.textContent]),
    notes: [...notes?.querySelectorAll('li') ?? []].map(words),
    codebook: [...notes?.querySelectorAll('dt') ?? []].map(words),
    words: notes ? words(notes) : '',
  });
};
";

/// What was in the page when the browser's dialog opened.
#[derive(Debug, Deserialize)]
struct Printed {
    printout: Option<String>,
    text: String,
    /// The label and the words of each highlight that has one.
    references: Vec<(String, String)>,
    notes: Vec<String>,
    codebook: Vec<String>,
    words: String,
}

pub(crate) fn notes_are_printed_behind_the_text(page: &mut Page) {
    page.open_with(&[DIALOG]);
    page.open_article(&FIRST);
    // Two that end together, one that overlaps both, and one over two paragraphs.
    tag_by_key(page, "two presidents in Kennebunkport", "proposal");
    let inner = tag_by_key(page, "in Kennebunkport", "argument");
    page.click("#margin .card.focused .attributes .value");
    page.wait_until("the attribute is kept", || {
        page.annotations().iter().any(|it| it.id == inner.id && it.record.get("attributes").is_some())
    });
    tag_by_key(page, "presidents in Kennebunkport was not", "argument");
    let across = "mostly wants to be part of the discussion.\n\nYes, the missile defense";
    let spanning = tag_by_key(page, across, "argument");
    write_note(page, &spanning, "A <b>note</b>");

    page.click("button[data-action='export']");
    page.click("#export-menu button[data-action='print-notes']");
    let printed = wait_for_print(page, 1);
    assert_eq!(printed.printout.as_deref(), Some("notes"));
    assert_eq!(printed.text, FIRST.text, "the text stays the article's");
    let references: Vec<(&str, &str)> =
        printed.references.iter().map(|(label, words)| (label.as_str(), words.as_str())).collect();
    assert_eq!(
        references,
        [("1, 2", "in Kennebunkport"), ("3", " was not"), ("4", "Yes, the missile defense")],
        "where the annotations end, in the order of the text"
    );
    let notes = [
        "1 Proposal two presidents in Kennebunkport",
        "2 Argument in Kennebunkport Role: Claim",
        "3 Argument presidents in Kennebunkport was not",
        "4 Argument mostly wants to be part of the discussion. Yes, the missile defense A <b>note</b>",
    ];
    let without_spaces = |words: &str| words.split_whitespace().collect::<String>();
    let seen: Vec<String> = printed.notes.iter().map(|it| without_spaces(it)).collect();
    assert_eq!(seen, notes.map(without_spaces));
    assert_eq!(printed.codebook, ["Proposal", "Argument"], "the tags that there are");
    assert!(printed.words.contains("A claim, or a reason given"), "{}", printed.words);
    assert!(!page.shows("#endnotes"), "on the screen nothing changes");
    check_on_paper(page);

    close_dialog(page);
    page.wait_for("no notes", 0, || page.count("#endnotes"));
    page.wait_for("no numbers", 0, || page.count("[data-references]"));
    assert_eq!(page.attribute("html", "data-print"), None);
    assert_eq!(page.text_of("#text").as_deref(), Some(FIRST.text));

    // A tag that is hidden is not printed, which is said.
    page.click("button.filter[data-tag='argument']");
    page.wait_for("one annotation is shown", 1, || page.marks().len());
    find(page, "print with notes");
    page.press(Key::Enter);
    let printed = wait_for_print(page, 2);
    assert_eq!((printed.notes.len(), printed.codebook), (1, vec!["Proposal".to_owned()]));
    assert_eq!(printed.references, [("1".to_owned(), "two presidents in Kennebunkport".to_owned())]);
    assert!(printed.words.contains("left out: Argument."), "{}", printed.words);

    // Where the browser does not tell that its dialog was closed, going on in the page ends the printing too.
    page.press(Key::Shift);
    page.wait_for("no notes", 0, || page.count("#endnotes"));
    page.wait_for("no numbers", 0, || page.count("[data-references]"));
}

pub(crate) fn the_text_is_printed_alone(page: &mut Page) {
    page.open_with(&[DIALOG]);
    page.open_article(&FIRST);
    tag_by_key(page, "two presidents", "proposal");

    // The browser's own command.
    page.script("window.print()", &[]);
    let printed = wait_for_print(page, 1);
    assert_eq!((printed.printout, printed.notes.len(), printed.references.len()), (None, 0, 0));
    close_dialog(page);

    // A command of the page prints the article from every view.
    page.press(Key::Char('t'));
    page.wait_until_shown("#table");
    find(page, "print the text");
    page.press(Key::Enter);
    let printed = wait_for_print(page, 2);
    assert_eq!(printed.printout.as_deref(), Some("text"));
    assert_eq!((printed.notes.len(), printed.references.len()), (0, 0));
    assert_eq!(printed.text, FIRST.text);
    if page.browser() == Browser::Chromium {
        page.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }));
        page.wait_until("the text is on the paper, and not the table", || {
            page.shows("#text") && !page.shows("#table")
        });
        page.devtools("Emulation.setEmulatedMedia", json!({ "media": "" }));
    }
    close_dialog(page);
    page.wait_until("the printing has ended", || page.attribute("html", "data-print").is_none());
    assert!(page.shows("#table"));
}

fn wait_for_print(page: &Page, count: usize) -> Printed {
    page.wait_for("the browser's dialog", json!(count), || page.script("return window.printed.length", &[]));
    let last = page.script("return window.printed.at(-1)", &[]);
    serde_json::from_value(last).expect("what was printed")
}

fn close_dialog(page: &Page) {
    page.script("dispatchEvent(new Event('afterprint'))", &[]);
}

/// Looks at the page as it is on paper, in the browser that can show it so.
fn check_on_paper(page: &Page) {
    if page.browser() != Browser::Chromium {
        return;
    }
    page.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    page.wait_until_shown("#endnotes");
    let behind = page.script(
        "return [...document.querySelectorAll('#text mark[data-references]')] \
         .map((mark) => getComputedStyle(mark, '::after').content)",
        &[],
    );
    assert_eq!(behind, json!(["\"1, 2\"", "\"3\"", "\"4\""]));
    page.screenshot("printed");
    page.script("document.querySelector('#endnotes').scrollIntoView()", &[]);
    page.screenshot("printed-notes");
    page.devtools("Emulation.setEmulatedMedia", json!({ "media": "" }));
    page.wait_until_gone("#endnotes");
}
