//! Generated texts and annotations, the same in every run.

use std::{fmt::Write as _, fs, path::Path, rc::Rc};

use glossator::{
    annotation::{
        Annotation, AnnotationId, ArticleRecord, Attributes, Codebook, Context, Record, ReplicaId, TagId,
        Timestamp, Version,
    },
    interchange,
    text::{Article, ArticleId, Library},
};
use tempfile::TempDir;

use crate::harness::records::FIRST;

const TAGS: [&str; 3] = ["proposal", "argument", "prediction"];

/// The size of a text, and the number of its annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) name: &'static str,
    bytes: usize,
    pub(crate) annotations: usize,
}

impl Size {
    /// The smallest shows which costs grow.
    pub(crate) const ALL: [Self; 4] = [
        Self { name: "10kB", bytes: 10_000, annotations: 10 },
        Self { name: "100kB", bytes: 100_000, annotations: 1_000 },
        Self { name: "1MB", bytes: 1_000_000, annotations: 10_000 },
        Self { name: "5MB", bytes: 5_000_000, annotations: 50_000 },
    ];
}

/// A text with annotations, as files for the page and for the floor.
pub(crate) struct Sample {
    pub(crate) size: Size,
    article: ArticleId,
    /// The first line of the text.
    pub(crate) words: String,
    /// The number of annotations that begin in its first paragraph.
    pub(crate) first: usize,
    /// A folder with an export for the page, and the floor's pages with their data.
    pub(crate) folder: TempDir,
}

const WORDS: &str = "the of and to in a is that it was for on are as with his they at be this from have or by one had not \
    but what all were when we there can an your which their said if do will each about how up out them then she many some \
    so these would other into has more two like him see time could no make than first been its who now people my made over \
    did down only way find use may water long little very after words called just where most know through treaty ministry \
    parliament committee evidence research station government university president language hearing witness";

/// A generator of numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }
}

/// Paragraphs of 80 to 120 words in sentences, with an empty line between them.
fn prose(bytes: usize) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut numbers = Numbers(7);
    let mut text = String::new();
    while text.len() < bytes {
        let mut left = 0;
        let last = 79 + numbers.below(41);
        for at in 0..=last {
            let word = words[numbers.below(words.len())];
            if left == 0 {
                left = 6 + numbers.below(14);
                text.push(char::from(word.as_bytes()[0].to_ascii_uppercase()));
                text.push_str(&word[1..]);
            } else {
                text.push_str(word);
            }
            left -= 1;
            if at == last {
                text.push_str(".\n\n");
            } else {
                text.push_str(if left == 0 { ". " } else { " " });
            }
        }
    }
    text
}

impl Sample {
    pub(crate) fn new(size: Size) -> Self {
        let id = ArticleRecord::mint(Timestamp(1_795_000_000_000), [7; 10]);
        let text = prose(size.bytes);
        let article = Rc::new(Article::new(id.clone(), "A long text", "Text file", "long.txt", &text));
        let mut numbers = Numbers(11);
        let records: Vec<Record> =
            (0..size.annotations).map(|number| record(&article, number, &mut numbers)).collect();
        let folder =
            tempfile::Builder::new().prefix("glossator-bench-").tempdir().expect("a temporary folder");
        let context = Context::from(Library::from_iter([Rc::clone(&article)]));
        let export = interchange::write_with(&context, &records, Timestamp(1_795_300_000_000), true);
        fs::write(folder.path().join("export.json"), export.expect("generated records are valid"))
            .expect("the folder takes a file");
        write_floor(folder.path(), &text, &records);
        let words = text.lines().next().unwrap_or_default();
        let first =
            records.iter().filter(|it| it.content.as_ref().is_some_and(|it| it.span.start() < words.len()));
        Self { size, article: id, words: words.to_owned(), first: first.count(), folder }
    }

    /// The fragment of the address at which the page shows the text.
    pub(crate) fn address(&self) -> String {
        format!("#/a/{}", self.article.as_str())
    }
}

/// An annotation of 20 to 200 bytes anywhere, which may overlap others.
fn record(article: &Rc<Article>, number: usize, numbers: &mut Numbers) -> Record {
    let length = 20 + numbers.below(181);
    let start = numbers.below(article.text().len() - length - 1);
    let span = article.span(start, start + length).expect("the text is ASCII");
    let span = article.trim(span).expect("white space is never that long");
    let mut entropy = [0; 10];
    entropy[..4].copy_from_slice(&u32::try_from(number).expect("a number").to_be_bytes());
    let made = Timestamp(1_795_100_000_000 + 1_000 * number as u64);
    let annotation = Annotation {
        article: article.id().clone(),
        span,
        tag: TagId::new(TAGS[numbers.below(TAGS.len())]),
        note: if number.is_multiple_of(20) { "Compare the witness before.".into() } else { "".into() },
        attributes: Attributes::default(),
        created: made,
    };
    let version = Version { counter: 1, replica: ReplicaId(7) };
    Record {
        id: AnnotationId::mint(made, entropy),
        version,
        modified: made,
        content: Some(Rc::new(annotation)),
    }
}

/// Writes the floor's pages: a hand-written one with the same text and annotations, and the text, as well as that of a
/// first visit, as plain HTML.
fn write_floor(folder: &Path, text: &str, records: &[Record]) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/floor");
    let drawn = folder.join("floor");
    fs::create_dir_all(&drawn).expect("the folder takes a folder");
    for name in ["index.html", "floor.js"] {
        fs::copy(source.join(name), drawn.join(name)).expect("the floor is there");
    }
    let codebook = Codebook::default();
    let place = |tag| codebook.index_of(tag).expect("a default tag");
    let numbers: Vec<usize> = records
        .iter()
        .filter_map(|it| it.content.as_ref())
        .flat_map(|it| [it.span.start(), it.span.end(), place(it.tag)])
        .collect();
    fs::write(drawn.join("annotations.json"), serde_json::json!(numbers).to_string()).expect("a file");
    fs::write(drawn.join("text.txt"), text).expect("a file");

    write_plain(&folder.join("plain"), text);
    write_plain(&folder.join("first"), FIRST.text);
}

/// Writes a text as a plain HTML page, with as many bytes of script as the built page has, all of them a comment.
fn write_plain(folder: &Path, text: &str) {
    fs::create_dir_all(folder).expect("the folder takes a folder");
    let mut page = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Plain</title>\
                    <script src=\"script.js\"></script></head><body><div id=\"text\">"
        .to_owned();
    for paragraph in text.lines().filter(|it| !it.is_empty()) {
        let _ = write!(page, "<p>{paragraph}</p>");
    }
    page.push_str("</div></body></html>");
    fs::write(folder.join("index.html"), page).expect("a file");
    let script = format!("/*{}*/", "x".repeat(script_bytes()));
    fs::write(folder.join("script.js"), script).expect("a file");
}

/// The bytes of scripts and WebAssembly in the built page.
fn script_bytes() -> usize {
    let files = fs::read_dir(crate::harness::built_page()).expect("the built page");
    files
        .filter_map(|it| Some(it.ok()?.path()))
        .filter(|it| it.extension().is_some_and(|it| it == "js" || it == "wasm"))
        .filter_map(|it| usize::try_from(it.metadata().ok()?.len()).ok())
        .sum()
}
