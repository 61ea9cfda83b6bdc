//! The list of articles, their texts and the help.

use crate::{
    actions::{TAGS, tag_by_key},
    harness::{
        Key, Page,
        records::{FIRST, SECOND},
    },
};

pub(crate) fn articles_are_shown_character_for_character(page: &mut Page) {
    page.open();
    for article in [&FIRST, &SECOND, &FIRST] {
        page.open_article(article);
        let paragraphs = page.script(
            "return [...document.querySelectorAll('#text p[data-number]')].map((p) => p.textContent).join('')",
            &[],
        );
        assert_eq!(paragraphs.as_str(), Some(article.text), "the paragraphs of {} are its text", article.id);
        assert!(!page.truth("document.getElementById('text').contains(document.getElementById('title'))"));
        assert_eq!(page.count("#text mark"), 0, "there are no highlights before there are annotations");
    }
    assert_eq!(page.missing_files(), Vec::<String>::new(), "no file is missing in the page's own folder");
    let foreign = page.script(
        "const base = new URL('.', location.href).href; \
         return performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => \
             !name.startsWith(base) && !/^(data|blob):|[/]favicon[.]ico$/.test(name))",
        &[],
    );
    assert_eq!(foreign, serde_json::json!([]), "nothing is loaded from other hosts");
    let margin = page.text_of("#margin").unwrap_or_default();
    assert!(margin.split_whitespace().count() > 3, "an empty margin says what to do, not {margin:?}");
}

pub(crate) fn codebook_and_shortcuts_open_by_click_and_key(page: &mut Page) {
    page.open();
    page.click("button[data-action='definitions']");
    page.wait_until_shown("dialog#definitions");
    let codebook = page.text_of("dialog#definitions").unwrap_or_default().to_lowercase();
    for word in TAGS.into_iter().chain(["should", "claim", "future"]) {
        assert!(codebook.contains(word), "the codebook's definitions have the word {word:?}: {codebook}");
    }
    page.click("dialog#definitions button[data-action='close']");
    page.wait_until_gone("dialog#definitions");
    page.press(Key::Char('i'));
    page.wait_until_shown("dialog#definitions");
    page.press(Key::Escape);
    page.wait_until_gone("dialog#definitions");

    page.chord(&[Key::Shift, Key::Char('?')]);
    page.wait_until_shown("dialog#keys");
    page.press(Key::Escape);
    page.wait_until_gone("dialog#keys");
    page.click("button[data-action='help']");
    page.wait_until_shown("dialog#keys");
    page.click("dialog#keys button[data-action='close']");
    page.wait_until_gone("dialog#keys");
}

pub(crate) fn switching_articles_shows_their_counts(page: &mut Page) {
    let entry = |article: &str, part: &str| format!("#articles .doc[data-article='{article}'] {part}");
    let count = |page: &Page, article: &str| page.text_of(&entry(article, ".doc-count")).unwrap_or_default();
    let share = |page: &Page, article: &str| page.text_of(&entry(article, ".doc-share")).unwrap_or_default();
    page.open();
    page.open_article(&FIRST);
    page.wait_for("the count", "Not started".to_owned(), || count(page, FIRST.id));

    let quote = "The more the United States and Russia engage in various cooperative projects, the easier it would be for them \
                 to settle all kind of disagreements (and prevent them from occurring in the first place).";
    tag_by_key(page, quote, "argument");
    page.wait_for("the count", "1 annotation".to_owned(), || count(page, FIRST.id));
    // A passage that is tagged twice counts once for the share of text.
    tag_by_key(page, quote, "prediction");
    page.wait_for("the count", "2 annotations".to_owned(), || count(page, FIRST.id));
    let percent = 100.0 * f64::from(u32::try_from(quote.chars().count()).unwrap())
        / f64::from(u32::try_from(FIRST.text.chars().count()).unwrap());
    let (low, high) = (format!("{:.0}%", percent.floor()), format!("{:.0}%", percent.ceil()));
    page.wait_until("the share of tagged text is shown", || {
        let share = share(page, FIRST.id);
        share.contains(&low) || share.contains(&high)
    });
    assert_eq!(count(page, SECOND.id), "Not started");

    page.open_article(&SECOND);
    page.wait_for("no highlight of the other article", 0, || page.marks().len());
    page.wait_for("no card of the other article", 0, || page.cards().len());
    let other = tag_by_key(page, "Ratification has many meanings.", "argument");
    assert_eq!(other.document, SECOND.id);
    page.wait_for("the count", "1 annotation".to_owned(), || count(page, SECOND.id));
    page.open_article(&FIRST);
    page.wait_for("the highlights of the first", 2, || page.marks().len());
    assert_eq!(count(page, FIRST.id), "2 annotations");
}
