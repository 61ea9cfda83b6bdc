//! Codebooks as files: exporting, importing with a preview, ready-made ones, and tags that an import lacks.

use std::{fs, path::PathBuf};

use glossator::{
    annotation::{Codebook, Tag},
    interchange::{CodebookFile, color_of_hue, parse_codebook_csv, parse_codebook_file, parse_qdc},
};
use serde_json::{Value, json};

use crate::{
    actions::tag_by_key,
    codebook::{DEFAULT, choose, open_text, open_view, tab_to, undo_all, wait_for_focus, wait_for_tree},
    harness::{Key, Page, RECORD_DOWNLOADS, records::FIRST},
    storage::wait_for_status,
};

const IMPORT: &str = "dialog#codebook-import";

/// What is said of each listed tag: those above it, its name, and what becomes of it.
fn rows(page: &Page) -> Vec<String> {
    let rows = page.script(
        "return [...document.querySelectorAll('.file-tag')].map((it) => \
         [...it.querySelector('.file-tag-words').children].map((it) => it.textContent).join(' | '))",
        &[],
    );
    serde_json::from_value(rows).expect("a list of rows")
}

fn wait_for_rows(page: &Page, what: &str, wanted: &[&str]) {
    page.wait_for(what, wanted.iter().map(|it| (*it).to_owned()).collect(), || rows(page));
}

fn wait_for_summary(page: &Page, words: &str) {
    page.wait_for("the summary", Some(words.to_owned()), || page.text_of(".codebook-summary"));
}

fn wait_for_notice(page: &Page, words: &str) {
    let notice = ".notice[data-kind='codebook-imported'] p";
    page.wait_for("the notice", Some(words.to_owned()), || page.text_of(notice));
}

/// The problems that the dialog lists.
fn notes(page: &Page) -> Vec<String> {
    let all = page.script(
        "return [...document.querySelectorAll(arguments[0] + ' .problems li')].map((it) => it.textContent)",
        &[json!(IMPORT)],
    );
    serde_json::from_value(all).expect("a list of texts")
}

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/samples/qdc").join(name)
}

fn choose_sample(page: &Page, name: &str) {
    page.click(".codebook-tools [data-action='import-codebook']");
    page.wait_until_shown(IMPORT);
    page.choose_file("input#codebook-file", &sample(name));
    page.wait_until_shown(".codebook-source");
}

/// Chooses a file with this text in the open dialog.
fn choose_text(page: &Page, name: &str, text: &[u8]) {
    let path = page.profile().join(name);
    fs::write(&path, text).expect("the profile folder takes a file");
    page.choose_file("input#codebook-file", &path);
}

fn take_over(page: &Page) {
    page.click(&format!("{IMPORT} [data-action='take-over']"));
    page.wait_until_gone(IMPORT);
}

fn cancel(page: &Page) {
    page.click(&format!("{IMPORT} [data-action='cancel']"));
    page.wait_until_gone(IMPORT);
}

fn export(page: &Page, format: &str) -> crate::harness::Download {
    page.click(".codebook-tools [data-action='export-codebook']");
    page.wait_until_shown("dialog#codebook-export");
    let file = page.download(&format!("[data-action='{format}']"));
    page.wait_until_gone("dialog#codebook-export");
    file
}

/// Checks a dialog in both themes, also on a phone, and takes pictures of it.
fn check_dialog(page: &Page, what: &str) {
    for (width, height) in [(390, 844), (1440, 900)] {
        page.resize(width, height);
        page.check_nothing_sticks_out(&format!("{what} at {width}"));
        page.check_accessibility(&format!("{what} at {width}"));
        for theme in ["dark", "light"] {
            // The menu for it is behind the dialog.
            page.script("document.documentElement.dataset.theme = arguments[0]", &[json!(theme)]);
            page.screenshot(&format!("{}-{width}-{theme}", what.replace(' ', "-")));
        }
        page.script("delete document.documentElement.dataset.theme", &[]);
    }
}

