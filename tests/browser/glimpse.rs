//! The glimpse: the last view, which the page shows before the program has started.

use serde_json::{Value, json};

use crate::{
    actions::tag_by_key,
    harness::{
        Key, Page,
        records::{FIRST, GLIMPSE, SECOND},
    },
    security::FIND_INJECTED,
    storage::wait_for_status,
};

const WATCH: &str = include_str!("harness/scripts/watch-glimpse.js");

/// The database never opens.
const NO_DATABASE: &str =
    "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); };";

/// The program never starts.
const NO_PROGRAM: &str = "WebAssembly.compileStreaming = () => new Promise(() => {});";

/// Checks that the glimpse shows these words, and the same view as the program does now.
fn check_glimpse(page: &Page, highlighted: &str) {
    wait_for_status(page, "saved");
    page.wait_until_gone("#glimpse");
    let seen = page.script("return window.glimpsed", &[]);
    assert!(seen["there"].to_string().contains(highlighted), "{highlighted:?} is not in {seen}");
    assert_eq!(seen["program"], json!(false), "the program was drawn first");
    check_same(&seen["there"], &seen["behind"]);
    check_same(&seen["there"], &page.script("return window.looks('#reader article')", &[]));
}

/// Checks that both views have the same elements in the same positions, but for the rounding of a scroll position.
fn check_same(there: &Value, behind: &Value) {
    let list = |of: &Value| of.as_array().cloned().unwrap_or_default();
    let (one, other) = (list(there), list(behind));
    let is_same = |(one, other): (&Value, &Value)| {
        let near = |at: usize| {
            let place = |of: &Value| of[at].as_i64().unwrap_or_default();
            place(one).abs_diff(place(other)) <= 1
        };
        (0..3).all(|at| one[at] == other[at]) && (3..5).all(near)
    };
    let same = one.len() == other.len() && one.iter().zip(&other).all(is_same);
    assert!(same && !one.is_empty(), "the glimpse is {there}\nbut the program shows {behind}");
}

/// A field of the stored glimpse.
fn kept(page: &Page, name: &str) -> Value {
    page.script(
        "return JSON.parse(localStorage.getItem(arguments[0]) ?? '{}')[arguments[1]] ?? null",
        &[json!(GLIMPSE), json!(name)],
    )
}

pub(crate) fn the_last_view_is_shown_before_the_program_starts(page: &mut Page) {
    page.resize(1440, 560);
    // On a first visit, the first article is in the page itself.
    page.open_with(&[WATCH]);
    check_glimpse(page, "The meeting of two presidents");
    page.open_article(&FIRST);
    tag_by_key(page, "two presidents", "argument");
    page.press(Key::Escape);
    page.wait_until("the beginning is stored", || {
        kept(page, "blocks").to_string().contains("two presidents") && kept(page, "isFirst") == json!(true)
    });
    page.reload();
    check_glimpse(page, "two presidents");
    // At the address without a fragment.
    page.open_with(&[WATCH]);
    check_glimpse(page, "two presidents");

    // Further down, with a focused annotation.
    page.open_article(&SECOND);
    page.script("document.getElementById('reader').scrollTop = 700", &[]);
    let words =
        page.script("return document.querySelector('.chunk').children[6].textContent.slice(0, 20)", &[]);
    let tagged = tag_by_key(page, words.as_str().unwrap_or_default(), "prediction");
    page.wait_until("the view with the focused annotation is stored", || {
        kept(page, "address").as_str().is_some_and(|it| it.ends_with(&tagged.id))
            && kept(page, "blocks").to_string().contains("focused")
            && kept(page, "standing") != json!("")
    });
    page.reload();
    check_glimpse(page, &tagged.quote);

    // With the table open there is no glimpse of the text.
    page.press(Key::Char('t'));
    page.wait_until_shown("#table");
    page.reload();
    assert_eq!(page.script("return window.glimpsed", &[]), json!(null), "the table hides the text");
}

