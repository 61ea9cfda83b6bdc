//! More paths by which text from outside reaches the page: attributes, tags, drafts, the history and occurrences.

use serde_json::{Value, json};

use crate::{
    annotating::wait_for_field,
    harness::{
        Key, Page,
        records::{FIRST, made_up_id},
    },
    own_articles, picker,
    security::FIND_INJECTED,
    storage::wait_for_status,
};

pub(crate) fn by_attributes(page: &Page, payloads: &[String]) {
    let good = page.annotations().remove(0);
    let mut file = page.export_all().json();
    let annotations = payloads.iter().zip(1..).map(|(text, number)| {
        let mut record = good.record.clone();
        record["id"] = json!(made_up_id(number + 1_000));
        record["tag"] = json!("proposal");
        record["attributes"] = json!({ "actor": text });
        record
    });
    file["annotations"] = annotations.collect();
    page.drop_file("attributes.json", &file.to_string());
    page.wait_for("every annotation", payloads.len() + 1, || page.annotations().len());
    let mut wanted = payloads.to_vec();
    wanted.sort();
    page.wait_for("the attributes on the cards, as they are", wanted, || {
        let shown = page.script(
            "return [...document.querySelectorAll('#cards .card-attributes')].map((it) => it.textContent)",
            &[],
        );
        let mut shown: Vec<String> = serde_json::from_value(shown).expect("texts");
        shown.sort();
        shown
    });
    let quoted =
        payloads.iter().zip(1..).find(|(text, _)| text.contains("\">")).expect("one that ends an attribute");
    page.script(
        "document.querySelector(arguments[0]).click()",
        &[json!(format!("#margin .card[data-id='{}'] .card-face", made_up_id(quoted.1 + 1_000)))],
    );
    page.wait_for("the attribute in its field", json!(quoted.0), || {
        page.script("return document.querySelector('#attribute-actor')?.value ?? null", &[])
    });
    page.press(Key::Escape);
    page.press(Key::Char('t'));
    page.wait_until_shown("#table");
    page.wait_until("the rows are there", || page.count(".table-line") > 0);
    page.press(Key::Escape);
    page.wait_until_gone("#table");
    page.undo_by_key();
    page.wait_for("what was there before", 1, || page.annotations().len());
}

pub(crate) fn by_names_of_tags(page: &Page, payloads: &[String]) {
    let before = page.annotations().len();
    // A field has no line ends, and names have no space around them.
    let names =
        payloads.iter().map(|it| it.trim()).filter(|it| it.contains('<') && !it.contains(char::is_control));
    let names: Vec<&str> = names.take(5).collect();
    assert_eq!(names.len(), 5);
    for name in &names {
        page.select("act on it");
        page.wait_until_shown("#selection-bar");
        page.press(Key::Char('g'));
        picker::wait_for_field(page);
        page.type_text(name);
        page.wait_for("what is offered", format!("New tag “{name}”"), || {
            page.text_of("#pick-new .picker-name").unwrap_or_default()
        });
        page.press(Key::Enter);
        page.wait_until("the name on the card", || {
            page.text_of("#cards .card.focused .chip").is_some_and(|it| it.trim() == *name)
        });
    }
    for _ in &names {
        page.undo_by_key();
    }
    page.wait_for("what was there before", before, || page.annotations().len());
}

/// Types each payload as the name of a tag, and all of them as its definition.
/// Codebooks are shown before they are taken over, with names and reports on what is wrong.
pub(crate) fn by_codebooks(page: &Page, payloads: &[String]) {
    let tags: Vec<Value> = payloads
        .iter()
        .zip(1..)
        .map(|(text, number)| {
            json!({ "id": format!("tag-{number}"), "name": text, "definition": text, "examples": [text],
                    "counterexamples": [], "hue": if number % 5 == 0 { text } else { "blue" }, "line": "solid",
                    "attributes": [] })
        })
        .collect();
    let file = json!({ "format": "glossator-codebook", "version": 1, "name": payloads[0], "description": "",
                       "tags": tags });
    page.drop_file("codebook.json", &file.to_string());
    page.wait_until_shown("dialog#codebook-import .file-tags");
    if page.count("[data-action='list-all']") > 0 {
        page.click("[data-action='list-all']");
    }
    let shown = || {
        let all = page
            .script("return [...document.querySelectorAll('.file-tag b')].map((it) => it.textContent)", &[]);
        serde_json::from_value::<Vec<String>>(all).expect("a list of names")
    };
    let is_named = |it: &&String| !it.trim().is_empty();
    let wanted: Vec<String> = payloads
        .iter()
        .zip(1..)
        .filter(|it| it.1 % 5 != 0)
        .map(|it| it.0)
        .filter(is_named)
        .cloned()
        .collect();
    page.wait_for("the names as they are", wanted, shown);
    let found = page.script(FIND_INJECTED, &[]);
    assert_eq!(found, json!([]), "by a codebook, a text became markup");
    page.click("dialog#codebook-import [data-action='cancel']");
    page.wait_until_gone("dialog#codebook-import");
}