/// What is behind the last point of a name.
fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |it| it.1)
}

fn names(file: &CodebookFile) -> Vec<&str> {
    file.tags.iter().map(|it| &*it.name).collect()
}

/// A tag with characters that mean something in some format.
const MORE: &str = "name,parent,definition,colour\r\n\
    Argument,,,\r\n\
    Claim & “<b>more</b>”,Argument,\"'=SUM(1), or é 😀\",\r\n";

/// The default tags and that one, as the tree shows them.
const ALL: [&str; 4] = ["Proposal 1 0", "Argument 2 0", "  Claim & “<b>more</b>” 0", "Prediction 3 0"];

pub(crate) fn a_codebook_is_exported_in_each_format(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    page.resize(1440, 900);
    open_view(page);
    page.drop_file("more.csv", MORE);
    page.wait_until_shown(IMPORT);
    wait_for_summary(page, "2 tags in the codebook: 1 new, 1 the same.");
    take_over(page);
    wait_for_tree(page, "the new tag", &ALL);
    page.click(".codebook-tools [data-action='export-codebook']");
    page.wait_until_shown("dialog#codebook-export");
    check_dialog(page, "codebook export");
    page.press(Key::Escape);
    page.wait_until_gone("dialog#codebook-export");

    let file = export(page, "codebook-json");
    assert!(file.name.starts_with("glossator-codebook-") && ending(&file.name) == "json", "{}", file.name);
    let own = parse_codebook_file(file.text.as_bytes()).expect("a codebook");
    assert_eq!(names(&own), ["Proposal", "Argument", "Claim & “<b>more</b>”", "Prediction"]);
    assert_eq!(own.tags[2].parent, Some(1));
    assert_eq!(&*own.tags[2].definition, "=SUM(1), or é 😀");
    let defaults = Codebook::default();
    let [proposal, argument, _] = defaults.tags() else { panic!("three tags") };
    for (tag, there) in [(proposal, &own.tags[0]), (argument, &own.tags[1])] {
        let tag = Tag { place: 0, ..Tag::clone(tag) };
        assert_eq!(there.as_tag(tag.id), tag, "everything is in the file");
    }

    let file = export(page, "codebook-qdc");
    assert!(ending(&file.name) == "qdc", "{}", file.name);
    let codes = parse_qdc(file.text.as_bytes()).expect("a REFI-QDA codebook");
    assert_eq!(codes.notes, []);
    let walked: Vec<(usize, &str)> = codes.tree.walk().map(|it| (it.0, it.1.name.as_str())).collect();
    assert_eq!(walked, [(0, "Proposal"), (0, "Argument"), (1, "Claim & “<b>more</b>”"), (0, "Prediction")]);
    assert_eq!(codes.tree.codes[0].color, Some(color_of_hue(proposal.hue)));
    assert_eq!(codes.tree.codes[1].children[0].description, "=SUM(1), or é 😀");

    let file = export(page, "codebook-csv");
    assert!(ending(&file.name) == "csv", "{}", file.name);
    let rows = parse_codebook_csv(file.text.as_bytes()).expect("a table");
    assert_eq!(rows.notes, []);
    let walked: Vec<(usize, &str)> = rows.tree.walk().map(|it| (it.0, it.1.name.as_str())).collect();
    assert_eq!(walked, [(0, "Proposal"), (0, "Argument"), (1, "Claim & “<b>more</b>”"), (0, "Prediction")]);

    // The same files change nothing here.
    for (name, text) in
        [("own.json", export(page, "codebook-json").text), ("again.qdc", export(page, "codebook-qdc").text)]
    {
        page.click(".codebook-tools [data-action='import-codebook']");
        choose_text(page, name, text.as_bytes());
        wait_for_summary(page, "Nothing would change: 4 the same.");
        assert!(page.truth("document.querySelector('[data-action=take-over]').disabled"));
        cancel(page);
    }
    page.move_to_new_origin(&[]);
    page.resize(1440, 900);
    // It is told by its first row, whatever it is called.
    page.drop_file("anything.txt", &file.text);
    page.wait_until_shown(IMPORT);
    wait_for_summary(page, "4 tags in the codebook: 1 new, 3 the same.");
    take_over(page);
    open_view(page);
    wait_for_tree(page, "the tree of the file", &ALL);
}

