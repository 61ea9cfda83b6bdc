//! No data leaves the page, no foreign code runs in it, and text from outside is never interpreted as markup or code.

use serde_json::{Value, json};

use crate::{
    actions::{focus_card, key_of, tag_by_key, wait_for_tag, wait_until_drawn, write_note},
    harness::{
        Key, Page, RECORD_DOWNLOADS, another_host,
        records::{Annotation, FIRST, KEY, SECOND, made_up_id},
    },
    injection, own_articles,
};

const RECORD_REQUESTS: &str = include_str!("harness/scripts/record-requests.js");
const ATTACK: &str = include_str!("harness/scripts/attack.js");
pub(crate) const FIND_INJECTED: &str = include_str!("harness/scripts/find-injected.js");

/// One payload per line. Lines that begin with `# ` are comments.
const CORPUS: &str = include_str!("corpus/markup.txt");

const REPORT: &str = "dialog#import-report";

pub(crate) fn no_data_leaves_the_page(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS, RECORD_REQUESTS]);
    work(page);
    check_requests(page);
    page.reload();
    page.open_article(&FIRST);
    page.press(Key::Char('?'));
    page.wait_until_shown("dialog#keys");
    check_requests(page);

    let host = page.address().trim_start_matches("http://").split('/').next().unwrap_or_default().to_owned();
    let folder = page.address().trim_start_matches(&format!("http://{host}")).to_owned();
    for request in page.requests() {
        let name = request.path.strip_prefix(&folder).unwrap_or(&request.path);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let own = match extension {
            "" => name.is_empty(),
            "js" => {
                ["glimpse", "rescue", "start", "injected"].contains(&stem) || stem.starts_with("glossator-")
            }
            "css" | "wasm" => stem.starts_with("glossator-"),
            "svg" => stem.starts_with("icon-"),
            // Browsers request this one by themselves.
            _ => name == "/favicon.ico",
        };
        assert!(own, "{request:?} is not for a file of the page");
        assert_eq!((request.method.as_str(), request.host.as_str()), ("GET", host.as_str()), "{request:?}");
    }
}

/// A session with most things that a person can do.
fn work(page: &Page) {
    page.open_article(&SECOND);
    page.open_article(&FIRST);
    let one = tag_by_key(page, "radar in Gabala", "proposal");
    let two = tag_by_key(page, "two presidents", "argument");
    write_note(page, &one, "said");
    focus_card(page, &two);
    page.press(key_of("prediction"));
    wait_for_tag(page, &two, "prediction");
    page.undo_by_key();
    wait_for_tag(page, &two, "argument");
    page.redo_by_key();
    wait_for_tag(page, &two, "prediction");
    page.press(Key::Delete);
    wait_until_drawn(page, &[&one]);
    let file = page.export_all();
    page.export_article();
    page.import_text("again.json", &file.text);
    page.wait_until_shown(".notice[data-kind='imported']");
    page.drop_file("bad.json", "no export");
    page.wait_until_shown(REPORT);
    page.click(&format!("{REPORT} button[data-action='cancel']"));
    page.wait_until_gone(REPORT);
    for theme in ["dark", "light", "system"] {
        page.theme(theme);
    }
}

/// Checks that the page requested only its own program, and that the policy refused nothing.
fn check_requests(page: &Page) {
    assert_eq!(
        page.script("return window.refused", &[]),
        json!([]),
        "the policy refuses nothing of the page's own"
    );
    let requested = page.script("return window.asked", &[]);
    let requested: Vec<&str> = requested.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert!(
        matches!(requested[..], [main, lazy] if main.contains("_bg.wasm") && lazy.contains("_lazy.wasm")),
        "the page requests only the modules of its program: {requested:?}"
    );
    let own = format!("fetch {}", page.address());
    assert!(requested.iter().all(|it| it.starts_with(&own)), "{requested:?}");
    let loaded = page.script("return performance.getEntriesByType('resource').map(({ name }) => name)", &[]);
    let loaded: Vec<&str> = loaded.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert!(loaded.len() >= 4, "the browser lists what it loaded: {loaded:?}");
    for address in loaded {
        assert!(address.starts_with(&page.address()), "{address} was loaded, which is not the page's own");
    }
}

