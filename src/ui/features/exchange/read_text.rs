//! Files with texts: found out what they are in, and made readable.

use std::rc::Rc;

use web_sys::{File, Node, TreeWalker};

use super::import::{ReadError, bytes};
use crate::{
    interchange::{TEXT_LIMIT, megabytes},
    text::{Decoded, Display, LegacyEncoding, Readable, charset_of_html, decode},
    ui::{
        features::{
            articles::{NewText, check, first_line},
            progress::Work,
        },
        platform,
    },
};

/// Markup takes room too: a web page may be so many times as large as its text.
const MARKUP: usize = 4;

/// Encodings that a person can choose from, as the Encoding Standard names them, and as people do.
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

/// What sort of text a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TextKind {
    Plain,
    Markdown,
    Page,
}

impl TextKind {
    /// What a file's name and the browser say.
    pub(crate) fn of(file: &File) -> Self {
        let (name, kind) = (file.name().to_lowercase(), file.type_());
        let ends = |ends: &[&str]| ends.iter().any(|it| name.ends_with(it));
        if ends(&[".html", ".htm", ".xhtml"]) || kind == "text/html" {
            Self::Page
        } else if ends(&[".md", ".markdown"]) {
            Self::Markdown
        } else {
            Self::Plain
        }
    }

    /// The name of such a text.
    const fn name(self) -> &'static str {
        match self {
            Self::Plain => "Text file",
            Self::Markdown => "Markdown file",
            Self::Page => "Web page",
        }
    }
}

/// A file whose encoding a person has to look at.
#[derive(Debug, PartialEq)]
pub(super) struct UnknownEncoding {
    pub(crate) name: String,
    sort: TextKind,
    bytes: Rc<[u8]>,
    /// The likeliest.
    pub(crate) guess: &'static str,
}

impl UnknownEncoding {
    /// Some of the text in this encoding, from before the first character that matters.
    pub(crate) fn sample(&self, label: &str) -> String {
        const BYTES: usize = 900;
        let first = self.bytes.iter().position(|it| *it >= 0x80).unwrap_or(0);
        // Of encodings with several bytes to a character none is to be cut off before it.
        let before = self.bytes[..first].iter().rposition(|it| *it == b'\n').map_or(0, |it| it + 1);
        let start = before.max(first.saturating_sub(200));
        let end = self.bytes.len().min(start + BYTES);
        platform::decode(&self.bytes[start..end], label, false).unwrap_or_default()
    }
}

/// What came of reading a file with a text.
pub(super) enum TextFile {
    Text(NewText),
    UnknownEncoding(UnknownEncoding),
}

/// Reads a file with a text.
pub(super) async fn read_text(file: &File, work: &mut Work) -> Result<TextFile, ReadError> {
    let (name, sort) = (file.name(), TextKind::of(file));
    let limit = if sort == TextKind::Page { MARKUP * TEXT_LIMIT } else { 2 * TEXT_LIMIT };
    let bytes = bytes(file, limit, work).await?;
    let declared = || charset_of_html(&bytes).filter(|_| sort == TextKind::Page);
    let text = match decode(&bytes) {
        Decoded::Text(text) => text,
        Decoded::Refused(why) => return Err(ReadError::Refused(why.to_string())),
        Decoded::Unsure(guess) => {
            let Some(text) = declared().and_then(|it| platform::decode(&bytes, &it, true)) else {
                let guess = LegacyEncoding::label(guess);
                return Ok(TextFile::UnknownEncoding(UnknownEncoding {
                    name,
                    sort,
                    bytes: bytes.into(),
                    guess,
                }));
            };
            text
        }
    };
    incoming(name, sort, text, work).await.map(TextFile::Text)
}

/// Reads a file in the encoding that a person has chosen.
pub(super) async fn read_as(
    unsure: &UnknownEncoding,
    label: &str,
    work: &mut Work,
) -> Result<NewText, ReadError> {
    let text = platform::decode(&unsure.bytes, label, true)
        .ok_or_else(|| ReadError::Refused("it is not in the chosen encoding".to_owned()))?;
    incoming(unsure.name.clone(), unsure.sort, text, work).await
}

