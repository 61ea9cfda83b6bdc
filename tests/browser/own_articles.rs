//! Own articles: adding texts in every way, storing, naming, ordering, removing, replacing and exporting them.

use std::fs;

use serde_json::{Value, json};

use crate::{
    harness::{Key, Page, RECORD_DOWNLOADS},
    search::{look_for, wait_for_count},
    storage::wait_for_status,
};

const REPORT: &str = "dialog#import-report";
const MENU: &str = ".menu:popover-open";

/// Right-to-left text, text without spaces, characters beyond the basic plane, combining marks, and two kinds of line
/// ends.
const MANY: &str =
    "שלום עולם, זה טקסט.\r\n\r\n条约应当由两国批准。第二句。\n👩\u{200d}🚀 lands: e\u{301}nd.\n";

/// A web page with parts that a reader does not see.
const UNSEEN: &str = "<!doctype html><h1 hidden>no</h1><h1>Seen</h1>
<p>first <b style='display: none'>no</b>second <span style='VISIBILITY:hidden'>no <i>no</i></span>third
<i style='visibility: hidden'>no <b style='visibility: visible'>fourth</b></i></p>
<div hidden><p>no</p></div><div style='color: red; display:none !important'>no <p>no</p></div>
<form style='display:none'><input name=getAttribute><input name=style>no</form>
<div aria-hidden=true>no</div><div popover>no</div>
<template><p>no</p></template><dialog>no</dialog><dialog open>open</dialog>
<details><summary>More</summary><p>Details</p></details>
<table><tr><th>Year<th>Sum<tr><td>1999<td>5<td style='display:none'>no</table>";

pub(crate) fn texts_of_every_kind_are_imported(page: &mut Page) {
    page.open();
    page.press(Key::Char('p'));
    page.wait_until_shown("dialog#add-text textarea");
    page.check_accessibility("a text is added");
    page.click("button[data-action='add-pasted']");
    page.wait_until("the empty field is reported", || {
        page.text_of("#add-text-wrong").is_some_and(|it| it.contains("no text"))
    });
    page.click("dialog#add-text textarea");
    page.type_text("A pasted line.");
    page.click("button[data-action='add-pasted']");
    wait_for_open(page, "A pasted line.", "A pasted line.");

    import(page, "many_scripts.txt", &[b"\xEF\xBB\xBF", MANY.as_bytes()].concat());
    wait_for_open(page, "many scripts", MANY);
    // The annotation has exactly the selected text, in every script.
    for (number, quote) in ["טקסט", "由两国", "👩\u{200d}🚀 lands", "e\u{301}nd"].into_iter().enumerate()
    {
        page.select(quote);
        page.wait_until_shown("#selection-bar");
        page.press(Key::Char('1'));
        page.wait_for("its annotation", number + 1, || kept(page).len());
        let start = MANY[..MANY.find(quote).unwrap()].chars().count();
        let found = kept(page).into_iter().find(|it| it["quote"] == quote);
        let place = found.map(|it| (it["start"].clone(), it["end"].clone()));
        assert_eq!(place, Some((json!(start), json!(start + quote.chars().count()))), "{quote}");
        page.press(Key::Escape);
    }
    assert_eq!(page.attribute("#text p", "dir").as_deref(), Some("auto"));

    let wide: Vec<u8> = "\u{feff}Breit, תקסט".encode_utf16().flat_map(u16::to_be_bytes).collect();
    import(page, "wide.txt", &wide);
    wait_for_open(page, "wide", "Breit, תקסט");
    import(page, "marked.md", b"# Not a heading\n");
    wait_for_open(page, "marked", "# Not a heading\n");
    import(
        page,
        "page.html",
        "<!doctype html><title>A  page</title><nav>menu</nav><h1>Head</h1><p>First <b>bold</b> &amp; “q”.\
         <script>window.ran = 1</script><img src=missing.png onerror='ran = 1'></p><ul><li>one<li>two</ul>\
         <table><tr><td>a<td>b</table><pre> x\n  y</pre><iframe src=missing.html></iframe>"
            .as_bytes(),
    );
    wait_for_open(page, "A page", "Head\n\nFirst bold & “q”.\n\none\ntwo\n\na\tb\n\n x\n  y\n");
    assert_eq!(page.script("return window.ran ?? null", &[]), Value::Null, "its scripts do not run");
    assert_eq!(page.missing_files(), [""; 0], "and it loads nothing");

    hidden_parts_of_web_pages_are_left_out(page);
    unknown_encodings_are_previewed(page);
    other_files_are_refused_by_name(page);

    // Everything survives a reload.
    let all = titles(page);
    wait_until_saved(page);
    page.reload();
    page.wait_for("all articles", all, || titles(page));
    open(page, "many scripts");
    wait_for_open(page, "many scripts", MANY);
    page.wait_for("its highlights", 4, || page.marks().len());
}