pub(crate) fn the_security_policy_refuses_foreign_code(page: &mut Page) {
    let other = another_host();
    page.open_with(&[RECORD_REQUESTS, ATTACK]);
    page.open_article(&FIRST);
    // In a task of its own, since a driver may disable the policy for a script that it runs.
    page.script("setTimeout(window.attack, 0, arguments[0])", &[json!(other.address())]);
    for directive in ["connect-src", "img-src", "style-src", "script-src", "frame-src", "base-uri"] {
        page.wait_until(&format!("{directive} is enforced"), || {
            let refused = page.script("return window.refused", &[]);
            refused
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .any(|it| it.starts_with(directive))
        });
    }
    assert_eq!(page.script("return window.ran", &[]), json!([]), "no foreign script ran");
    let style = "return getComputedStyle(document.body).getPropertyValue('--attack')";
    assert_eq!(page.script(style, &[]), json!(""), "no foreign style applies");
    assert_eq!(page.script("return document.baseURI", &[]), json!(page.address()));
    assert_eq!(other.requests(), [], "no request reached another host");
    // The page still works.
    tag_by_key(page, "radar in Gabala", "proposal");
}

/// Brings payloads into the page by one path. A new path by which text from outside can reach the page belongs in
/// [`PATHS`].
type Path = fn(&Page, &[String]);

const PATHS: &[(&str, Path)] = &[
    ("the address", by_the_address),
    ("own texts", by_own_texts),
    ("web pages", by_web_pages),
    ("messages and events", by_messages),
    ("reports on bad files", by_bad_files),
    ("reports on bad annotations", by_bad_annotations),
    ("codebooks of files", injection::by_codebooks),
    ("notes and unknown fields of a file", by_notes_of_a_file),
    ("attributes of a file", injection::by_attributes),
    ("typed notes", by_typed_notes),
    ("names of tags", injection::by_names_of_tags),
    ("names and definitions of tags", injection::by_tags),
    ("drafts", injection::by_drafts),
    ("steps of the history", injection::by_history),
    ("occurrences of the same words", injection::by_occurrences),
    ("search words", by_searching),
    ("stored settings", by_settings),
    ("stored items and their keys", by_stored_items),
    ("a backup", by_a_backup),
    ("other tabs", by_other_tabs),
    ("the crash page", by_the_crash_page),
];

pub(crate) fn markup_in_data_is_never_interpreted(page: &mut Page) {
    let payloads = payloads();
    assert!(payloads.len() > 100, "{} payloads", payloads.len());
    page.open_with(&[RECORD_DOWNLOADS]);
    page.open_article(&FIRST);
    for (path, inject) in PATHS {
        inject(page, &payloads);
        let found = page.script(FIND_INJECTED, &[]);
        assert_eq!(found, json!([]), "by {path}, a text became markup");
        assert_eq!(page.missing_files(), [""; 0], "by {path}, a text loaded something");
    }
}

fn payloads() -> Vec<String> {
    let lines = CORPUS.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines.map(decoded).collect()
}

/// A line of the corpus, with the characters in place of their `\u{...}`.
fn decoded(line: &str) -> String {
    let mut pieces = line.split("\\u{");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (code, rest) = piece.split_once('}').expect("`\\u{` is followed by `}`");
        let code = u32::from_str_radix(code, 16).expect("a code in hexadecimal");
        text.push(char::from_u32(code).expect("a code of a character"));
        text.push_str(rest);
    }
    text
}

fn by_the_address(page: &Page, payloads: &[String]) {
    page.script(
        // WebKit allows at most a hundred changes of the address in ten seconds.
        "for (const [place, text] of arguments[0].entries()) { \
           window.name = text; \
           if (place % 4 === 0) location.hash = text; \
           if (place % 4 === 2) location.hash = `#/a/${encodeURIComponent(text)}/${text}`; \
         } \
         history.replaceState(null, '', location.pathname + '?' + encodeURIComponent(arguments[0].join(' ')))",
        &[json!(payloads)],
    );
}

fn by_own_texts(page: &Page, payloads: &[String]) {
    // A form field normalizes line ends, and accepts no null character.
    let text = payloads.join("\n").replace(['\0', '\r'], "");
    own_articles::add(page, &text, &payloads[0]);
    assert_eq!(page.text_of("#title").as_ref(), Some(&payloads[0]), "the title is text");
    page.undo_by_key();
    page.open_article(&FIRST);
}

