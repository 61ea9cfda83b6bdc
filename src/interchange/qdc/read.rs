//! Reads a codebook in one pass over the events of its XML.

use std::collections::HashSet;

use uuid::Uuid;

use super::{
    super::{
        code_tree::{Code, CodeSet, CodeTree, Rgb},
        codebook_text::CodebookText,
        color::parse_color,
        limits::{CODE_LEVEL_LIMIT, CODE_LIMIT},
        xml::{XmlElement, XmlEvent, XmlReader},
    },
    left_out::LeftOut,
    place::{Place, is_ours},
    problem::{QdcNote, QdcProblem},
};

/// A codebook that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Qdc {
    /// What it contains.
    pub tree: CodeTree,
    /// What is left out or was changed, for the user to see before it is taken over.
    pub notes: Vec<QdcNote>,
}

/// Reads a codebook.
///
/// # Errors
/// If the file is not a text, not XML, not a codebook, or exceeds a limit.
pub fn parse_qdc(bytes: &[u8]) -> Result<Qdc, QdcProblem> {
    let text = CodebookText::decode(bytes)?;
    let mut reader = QdcReader::new(&text);
    while reader.step(usize::MAX)? {}
    Ok(reader.finish())
}

/// Reads a codebook piece by piece, so that the page can respond in between.
pub struct QdcReader<'a> {
    xml: XmlReader<'a>,
    open: Vec<Place>,
    /// The codes that are open, outer ones first.
    codes: Vec<Code>,
    guids: HashSet<Uuid>,
    count: usize,
    left_out: LeftOut,
    read: Qdc,
}

impl<'a> QdcReader<'a> {
    /// Begins to read.
    pub fn new(text: &'a CodebookText) -> Self {
        let notes = if text.is_guessed { vec![QdcNote::Encoding] } else { Vec::new() };
        Self {
            xml: XmlReader::new(&text.text),
            open: Vec::new(),
            codes: Vec::new(),
            guids: HashSet::new(),
            count: 0,
            left_out: LeftOut::default(),
            read: Qdc { tree: CodeTree::default(), notes },
        }
    }

    /// The number of bytes of the text that were read.
    pub fn at(&self) -> usize {
        self.xml.at()
    }

    /// Reads up to `events` more beginnings, ends and texts. Returns whether there is more to read.
    ///
    /// # Errors
    /// If the file has to be refused; it cannot be read on then.
    pub fn step(&mut self, events: usize) -> Result<bool, QdcProblem> {
        for _ in 0..events {
            match self.xml.read()? {
                Some(XmlEvent::Start(element)) => self.start(&element)?,
                Some(XmlEvent::End) => self.end(),
                Some(XmlEvent::Text(text)) => self.text(&text),
                None => return Ok(false),
            }
        }
        Ok(true)
    }

    /// What was read.
    pub fn finish(mut self) -> Qdc {
        let sets = self.read.tree.sets.iter();
        let sets = sets.map(|it| QdcNote::Set { name: it.name.clone(), members: it.members.len() });
        self.read.notes.extend(self.left_out.into_notes().chain(sets));
        self.read
    }

    fn start(&mut self, element: &XmlElement<'_>) -> Result<(), QdcProblem> {
        let place = match self.open.last() {
            None => self.root(element)?,
            Some(outer) => Place::of(element, *outer),
        };
        match place {
            Place::Code => self.begin_code(element)?,
            Place::Set => self.read.tree.sets.push(set(element)),
            Place::CodeDescription => self.separate_descriptions(),
            Place::Member => self.member(element),
            Place::LeftOut if self.open.last() != Some(&Place::LeftOut) => {
                let line = self.xml.line();
                self.left_out.element(element.name, line);
            }
            _ => {}
        }
        self.open.push(place);
        Ok(())
    }

    fn root(&mut self, element: &XmlElement<'_>) -> Result<Place, QdcProblem> {
        if element.name != "CodeBook" || !is_ours(element) {
            let (name, namespace) = (element.name.to_owned(), element.namespace.to_string());
            return Err(QdcProblem::NotCodebook { name, namespace });
        }
        self.read.tree.origin = element.attribute("origin").map(str::to_owned);
        Ok(Place::CodeBook)
    }