fn hidden_parts_of_web_pages_are_left_out(page: &mut Page) {
    import(page, "unseen.html", UNSEEN.as_bytes());
    wait_for_open(
        page,
        "Seen",
        "Seen\n\nfirst second third fourth\n\nopen\n\nMore\n\nDetails\n\nYear\tSum\n1999\t5\n",
    );
    let around =
        "<div hidden><main>no</main><article>no</article></div><title>Around</title><article>Yes</article>";
    import(page, "around.html", around.as_bytes());
    wait_for_open(page, "Around", "Yes\n");
    import(
        page,
        "inside.html",
        b"<title>Inside</title><p>Yes</p><div style='display: none'><article>no</article></div>",
    );
    wait_for_open(page, "Inside", "Yes\n");
}

fn unknown_encodings_are_previewed(page: &mut Page) {
    // A text of unknown encoding is previewed first.
    import(page, "russian.txt", b"\xF0\xD2\xC9\xD7\xC5\xD4, \xCD\xC9\xD2.");
    page.wait_until_shown("dialog#encodings .sample");
    page.check_accessibility("an encoding is chosen");
    page.wait_for("the preview of the text", Some("Привет, мир.".to_owned()), || {
        page.text_of(".sample")
    });
    page.choose_option("select[name='encoding']", "windows-1252");
    page.wait_until("the preview changes", || page.text_of(".sample").is_some_and(|it| it != "Привет, мир."));
    page.choose_option("select[name='encoding']", "koi8-r");
    page.click("button[data-action='take-encodings']");
    wait_for_open(page, "russian", "Привет, мир.");
    import(page, "cafe.txt", b"caf\xE9");
    page.wait_for("another guess", Some("café".to_owned()), || page.text_of(".sample"));
    page.click("button[data-action='take-encodings']");
    wait_for_open(page, "cafe", "café");
    choose(page, "cafe", "replace-text");
    let newer = page.profile().join("newer.txt");
    fs::write(&newer, b"caf\xE9 noir").expect("the profile folder takes a file");
    page.choose_file("input#newer-file", &newer);
    page.wait_for("the preview of a newer text", Some("café noir".to_owned()), || page.text_of(".sample"));
    page.click("button[data-action='take-encodings']");
    wait_for_open(page, "cafe", "café noir");
}

fn other_files_are_refused_by_name(page: &mut Page) {
    // Files that are not texts are refused by name, and the others are imported.
    let before = titles(page);
    drop_all(
        page,
        &[("empty.txt", ""), ("paper.pdf", "%PDF-1.7"), ("cut.bin", "a\0b"), ("good.txt", "Good.")],
    );
    page.wait_for("a problem for each", 3, || page.count(&format!("{REPORT} .problem")));
    let report = page.text_of(REPORT).unwrap_or_default();
    for words in
        ["empty.txt", "it is empty", "paper.pdf", "a PDF document", "cut.bin", "1 text can be imported"]
    {
        assert!(report.contains(words), "the report has {words:?}: {report}");
    }
    let first_letters = "return [...document.querySelectorAll('.problem')]
        .map((it) => getComputedStyle(it, '::first-letter').textTransform)";
    assert_eq!(
        page.script(first_letters, &[]),
        json!(["none", "none", "none"]),
        "names are shown as they are"
    );
    page.click(&format!("{REPORT} button[data-action='import-good']"));
    wait_for_open(page, "good", "Good.");
    import(page, "huge.txt", &vec![b'a'; 16_000_001]);
    page.wait_until_shown(&format!("{REPORT} .problem"));
    assert!(page.text_of(REPORT).unwrap_or_default().contains("16.1 MB"));
    page.click(&format!("{REPORT} button[data-action='cancel']"));
    page.wait_until_gone(REPORT);
    assert_eq!(titles(page).len(), before.len() + 1);
}