fn by_web_pages(page: &Page, payloads: &[String]) {
    // A file with control characters is refused, since it is not a text.
    let payloads: Vec<String> = payloads.iter().map(|it| it.replace(|c: char| c < ' ', "")).collect();
    for (number, some) in payloads.chunks(20).enumerate() {
        let words = format!("Page number {number}");
        let markup = format!("<!doctype html><title>{words}</title><p>{words}</p>{}", some.join("\n<p>"));
        page.import_text(&format!("page{number}.html"), &markup);
        page.wait_for("the page's title", Some(words.clone()), || page.text_of("#title"));
        page.wait_until("its words are there", || {
            page.text_of("#text").is_some_and(|it| it.starts_with(&words))
        });
        page.undo_by_key();
        page.wait_until("it is gone", || page.text_of("#title").as_ref() != Some(&words));
    }
    page.open_article(&FIRST);
}

fn by_messages(page: &Page, payloads: &[String]) {
    page.script(
        "for (const text of arguments[0]) { \
           postMessage(text, '*'); \
           for (const key of [text, arguments[1] + text, 'glossator:view', null]) { \
             dispatchEvent(new StorageEvent('storage', { key, newValue: text, storageArea: localStorage })); \
           } \
         }",
        &[json!(payloads), json!(KEY)],
    );
}

fn by_bad_files(page: &Page, payloads: &[String]) {
    let file = |fields: Value| fields.to_string();
    let kinds: [fn(&str) -> Value; 4] = [
        |text| json!(text),
        |text| json!({ "format": text }),
        |text| json!({ text: text }),
        |text| json!({ "format": "glossator", "version": 1, "offsetUnit": text, "annotations": [] }),
    ];
    for (number, kind) in kinds.iter().enumerate() {
        let some = share_of(payloads, number, 2);
        let files: Vec<(&str, String)> = some.iter().map(|text| (text.as_str(), file(kind(text)))).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        page.drop_files(&files);
        check_report(page, &some);
    }
}

/// Every `of`-th payload: all of them over as many numbers. A report lists at most a hundred problems.
fn share_of(payloads: &[String], number: usize, of: usize) -> Vec<String> {
    payloads.iter().skip(number % of).step_by(of).cloned().collect()
}

/// Checks that the report shows the beginning of each payload as it is, and closes it.
fn check_report(page: &Page, payloads: &[String]) {
    page.wait_until_shown(REPORT);
    page.wait_for("a problem for each", payloads.len(), || page.count(&format!("{REPORT} .problem")));
    let told = page.text_of(REPORT).unwrap_or_default();
    for text in payloads {
        let beginning: String = text.chars().take(40).collect();
        assert!(told.contains(&beginning), "the report shows {beginning:?} as it is: {told}");
    }
    assert_eq!(page.script(FIND_INJECTED, &[]), json!([]), "a report is text");
    page.click(&format!("{REPORT} button[data-action='cancel']"));
    page.wait_until_gone(REPORT);
}

fn by_bad_annotations(page: &Page, payloads: &[String]) {
    let good = tag_by_key(page, "two presidents", "proposal");
    let whole = page.export_all().json();
    let fields = ["id", "document", "tag", "start", "end", "quote", "created", "modified", "note", "version"];
    for (place, field) in fields.into_iter().enumerate() {
        let some = share_of(payloads, place, 3);
        let annotations = some.iter().zip(1..).map(|(text, number)| {
            let mut record = good.record.clone();
            record["id"] = json!(made_up_id(number));
            record[field] = if field == "note" { json!([text]) } else { json!(text) };
            record
        });
        let mut file = whole.clone();
        file["annotations"] = annotations.collect();
        page.drop_file(&format!("{field}.json"), &file.to_string());
        match field {
            // For a value that is neither a text nor a number, the report says only its kind.
            "note" => check_report(page, &vec![String::new(); some.len()]),
            _ => check_report(page, &some),
        }
    }
    page.press(Key::Delete);
    page.wait_for("the margin", 0, || page.cards().len());
}