/// Replaces the stored glimpse while the page is not open, and opens the second article. Returns the glimpse that was
/// shown.
fn open_with_kept(page: &Page, value: &str) -> Value {
    page.visit(&format!("{}start.js", page.address()));
    page.store(GLIMPSE, value);
    page.visit(&format!("{}#/a/{}", page.address(), SECOND.id));
    wait_for_status(page, "saved");
    page.script("return window.glimpsed", &[])
}

pub(crate) fn the_last_view_is_shown_only_at_its_own_address(page: &mut Page) {
    page.open_with(&[WATCH]);
    page.open_article(&SECOND);
    tag_by_key(page, "Ratification has many meanings", "argument");
    page.press(Key::Escape);
    page.wait_until("the beginning is stored", || {
        kept(page, "isBeginning") == json!(true)
            && kept(page, "address") == json!(format!("#/a/{}", SECOND.id))
    });
    page.visit(&format!("{}start.js", page.address()));
    let whole = page.script("return localStorage.getItem(arguments[0])", &[json!(GLIMPSE)]);
    let whole: Value =
        serde_json::from_str(whole.as_str().unwrap_or_default()).expect("what is kept is JSON");
    assert!(open_with_kept(page, &whole.to_string()).is_object(), "it is shown at its own address");

    let other = |name: &str, value: Value| {
        let mut other = whole.clone();
        other[name] = value;
        other.to_string()
    };
    for value in [
        other("setting", json!("another")),
        other("address", json!(format!("#/a/{}", FIRST.id))),
        other("isBeginning", json!(false)).replace("\"standing\":\"", "\"standing\":\"4 5"),
        other("blocks", json!(7)),
        other("blocks", json!([{ "content": ["P", { "toString": 1 }, "words"] }])),
        String::new(),
        "{".to_owned(),
        "null".to_owned(),
        "[[[]]]".to_owned(),
    ] {
        assert_eq!(open_with_kept(page, &value), json!(null), "{value:?} is not shown");
        assert!(
            page.attribute("html", "data-elsewhere").is_some(),
            "nor is the article that is in the page itself"
        );
    }

    // Markup in it is shown as text.
    let strange = json!([
        ["SCRIPT", "", "window.pwned = 1"],
        ["IMG", "x", "src=x onerror=alert(1)"],
        ["P", "x onclick=alert(1)", "<img src=x onerror='window.pwned = 1'>", ["A", "", "away"], null, {}],
        "<script>window.pwned = 1</script>",
        7,
    ]);
    let blocks: Vec<Value> =
        strange.as_array().into_iter().flatten().map(|it| json!({ "left": "0;x", "content": it })).collect();
    let seen = open_with_kept(page, &other("blocks", json!(blocks)));
    assert_eq!(seen["names"], json!(["DIV", "DIV", "DIV", "P", "DIV", "DIV"]));
    assert_eq!(page.script(FIND_INJECTED, &[]), json!([]));
}

pub(crate) fn the_last_view_gives_way_to_input(page: &mut Page) {
    page.open_with(&[WATCH]);
    page.open_article(&FIRST);
    tag_by_key(page, "two presidents", "argument");
    page.press(Key::Escape);
    page.wait_until("the beginning is stored", || kept(page, "isFirst") == json!(true));

    // Where the database cannot be read, the page shows what it has.
    page.open_with(&[WATCH, NO_DATABASE]);
    page.wait_until_gone("#glimpse");
    assert!(page.script("return window.glimpsed", &[]).is_object(), "it was shown");

    // While the program loads, any input removes it.
    for event in ["pointerdown", "wheel", "keydown"] {
        page.load_with(&[NO_PROGRAM]);
        page.wait_until_shown("#glimpse");
        page.script("dispatchEvent(new Event(arguments[0]))", &[json!(event)]);
        assert_eq!(page.count("#glimpse"), 0, "{event}");
    }
}

/// Records the root's data attributes when the body appears, before anything can be drawn.
const AT_BODY: &str = "
new MutationObserver((_, observer) => {
  if (!document.body) return;
  observer.disconnect();
  window.atBody = { ...document.documentElement.dataset };
}).observe(document.documentElement, { childList: true });
";