pub(crate) fn own_articles_are_renamed_ordered_and_removed(page: &mut Page) {
    page.open();
    let long = format!("Beta text here.\n{}", "And many lines.\n".repeat(200));
    for text in ["Alpha text here.", &long] {
        add(page, text, text.split(' ').next().unwrap());
    }
    let (first, second) = page.open_second_tab();
    page.wait_until("the second tab has both", || titles(page).len() == 4);
    page.in_tab(&first);

    page.press(Key::Escape);
    page.script(
        "document.querySelector('#reader').focus(); document.querySelector('#reader').scrollTop = 900",
        &[],
    );
    rename(page, "Gamma");
    wait_for_open(page, "Gamma", &long);
    assert!(page.truth("document.querySelector('#reader').scrollTop === 900"), "the scroll position stays");
    choose(page, "Gamma", "move-up");
    page.wait_for("the new order", own(&["Gamma", "Alpha"]), || titles(page)[2..].to_vec());
    page.in_tab(&second);
    page.wait_for("the same in the other tab", own(&["Gamma", "Alpha"]), || titles(page)[2..].to_vec());
    page.in_tab(&first);

    open(page, "Gamma");
    wait_for_open(page, "Gamma", &long);
    page.script("document.querySelector('#reader').scrollTop = 0", &[]);
    page.select("text");
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('2'));
    page.wait_for("a highlight", 1, || page.marks().len());
    page.in_tab(&second);
    page.resize(1440, 900);
    open(page, "Gamma");
    wait_for_open(page, "Gamma", &long);
    page.press(Key::Char('t'));
    page.wait_until_shown("#table");
    page.in_tab(&first);
    choose(page, "Gamma", "remove-article");
    let notice = ".notice[data-kind='removed']";
    page.wait_until_shown(notice);
    assert!(page.text_of(notice).unwrap_or_default().contains("“Gamma” was removed with its 1 annotation"));
    page.wait_for("the other article", own(&["Alpha"]), || titles(page)[2..].to_vec());
    page.in_tab(&second);
    page.wait_for("the other article there, too", own(&["Alpha"]), || titles(page)[2..].to_vec());
    assert!(page.shows("#table"), "the table stays open");
    page.press(Key::Char('t'));
    page.wait_until_gone("#table");
    look_for(page, "many lines");
    page.click("#search [data-scope='all']");
    wait_for_count(page, "Nothing found");
    page.in_tab(&first);
    page.click(&format!("{notice} button[data-action='undo']"));
    wait_for_open(page, "Gamma", &long);
    page.wait_for("with its annotation", 1, || page.marks().len());
    page.in_tab(&second);
    page.wait_until("the restored article is found", || {
        page.text_of("#search-count").is_some_and(|it| it.ends_with("200") || it == "200 found")
    });
    page.in_tab(&first);

    wait_until_saved(page);
    page.reload();
    page.wait_for("both articles", own(&["Gamma", "Alpha"]), || titles(page)[2..].to_vec());
    page.check_accessibility("own articles");
    page.click("#articles li:last-child button[data-action='article-menu']");
    page.wait_until_shown(MENU);
    page.check_accessibility("the menu of an own article");
}