fn by_notes_of_a_file(page: &Page, payloads: &[String]) {
    let good = tag_by_key(page, "two presidents", "proposal");
    let mut file = page.export_all().json();
    let annotations = payloads.iter().zip(1..).map(|(text, number)| {
        let mut record = good.record.clone();
        record["id"] = json!(made_up_id(number));
        for field in ["note", "prefix", "suffix", text] {
            record[field] = json!(text);
        }
        record
    });
    file["annotations"] = annotations.collect();
    file["codebook"] = json!([{ "tag": payloads, "name": payloads, "definition": payloads }]);
    file["documents"] = payloads.iter().map(|it| json!({ "id": it, "title": it, "source": it })).collect();
    for text in payloads {
        file[text.as_str()] = json!(text);
    }
    // No payload is the name of a field of the format.
    file["generator"] = json!(payloads[0]);
    page.drop_file("notes.json", &file.to_string());
    page.wait_for("every annotation", payloads.len() + 1, || page.annotations().len());

    let mut wanted = payloads.to_vec();
    wanted.sort();
    page.wait_for("the notes on the cards, as they are", wanted.clone(), || {
        let notes = page.script(
            "return [...document.querySelectorAll('#cards .card-note')].map((note) => note.textContent)",
            &[],
        );
        let mut notes: Vec<String> = serde_json::from_value(notes).expect("texts");
        notes.sort();
        notes
    });
    let mut exported: Vec<String> =
        page.export_all().annotations().into_iter().map(|it| it.note).filter(|it| !it.is_empty()).collect();
    exported.sort();
    assert_eq!(exported, wanted, "the export has every note as it is");

    // A note is text in its field too, and showing it there changes nothing.
    for kept in
        page.annotations().iter().filter(|it| it.note.contains("</textarea>")).collect::<Vec<&Annotation>>()
    {
        page.script(
            "document.querySelector(arguments[0]).click()",
            &[json!(format!("#margin .card[data-id='{}'] .card-face", kept.id))],
        );
        page.wait_for("the note in its field", json!(kept.note), || {
            page.script("return document.querySelector('textarea[name=note]')?.value ?? null", &[])
        });
    }
    page.undo_by_key();
    page.wait_for("what was there before", 1, || page.annotations().len());
}

fn by_typed_notes(page: &Page, payloads: &[String]) {
    let annotation = page.annotations().remove(0);
    let plain = |text: &&String| text.chars().all(|it| matches!(it, ' '..='~'));
    let some = payloads.iter().filter(plain).step_by(25);
    for text in some {
        write_note(page, &annotation, text);
        page.press(Key::Escape);
        page.wait_for("the note on its card", Some(text.clone()), || page.text_of("#cards .card-note"));
        page.undo_by_key();
        page.wait_for("no note", 0, || page.count("#cards .card-note"));
    }
}

/// In the texts, and in the table, whose rows contain the notes.
fn by_searching(page: &Page, payloads: &[String]) {
    let enter = "const field = document.querySelector(arguments[0]); \
         for (const text of arguments[1]) { \
           field.value = text; field.dispatchEvent(new InputEvent('input', { bubbles: true })); \
         }";
    page.press(Key::Char('/'));
    page.wait_until_shown("#search-words");
    page.script(enter, &[json!("#search-words"), json!(payloads)]);
    page.press(Key::Escape);
    page.wait_until_gone("#search");
    page.press(Key::Char('t'));
    // The filters are rendered a frame after the rows.
    page.wait_until_shown("input[name='filter-words']");
    page.script(enter, &[json!("input[name='filter-words']"), json!(payloads)]);
    page.script(enter, &[json!("input[name='filter-words']"), json!([""])]);
    page.wait_until("the rows are there", || page.count(".table-line") > 0);
    page.press(Key::Escape);
    page.wait_until_gone("#table");
}

fn by_settings(page: &Page, payloads: &[String]) {
    let mut every = json!({ "theme": payloads[0], "size": payloads[0] });
    for text in payloads {
        every[text.as_str()] = json!(text);
    }
    for stored in [payloads[0].clone(), every.to_string()] {
        page.store("glossator:view", &stored);
        page.reload();
        assert_eq!(page.attribute("html", "data-theme"), None, "{stored:?} names no theme");
    }
}