    fn begin_code(&mut self, element: &XmlElement<'_>) -> Result<(), QdcProblem> {
        let line = self.xml.line();
        let name = element.attribute("name").unwrap_or_default().to_owned();
        if self.codes.len() == CODE_LEVEL_LIMIT {
            return Err(QdcProblem::TooDeep { line, name });
        }
        if self.count == CODE_LIMIT {
            return Err(QdcProblem::TooMany { line });
        }
        self.count += 1;
        let guid = self.guid(element, line, &name);
        let color = self.color(element, line, &name);
        let codable = element.attribute("isCodable").is_none_or(is_true);
        self.codes.push(Code { guid, name, color, codable, ..Code::default() });
        Ok(())
    }

    fn guid(&mut self, element: &XmlElement<'_>, line: usize, name: &str) -> Option<Uuid> {
        let name = || name.to_owned();
        let Some(written) = element.attribute("guid") else {
            self.read.notes.push(QdcNote::NoGuid { line, name: name() });
            return None;
        };
        let Some(guid) = parse_guid(written) else {
            self.read.notes.push(QdcNote::Guid { line, name: name(), found: written.to_owned() });
            return None;
        };
        if !self.guids.insert(guid) {
            self.read.notes.push(QdcNote::SameGuid { line, name: name() });
            return None;
        }
        Some(guid)
    }

    fn color(&mut self, element: &XmlElement<'_>, line: usize, name: &str) -> Option<Rgb> {
        let written = element.attribute("color")?;
        let color = parse_color(written);
        if color.is_none() {
            let (name, found) = (name.to_owned(), written.to_owned());
            self.read.notes.push(QdcNote::Color { line, name, found });
        }
        color
    }

    /// The standard allows one description. Should a code have another, they are kept apart.
    fn separate_descriptions(&mut self) {
        if let Some(code) = self.codes.last_mut().filter(|it| !it.description.is_empty()) {
            code.description.push('\n');
        }
    }

    fn member(&mut self, element: &XmlElement<'_>) {
        let guid = element.attribute("guid").and_then(parse_guid);
        if let Some((set, guid)) = self.read.tree.sets.last_mut().zip(guid) {
            set.members.push(guid);
        }
    }

    fn end(&mut self) {
        if self.open.pop() == Some(Place::Code)
            && let Some(code) = self.codes.pop()
        {
            let siblings = self.codes.last_mut().map(|it| &mut it.children);
            siblings.unwrap_or(&mut self.read.tree.codes).push(code);
        }
    }

    fn text(&mut self, text: &str) {
        let description = match self.open.last() {
            Some(Place::CodeDescription) => self.codes.last_mut().map(|it| &mut it.description),
            Some(Place::SetDescription) => self.read.tree.sets.last_mut().map(|it| &mut it.description),
            Some(Place::LeftOut) => return,
            _ => None,
        };
        if let Some(description) = description {
            description.push_str(text);
        } else if !text.trim().is_empty() {
            self.left_out.text(self.xml.line());
        }
    }
}

fn set(element: &XmlElement<'_>) -> CodeSet {
    CodeSet {
        guid: element.attribute("guid").and_then(parse_guid),
        name: element.attribute("name").unwrap_or_default().to_owned(),
        ..CodeSet::default()
    }
}

/// Every spelling but those of false is true, because a heading cannot be tagged with.
fn is_true(spelling: &str) -> bool {
    let spelling = spelling.trim();
    spelling != "0" && !spelling.eq_ignore_ascii_case("false")
}

/// A GUID, perhaps in braces or among white space.
fn parse_guid(written: &str) -> Option<Uuid> {
    let written = written.trim();
    let bare = written.strip_prefix('{').and_then(|it| it.strip_suffix('}')).unwrap_or(written);
    // The length excludes the spellings without hyphens.
    Uuid::try_parse(bare).ok().filter(|_| bare.len() == 36)
}