async fn incoming(name: String, sort: TextKind, text: String, work: &mut Work) -> Result<NewText, ReadError> {
    let (title, text) = match sort {
        TextKind::Page => read_page(&text, work).await?,
        TextKind::Plain | TextKind::Markdown => (String::new(), text),
    };
    check(&text).map_err(ReadError::Refused)?;
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).replace('_', " ");
    let title = [title.trim(), stem.trim()].into_iter().find(|it| !it.is_empty()).map(str::to_owned);
    Ok(NewText { title: title.unwrap_or_else(|| first_line(&text)), kind: sort.name(), source: name, text })
}

/// The title and the readable text of a web page.
async fn read_page(markup: &str, work: &mut Work) -> Result<(String, String), ReadError> {
    let refused = |_| ReadError::Refused("the browser could not read it as a web page".to_owned());
    let page = Node::from(platform::parse_page(markup).await.map_err(refused)?);
    let (title, root) = survey(&page, work).await?;
    let mut readable = Readable::default();
    let walker = platform::walk(&root).map_err(refused)?;
    let mut seen = 0_usize;
    loop {
        seen += 1;
        work.rest(seen % 100, 100).await?;
        let at = walker.current_node();
        let name = platform::node_name(&at);
        let inside = match at.node_type() {
            Node::TEXT_NODE | Node::CDATA_SECTION_NODE => {
                readable.words(&at.node_value().unwrap_or_default());
                false
            }
            _ => !name.is_empty() && readable.open(&name, platform::display_of(&at)),
        };
        if !go_on(&walker, inside, &mut readable) {
            break;
        }
    }
    Ok((title, readable.finish()))
}

/// Goes to the next node in the order of the page, first `inside` the one it is at; whether there is one. Closes in
/// `readable` what ends on the way.
fn go_on(walker: &TreeWalker, inside: bool, readable: &mut Readable) -> bool {
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

/// The title of a web page, and the part of it that is read: where it says which part is the article, the rest is
/// around it. What a reader does not see is neither.
async fn survey(page: &Node, work: &mut Work) -> Result<(String, Node), ReadError> {
    let (mut title, mut heading, mut body) = (None, None, None);
    let (mut articles, mut mains) = (Vec::new(), Vec::new());
    if let Ok(walker) = platform::walk(page) {
        let mut outline = Readable::default();
        let mut seen = 0_usize;
        loop {
            seen += 1;
            work.rest(seen % 100, 100).await?;
            let at = walker.current_node();
            let name = platform::node_name(&at);
            let entered = match name.as_str() {
                "" => at == *page && outline.open("", Display::default()),
                // For the title's sake.
                "head" => outline.open("", Display::default()),
                name => outline.open(name, platform::display_of(&at)),
            };
            if entered && !outline.is_hidden() {
                match name.as_str() {
                    "title" if title.is_none() => title = at.text_content(),
                    "h1" if heading.is_none() => heading = at.text_content(),
                    "body" if body.is_none() => body = Some(at),
                    "article" => articles.push(at),
                    "main" => mains.push(at),
                    _ => {}
                }
            }
            if !go_on(&walker, entered, &mut outline) {
                break;
            }
        }
    }
    let only = |mut found: Vec<Node>| if found.len() == 1 { found.pop() } else { None };
    let root = only(articles).or_else(|| only(mains)).or(body).unwrap_or_else(|| page.clone());
    let titles = [title, heading].into_iter().flatten();
    let mut titles = titles.map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
    Ok((titles.find(|it| !it.is_empty()).unwrap_or_default(), root))
}

/// What a file is said to be when it is larger than is read.
pub(super) fn too_large(size: u64, limit: usize) -> ReadError {
    ReadError::Refused(format!(
        "it is {} large; the limit for a file with a text is {}",
        megabytes(size),
        megabytes(limit as u64)
    ))
}
