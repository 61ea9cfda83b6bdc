//! Units, paragraphs, quotes and windows of any text, and the bundled articles.

use std::{collections::BTreeSet, fs, path::Path};

use glossator::text::{Article, ArticleId, CodePoint, Hashing, Library, Span, Text, TextError, Unit, Utf16};
use proptest::{prelude::*, sample::Index};

use super::properties::config;
use super::support::{article, boundaries, drawn, pick_span, texts, texts_with_something};

/// All kinds of white space, and characters that only look like it.
fn padded() -> impl Strategy<Value = String> {
    "[ \t\r\n\u{a0}\u{3000}\u{2028}\u{200b}]{0,6}[a字👍\u{301} \u{a0}]{0,6}[ \t\r\n\u{a0}\u{3000}\u{2028}\u{200b}]{0,6}"
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn units_agree_with_naive_counting_and_convert_back(text in texts()) {
        let article = article(&text);
        prop_assert_eq!(article.length(), CodePoint(text.chars().count()));
        let (mut utf16, mut code_point) = (0, 0);
        for byte in boundaries(&text) {
            prop_assert_eq!(article.utf16(byte), Utf16(utf16));
            prop_assert_eq!(article.code_point(byte), CodePoint(code_point));
            prop_assert_eq!(article.byte_at_utf16(Utf16(utf16)), Ok(byte));
            if byte > 0 {
                let to_here = article.span_of_code_points(CodePoint(0), CodePoint(code_point));
                prop_assert_eq!(to_here, article.span(0, byte));
                prop_assert_eq!(article.span_of_utf16(Utf16(0), Utf16(utf16)), article.span(0, byte));
            }
            if let Some(c) = text[byte..].chars().next() {
                utf16 += c.len_utf16();
                code_point += 1;
            }
        }
        prop_assert_eq!(utf16, text.encode_utf16().count());
        prop_assert_eq!(code_point, text.chars().count());
    }

    #[test]
    fn a_position_inside_a_character_is_an_error_in_its_unit(text in texts()) {
        let article = article(&text);
        for (byte, c) in text.char_indices() {
            for at in byte + 1..byte + c.len_utf8() {
                let error = TextError::InsideCharacter { at, unit: Unit::Byte };
                prop_assert_eq!(article.span(0, at), Err(error));
                prop_assert_eq!(article.span(at, text.len()), Err(error));
            }
            if c.len_utf16() == 2 {
                let at = article.utf16(byte).0 + 1;
                let error = TextError::InsideCharacter { at, unit: Unit::Utf16 };
                prop_assert_eq!(article.byte_at_utf16(Utf16(at)), Err(error));
                prop_assert_eq!(article.span_of_utf16(Utf16(0), Utf16(at)), Err(error));
            }
        }
    }

    #[test]
    fn a_position_after_the_end_is_an_error_in_its_unit(
        text in texts(),
        beyond in prop_oneof![1_usize..600, Just(usize::MAX / 2)],
    ) {
        let article = article(&text);
        let outside = |length: usize, unit| (length + beyond, TextError::Outside { at: length + beyond, length, unit });

        let (at, error) = outside(text.len(), Unit::Byte);
        prop_assert_eq!(article.span(0, at), Err(error));
        prop_assert_eq!(article.span(at, 0), Err(error));
        let (at, error) = outside(text.encode_utf16().count(), Unit::Utf16);
        prop_assert_eq!(article.byte_at_utf16(Utf16(at)), Err(error));
        prop_assert_eq!(article.span_of_utf16(Utf16(0), Utf16(at)), Err(error));
        let (at, error) = outside(text.chars().count(), Unit::CodePoint);
        prop_assert_eq!(article.span_of_code_points(CodePoint(0), CodePoint(at)), Err(error));
    }

    #[test]
    fn a_range_that_is_empty_or_reversed_is_an_error_in_its_unit(text in texts(), one: Index, other: Index) {
        let article = article(&text);
        let all = boundaries(&text);
        let (a, b) = (one.index(all.len()), other.index(all.len()));
        let (end, start) = (a.min(b), a.max(b));

        let empty = |start, end, unit| Err(TextError::Empty { start, end, unit });
        prop_assert_eq!(
            article.span_of_code_points(CodePoint(start), CodePoint(end)),
            empty(start, end, Unit::CodePoint)
        );
        let (start, end) = (all[start], all[end]);
        prop_assert_eq!(article.span(start, end), empty(start, end, Unit::Byte));
        let (start, end) = (article.utf16(start), article.utf16(end));
        prop_assert_eq!(article.span_of_utf16(start, end), empty(start.0, end.0, Unit::Utf16));
    }

    #[test]
    fn paragraphs_joined_are_the_text(text in texts()) {
        let article = article(&text);
        let joined: String = (0..article.paragraphs()).map(|it| &text[article.paragraph(it)]).collect();
        prop_assert_eq!(joined, text.as_str());
        prop_assert_eq!(article.paragraphs() == 0, text.is_empty());

        for index in 0..article.paragraphs() {
            let (whole, body) = (article.paragraph(index), article.paragraph_body(index));
            prop_assert!(!whole.is_empty());
            prop_assert_eq!(whole.start, body.start);
            prop_assert!(!text[body.clone()].contains('\n'), "a body is one line");
            prop_assert!(!text[body.clone()].ends_with('\r'), "a body excludes its line end");
            prop_assert!(text[body.end..whole.end].trim().is_empty(), "only blank lines follow the body");
            prop_assert!(index == 0 || !text[body].trim().is_empty(), "only the first may be blank");
            prop_assert!(
                index + 1 == article.paragraphs() || text[whole].ends_with('\n'),
                "a paragraph ends where a line does"
            );
        }
    }

    #[test]
    fn the_paragraph_at_a_byte_is_the_one_that_holds_it(text in texts_with_something(), one: Index, other: Index) {
        let article = article(&text);
        let paragraphs = 0..article.paragraphs();
        for byte in 0..text.len() {
            let naive = paragraphs.clone().find(|it| article.paragraph(*it).contains(&byte)).unwrap();
            prop_assert_eq!(article.paragraph_at(byte), naive);
        }
        prop_assert_eq!(article.paragraph_at(text.len()), article.paragraphs() - 1);

        let span = pick_span(&article, one, other);
        let touched: Vec<usize> = paragraphs
            .filter(|it| article.paragraph(*it).start < span.end() && span.start() < article.paragraph(*it).end)
            .collect();
        prop_assert_eq!(article.paragraphs_of(span).collect::<Vec<_>>(), touched);
    }

    #[test]
    fn trimming_takes_white_space_from_the_ends_and_nothing_else(text in padded(), one: Index, other: Index) {
        prop_assume!(!text.is_empty());
        let article = article(&text);
        let span = pick_span(&article, one, other);
        match article.trim(span) {
            Some(trimmed) => {
                prop_assert_eq!(article.slice(trimmed), article.slice(span).trim());
                prop_assert_eq!(span.intersection(trimmed), Some(trimmed));
                let lost = article.slice(span).len() - article.slice(span).trim_start().len();
                prop_assert_eq!(trimmed.start(), span.start() + lost);
                prop_assert_eq!(article.trim(trimmed), Some(trimmed));
            }
            None => prop_assert!(article.slice(span).chars().all(char::is_whitespace)),
        }
    }

    #[test]
    fn a_quote_has_32_code_points_of_context_on_each_side(
        text in texts_with_something(), one: Index, other: Index
    ) {
        let article = article(&text);
        let span = pick_span(&article, one, other);
        let quote = article.quote(span);
        prop_assert_eq!(quote.exact, &text[span.start()..span.end()]);

        let before: Vec<char> = text[..span.start()].chars().collect();
        let prefix: String = before[before.len().saturating_sub(32)..].iter().collect();
        prop_assert_eq!(quote.prefix, prefix);
        prop_assert_eq!(quote.suffix, text[span.end()..].chars().take(32).collect::<String>());
    }

    #[test]
    fn a_window_is_the_smallest_span_that_holds_the_range(text in texts(), start in 0_usize..3000, size in 1_usize..900) {
        let article = article(&text);
        let range = start.min(text.len() + 5)..start + size;
        let all = boundaries(&text);
        let from = all.iter().copied().rfind(|it| *it <= range.start).unwrap();
        let to = all.iter().copied().find(|it| *it >= range.end).unwrap_or(text.len());
        prop_assert_eq!(article.window(range), article.span(from, to).ok());
        prop_assert_eq!(article.window(0..usize::MAX), article.span(0, text.len()).ok());
    }

    #[test]
    fn spans_relate_like_their_sets_of_bytes(text in texts_with_something(), picks: [(Index, Index); 2]) {
        let article = article(&text);
        let [a, b] = picks.map(|(one, other)| pick_span(&article, one, other));
        let bytes = |span: Span| (span.start()..span.end()).collect::<BTreeSet<_>>();
        let common: BTreeSet<usize> = bytes(a).intersection(&bytes(b)).copied().collect();
        prop_assert_eq!(a.overlaps(b), !common.is_empty());
        prop_assert_eq!(b.overlaps(a), !common.is_empty());
        prop_assert_eq!(a.intersection(b).map(bytes).unwrap_or_default(), common);
        prop_assert_eq!(a.hull(b), article.span(a.start().min(b.start()), a.end().max(b.end())).unwrap());
        prop_assert_eq!(a.len(), bytes(a).len());
    }
}