pub(crate) fn an_export_carries_texts_to_another_browser(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    add(page, "A colleague shall read this text.\nAnd more.", "Shared");
    page.select("shall read");
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('1'));
    page.wait_for("a highlight", 1, || page.marks().len());
    let file = page.export_all();
    let document = file.json()["documents"][2].clone();
    assert_eq!(document["text"], "A colleague shall read this text.\nAnd more.");
    page.click("button[data-action='export']");
    page.click("#export-menu input[name='with-texts']");
    let without = page.download("#export-menu button[data-action='export-all']");
    assert_eq!(without.json()["documents"][2]["text"], Value::Null);
    page.click("#status button[data-action='storage']");
    let backup = page.download("dialog#storage button[data-action='back-up']");

    for (name, text) in [("export.json", &file.text), ("backup.json", &backup.text)] {
        page.move_to_new_origin(&[RECORD_DOWNLOADS]);
        page.import_text(name, text);
        if name == "backup.json" {
            page.wait_until_shown("dialog#restore");
            page.click("dialog#restore button[data-action='restore-now']");
        }
        page.wait_until_shown(".notice[data-kind='imported']");
        page.wait_for("the article", own(&["Shared"]), || titles(page)[2..].to_vec());
        open(page, "Shared");
        wait_for_open(page, "Shared", "A colleague shall read this text.\nAnd more.");
        page.wait_for("its annotation", 1, || page.marks().len());
        assert_eq!(page.export_all().json()["annotations"], file.json()["annotations"]);
        page.import_text(name, text);
        if name == "backup.json" {
            page.wait_until_shown("dialog#restore");
            page.click("dialog#restore button[data-action='restore-now']");
        }
        page.wait_until("everything is here already", || {
            page.text_of(".notice[data-kind='imported']").is_some_and(|it| it.contains("1 already here"))
        });
        assert_eq!(titles(page).len(), 3);
        wait_until_saved(page);
        page.reload();
        page.wait_for("the article", own(&["Shared"]), || titles(page)[2..].to_vec());
    }
}

const OLD: &str = "The first paragraph speaks of a treaty that was signed long ago in the city of Geneva.\n\n\
    A certain claim stands here, among many other words that surround it on either side.\n\n\
    Nobody knows where this repeated phrase comes from, or what became of it in later years.\n\n\
    And gone words will be lost entirely from the second edition of the text, as they must.\n";
const NEW: &str = "The first paragraph speaks of a treaty that was signed long ago in the city of Geneva.\n\n\
    Something new. A certain claim stands here, among many other words that surround it on either side.\n\n\
    One repeated phrase, and one more repeated phrase.\n\n\
    And other things will be lost entirely from the second edition of the text, as they must.\n";

pub(crate) fn annotations_move_to_a_newer_text(page: &mut Page) {
    page.open();
    add(page, OLD, "Versions");
    for (number, quote) in
        ["first paragraph", "certain claim", "repeated phrase", "gone words"].into_iter().enumerate()
    {
        page.select(quote);
        page.wait_until_shown("#selection-bar");
        page.press(Key::Char('1'));
        page.wait_for("a highlight more", number + 1, || page.marks().len());
        page.press(Key::Escape);
    }
    let ids = |page: &Page| kept(page).into_iter().map(|it| it["id"].clone()).collect::<Vec<_>>();
    let before = ids(page);
    choose(page, "Versions", "replace-text");
    paste(page, NEW);
    page.click("button[data-action='add-pasted']");
    page.wait_until_shown("dialog#placing");
    for kind in ["exact", "moved", "ambiguous", "orphan"] {
        let count = page.text_of(&format!("#placing [data-kind='{kind}']")).unwrap_or_default();
        assert_eq!(count, "1", "{kind}");
    }
    page.check_accessibility("annotations to place");
    page.wait_for("the two places", 2, || page.count(".stray[data-kind='ambiguous'] .place"));
    page.click(".stray[data-kind='ambiguous'] .place:last-of-type");
    page.wait_for("one is left", 1, || page.count(".stray"));
    page.click("dialog#placing button[data-action='place-later']");
    page.wait_until_gone("dialog#placing");
    assert!(titles(page).contains(&"Earlier text: Versions".to_owned()));

    // The rest is placed later, from the list of articles.
    choose(page, "Earlier text: Versions", "place-annotations");
    page.wait_until_shown("dialog#placing");
    page.click("button[data-action='place-by-hand']");
    page.wait_until_shown(".notice[data-kind='placing']");
    page.wait_until_gone("dialog#placing");
    page.select("other things");
    page.wait_until_shown("#selection-bar");
    page.click("button[data-action='place-selection']");
    page.wait_for("all four", 4, || page.marks().len());
    page.wait_for("no earlier text", own(&["Versions"]), || titles(page)[2..].to_vec());
    assert_eq!(ids(page), before, "they are the same annotations");
    let texts: Vec<String> = page.marks().into_iter().map(|it| it.text).collect();
    assert_eq!(texts, ["first paragraph", "certain claim", "repeated phrase", "other things"]);

    // Undone one by one, back to the earlier text with all four.
    for _ in 0..3 {
        page.press(Key::Escape);
        page.undo_by_key();
    }
    wait_for_open(page, "Versions", OLD);
    page.wait_for("all four", 4, || page.marks().len());
    wait_until_saved(page);
    page.reload();
    page.wait_for("one article", own(&["Versions"]), || titles(page)[2..].to_vec());
}