pub(crate) fn codebooks_of_other_programs_are_imported_by_mouse(page: &mut Page) {
    page.open();
    page.resize(1440, 900);
    open_view(page);
    page.click(".codebook-tools [data-action='import-codebook']");
    page.wait_until_shown(IMPORT);
    check_dialog(page, "codebook import");
    cancel_chooser(page);

    for (name, about, summary, first) in [
        (
            "taguette.qdc",
            "taguette.qdc. A REFI-QDA codebook, written by Taguette 1.5.1",
            "12 tags in the codebook: 12 new.",
            "housing | New",
        ),
        (
            "nvivo.qdc",
            "nvivo.qdc. A REFI-QDA codebook, written by NVivo 12 For Mac",
            "10 tags in the codebook: 10 new.",
            "Barriers | New",
        ),
        (
            "maxqda.qdc",
            "maxqda.qdc. A REFI-QDA codebook, written by MAXQDA 2022 (Release 22.4.0)",
            "10 tags in the codebook: 10 new.",
            "1 Wohnen | New",
        ),
        (
            "atlasti.qdc",
            "atlasti.qdc. A REFI-QDA codebook, written by ATLAS.ti Win 23.4.0",
            "9 tags in the codebook: 9 new.",
            "důvěra | New",
        ),
        (
            "qualcoder.qdc",
            "qualcoder.qdc. A REFI-QDA codebook, written by QualCoder",
            "10 tags in the codebook: 10 new.",
            "Unsorted & new | New",
        ),
        (
            "qualcoder-windows.qdc",
            "qualcoder-windows.qdc. A REFI-QDA codebook, written by QualCoder",
            "5 tags in the codebook: 5 new.",
            "Élèves | New",
        ),
    ] {
        choose_sample(page, name);
        page.wait_for("what it is", Some(about.to_owned()), || page.text_of(".codebook-source"));
        wait_for_summary(page, summary);
        assert_eq!(rows(page)[0], first, "{name}");
        if name == "atlasti.qdc" {
            assert!(notes(page).iter().any(|it| it.contains("the set")), "{:?}", notes(page));
            check_dialog(page, "codebook preview");
        }
        if name == "qualcoder-windows.qdc" {
            assert!(notes(page)[0].contains("read as Windows-1252"), "{:?}", notes(page));
        }
        take_over(page);
        let number: usize = summary.split(' ').next().and_then(|it| it.parse().ok()).expect("a number");
        wait_for_notice(page, &format!("Codebook taken over. Tags: {number} new."));
        page.wait_for("the tags", 3 + number, || page.count("#tag-tree [role=treeitem]"));
        page.click(".notice[data-kind='codebook-imported'] [data-action='undo']");
        wait_for_tree(page, "the default tags after one step back", &DEFAULT);
    }

    // The tree, colours and definitions.
    choose_sample(page, "nvivo.qdc");
    take_over(page);
    choose(page, "“No time”");
    page.wait_for("where it is", Some("Time & money".to_owned()), || {
        page.script("return document.querySelector('#tag-parent')?.selectedOptions[0]?.textContent.split(' › ').pop() ?? ''", &[])
            .as_str()
            .map(str::to_owned)
    });
    page.wait_for("its colour", json!("Red"), || {
        page.script("return document.querySelector('#tag-form [name=hue]:checked')?.value", &[])
    });
    choose(page, "Child care");
    page.wait_for("its definition", json!("First line.\n\nThird line, after an empty one."), || {
        page.script("return document.querySelector('#tag-definition').value", &[])
    });
    wait_for_status(page, "saved");
    page.reload();
    page.wait_for("the tags after a reload", 13, || page.count("#tag-tree [role=treeitem]"));
    // The same file again is the same codebook, and one in other words is mapped by name.
    choose_sample(page, "nvivo.qdc");
    wait_for_summary(page, "Nothing would change: 10 the same.");
    cancel(page);
}