fn by_stored_items(page: &Page, payloads: &[String]) {
    let good = page.annotations().remove(0);
    let mut items = Vec::new();
    for (text, number) in payloads.iter().zip(1..) {
        let mut record = good.record.clone();
        record["v"] = json!(1);
        record["id"] = json!(made_up_id(number));
        record["tag"] = json!(text);
        // Some browsers truncate keys at a null character.
        let key = text.replace('\0', "0");
        items.extend([
            (format!("{KEY}{key}"), text.clone()),
            (format!("{KEY}{}", made_up_id(number)), record.to_string()),
            (format!("glossator:aside:{key}"), text.clone()),
            (key, text.clone()),
        ]);
    }
    page.script("for (const [key, value] of arguments[0]) localStorage.setItem(key, value)", &[json!(items)]);
    page.reload();
    page.open_article(&FIRST);
    page.wait_until_shown(".notice[data-kind='set-aside']");
    let file =
        page.download(".notice[data-kind='set-aside'] button[data-action='download-set-aside']").json();
    let told: Vec<&str> = file.as_object().into_iter().flatten().filter_map(|(_, it)| it.as_str()).collect();
    let (ours, others): (Vec<_>, Vec<_>) =
        items.into_iter().partition(|(key, _): &(String, String)| key.starts_with("glossator:"));
    let stored = page.stored();
    for item in ours {
        // An annotation stays where it is if its tag may arrive later.
        let is_kept = told.contains(&item.1.as_str()) || stored.contains(&item);
        assert!(is_kept, "the item of {:?} is set aside unchanged, or stays where it is", item.0);
    }
    let kept = "return arguments[0].map(([key]) => [key, localStorage.getItem(key)])";
    assert_eq!(page.script(kept, &[json!(others)]), json!(others), "items of other pages stay unchanged");
}

fn by_a_backup(page: &Page, payloads: &[String]) {
    let items: Vec<Value> = payloads
        .iter()
        .flat_map(|text| {
            [format!("{KEY}{text}"), format!("glossator:aside:{text}"), text.clone()]
                .map(|key| json!([key, text]))
        })
        .chain([json!(["glossator:view", payloads[0]])])
        .collect();
    let file = json!({
        "format": "glossator-backup", "version": 1, "created": payloads[0], "generator": payloads[0], "items": items,
    });
    page.import_text("backup.json", &file.to_string());
    page.wait_until_shown("dialog#restore");
    page.click("dialog#restore button[data-action='restore-now']");
    page.wait_until_gone("dialog#restore");
    page.click("#status button[data-action='storage']");
    page.wait_until_shown("dialog#storage");
    page.wait_for("what was set aside, as far as it is listed", 100, || page.count(".aside-item"));
    page.click("dialog#storage button[data-action='close']");
    page.wait_until_gone("dialog#storage");
}

fn by_other_tabs(page: &Page, payloads: &[String]) {
    let messages: Vec<Value> = payloads
        .iter()
        .flat_map(|text| {
            [
                json!(text),
                json!([text]),
                json!(["items", [[format!("{KEY}{text}"), text], [text, text], text]]),
            ]
        })
        .collect();
    page.script(
        "const others = new BroadcastChannel('glossator'); arguments[0].forEach((it) => others.postMessage(it)); \
         setTimeout(() => others.close(), 1000)",
        &[json!(messages)],
    );
}

fn by_the_crash_page(page: &Page, payloads: &[String]) {
    // As if the program had crashed before it set these aside.
    let items: Vec<(String, &String)> =
        payloads.iter().map(|it| (format!("{KEY}{}", it.replace('\0', "0")), it)).collect();
    page.script("for (const [key, value] of arguments[0]) localStorage.setItem(key, value)", &[json!(items)]);
    let detail: String = payloads.concat().chars().take(250).collect();
    page.script("window.glossatorStopped(arguments[0])", &[json!(detail)]);
    page.wait_until_shown("#crash");
    assert_eq!(page.text_of("#crash-detail"), Some(detail));
    let file = page.download("#crash button[data-action='rescue']").json();
    let saved: Vec<&Value> = file["items"].as_array().into_iter().flatten().map(|it| &it[1]).collect();
    for text in payloads {
        assert!(saved.contains(&&json!(text)), "the rescued file has {text:?}");
    }
}

/// A program that cannot start is reported, and the stored work can still be saved to a file.
pub(crate) fn a_failed_start_is_reported(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let kept = tag_by_key(page, "two presidents", "proposal");
    for broken in [
        "delete window.WebAssembly",
        "WebAssembly.instantiateStreaming = WebAssembly.instantiate = async () => { throw new Error('broken by the test'); }",
    ] {
        page.load_with(&[RECORD_DOWNLOADS, broken]);
        page.wait_until_shown("#crash");
        assert_eq!(page.text_of("#crash-title").as_deref(), Some("Glossator could not start"), "{broken}");
        let file = page.download("#crash button[data-action='rescue']");
        assert!(file.text.contains(&kept.id), "the rescued file has the stored work: {}", file.text);
    }
}
