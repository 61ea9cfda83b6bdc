//! Reads a document as a sequence of events, so that the caller can pause.

use std::{borrow::Cow, rc::Rc};

use super::{
    characters::is_white,
    cursor::Cursor,
    limits::{ATTRIBUTE_LIMIT, DECLARATION_LIMIT, XML_LEVEL_LIMIT},
    namespaces::Namespaces,
    problem::{XmlExpected, XmlProblem},
    references::{line_feeds, resolve, spaces},
};

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlEvent<'a> {
    /// An element begins.
    Start(XmlElement<'a>),
    /// The innermost element ends. An empty element begins and ends.
    End,
    /// Text in an element, with line breaks as LF. A comment or a CDATA section divides it.
    Text(Cow<'a, str>),
}

/// The beginning of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlElement<'a> {
    /// Its name without prefix.
    pub name: &'a str,
    /// Its namespace; empty if it has none.
    pub namespace: Rc<str>,
    /// Names as they are written, and values.
    pub attributes: Vec<(&'a str, Cow<'a, str>)>,
}

impl XmlElement<'_> {
    /// The value of the attribute of this name.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(it, _)| *it == name).map(|(_, value)| &**value)
    }
}

/// An element that has not ended.
struct Open<'a> {
    /// As it is written.
    name: &'a str,
    /// The number of namespaces outside of it.
    namespaces: usize,
}

/// Reads a document from its beginning. No event may be read after a problem.
pub struct XmlReader<'a> {
    cursor: Cursor<'a>,
    open: Vec<Open<'a>>,
    namespaces: Namespaces<'a>,
    /// The last tag was that of an empty element, whose end was not told yet.
    is_empty: bool,
    /// The first element has begun.
    has_begun: bool,
}

impl<'a> XmlReader<'a> {
    /// Begins to read a text without byte order mark.
    pub fn new(text: &'a str) -> Self {
        let namespaces = Namespaces::default();
        Self { cursor: Cursor::new(text), open: Vec::new(), namespaces, is_empty: false, has_begun: false }
    }

    /// The number of bytes read so far.
    pub fn at(&self) -> usize {
        self.cursor.at()
    }

    /// The line in which the last event ended, counted from 1.
    pub fn line(&mut self) -> usize {
        self.cursor.line()
    }