#[test]
fn an_empty_text_has_no_paragraph_no_window_and_one_position() {
    let article = article("");
    assert_eq!((article.paragraphs(), article.words(), article.length()), (0, 0, CodePoint(0)));
    assert_eq!(article.window(0..10), None);
    assert_eq!(article.byte_at_utf16(Utf16(0)), Ok(0));
    assert_eq!(article.paragraph_at(0), 0);
    assert!(article.span(0, 0).is_err());
}

#[test]
fn a_blank_line_with_spaces_is_not_part_of_the_body() {
    let article = article("One.\r\n \t\r\n\r\nTwo.\n\u{a0}\nThree");
    let bodies: Vec<&str> =
        (0..article.paragraphs()).map(|it| &article.text()[article.paragraph_body(it)]).collect();
    assert_eq!(bodies, ["One.", "Two.", "Three"]);
}

#[test]
fn the_context_has_whole_code_points_even_inside_an_emoji() {
    let (article, spans) = drawn(
        "
👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀 lands 👩‍🚀
                                     ^^^^^ verb
",
    );
    let quote = article.quote(spans[0].0);
    assert_eq!((quote.exact, quote.suffix), ("lands", " 👩‍🚀"));
    assert_eq!(quote.prefix, format!("🚀{} ", "👩‍🚀".repeat(10)));
}