fn cancel_chooser(page: &Page) {
    page.click(&format!("{IMPORT} [data-action='close']"));
    page.wait_until_gone(IMPORT);
}

const IN_OTHER_WORDS: &str = "name,parent,definition,colour\r\n\
    proposal,,Something to be done.,#0b62a4\r\n\
    Reason,,Why.,#236d2f\r\n\
    Fact,Reason,,\r\n";

pub(crate) fn each_tag_of_a_codebook_is_a_choice(page: &mut Page) {
    page.open();
    page.resize(1440, 900);
    page.open_article(&FIRST);
    tag_by_key(page, "radar in Gabala", "argument");
    // The normal Import button knows a codebook by its contents.
    page.import_text("words.csv", IN_OTHER_WORDS);
    page.wait_until_shown(IMPORT);
    wait_for_summary(page, "3 tags in the codebook: 2 new, 1 changed.");
    wait_for_rows(
        page,
        "what each becomes",
        &["proposal | Changed: other definition", "Reason | New", "Reason | Fact | New"],
    );
    page.choose_option(".file-tag:nth-child(2) select[name='fate']", "other");
    page.wait_until_shown(".file-tag:nth-child(2) select[name='same-as']");
    page.choose_option(".file-tag:nth-child(2) select[name='same-as']", "argument");
    wait_for_rows(
        page,
        "the choice",
        &[
            "proposal | Changed: other definition",
            "Reason | Changed: other definition, colour Green",
            "Reason | Fact | New",
        ],
    );
    page.choose_option(".file-tag:nth-child(1) select[name='fate']", "skip");
    wait_for_summary(page, "3 tags in the codebook: 1 new, 1 changed, 1 left out.");
    page.check_accessibility("the choices");
    take_over(page);
    wait_for_notice(page, "Codebook taken over. Tags: 1 new, 1 changed, 1 left out.");
    open_view(page);
    wait_for_tree(page, "the tree", &["Proposal 1 0", "Argument 2 1", "  Fact 0", "Prediction 3 0"]);
    choose(page, "Argument");
    page.wait_for("its definition", json!("Why."), || {
        page.script("return document.querySelector('#tag-definition').value", &[])
    });
    page.wait_for("its attributes", 2, || page.count(".attribute-toggle"));
    undo_all(page);
    wait_for_tree(page, "the default tags", &["Proposal 1 0", "Argument 2 0", "Prediction 3 0"]);
}

pub(crate) fn a_codebook_is_imported_by_keyboard(page: &mut Page) {
    page.open();
    page.resize(1440, 900);
    page.chord(&[Key::Control, Key::Char('k')]);
    page.wait_until_shown("dialog#palette");
    page.type_text("import a codebook");
    page.wait_for("the command", 1, || page.count("#palette-list [role='option']"));
    page.press(Key::Enter);
    page.wait_until_shown(IMPORT);
    // No driver can type into the system's window that chooses a file.
    tab_to(page, "[data-action='choose-codebook']", false);
    choose_text(page, "words.csv", IN_OTHER_WORDS.as_bytes());
    wait_for_summary(page, "3 tags in the codebook: 2 new, 1 changed.");
    tab_to(page, ".file-tag:nth-child(3) select[name='fate']", false);
    page.type_text("L");
    wait_for_summary(page, "3 tags in the codebook: 1 new, 1 changed, 1 left out.");
    tab_to(page, "[data-action='take-over']", false);
    page.press(Key::Enter);
    page.wait_until_gone(IMPORT);
    wait_for_notice(page, "Codebook taken over. Tags: 1 new, 1 changed, 1 left out.");
    page.press(Key::Char('b'));
    page.wait_until_shown("#tags");
    wait_for_tree(page, "the tree", &["Proposal 1 0", "Argument 2 0", "Prediction 3 0", "Reason 0"]);
    page.undo_by_key();
    wait_for_tree(page, "the tree before", &DEFAULT);
    // The preview works without a mouse also from the buttons of the view.
    tab_to(page, ".codebook-tools [data-action='ready-made']", true);
    page.press(Key::Enter);
    page.wait_until_shown("dialog#ready-made");
    page.press(Key::Escape);
    page.wait_until_gone("dialog#ready-made");
    wait_for_focus(page, ".codebook-tools [data-action='ready-made']");
}

