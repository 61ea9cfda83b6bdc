//! Tagging a selection.

use serde_json::json;

use crate::{
    actions::{
        TAGS, focus_card, focused, tag_by_key, tag_selection, wait_for_focus, wait_for_new, wait_until_drawn,
    },
    harness::{
        Key, Page,
        records::{Article, FIRST, SECOND},
    },
    storage::wait_for_status,
};

pub(crate) fn tagging_by_toolbar_and_by_key(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let quotes =
        ["two presidents in Kennebunkport", "opening a similar center in, say, Brussels", "it probably will"];
    for (tag, quote) in TAGS.into_iter().zip(quotes) {
        page.select(quote);
        page.wait_until_shown(&format!("#selection-bar[role='toolbar'] button[data-tag='{tag}']"));
        let before = page.annotations();
        page.click(&format!("#selection-bar button[data-tag='{tag}']"));
        let new = wait_for_new(page, quote, tag, &before);
        page.wait_until_gone("#selection-bar");
        page.wait_for("the highlight", Some((quote.to_owned(), tag.to_owned())), || {
            page.marks().into_iter().find(|mark| mark.id == new.id).map(|mark| (mark.text, mark.tag))
        });
        page.wait_for("the card's tag", Some(tag.to_owned()), || {
            page.cards().into_iter().find(|card| card.id == new.id).map(|card| card.tag)
        });
        page.wait_until_shown(&format!("#ruler i[data-tag='{tag}']"));
    }
    for (tag, quote) in TAGS.into_iter().zip(["radar in Gabala", "exactly the right logic", "act on it"]) {
        tag_by_key(page, quote, tag);
        page.wait_until_gone("#selection-bar");
    }
    lines_are_those_of_the_tags(page);
    let kept = page.annotations();
    assert_eq!(kept.len(), 6);
    wait_until_drawn(page, &kept.iter().collect::<Vec<_>>());
    let in_text: Vec<String> = kept.into_iter().map(|annotation| annotation.id).collect();
    page.wait_for("the cards in the order of the text", in_text, || {
        page.cards().into_iter().map(|card| card.id).collect()
    });
    page.wait_until("the footer counts them", || {
        page.text_of("#footer").is_some_and(|text| text.contains('6'))
    });
    page.wait_until("it is announced", || page.text_of("#live").is_some_and(|text| !text.trim().is_empty()));
    wait_for_status(page, "saved");
}

/// The name of each tag, the colour of its line in the light and in the dark theme, and the style of that.
const LINES: [(&str, [&str; 2], &str); 3] = [
    ("Proposal", ["rgb(11, 98, 164)", "rgb(134, 189, 236)"], "solid"),
    ("Argument", ["rgb(138, 80, 0)", "rgb(240, 184, 90)"], "dashed"),
    ("Prediction", ["rgb(125, 58, 134)", "rgb(217, 163, 224)"], "dotted"),
];

/// The lines under highlights, and the words that screen readers get at their starts.
fn lines_are_those_of_the_tags(page: &Page) {
    let line = |tag: &str| {
        let drawn = page.script(
            "const mark = document.querySelector(`#text mark.starts[data-tag='${arguments[0]}']`); \
             const { borderBottomColor, borderBottomStyle, borderBottomWidth } = getComputedStyle(mark); \
             const { content } = getComputedStyle(mark, '::before'); \
             const words = content.replace('attr(data-name)', JSON.stringify(mark.dataset.name)).replaceAll('\" \"', ''); \
             return [borderBottomColor, borderBottomStyle, parseFloat(borderBottomWidth) > 0, JSON.parse(words)]",
            &[json!(tag)],
        );
        drawn.to_string()
    };
    assert_eq!(page.count("#text mark[data-name]"), page.count("#text mark.starts"));
    for (theme, name) in ["light", "dark"].into_iter().enumerate() {
        page.theme(name);
        for (tag, (words, colors, style)) in TAGS.into_iter().zip(LINES) {
            let expected = json!([colors[theme], style, true, format!("[{words}] ")]).to_string();
            page.wait_for(&format!("the line of {tag} in {name}"), expected, || line(tag));
        }
    }
    page.theme("system");
}

pub(crate) fn tagging_words_paragraphs_and_across_paragraphs(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    page.double_click("extended");
    tag_selection(page, "extended", "proposal");

    page.triple_click("in the area of security");
    let paragraph = paragraph_with(&FIRST, "in the area of security");
    tag_selection(page, paragraph, "prediction");

    tag_by_key(page, "for almost ten years. As a way of engaging Europe", "argument");
    let across = "it mostly wants to be part of the discussion.\n\nYes, the missile defense installations";
    let kept = tag_by_key(page, across, "argument");
    assert!(
        kept.quote.contains("\n\n"),
        "a quote over a paragraph's end holds the line ends: {:?}",
        kept.quote
    );

    page.select_backwards("serious about Russian offer");
    tag_selection(page, "serious about Russian offer", "argument");
    page.select_backwards(
        "Brussels. In President Putin's words at the press-conference,\n\nSuch cooperation",
    );
    tag_selection(
        page,
        "Brussels. In President Putin's words at the press-conference,\n\nSuch cooperation",
        "proposal",
    );
    assert_eq!(page.annotations().len(), 6);
    assert_eq!(page.text_of("#text").as_deref(), Some(FIRST.text), "highlights add no character to the text");
}