pub(crate) fn settings_apply_before_anything_is_drawn(page: &mut Page) {
    for (kept, theme, size) in [
        (r#"{"theme":"dark","size":"large"}"#, json!("dark"), json!("large")),
        (r#"{"theme":"light","size":"small"}"#, json!("light"), json!("small")),
        (r#"{"theme":"system","size":"medium"}"#, json!(null), json!(null)),
        (r#"{"theme":["dark"],"size":7}"#, json!(null), json!(null)),
        ("[", json!(null), json!(null)),
    ] {
        page.visit(&format!("{}start.js", page.address()));
        page.store("glossator:view", kept);
        page.load_with(&[NO_PROGRAM, AT_BODY]);
        page.wait_until_shown("#glimpse");
        assert_eq!(
            page.script("return [atBody.theme ?? null, atBody.size ?? null]", &[]),
            json!([theme, size]),
            "{kept}"
        );
    }
}

/// The database opens half a second late.
const LATE: &str = "
let database;
Object.defineProperty(window, 'glossatorDatabase', {
  get: () => database,
  set: (opened) => {
    database = opened.then((it) => new Promise((done) => setTimeout(done, 500, it)));
  },
});
";

pub(crate) fn a_text_that_loads_late_opens_where_it_was_left(page: &mut Page) {
    page.open_with(&[WATCH, LATE]);
    let lines =
        (0..400).map(|it| format!("Line {it} of a text of one's own.\n\n")).collect::<Vec<_>>().concat();
    crate::own_articles::add(page, &lines, "Own");
    wait_for_status(page, "saved");
    page.script("document.getElementById('reader').scrollTop = 3000", &[]);
    // The number identifies the line.
    let third = || {
        let line = kept(page, "blocks")[2]["content"][2].as_str().unwrap_or_default().to_owned();
        line.chars().take("Line 60 ".len()).collect::<String>()
    };
    page.wait_until("the position is stored", || !third().is_empty() && kept(page, "standing") != json!(""));
    let words = third();
    page.reload();
    page.wait_for("the own text", Some("Own".to_owned()), || page.text_of("#title"));
    check_glimpse(page, &words);
}

/// The page is hidden, as in a background tab.
const UNSEEN: &str = "
if (sessionStorage.unseen) Object.defineProperty(Document.prototype, 'hidden', { get: () => true });
";

pub(crate) fn a_hidden_page_does_not_wait_for_frames(page: &mut Page) {
    page.resize(1440, 560);
    page.open_with(&[WATCH, UNSEEN]);
    page.open_article(&SECOND);
    page.script("document.getElementById('reader').scrollTop = 700; sessionStorage.unseen = true", &[]);
    page.wait_until("the position is stored", || {
        kept(page, "isBeginning") == json!(false) && kept(page, "standing") != json!("")
    });
    page.reload();
    assert!(page.script("return window.glimpsed", &[]).is_object(), "it was shown");
    page.wait_until_gone("#glimpse");
    wait_for_status(page, "saved");
}

/// No frame is ever drawn, as in a page that is left at once.
const STILL: &str = "if (sessionStorage.still) window.requestAnimationFrame = () => 1;";

pub(crate) fn leaving_during_loading_keeps_the_position(page: &mut Page) {
    page.resize(1440, 560);
    page.open_with(&[STILL]);
    page.open_article(&SECOND);
    page.script("document.getElementById('reader').scrollTop = 700; sessionStorage.still = true", &[]);
    page.wait_until("the position is stored", || kept(page, "isBeginning") == json!(false));
    let standing =
        || page.script("return [history.state, localStorage.getItem(arguments[0])]", &[json!(GLIMPSE)]);
    let before = standing();
    page.script("window.isOfBefore = true; location.reload()", &[]);
    page.wait_until("the text is drawn", || {
        page.truth("!window.isOfBefore && document.querySelector('#text p[data-number]')")
    });
    let leave = "Object.defineProperty(document, 'hidden', { get: () => true }); \
                 document.dispatchEvent(new Event('visibilitychange'))";
    page.script(leave, &[]);
    assert_eq!(standing(), before, "the position is still that of the last visit");
}