#[test]
fn every_bundled_article_is_its_file_and_every_file_is_bundled() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let files: BTreeSet<String> = fs::read_dir(&seeds)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "txt"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let library = Library::bundled();
    let bundled: Vec<String> = library.iter().map(|it| it.id().to_string()).collect();
    assert_eq!(bundled, files.into_iter().collect::<Vec<_>>(), "in order, each once");
    assert!(!bundled.is_empty());

    for (place, article) in library.iter().enumerate() {
        let article: &Article = article;
        let file = seeds.join(format!("{}.txt", article.id()));
        assert!(fs::read(&file).unwrap() == article.text().as_bytes(), "{} differs", file.display());
        assert_eq!(article.source(), format!("seeds/{}.txt", article.id()));
        assert!(!article.title().trim().is_empty() && !article.kind().trim().is_empty(), "{}", article.id());
        assert_eq!(library.position(article.id()), Some(place));
        assert_eq!(library.get(article.id()).map(|it| it.text()), Some(article.text()));
        assert_eq!(article.words(), article.text().split_whitespace().count());
    }
    assert!(library.get(&ArticleId::new("no such article")).is_none());
}

#[test]
fn the_digest_is_the_sha_256_of_the_bytes() {
    let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(article("abc").sha256(), known);
    // The hash of a long text can be computed in pieces.
    let long = "Some words. ".repeat(20_000);
    let (text, mut hashing, mut pieces) = (Text::new(&long), Hashing::default(), 1);
    while text.hash_step(&mut hashing) {
        pieces += 1;
    }
    assert_eq!((text.sha256(), pieces), (Text::new(&long).sha256(), 4));
}

#[test]
fn an_excerpt_has_whole_words_around_it_on_one_line() {
    let article = article("One  two\nthree four, five six.");
    let words = |quote: &str, before, after| {
        let start = article.text().find(quote).unwrap();
        let span = article.span(start, start + quote.len()).unwrap();
        let it = article.context(span, before, after);
        (it.before, it.words, it.after)
    };
    let of = |before: &str, words: &str, after: &str| (before.to_owned(), words.to_owned(), after.to_owned());
    assert_eq!(words("two\nthree", 40, 40), of("One ", "two three", " four, five six."));
    assert_eq!(words("four", 8, 7), of("three ", "four", ", five"));
    assert_eq!(words("four", 0, 0), of("", "four", ""));
    assert_eq!(words("two", 40, 3), of("One ", "two", " th"), "part of a word is better than none");
}

#[test]
fn a_line_that_is_too_long_is_divided_at_good_places() {
    const MOST: usize = 12 << 10;
    let pieces = |line: &str| -> Vec<String> {
        let text = format!("Before.\n{line}\r\n\nBehind.");
        let article = article(&text);
        let all: Vec<&str> = (0..article.paragraphs()).map(|it| &text[article.paragraph(it)]).collect();
        assert_eq!(all.concat(), text);
        assert_eq!((all[0], all[all.len() - 1]), ("Before.\n", "Behind."));
        assert!(all.iter().all(|it| it.trim_end().len() <= MOST && !it.trim().is_empty()));
        all[1..all.len() - 1].iter().map(|&it| it.to_owned()).collect()
    };
    assert_eq!(pieces(&"a".repeat(MOST)).len(), 1);
    let sentences = pieces(&"He said: “It is so.” Nobody knows why it was. ".repeat(1_000));
    assert!(sentences.len() > 5 && sentences.iter().all(|it| it.trim_end().ends_with(['.', '”'])));
    let words = pieces(&"word ".repeat(5_000));
    assert!(words.iter().all(|it| it.trim_end().ends_with("word") && it.starts_with("word")));
    let lines = pieces(&"战略武器。".repeat(3_000));
    assert!(lines.iter().all(|it| it.trim_end().ends_with('。')));
    let flags = pieces(&"x👩‍🚀e\u{301}".repeat(3_000));
    assert!(flags.iter().all(|it| it.starts_with('x') || it.starts_with('e')));
    assert!(pieces(&"\u{301}".repeat(9_000)).len() > 1, "a line without whole characters is divided anyway");
    assert_eq!(pieces(&format!("a{}", " ".repeat(3 * MOST))).len(), 1, "white space is not a paragraph");
}
