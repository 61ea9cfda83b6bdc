//! Characters, words, sentences and paragraphs: laws for any text, and the sentences of the bundled articles.

use std::{env, fmt::Write as _, fs, path::Path, rc::Rc};

use glossator::text::{Granularity, Library, Segmenter, Segments, Span};
use proptest::{prelude::*, sample::Index};
use unicode_segmentation::UnicodeSegmentation;

use super::properties::config;
use super::support::{article, boundaries, pick_span, texts_with_something};

/// Unicode's rules, on which browsers' segmenters are based.
struct Unicode;

impl Segmenter for Unicode {
    fn ends(&self, text: &str, granularity: Granularity) -> Vec<usize> {
        let pieces: Vec<&str> = match granularity {
            Granularity::Character => text.graphemes(true).collect(),
            Granularity::Word => text.split_word_bounds().collect(),
            Granularity::Sentence => text.split_sentence_bounds().collect(),
            Granularity::Paragraph => panic!("articles divide themselves into paragraphs"),
        };
        let ends = pieces.into_iter().scan(0, |end, it| {
            *end += it.len();
            Some(*end)
        });
        ends.collect()
    }
}

/// A segmenter with arbitrary answers.
struct Nonsense(Vec<usize>);

impl Segmenter for Nonsense {
    fn ends(&self, _: &str, _: Granularity) -> Vec<usize> {
        self.0.clone()
    }
}

fn granularities() -> impl Strategy<Value = Granularity> {
    prop::sample::select(&Granularity::ALL[..])
}

fn segments(text: &str) -> Segments<Unicode> {
    Segments::new(Rc::new(article(text)), Unicode)
}

/// All pieces from the first to the last.
fn pieces<S: Segmenter>(segments: &Segments<S>, granularity: Granularity) -> Vec<Span> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(piece) = segments.forward(at, granularity) {
        at = piece.end();
        all.push(piece);
    }
    all
}

fn check<S: Segmenter>(
    segments: &Segments<S>,
    granularity: Granularity,
    one: Index,
    other: Index,
) -> Result<(), TestCaseError> {
    let article = Rc::clone(segments.article());
    let text = article.text();
    let all = pieces(segments, granularity);

    // The pieces hold all visible text, in order.
    let mut last = 0;
    for piece in &all {
        prop_assert!(text[last..piece.start()].trim().is_empty());
        prop_assert_eq!(article.trim(*piece), Some(*piece), "no white space at the ends");
        prop_assert_eq!(article.paragraphs_of(*piece).len(), 1, "within a paragraph");
        last = piece.end();
    }
    prop_assert!(text[last..].trim().is_empty());

    // Forward and then back returns to the same piece, from any position.
    for at in boundaries(text) {
        let next = segments.forward(at, granularity);
        let naive = all.iter().copied().find(|it| it.end() > at);
        prop_assert_eq!(next, naive);
        let back = segments.back(at, granularity);
        prop_assert_eq!(back, all.iter().copied().rev().find(|it| it.start() < at));
        if let Some(next) = next {
            prop_assert_eq!(segments.back(next.end(), granularity), Some(next));
            prop_assert_eq!(segments.forward(next.start(), granularity), Some(next));
        }
    }

    // Snapping never shrinks a span, and repeating it changes nothing.
    let span = pick_span(&article, one, other);
    let snapped = segments.snap(span, granularity);
    prop_assert_eq!(snapped.is_some(), article.trim(span).is_some());
    if let (Some(snapped), Some(visible)) = (snapped, article.trim(span)) {
        prop_assert_eq!(snapped.hull(visible), snapped);
        prop_assert_eq!(segments.snap(snapped, granularity), Some(snapped));
        check_moves(segments, granularity, snapped)?;
    }
    Ok(())
}