/// Imports a file with these bytes.
fn import(page: &Page, name: &str, bytes: &[u8]) {
    let path = page.profile().join(name);
    fs::write(&path, bytes).expect("the profile folder takes a file");
    page.import_file(&path);
}

/// Drops files without types on the text.
pub(crate) fn drop_all(page: &Page, files: &[(&str, &str)]) {
    page.script(
        "const carried = new DataTransfer(); \
         for (const [name, text] of arguments[0]) carried.items.add(new File([text], name)); \
         for (const type of ['dragenter', 'dragover', 'drop']) \
           document.getElementById('text').dispatchEvent( \
             new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: carried }))",
        &[json!(files)],
    );
}

fn paste(page: &Page, text: &str) {
    page.wait_until_shown("dialog#add-text textarea");
    page.script("document.querySelector('#add-text textarea').value = arguments[0]", &[json!(text)]);
}

pub(crate) fn add(page: &Page, text: &str, title: &str) {
    page.click("#articles button[data-action='add-text']");
    paste(page, text);
    page.script("document.querySelector('#add-text input').value = arguments[0]", &[json!(title)]);
    page.click("button[data-action='add-pasted']");
    wait_for_open(page, title, text);
}

fn rename(page: &Page, title: &str) {
    page.script(
        "document.querySelector('.doc[aria-current]').dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))",
        &[],
    );
    page.wait_until_shown("input.renaming");
    page.type_text(title);
    page.press(Key::Enter);
    page.wait_until_gone("input.renaming");
}

/// Chooses an entry in the menu of the article with this title.
fn choose(page: &Page, title: &str, action: &str) {
    let place = titles(page).iter().position(|it| it == title).expect("the article is listed") + 1;
    page.click(&format!("#articles ul > li:nth-child({place}) button[data-action='article-menu']"));
    page.wait_until_shown(MENU);
    page.click(&format!("{MENU} button[data-action='{action}']"));
}

fn open(page: &Page, title: &str) {
    let place = titles(page).iter().position(|it| it == title).expect("the article is listed") + 1;
    page.click(&format!("#articles ul > li:nth-child({place}) .doc"));
}

fn wait_for_open(page: &Page, title: &str, text: &str) {
    page.wait_for("the article's title", Some(title.to_owned()), || page.text_of("#title"));
    page.wait_for("its text", Some(text.to_owned()), || page.text_of("#text"));
}

fn titles(page: &Page) -> Vec<String> {
    let all =
        page.script("return [...document.querySelectorAll('.doc-title')].map((it) => it.textContent)", &[]);
    serde_json::from_value(all).expect("titles")
}

fn own(titles: &[&str]) -> Vec<String> {
    titles.iter().map(|&it| it.to_owned()).collect()
}

/// The stored annotations, by id.
fn kept(page: &Page) -> Vec<Value> {
    let all = page.stored().into_iter().filter(|(key, _)| key.starts_with("glossator:annotation:"));
    all.map(|(_, value)| serde_json::from_str(&value).expect("JSON")).collect()
}

fn wait_until_saved(page: &Page) {
    wait_for_status(page, "saved");
}