fn use_ready_made(page: &Page, name: &str) {
    page.click(".codebook-tools [data-action='ready-made']");
    page.wait_until_shown("dialog#ready-made");
    page.click(&format!("[data-action='use-ready-made'][aria-label='Use {name}']"));
    page.wait_until_shown(IMPORT);
    page.wait_until_gone("dialog#ready-made");
}

pub(crate) fn ready_made_codebooks_replace_or_are_added(page: &mut Page) {
    page.open();
    page.resize(1440, 900);
    open_view(page);
    page.click(".codebook-tools [data-action='ready-made']");
    page.wait_until_shown("dialog#ready-made");
    let names = page
        .script("return [...document.querySelectorAll('.ready-made h3')].map((it) => it.textContent)", &[]);
    let all: Vec<String> = serde_json::from_value(names).expect("a list of names");
    assert_eq!(all.len(), 5, "{all:?}");
    assert!(page.text_of(".ready-made").is_some_and(|it| it.contains("Stab and Iryna Gurevych (2017)")));
    check_dialog(page, "ready made");
    page.press(Key::Escape);
    page.wait_until_gone("dialog#ready-made");

    // Nothing is annotated, so it replaces the tags, in one step.
    use_ready_made(page, "Claim and premise");
    wait_for_summary(page, "3 tags in the codebook: 3 new, 3 removed.");
    take_over(page);
    let claims = ["Major claim 1 0", "Claim 2 0", "Premise 3 0"];
    wait_for_tree(page, "the tags of the other codebook", &claims);
    page.click("[data-action='undo']");
    wait_for_tree(page, "the tags before", &DEFAULT);
    page.click("[data-action='redo']");
    wait_for_tree(page, "the tags of the other codebook again", &claims);
    page.click("[data-action='undo']");
    wait_for_tree(page, "the tags before again", &DEFAULT);

    // A used tag stays, and so does one that is only added to.
    open_text(page);
    page.open_article(&FIRST);
    tag_by_key(page, "radar in Gabala", "argument");
    open_view(page);
    use_ready_made(page, "Claim and premise");
    wait_for_summary(page, "3 tags in the codebook: 3 new.");
    wait_for_rows(
        page,
        "keys that are taken",
        &[
            "Major claim | New: without the key 1, which another tag has",
            "Claim | New: without the key 2, which another tag has",
            "Premise | New: without the key 3, which another tag has",
        ],
    );
    page.click(&format!("{IMPORT} [name='replace']"));
    wait_for_summary(page, "3 tags in the codebook: 3 new, 2 removed.");
    take_over(page);
    wait_for_tree(page, "the used tag stays", &["Argument 2 1", "Major claim 1 0", "Claim 0", "Premise 3 0"]);
    open_text(page);
    page.wait_for("its annotation", Some("Argument".to_owned()), || page.text_of(".card .chip"));
    open_view(page);
    page.click("[data-action='undo']");
    wait_for_tree(page, "the tags before", &["Proposal 1 0", "Argument 2 1", "Prediction 3 0"]);
    use_ready_made(page, "Toulmin’s model");
    take_over(page);
    page.wait_for("tags beside the others", true, || page.count("#tag-tree [role=treeitem]") > 6);
    wait_for_status(page, "saved");
}

