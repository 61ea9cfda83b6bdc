//! Reading text files: detecting their kind and encoding, and extracting readable text from web pages.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use web_sys::{File, Node, TreeWalker};

use super::read_bytes::{ReadError, bytes};
use crate::{
    interchange::TEXT_LIMIT,
    text::{Decoded, Display, LegacyEncoding, Readable, charset_of_html, decode},
    ui::{
        features::{
            articles::{NewText, check, first_line},
            progress::Work,
        },
        platform,
    },
};

/// How many times larger than its text a web page may be, because of its markup.
const MARKUP: usize = 4;

/// The encodings that a person can choose: the label of the Encoding Standard, and the name on the page.
pub(super) const ENCODINGS: [(&str, &str); 12] = [
    ("windows-1252", "Western European (Windows-1252)"),
    ("windows-1251", "Cyrillic (Windows-1251)"),
    ("koi8-r", "Cyrillic (KOI8-R)"),
    ("windows-1250", "Central European (Windows-1250)"),
    ("windows-1253", "Greek (Windows-1253)"),
    ("windows-1254", "Turkish (Windows-1254)"),
    ("windows-1255", "Hebrew (Windows-1255)"),
    ("windows-1256", "Arabic (Windows-1256)"),
    ("gb18030", "Chinese (GB18030)"),
    ("big5", "Chinese (Big5)"),
    ("shift_jis", "Japanese (Shift JIS)"),
    ("euc-kr", "Korean (EUC-KR)"),
];

/// The kind of a text file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TextKind {
    Plain,
    Markdown,
    Page,
}

impl TextKind {
    /// The kind according to the file's name and the type that the browser reports.
    pub(crate) fn of(file: &File) -> Self {
        let (name, media_type) = (file.name().to_lowercase(), file.type_());
        let ends = |ends: &[&str]| ends.iter().any(|it| name.ends_with(it));
        if ends(&[".html", ".htm", ".xhtml"]) || media_type == "text/html" {
            Self::Page
        } else if ends(&[".md", ".markdown"]) {
            Self::Markdown
        } else {
            Self::Plain
        }
    }

    /// The name shown on the page.
    const fn name(self) -> &'static str {
        match self {
            Self::Plain => "Text file",
            Self::Markdown => "Markdown file",
            Self::Page => "Web page",
        }
    }
}

/// A file whose encoding the person has to confirm.
#[derive(Debug, PartialEq)]
pub(super) struct UnknownEncoding {
    pub(crate) name: String,
    kind: TextKind,
    bytes: Rc<[u8]>,
    /// The most likely encoding.
    pub(crate) guess: &'static str,
}

impl UnknownEncoding {
    /// Some of the text, decoded with this encoding. It includes the first character that depends on the encoding.
    pub(crate) fn sample(&self, label: &str) -> String {
        const BYTES: usize = 900;
        let first = self.bytes.iter().position(|it| *it >= 0x80).unwrap_or(0);
        // Start at a line break if possible, so as not to cut a character of several bytes.
        let before = self.bytes[..first].iter().rposition(|it| *it == b'\n').map_or(0, |it| it + 1);
        let start = before.max(first.saturating_sub(200));
        let end = self.bytes.len().min(start + BYTES);
        platform::decode(&self.bytes[start..end], label, false).unwrap_or_default()
    }
}

/// The result of reading a text file.
pub(super) enum TextFile {
    Text(NewText),
    UnknownEncoding(UnknownEncoding),
}

/// Reads a text file.
pub(super) async fn read_text(file: &File, work: &mut Work) -> Result<TextFile, ReadError> {
    let (name, kind) = (file.name(), TextKind::of(file));
    let limit = if kind == TextKind::Page { MARKUP * TEXT_LIMIT } else { 2 * TEXT_LIMIT };
    let bytes = bytes(file, limit, work).await?;
    let declared = || charset_of_html(&bytes).filter(|_| kind == TextKind::Page);
    let text = match decode(&bytes) {
        Decoded::Text(text) => text,
        Decoded::Refused(why) => return Err(ReadError::Refused(why.to_string())),
        Decoded::Unsure(guess) => {
            let Some(text) = declared().and_then(|it| platform::decode(&bytes, &it, true)) else {
                let guess = LegacyEncoding::label(guess);
                return Ok(TextFile::UnknownEncoding(UnknownEncoding {
                    name,
                    kind,
                    bytes: bytes.into(),
                    guess,
                }));
            };
            text
        }
    };
    new_text(name, kind, text, work).await.map(TextFile::Text)
}