/// Moving a bound there and back restores it, and a span never becomes empty.
fn check_moves<S: Segmenter>(
    segments: &Segments<S>,
    granularity: Granularity,
    span: Span,
) -> Result<(), TestCaseError> {
    for forward in [true, false] {
        if let Some(moved) = segments.move_end(span, forward, granularity) {
            prop_assert_eq!(moved.start(), span.start());
            prop_assert_eq!(moved.end() > span.end(), forward);
            prop_assert_eq!(segments.move_end(moved, !forward, granularity), Some(span));
        }
        if let Some(moved) = segments.move_start(span, forward, granularity) {
            prop_assert_eq!(moved.end(), span.end());
            prop_assert_eq!(moved.start() > span.start(), forward);
            prop_assert_eq!(segments.move_start(moved, !forward, granularity), Some(span));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn pieces_cover_the_text_and_snapping_takes_them_whole(
        text in texts_with_something(), granularity in granularities(), one: Index, other: Index
    ) {
        check(&segments(&text), granularity, one, other)?;
    }

    #[test]
    fn the_laws_hold_for_any_segmenter(
        text in texts_with_something(),
        ends in prop::collection::vec(0_usize..200, 0..40),
        granularity in granularities(),
        one: Index,
        other: Index,
    ) {
        check(&Segments::new(Rc::new(article(&text)), Nonsense(ends)), granularity, one, other)?;
    }
}

#[test]
fn a_line_that_is_too_long_is_divided_where_sentences_end() {
    let sentence = "The U.S. Senate ratified the treaty, and “nobody” was surprised (much). ";
    let long = segments(&sentence.repeat(3000));
    for piece in pieces(&long, Granularity::Sentence) {
        assert_eq!(long.article().slice(piece), sentence.trim());
    }
    let words = pieces(&long, Granularity::Word).len();
    assert_eq!(words, pieces(&segments(sentence), Granularity::Word).len() * 3000);

    // Without sentence ends, a line is still divided: after six pieces of 8 KiB, less than 12 KiB remain.
    let dense = segments(&"字".repeat(20_000));
    assert_eq!(pieces(&dense, Granularity::Sentence).len(), 7);
}

#[test]
fn a_character_is_what_a_person_perceives_as_one() {
    let text = segments("👩‍🚀 e\u{301}🇪🇺 x");
    let shown: Vec<&str> =
        pieces(&text, Granularity::Character).into_iter().map(|it| text.article().slice(it)).collect();
    assert_eq!(shown, ["👩‍🚀", "e\u{301}", "🇪🇺", "x"]);
}

#[test]
fn sentences_end_where_a_reader_expects() {
    for sentences in [
        &["The U.S. Senate ratified it.", "Then it rested."][..],
        &["He lives in the U.S.", "She does not."],
        &["Dr. Smith met J. F. Kennedy.", "It went well."],
        &["It works (and would be much better).", "So they said."],
        &["They call it a “reset.”", "If it is one, fine."],
        &["“Who knows?” he said.", "Nobody did."],
        &["See Art. 5 and No. 7, i.e. Both of them.", "And e.g. this."],
        &["That was World War I.", "Russia left it in 1917."],
        &["条约生效了。", "参议院批准了它！", "真的吗？"],
        &["Договор вступил в силу.", "Сенат его ратифицировал."],
    ] {
        for between in [" ", "  "] {
            let text = segments(&sentences.join(between));
            let found: Vec<&str> =
                pieces(&text, Granularity::Sentence).into_iter().map(|it| text.article().slice(it)).collect();
            assert_eq!(found, sentences);
        }
    }
}

#[test]
fn words_keep_apostrophes_and_abbreviations_keep_periods() {
    let text = segments("The U.S.-friendly Senate's $2.5 “reset” isn't (much better).");
    let words: Vec<&str> =
        pieces(&text, Granularity::Word).into_iter().map(|it| text.article().slice(it)).collect();
    assert_eq!(
        words,
        [
            "The", "U.S.", "-", "friendly", "Senate's", "$", "2.5", "“", "reset", "”", "isn't", "(", "much",
            "better", ")", "."
        ]
    );
}

/// The browser tests check the browsers' own segmenters against the same list.
#[test]
fn the_sentences_of_the_bundled_articles_match_the_list() {
    let mut list = String::new();
    for article in Library::bundled().iter() {
        writeln!(list, "{}", article.id()).unwrap();
        let segments = Segments::new(Rc::clone(article), Unicode);
        let mut paragraph = None;
        for piece in pieces(&segments, Granularity::Sentence) {
            if paragraph.replace(article.paragraph_at(piece.start()))
                != Some(article.paragraph_at(piece.start()))
            {
                list.push('\n');
            }
            writeln!(list, "  {}", article.slice(piece)).unwrap();
        }
        list.push('\n');
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sentences.txt");
    if env::var_os("GLOSSATOR_BLESS").is_some() {
        fs::write(&path, &list).unwrap();
    }
    let listed = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(list, listed, "GLOSSATOR_BLESS=1 rewrites {}", path.display());
}