    /// Reads on; `None` is the end of the file.
    ///
    /// # Errors
    /// If the file is not well-formed at this place, has a document type, or exceeds a limit.
    pub fn read(&mut self) -> Result<Option<XmlEvent<'a>>, XmlProblem> {
        if self.is_empty {
            return Ok(Some(self.close()));
        }
        while !self.cursor.rest().is_empty() {
            let event = self.part()?;
            if event.is_some() {
                return Ok(event);
            }
        }
        match self.open.last() {
            Some(Open { name, .. }) => Err(self.cursor.problem(XmlExpected::Close((*name).to_owned()))),
            None if self.has_begun => Ok(None),
            None => Err(self.cursor.problem(XmlExpected::Element)),
        }
    }

    /// Reads the next part; `None` if it is no event.
    fn part(&mut self) -> Result<Option<XmlEvent<'a>>, XmlProblem> {
        let rest = self.cursor.rest();
        if !rest.starts_with('<') {
            return self.text();
        }
        match rest.as_bytes().get(1) {
            Some(b'?') => self.instruction().map(|()| None),
            Some(b'!') => self.comment_or_cdata(),
            Some(b'/') => self.end().map(Some),
            _ => self.start().map(Some),
        }
    }

    fn text(&mut self) -> Result<Option<XmlEvent<'a>>, XmlProblem> {
        let (from, rest) = (self.cursor.at(), self.cursor.rest());
        if self.open.is_empty() {
            return self.between();
        }
        let text = self.cursor.take(rest.find('<').unwrap_or(rest.len()))?;
        if let Some(at) = text.find("]]>") {
            return Err(self.cursor.problem_at(from + at, XmlExpected::NoCdataEnd));
        }
        self.resolved(text, from, line_feeds).map(|it| Some(XmlEvent::Text(it)))
    }

    /// Resolves the references of a text that begins at a place, after normalizing it.
    fn resolved(
        &self,
        text: &'a str,
        from: usize,
        normalize: fn(&str) -> Cow<'_, str>,
    ) -> Result<Cow<'a, str>, XmlProblem> {
        resolve(normalize(text)).map_err(|_| {
            // The place in the text as it is written, which normalizing may have shortened.
            let at = resolve(text.into()).err().unwrap_or(0);
            self.cursor.problem_at(from + at, XmlExpected::Reference)
        })
    }

    /// Reads white space outside the first element.
    fn between(&mut self) -> Result<Option<XmlEvent<'a>>, XmlProblem> {
        if self.cursor.white() { Ok(None) } else { Err(self.outside()) }
    }

    /// The problem that something is before or behind the first element.
    fn outside(&self) -> XmlProblem {
        self.cursor.problem(if self.has_begun { XmlExpected::End } else { XmlExpected::Element })
    }

    fn instruction(&mut self) -> Result<(), XmlProblem> {
        let from = self.cursor.at();
        self.cursor.skip("<?");
        if self.cursor.name()?.eq_ignore_ascii_case("xml") && from > 0 {
            return Err(self.cursor.problem_at(from, XmlExpected::Declaration));
        }
        let is_next = self.cursor.rest().starts_with(is_white) || self.cursor.rest().starts_with("?>");
        if !is_next {
            return Err(self.cursor.problem(XmlExpected::InstructionEnd));
        }
        self.cursor.until("?>", XmlExpected::InstructionEnd).map(|_| ())
    }

    fn comment_or_cdata(&mut self) -> Result<Option<XmlEvent<'a>>, XmlProblem> {
        if self.cursor.skip("<!--") {
            self.cursor.until("--", XmlExpected::CommentEnd)?;
            return self.cursor.expect(">", XmlExpected::CommentEnd).map(|()| None);
        }
        if !self.cursor.rest().starts_with("<![CDATA[") {
            return Err(self.cursor.problem(XmlExpected::NoDoctype));
        }
        if self.open.is_empty() {
            return Err(self.outside());
        }
        self.cursor.skip("<![CDATA[");
        let text = self.cursor.until("]]>", XmlExpected::CdataEnd)?;
        Ok(Some(XmlEvent::Text(line_feeds(text))))
    }

    fn end(&mut self) -> Result<XmlEvent<'a>, XmlProblem> {
        let from = self.cursor.at();
        let Some(Open { name, .. }) = self.open.last() else { return Err(self.outside()) };
        let name = *name;
        self.cursor.skip("</");
        if self.cursor.name()? != name {
            return Err(self.cursor.problem_at(from, XmlExpected::Close(name.to_owned())));
        }
        self.cursor.white();
        self.cursor.expect(">", XmlExpected::EndTagEnd)?;
        Ok(self.close())
    }

    fn close(&mut self) -> XmlEvent<'a> {
        self.is_empty = false;
        if let Some(Open { namespaces, .. }) = self.open.pop() {
            self.namespaces.truncate(namespaces);
        }
        XmlEvent::End
    }

    fn start(&mut self) -> Result<XmlEvent<'a>, XmlProblem> {
        if self.open.is_empty() && self.has_begun {
            return Err(self.outside());
        }
        if self.open.len() == XML_LEVEL_LIMIT {
            return Err(self.cursor.problem(XmlExpected::FewerLevels));
        }
        let from = self.cursor.at();
        self.cursor.skip("<");
        let written = self.cursor.name()?;
        let attributes = self.attributes()?;
        self.open(written, from, attributes).map(XmlEvent::Start)
    }

    fn open(
        &mut self,
        written: &'a str,
        from: usize,
        attributes: Vec<(&'a str, Cow<'a, str>)>,
    ) -> Result<XmlElement<'a>, XmlProblem> {
        self.has_begun = true;
        self.open.push(Open { name: written, namespaces: self.namespaces.count() });
        for (name, value) in &attributes {
            self.namespaces.declare(name, value);
        }
        if self.namespaces.count() > DECLARATION_LIMIT {
            return Err(self.cursor.problem_at(from, XmlExpected::FewerNamespaces));
        }
        let (prefix, name) = written.split_once(':').unwrap_or(("", written));
        let namespace = self.namespaces.of(prefix);
        let namespace = namespace.ok_or_else(|| self.cursor.problem_at(from + 1, XmlExpected::Prefix))?;
        Ok(XmlElement { name, namespace, attributes })
    }

    /// Reads the attributes and the end of a tag.
    fn attributes(&mut self) -> Result<Vec<(&'a str, Cow<'a, str>)>, XmlProblem> {
        let mut attributes: Vec<(&str, Cow<'_, str>)> = Vec::new();
        loop {
            let is_separate = self.cursor.white();
            self.is_empty = self.cursor.skip("/>");
            if self.is_empty || self.cursor.skip(">") {
                return Ok(attributes);
            }
            if !is_separate || self.cursor.rest().is_empty() {
                return Err(self.cursor.problem(XmlExpected::TagEnd));
            }
            if attributes.len() == ATTRIBUTE_LIMIT {
                return Err(self.cursor.problem(XmlExpected::FewerAttributes));
            }
            let from = self.cursor.at();
            let (name, value) = self.attribute()?;
            if attributes.iter().any(|(it, _)| *it == name) {
                return Err(self.cursor.problem_at(from, XmlExpected::OtherAttribute));
            }
            attributes.push((name, value));
        }
    }

    fn attribute(&mut self) -> Result<(&'a str, Cow<'a, str>), XmlProblem> {
        let name = self.cursor.name()?;
        self.cursor.white();
        self.cursor.expect("=", XmlExpected::Equals)?;
        self.cursor.white();
        let mark = ["\"", "'"].into_iter().find(|it| self.cursor.skip(it));
        let mark = mark.ok_or_else(|| self.cursor.problem(XmlExpected::Value))?;
        let from = self.cursor.at();
        let raw = self.cursor.until(mark, XmlExpected::ValueEnd)?;
        if let Some(at) = raw.find('<') {
            return Err(self.cursor.problem_at(from + at, XmlExpected::NoMarkup));
        }
        Ok((name, self.resolved(raw, from, spaces)?))
    }
}