/// Decodes a file with the encoding that the person has chosen.
pub(super) async fn read_as(
    file: &UnknownEncoding,
    label: &str,
    work: &mut Work,
) -> Result<NewText, ReadError> {
    let text = platform::decode(&file.bytes, label, true)
        .ok_or_else(|| ReadError::Refused("it is not in the chosen encoding".to_owned()))?;
    new_text(file.name.clone(), file.kind, text, work).await
}

/// Makes an article's text of a decoded file. The title is that of the web page, the file's name, or the first line.
async fn new_text(name: String, kind: TextKind, text: String, work: &mut Work) -> Result<NewText, ReadError> {
    let (title, text) = match kind {
        TextKind::Page => read_page(&text, work).await?,
        TextKind::Plain | TextKind::Markdown => (String::new(), text),
    };
    check(&text).map_err(ReadError::Refused)?;
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).replace('_', " ");
    let title = [title.trim(), stem.trim()].into_iter().find(|it| !it.is_empty()).map(str::to_owned);
    Ok(NewText { title: title.unwrap_or_else(|| first_line(&text)), kind: kind.name(), source: name, text })
}

/// Extracts the title and the readable text of a web page.
async fn read_page(markup: &str, work: &mut Work) -> Result<(String, String), ReadError> {
    let page = Node::from(platform::parse_page(markup).await.map_err(not_a_page)?);
    let (title, root) = find_title_and_root(&page, work).await?;
    let readable = walk(&root, work, |at, name, readable| match at.node_type() {
        Node::TEXT_NODE | Node::CDATA_SECTION_NODE => {
            readable.words(&at.node_value().unwrap_or_default());
            false
        }
        _ => !name.is_empty() && readable.open(name, platform::display_of(at)),
    })
    .await?;
    Ok((title, readable.finish()))
}

/// Visits the nodes below `root` and itself in document order. `enter` gets each node with its name, and returns whether
/// to visit its children.
async fn walk(
    root: &Node,
    work: &mut Work,
    mut enter: impl FnMut(&Node, &str, &mut Readable) -> bool,
) -> Result<Readable, ReadError> {
    let walker = platform::walk(root).map_err(not_a_page)?;
    let mut readable = Readable::default();
    let mut seen = 0_usize;
    loop {
        seen += 1;
        work.yield_if_due(seen % 100, 100).await?;
        let at = walker.current_node();
        let inside = enter(&at, &platform::node_name(&at), &mut readable);
        if !next_node(&walker, inside, &mut readable) {
            return Ok(readable);
        }
    }
}

fn not_a_page(_: JsValue) -> ReadError {
    ReadError::Refused("the browser could not read it as a web page".to_owned())
}

/// Moves the walker to the next node in document order, into the current node's children only if `inside`. Closes in
/// `readable` the elements that end on the way. Returns false at the end.
fn next_node(walker: &TreeWalker, inside: bool, readable: &mut Readable) -> bool {
    if inside {
        if matches!(walker.first_child(), Ok(Some(_))) {
            return true;
        }
        readable.close(&platform::node_name(&walker.current_node()));
    }
    while !matches!(walker.next_sibling(), Ok(Some(_))) {
        let Ok(Some(parent)) = walker.parent_node() else { return false };
        readable.close(&platform::node_name(&parent));
    }
    true
}

/// Finds the title of a web page, and its main part: the only `article`, the only `main`, or the body. Ignores hidden elements.
async fn find_title_and_root(page: &Node, work: &mut Work) -> Result<(String, Node), ReadError> {
    let (mut title, mut heading, mut body) = (None, None, None);
    let (mut articles, mut mains) = (Vec::new(), Vec::new());
    walk(page, work, |at, name, outline| {
        let entered = match name {
            "" => at == page && outline.open("", Display::default()),
            // The head is not displayed, but has the title.
            "head" => outline.open("", Display::default()),
            name => outline.open(name, platform::display_of(at)),
        };
        if entered && !outline.is_hidden() {
            match name {
                "title" if title.is_none() => title = at.text_content(),
                "h1" if heading.is_none() => heading = at.text_content(),
                "body" if body.is_none() => body = Some(at.clone()),
                "article" => articles.push(at.clone()),
                "main" => mains.push(at.clone()),
                _ => {}
            }
        }
        entered
    })
    .await?;
    let only = |mut found: Vec<Node>| if found.len() == 1 { found.pop() } else { None };
    let root = only(articles).or_else(|| only(mains)).or(body).unwrap_or_else(|| page.clone());
    let titles = [title, heading].into_iter().flatten();
    let mut titles = titles.map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
    Ok((titles.find(|it| !it.is_empty()).unwrap_or_default(), root))
}