pub(crate) fn by_tags(page: &Page, payloads: &[String]) {
    let rows = || page.count("#tag-tree [role=treeitem]");
    page.press(Key::Escape);
    page.press(Key::Char('b'));
    page.wait_until_shown("#tags");
    let before = rows();
    page.click("[data-action='new-tag']");
    page.wait_for("the new tag", before + 1, rows);
    page.wait_until("its name is to be typed", || page.truth("document.activeElement.id === 'tag-name'"));
    page.script_awaited(
        "const frame = () => new Promise(requestAnimationFrame); \
         const type = async (id, text) => { \
           const field = document.getElementById(id); \
           field.value = text; \
           field.dispatchEvent(new InputEvent('input', { bubbles: true })); \
           await frame(); \
           await frame(); \
         }; \
         await type('tag-definition', arguments[0].join('\\n')); \
         for (const text of arguments[0]) await type('tag-name', text); \
         await type('tag-name', '<img src=x onerror=alert(1)>')",
        &[json!(payloads)],
    );
    page.wait_for("the name as it is", Some("<img src=x onerror=alert(1)>".to_owned()), || {
        page.text_of("#tag-tree [aria-selected='true'] .tag-row-name")
    });
    let found = page.script(FIND_INJECTED, &[]);
    assert_eq!(found, json!([]), "by the name of a tag, a text became markup");
    page.press(Key::Escape);
    while rows() > before {
        page.undo_by_key();
        page.wait_for_frames();
    }
    page.press(Key::Escape);
    page.wait_until_gone("#tags");
}

pub(crate) fn by_drafts(page: &Page, payloads: &[String]) {
    let written = || {
        page.script("return document.querySelector('#draft-note')?.value ?? null", &[])
            .as_str()
            .map(str::to_owned)
    };
    // A form field normalizes line ends, and accepts no null character.
    let note = payloads.join("\n").replace(['\0', '\r'], "");
    page.press(Key::Escape);
    page.select("exactly the right logic");
    page.press(Key::Char('n'));
    wait_for_field(page, "draft");
    page.script(
        "const field = document.querySelector('#draft-note'); field.value = arguments[0]; \
         field.dispatchEvent(new InputEvent('input', { bubbles: true }))",
        &[json!(note)],
    );
    wait_for_status(page, "saved");
    page.reload();
    page.wait_for("the note in its field", Some(note), written);
    // Clicked by a script, since the long field pushes the button far down.
    for _ in 0..2 {
        page.wait_for_frames();
        page.script("document.querySelector(\"#draft [data-action='discard-draft']\").click()", &[]);
    }
    page.wait_until_gone("#draft");
    wait_for_status(page, "saved");
    // A draft that is not valid is shown in a notice, word for word.
    let all = payloads.concat();
    page.script("sessionStorage.setItem('glossator:draft', arguments[0])", &[json!(all)]);
    page.reload();
    page.wait_until("the notice shows the invalid draft", || {
        page.script(
            "return [...document.querySelectorAll('.notice')].map((it) => it.textContent).join()",
            &[],
        )
        .as_str()
        .is_some_and(|it| it.contains(&all))
    });
    assert_eq!(page.script(FIND_INJECTED, &[]), json!([]), "an invalid draft is text");
    page.reload();
    page.open_article(&FIRST);
}

pub(crate) fn by_history(page: &Page, payloads: &[String]) {
    let steps: Vec<(String, String)> = payloads
        .iter()
        .zip(1..)
        .map(|(text, number)| {
            let step = json!({
                "v": 1, "number": number, "undone": false, "at": "2026-11-21T19:00:00.000Z", "words": text,
                "label": "note", "articles": [], "edits": [],
            });
            (format!("glossator:history:{number}"), step.to_string())
        })
        .chain(
            payloads
                .iter()
                .zip(1_001..)
                .map(|(text, number)| (format!("glossator:history:{number}"), text.clone())),
        )
        .collect();
    page.script(
        "for (const [key, value] of arguments[0]) sessionStorage.setItem(key, value)",
        &[json!(steps)],
    );
    page.reload();
    page.open_article(&FIRST);
    page.press(Key::Char('h'));
    page.wait_until_shown("dialog#history");
    let listed =
        page.script("return [...document.querySelectorAll('.step-what')].map((it) => it.textContent)", &[]);
    let listed: Vec<String> = serde_json::from_value(listed).expect("texts");
    let kept = page.script("return sessionStorage.length", &[]);
    for text in payloads {
        let is_listed = listed.contains(&format!("Wrote the note: {text}"));
        assert!(is_listed, "{text:?} is among {listed:?}, with {kept} items in sessionStorage");
    }
    assert_eq!(page.script(FIND_INJECTED, &[]), json!([]), "the history is text");
    page.press(Key::Escape);
    page.wait_until_gone("dialog#history");
}

pub(crate) fn by_occurrences(page: &Page, payloads: &[String]) {
    let payloads: Vec<String> = payloads.iter().map(|it| it.replace(['\0', '\r', '\n'], "")).collect();
    let lines: Vec<String> = payloads.iter().map(|it| format!("A needle {it}\n")).collect();
    let text = format!("The first needle is here.\n{}", lines.concat());
    own_articles::add(page, &text, &payloads[1]);
    page.double_click("first needle is");
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('a'));
    page.wait_until_shown("dialog#occurrences");
    page.click("#occurrences input[name='everywhere']");
    page.wait_until("an occurrence for each", || page.count(".occurrence") > payloads.len());
    // The list normalizes white space.
    let letters = |text: &str| text.chars().filter(|it| !it.is_whitespace()).collect::<String>();
    let listed = letters(&page.text_of("#occurrence-list").unwrap_or_default());
    for text in &payloads {
        let beginning = letters(&text.chars().take(12).collect::<String>());
        assert!(listed.contains(&beginning), "the list shows {beginning:?} as it is: {listed}");
    }
    assert_eq!(page.script(FIND_INJECTED, &[]), json!([]), "the list is text");
    page.press(Key::Escape);
    page.wait_until_gone("dialog#occurrences");
    page.undo_by_key();
    page.open_article(&FIRST);
}