pub(crate) fn tagging_the_first_and_last_characters(page: &mut Page) {
    page.open();
    for (article, head, tail) in [
        (&FIRST, "The meeting of two", "Let's hope it will."),
        (&SECOND, "At first it seemed", "nothing happens by itself."),
    ] {
        page.open_article(article);
        let first = tag_by_key(page, head, "argument");
        assert_eq!(first.start, 0, "{head:?} begins with the very first character");
        page.select_backwards(tail);
        let last = tag_selection(page, tail, "prediction");
        assert_eq!(last.end, article.text.chars().count(), "{tail:?} ends with the very last character");
    }
    // The last and the first character alone, with Alt, since selections snap to words.
    page.key_down(Key::Alt);
    let last = page.locate("nothing happens by itself.");
    let before_it = page.locate("nothing happens by itself");
    page.drag(before_it.end, last.end);
    page.key_up(Key::Alt);
    tag_selection(page, ".", "proposal");
    page.key_down(Key::Alt);
    let first = page.locate("At first it");
    let after_it = page.locate("t first it seemed almost");
    page.drag(first.begin, after_it.begin);
    page.key_up(Key::Alt);
    tag_selection(page, "A", "proposal");
}

pub(crate) fn a_selection_is_trimmed_and_limited_to_the_text(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    page.select(" confirmed his proposal ");
    let trimmed = tag_selection(page, "confirmed his proposal", "argument");
    let sentence = page.locate("the call for broader cooperation made by the Russian president.");
    let next = page.locate("President Putin confirmed");
    assert_eq!(
        page.locate("the call for broader cooperation made by the Russian president."),
        sentence,
        "both are in view"
    );
    page.drag(sentence.begin, next.begin);
    tag_selection(page, "the call for broader cooperation made by the Russian president.", "proposal");

    // White space alone, within a line and between two paragraphs, is not tagged.
    let kept = page.annotations().len();
    for (before, after) in [
        ("optimistic about the United", "States being serious"),
        ("as it probably will.", "Of course, at the moment"),
        ("part of the discussion.", "Yes, the missile defense"),
    ] {
        page.drag(page.locate(before).end, page.locate(after).begin);
        page.press(Key::Char('1'));
        assert!(!page.shows("#selection-bar"), "no bar for the white space after {before:?}");
    }
    // Tagged after the others, so that any effect of the keys before would be visible by now.
    tag_by_key(page, "But who knows?", "argument");
    assert_eq!(page.annotations().len(), kept + 1, "white space is not tagged: {:?}", page.annotations());
    assert!(trimmed.quote.trim() == trimmed.quote);

    // From the title into the text, and from the text out of it, only the part inside is tagged.
    page.locate("The meeting of two presidents");
    page.drag(page.middle_of("#title"), page.locate("The meeting of two presidents").end);
    let from_title = tag_selection(page, "The meeting of two presidents", "prediction");
    assert_eq!(from_title.start, 0);
    let before = page.annotations();
    page.drag(page.locate("I just don't see").begin, page.middle_of("#footer"));
    page.wait_until_shown("#selection-bar");
    page.press(Key::Char('2'));
    page.wait_for("one more annotation", before.len() + 1, || page.annotations().len());
    let outwards =
        page.annotations().into_iter().find(|new| before.iter().all(|old| old.id != new.id)).unwrap();
    outwards.check_against_article();
    assert!(
        outwards.quote.starts_with("I just don't see"),
        "the part inside begins where the drag did: {outwards:?}"
    );
}

pub(crate) fn every_overlapping_annotation_can_be_reached(page: &mut Page) {
    page.open();
    page.open_article(&FIRST);
    let all = [
        tag_by_key(page, "Ted Postol has done some good calculations", "argument"),
        tag_by_key(page, "some good calculations that show that a radar", "prediction"),
        tag_by_key(page, "good calculations", "proposal"),
        tag_by_key(page, "good calculations", "argument"),
        tag_by_key(page, "good calculations", "argument"),
    ];
    wait_until_drawn(page, &all.iter().collect::<Vec<_>>());
    for annotation in &all {
        let mark = page.marks().into_iter().find(|mark| mark.id == annotation.id).unwrap();
        assert_eq!(
            (&mark.text, &mark.tag),
            (&annotation.quote, &annotation.tag),
            "all that overlap stay whole"
        );
    }
    page.press(Key::Escape);
    page.wait_for("no focus", Vec::<String>::new(), || focused(page));

    let mut reached = Vec::new();
    for _ in 0..all.len() {
        let before = focused(page);
        page.click_text("good calculations");
        page.wait_until("another click reaches another annotation", || {
            let now = focused(page);
            now.len() == 1 && now != before
        });
        reached.extend(focused(page));
    }
    assert_every_one(&reached, &all, "clicks");

    focus_card(page, &all[0]);
    let mut reached = Vec::new();
    for _ in 0..all.len() {
        let before = focused(page);
        page.press(Key::Char('o'));
        page.wait_until("`O` reaches another annotation", || {
            let now = focused(page);
            now.len() == 1 && now != before
        });
        reached.extend(focused(page));
    }
    assert_every_one(&reached, &all, "`O`");

    // Where no other overlaps it, one click focuses the first.
    page.press(Key::Escape);
    page.click_text("Ted Postol has");
    wait_for_focus(page, &all[0].id);
}

fn assert_every_one(reached: &[String], all: &[crate::harness::records::Annotation], how: &str) {
    for annotation in all {
        assert!(
            reached.contains(&annotation.id),
            "{how} reach {:?} too; reached: {reached:?}",
            annotation.quote
        );
    }
}

/// The line of the article with these words, without its line end.
fn paragraph_with(article: &Article, words: &str) -> &'static str {
    article.text.lines().find(|line| line.contains(words)).expect("a paragraph with the words")
}
