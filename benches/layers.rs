//! How the cost of the lower layers' work grows with the number of annotations: `cargo bench --bench layers`.
//!
//! Articles grow with their annotations, one for every 50 bytes, so the density stays the same.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench that cannot be set up fails")]

#[path = "../tests/support/default_tags.rs"]
mod default_tags;

use std::{hint::black_box, rc::Rc};

use divan::Bencher;
use glossator::{
    annotation::{
        Annotation, AnnotationId, AnnotationSet, Attributes, Context, Record, Records, ReplicaId, TagId,
        Timestamp, Version, runs,
    },
    interchange,
    session::{Command, Moment, Session},
    text::{Article, ArticleId, CodePoint, Folding, Library, Normalizer, Query, Search, Span, Utf16},
};

use default_tags::{argument, every_tag, prediction, proposal};

const SIZES: [usize; 5] = [10, 100, 1_000, 10_000, 100_000];

/// Bytes of article for each annotation.
const BYTES_PER_ANNOTATION: usize = 50;

/// A random number generator with the same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

fn article(text: &str) -> Article {
    Article::new(ArticleId::new("article"), "Title", "Note", "article.txt", text)
}

/// An article for `count` annotations and one window.
fn article_for(count: usize) -> Article {
    article(&"x".repeat(count * BYTES_PER_ANNOTATION + 1_000))
}

fn id(number: usize) -> AnnotationId {
    let mut entropy = [0; 10];
    entropy[..8].copy_from_slice(&number.to_be_bytes());
    AnnotationId::mint(Timestamp(1_700_000_000_000), entropy)
}

fn annotation(article: &Article, span: Span, tag: TagId) -> Rc<Annotation> {
    let article = article.id().clone();
    let (note, attributes) = (Rc::from(""), Attributes::default());
    Rc::new(Annotation { article, span, tag, note, attributes, created: Timestamp(0) })
}

/// Annotations at random places: most are as long as a sentence or two, one in a hundred is up to a page long.
fn random_annotations(article: &Article, count: usize) -> Vec<Rc<Annotation>> {
    let mut random = Random(7);
    (0..count)
        .map(|number| {
            let longest = if number % 100 == 0 { 1_000 } else { 200 };
            let start = random.below(article.text().len() - 1_000);
            let span = article.span(start, start + 1 + random.below(longest)).unwrap();
            annotation(article, span, every_tag()[random.below(3)])
        })
        .collect()
}

fn set_of(article: &Article, annotations: &[Rc<Annotation>]) -> AnnotationSet {
    let mut set = AnnotationSet::new(article.text().len());
    for (number, it) in annotations.iter().enumerate() {
        set.insert(id(number), Rc::clone(it));
    }
    set
}

fn records(article: &Article, count: usize, counter: u64) -> Vec<Record> {
    let version = Version { counter, replica: ReplicaId(1) };
    let all = random_annotations(article, count).into_iter().enumerate();
    all.map(|(number, it)| Record { id: id(number), version, modified: Timestamp(0), content: Some(it) })
        .collect()
}

/// A window of the length of a paragraph in the middle.
fn window(article: &Article) -> Span {
    let middle = article.text().len() / 2;
    article.span(middle, middle + 600).unwrap()
}

/// Converts a position to bytes and back, in an article of `count` code points.
#[divan::bench(args = SIZES)]
fn convert_units(bencher: Bencher<'_, '_>, count: usize) {
    let text: String = "Treaty 条约 👩‍🚀 é معاهدة. ".chars().cycle().take(count).collect();
    let article = article(&text);
    let mut random = Random(7);
    bencher.with_inputs(|| random.below(count - 1)).bench_local_values(|at| {
        let span = article.span_of_code_points(CodePoint(at), CodePoint(at + 1)).unwrap();
        let Utf16(start) = article.utf16(span.start());
        (article.byte_at_utf16(Utf16(start)), article.code_point(span.end()))
    });
}

/// Indexes the units and paragraphs of an article, which happens once for each article.
#[divan::bench(args = SIZES)]
fn open_an_article(bencher: Bencher<'_, '_>, count: usize) {
    let text = "A line of some sixty bytes, with 条约 in it, and its end.\n"
        .repeat(count * BYTES_PER_ANNOTATION / 60 + 1);
    bencher.bench_local(|| article(black_box(&text)));
}

#[divan::bench(args = SIZES)]
fn overlap_query(bencher: Bencher<'_, '_>, count: usize) {
    let article = article_for(count);
    let set = set_of(&article, &random_annotations(&article, count));
    bencher.bench_local(|| set.overlapping(black_box(window(&article))));
}

/// The first step of the table and of exports.
#[divan::bench(args = SIZES)]
fn all_in_order(bencher: Bencher<'_, '_>, count: usize) {
    let article = article_for(count);
    let set = set_of(&article, &random_annotations(&article, count));
    bencher.bench_local(|| black_box(&set).in_order());
}

/// The worst case: a query right behind `count` annotations, of which it finds none.
///
/// Stops at 10,000, since inserting each compares it with all others.
#[divan::bench(args = SIZES[..4].iter().copied())]
fn overlap_query_beside_a_stack(bencher: Bencher<'_, '_>, count: usize) {
    let article = article_for(0);
    let stacked = annotation(&article, article.span(100, 200).unwrap(), proposal());
    let set = set_of(&article, &vec![stacked; count]);
    let beside = article.span(200, 201).unwrap();
    bencher.bench_local(|| set.overlapping(black_box(beside)));
}