pub(crate) fn a_bad_codebook_is_refused_or_read_in_part(page: &mut Page) {
    page.open();
    page.resize(1440, 900);
    open_view(page);
    page.click(".codebook-tools [data-action='import-codebook']");
    page.wait_until_shown(IMPORT);
    let stored = page.stored();
    for (name, text, words) in [
        (
            "broken.qdc",
            fs::read(sample("bad-broken.qdc")).expect("a sample"),
            "“broken.qdc”: the file is not a codebook in XML, or damaged",
        ),
        (
            "bomb.qdc",
            fs::read(sample("bad-entity-bomb.qdc")).expect("a sample"),
            "“bomb.qdc”: the file is not a codebook in XML",
        ),
        (
            "cut.json",
            b"{\"format\": \"glossator-codebook\",".to_vec(),
            "“cut.json”: the file is not JSON, or damaged: syntax error at line 1",
        ),
        (
            "newer.json",
            json!({ "format": "glossator-codebook", "version": 2, "tags": [] }).to_string().into(),
            "uses version 2",
        ),
        ("other.csv", b"a,b\n1,2\n".to_vec(), "one of them “name”; found “a”, “b”"),
        ("empty.csv", Vec::new(), "“empty.csv”: the file"),
    ] {
        choose_text(page, name, &text);
        page.wait_until(&format!("why {name} is refused"), || {
            page.text_of(&format!("{IMPORT} [role='alert']"))
                .is_some_and(|it| it.contains(words) && it.ends_with("Your codebook is unchanged."))
        });
    }
    check_dialog(page, "codebook refused");
    assert_eq!(page.stored(), stored, "bad files change nothing");

    let tag = |id: &str, hue: &str| {
        json!({ "id": id, "name": id.to_uppercase(), "definition": "", "examples": [], "counterexamples": [],
                "hue": hue, "line": "solid", "attributes": [] })
    };
    let file = json!({ "format": "glossator-codebook", "version": 1, "name": "Half", "description": "",
                       "tags": [tag("good", "blue"), tag("bad", "pink")] });
    choose_text(page, "half.json", file.to_string().as_bytes());
    wait_for_summary(page, "1 tag in the codebook: 1 new.");
    assert_eq!(
        notes(page),
        [
            "tag 2 (“BAD”): the field “hue” should be the name of a colour, found the text “pink”; the tag is left out"
        ]
    );
    take_over(page);
    let [one, two, three] = DEFAULT;
    wait_for_tree(page, "the good tag", &[one, two, three, "GOOD 0"]);

    // Many tags.
    let rows: Vec<String> = (1..=500).map(|it| format!("Tag {it},,Definition {it},\r\n")).collect();
    let rows = rows.concat();
    page.click(".codebook-tools [data-action='import-codebook']");
    choose_text(page, "many.csv", format!("name,parent,definition,colour\r\n{rows}").as_bytes());
    wait_for_summary(page, "500 tags in the codebook: 500 new.");
    page.wait_for("the first rows", 100, || page.count(".file-tag"));
    page.screenshot("codebook-preview-500");
    page.click("[data-action='list-all']");
    page.wait_for("all rows", 500, || page.count(".file-tag"));
    take_over(page);
    page.wait_until("all tags", || page.count("#tag-tree [role=treeitem]") >= 504);
    page.click("[data-action='undo']");
    wait_for_tree(page, "the tags before", &[one, two, three, "GOOD 0"]);
}

