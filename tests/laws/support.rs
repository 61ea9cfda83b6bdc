//! Generators of texts, spans and records, and spans drawn with carets.

use std::rc::Rc;

use glossator::{
    annotation::{Annotation, AnnotationId, Attributes, Entry, TagId, Timestamp},
    text::{Article, ArticleId, CodePoint, Span},
};
use proptest::{collection::vec, prelude::*, sample::Index};

use super::default_tags::every_tag;

/// Strings that make positions hard: several bytes, two UTF-16 units, several code points to one character, all kinds
/// of white space and line ends, right-to-left script, and the empty string.
const PIECES: &[&str] = &[
    "",
    "a",
    "The treaty",
    " ",
    ". ",
    "é",
    "e\u{301}",
    "👩‍🚀",
    "👨‍👩‍👧‍👦",
    "🇪🇺",
    "𝔘",
    "\u{10FFFF}",
    "معاهدة",
    "条约",
    "\t",
    "\u{a0}",
    "\u{3000}",
    "\u{200b}",
    "\u{2028}",
    "\u{feff}",
    "\n",
    "\n\n",
    "\r\n",
    "\r\n\r\n",
    "\r",
    "\n \t\n",
];

fn pieces(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, count).prop_map(|pieces| pieces.concat())
}

/// Any text, including the empty one. One in four is longer than several intervals of the index of units.
pub(crate) fn texts() -> impl Strategy<Value = String> {
    prop_oneof![3 => pieces(0..24), 1 => pieces(300..600)]
}

/// Any text with at least one character.
pub(crate) fn texts_with_something() -> impl Strategy<Value = String> {
    texts().prop_map(|text| if text.is_empty() { "字".to_owned() } else { text })
}

/// An article with this text.
pub(crate) fn article(text: &str) -> Article {
    Article::new(ArticleId::new("article"), "Title", "Note", "article.txt", text)
}

/// Every position of a text, including its end.
pub(crate) fn boundaries(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

/// A span between any two positions of a text that is not empty.
pub(crate) fn pick_span(article: &Article, one: Index, other: Index) -> Span {
    let all = boundaries(article.text());
    let start = one.index(all.len() - 1);
    let end = start + 1 + other.index(all.len() - 1 - start);
    article.span(all[start], all[end]).unwrap()
}

/// One of the tags.
pub(crate) fn tags() -> impl Strategy<Value = TagId> {
    prop::sample::select(every_tag())
}

/// The id for a number, always the same.
pub(crate) fn id(number: u8) -> AnnotationId {
    AnnotationId::mint(Timestamp(1_700_000_000_000 + u64::from(number)), [number; 10])
}

/// An annotation without a note.
pub(crate) fn annotation(article: &Article, span: Span, tag: TagId) -> Rc<Annotation> {
    Rc::new(Annotation {
        article: article.id().clone(),
        span,
        tag,
        note: Rc::from(""),
        attributes: Attributes::default(),
        created: Timestamp(1_700_000_000_000),
    })
}

/// Text order, computed naively: by start, then the longer first, then by id.
pub(crate) fn in_text_order(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by(|(a, one), (b, other)| {
        let by_start = one.span.start().cmp(&other.span.start());
        by_start.then(other.span.end().cmp(&one.span.end())).then(a.cmp(b))
    });
    entries
}

/// Reads a drawing: lines of text, and under each line its spans, drawn with carets and named.
///
/// Carets count code points, and overlapping spans have lines of their own. The lines of text are joined with line
/// feeds.
pub(crate) fn drawn(drawing: &str) -> (Article, Vec<(Span, String)>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut line_start = 0;
    for line in drawing.trim_matches('\n').lines() {
        let carets = line.trim_start();
        if !carets.starts_with('^') {
            if !text.is_empty() {
                text.push('\n');
            }
            line_start = text.chars().count();
            text.push_str(line);
            continue;
        }
        let (carets, name) = carets.split_once(' ').expect("a name after the carets");
        assert!(carets.chars().all(|it| it == '^'), "only carets and then a name: {line}");
        let start = line_start + line.chars().take_while(|it| *it == ' ').count();
        spans.push((start, start + carets.len(), name.trim().to_owned()));
    }
    let article = article(&text);
    let spans = spans
        .into_iter()
        .map(|(start, end, name)| {
            (article.span_of_code_points(CodePoint(start), CodePoint(end)).unwrap(), name)
        })
        .collect();
    (article, spans)
}

/// The spans of a drawing as annotations numbered from 0. Their names are the ids of tags.
pub(crate) fn drawn_annotations(drawing: &str) -> (Article, Vec<Entry>) {
    let (article, spans) = drawn(drawing);
    let entries = (0..)
        .zip(spans)
        .map(|(number, (span, name))| (id(number), annotation(&article, span, TagId::new(&name))))
        .collect();
    (article, entries)
}

#[test]
fn spans_are_read_from_a_drawing() {
    let (article, spans) = drawn(
        "
The U.S. Senate ratified it.
    ^^^^^^^^^^^ proposal
         ^^^^^^ argument
条约 👩‍🚀 lands.
^^ prediction
       ^^^^^ verb
",
    );
    let words: Vec<_> = spans.iter().map(|(span, name)| (article.slice(*span), name.as_str())).collect();
    assert_eq!(
        words,
        [("U.S. Senate", "proposal"), ("Senate", "argument"), ("条约", "prediction"), ("lands", "verb")]
    );
}