#[divan::bench(args = SIZES)]
fn runs_of_a_paragraph(bencher: Bencher<'_, '_>, count: usize) {
    let article = article_for(count);
    let entries = set_of(&article, &random_annotations(&article, count)).overlapping(window(&article));
    bencher.bench_local(|| runs(window(&article), black_box(&entries)));
}

#[divan::bench(args = SIZES)]
fn insert_and_remove(bencher: Bencher<'_, '_>, count: usize) {
    let article = article_for(count);
    let mut set = set_of(&article, &random_annotations(&article, count));
    let span = article.span(window(&article).start(), window(&article).start() + 100).unwrap();
    let new = annotation(&article, span, argument());
    bencher.bench_local(|| {
        set.insert(id(count), Rc::clone(&new));
        set.remove(id(count))
    });
}

/// The worst case of a filtered step: the next annotation with a tag that none has.
#[divan::bench(args = SIZES)]
fn next_of_a_rare_tag(bencher: Bencher<'_, '_>, count: usize) {
    let article = article_for(count);
    let mut all = random_annotations(&article, count);
    for it in &mut all {
        *it = annotation(&article, it.span, proposal());
    }
    let set = set_of(&article, &all);
    let (first, rare) = (set.in_order()[0].0, prediction());
    bencher.bench_local(|| set.next(black_box(first), |tag| tag == rare));
}

/// Changes a tag and undoes it, through the whole session.
#[divan::bench(args = SIZES)]
fn retag_and_undo(bencher: Bencher<'_, '_>, count: usize) {
    let article = article_for(count);
    let records = records(&article, count, 1);
    let mut session = Session::new(Library::from_iter([article]), ReplicaId(2));
    session.merge(records);
    let moment = Moment { now: Timestamp(1), entropy: [0; 10] };
    let target = id(count / 2);
    let now = session.annotation(target).unwrap().tag;
    let tag = every_tag().into_iter().find(|it| *it != now).unwrap();
    bencher.bench_local(|| {
        session.execute(&Command::Retag(target, tag), moment);
        session.undo(Timestamp(2))
    });
}

/// Merges `count` records that supersede as many others.
#[divan::bench(args = SIZES)]
fn merge_all(bencher: Bencher<'_, '_>, count: usize) {
    let article = article_for(count);
    let here: Records = records(&article, count, 1).into_iter().collect();
    let there = records(&article, count, 2);
    bencher.with_inputs(|| (here.clone(), there.clone())).bench_local_values(|(mut here, there)| {
        for record in there {
            here.merge(record);
        }
        here
    });
}

/// Merges one record into `count` others.
#[divan::bench(args = SIZES)]
fn merge_one(bencher: Bencher<'_, '_>, count: usize) {
    let article = article_for(count);
    let mut here: Records = records(&article, count, 1).into_iter().collect();
    let mut record = records(&article, 1, 1).remove(0);
    bencher.bench_local(|| {
        record.version.counter += 1;
        here.merge(black_box(record.clone()))
    });
}

/// Normalizes by lower-casing, which is enough for ASCII.
struct Ascii;

impl Normalizer for Ascii {
    fn normalize(&self, character: char) -> String {
        character.to_lowercase().to_string()
    }
}

/// A text in which about one word in a hundred matches the query.
fn searchable(count: usize) -> Article {
    let words =
        "the treaty was signed and the parties met again to speak of its terms before the winter came "
            .repeat(5);
    article(&format!("{words} witness. ").repeat(count * BYTES_PER_ANNOTATION / words.len() + 1))
}

/// Up to the first match, for which a person waits.
#[divan::bench(args = SIZES)]
fn search_first(bencher: Bencher<'_, '_>, count: usize) {
    search_while(bencher, count, <[Span]>::is_empty);
}

/// All matches, which the page finds in slices.
#[divan::bench(args = SIZES)]
fn search_all(bencher: Bencher<'_, '_>, count: usize) {
    search_while(bencher, count, |_| true);
}

/// Searches until the end, or until the matches found so far suffice.
fn search_while(bencher: Bencher<'_, '_>, count: usize, goes_on: impl Fn(&[Span]) -> bool) {
    let article = searchable(count);
    let mut folding = Folding::new(Ascii);
    bencher.bench_local(|| {
        let mut found = Vec::new();
        if let Some(query) = Query::new("Witness", &mut folding) {
            let mut search = Search::new(query, article.text().len());
            while goes_on(&found) && search.step(&article, &mut folding, &mut found) {}
        }
        found
    });
}

/// Parses one stored annotation, on an article for `count`.
#[divan::bench(args = SIZES)]
fn read_a_stored_record(bencher: Bencher<'_, '_>, count: usize) {
    let article = article_for(count);
    let record = records(&article, 1, 1).remove(0);
    let context = Context::from(Library::from_iter([article]));
    let stored = interchange::write_stored(&record, &context).unwrap();
    bencher.bench_local(|| interchange::parse_stored(black_box(&stored), &context));
}

/// Writes a whole export and parses it again, as the page does to check it.
#[divan::bench(args = SIZES)]
fn export_all(bencher: Bencher<'_, '_>, count: usize) {
    let article = Rc::new(article_for(count));
    let records = records(&article, count, 1);
    let context = Context::from(Library::from_iter([article]));
    bencher.bench_local(|| interchange::write(&context, black_box(&records), Timestamp(2)));
}

fn main() {
    divan::main();
}