pub(crate) fn unknown_tags_of_an_import_are_offered(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    page.resize(1440, 900);
    page.open_article(&FIRST);
    let barrier = json!({
        "id": "barrier", "name": "Barrier", "definition": "What keeps people out.", "examples": [],
        "counterexamples": [], "hue": "teal", "line": "double", "key": "7", "attributes": [],
    });
    let codebook = json!({ "format": "glossator-codebook", "version": 1, "name": "Barriers", "description": "",
                           "tags": [barrier] });
    page.drop_file("barriers.json", &codebook.to_string());
    page.wait_until_shown(IMPORT);
    wait_for_summary(page, "1 tag in the codebook: 1 new.");
    take_over(page);
    open_view(page);
    wait_for_tree(page, "the tag", &["Proposal 1 0", "Argument 2 0", "Prediction 3 0", "Barrier 7 0"]);
    open_text(page);
    page.select("radar in Gabala");
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('7'));
    page.wait_until("its highlight", || page.marks().iter().any(|it| it.text == "radar in Gabala"));
    page.press(Key::Escape);
    page.select("the moment it looks like");
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('2'));
    page.wait_until("the other highlight", || page.marks().len() >= 2);
    let file = page.export_all();
    let mut foreign = file.json();
    let unknown =
        foreign["annotations"].as_array().expect("a list").iter().find(|it| it["tag"] != json!("argument"));
    let mut unknown = unknown.expect("an annotation with the new tag").clone();
    unknown["id"] = json!(crate::harness::records::made_up_id(7));
    unknown["tag"] = json!("undescribed");
    foreign["annotations"].as_array_mut().expect("a list").push(unknown);

    page.move_to_new_origin(&[]);
    page.resize(1440, 900);
    page.open_article(&FIRST);
    page.import_text("export.json", &foreign.to_string());
    page.wait_until_shown("dialog#import-report");
    let offered = || -> Vec<String> {
        let all = page.script(
            "return [...document.querySelectorAll('.unknown-tags li')].map((it) => it.textContent)",
            &[],
        );
        serde_json::from_value(all).expect("a list of texts")
    };
    page.wait_for(
        "the tags that are not here",
        vec![
            "Barrier (1 annotation)What keeps people out.".to_owned(),
            "undescribed (1 annotation)".to_owned(),
        ],
        offered,
    );
    check_dialog(page, "unknown tags");
    assert_eq!(page.marks().len(), 0, "nothing is imported until the person decides");
    page.wait_for("the offer", Some("Add 2 tags and import".to_owned()), || {
        page.text_of("[data-action='add-unknown-tags']")
    });
    page.click(".unknown-tags li:nth-child(2) input");
    page.wait_for("the offer", Some("Add the tag “Barrier” and import".to_owned()), || {
        page.text_of("[data-action='add-unknown-tags']")
    });
    page.click("[data-action='add-unknown-tags']");
    // The other tag is still unknown.
    page.wait_until("the rest", || offered() == ["undescribed (1 annotation)"]);
    page.click("dialog#import-report [data-action='import-good']");
    page.wait_until_gone("dialog#import-report");
    page.wait_until("its highlight", || page.marks().iter().any(|it| it.text == "radar in Gabala"));
    let notice = ".notice[data-kind='imported']";
    page.wait_until("what was added", || {
        page.text_of(notice)
            .is_some_and(|it| it.contains("1 tag added or changed. 2 annotations in the file: 2 new."))
    });
    open_view(page);
    wait_for_tree(
        page,
        "the tag with its annotation",
        &["Proposal 1 0", "Argument 2 1", "Prediction 3 0", "Barrier 1"],
    );
    choose(page, "Barrier");
    let look: Value =
        page.script("return document.querySelector('#tag-form [name=hue]:checked')?.value", &[]);
    assert_eq!(look, json!("Teal"));
    wait_for_status(page, "saved");
    page.reload();
    wait_for_tree(page, "after a reload", &["Proposal 1 0", "Argument 2 1", "Prediction 3 0", "Barrier 1"]);
    page.click("[data-action='undo']");
    wait_for_tree(page, "before the import", &DEFAULT);
    open_text(page);
    page.wait_for("no highlight", 0, || page.marks().len());
}
