//! Why a file is not the XML that is read here.

use super::limits::{ATTRIBUTE_LIMIT, DECLARATION_LIMIT, XML_LEVEL_LIMIT};

/// Where a file is not well-formed, what was expected there, and what was found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: expected {expected}, found {found}")]
pub struct XmlProblem {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in code points.
    pub column: usize,
    /// What was expected.
    pub expected: XmlExpected,
    /// The beginning of what is there instead, in words.
    pub found: String,
}

/// What was expected at a place of an XML file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XmlExpected {
    /// The name of an element, an attribute or an instruction.
    #[error("a name")]
    Name,
    /// The sign between an attribute and its value.
    #[error("“=”")]
    Equals,
    /// The beginning of a value.
    #[error("a value in quotation marks")]
    Value,
    /// The quotation mark that ends a value.
    #[error("the quotation mark that ends the value")]
    ValueEnd,
    /// A value without markup.
    #[error("“&lt;” for “<” in a value")]
    NoMarkup,
    /// What may follow in a tag.
    #[error("white space, “>” or “/>”")]
    TagEnd,
    /// The end of an end tag.
    #[error("“>”")]
    EndTagEnd,
    /// The end tag of the element that was opened last.
    #[error("“</{0}>”")]
    Close(String),
    /// The end of an instruction.
    #[error("“?>”, the end of the instruction")]
    InstructionEnd,
    /// The declaration at the beginning only.
    #[error("“<?xml” only at the beginning of the file")]
    Declaration,
    /// The end of a comment.
    #[error("“-->”, the end of the comment")]
    CommentEnd,
    /// The end of a CDATA section.
    #[error("“]]>”, the end of the CDATA section")]
    CdataEnd,
    /// No document type, which could define entities.
    #[error("an element, as document types are not read")]
    NoDoctype,
    /// One of the references that are read.
    #[error("“&amp;” for “&”, or “&lt;”, “&gt;”, “&quot;”, “&apos;” or the number of a character")]
    Reference,
    /// The first element.
    #[error("an element")]
    Element,
    /// Nothing behind the first element.
    #[error("the end of the file, because its first element has ended")]
    End,
    /// A character that XML allows.
    #[error("a character that XML allows")]
    Character,
    /// A text without the end of a CDATA section.
    #[error("“]]&gt;” for “]]>” in a text")]
    NoCdataEnd,
    /// An attribute that the tag does not have yet.
    #[error("each attribute once")]
    OtherAttribute,
    /// A prefix that an element around it declares.
    #[error("a prefix that is declared")]
    Prefix,
    /// No more attributes in one tag.
    #[error("at most {ATTRIBUTE_LIMIT} attributes in a tag")]
    FewerAttributes,
    /// No more namespaces at one place.
    #[error("at most {DECLARATION_LIMIT} namespaces")]
    FewerNamespaces,
    /// No deeper nesting.
    #[error("at most {XML_LEVEL_LIMIT} elements within each other")]
    FewerLevels,
}
