//! A strict reader of the part of XML 1.0 that data files use. Knows no vocabulary.
//!
//! A document type is refused, so no reference can stand for more than one character. Names may have any character
//! beyond ASCII, and the prefixes of attributes need not be declared; otherwise, what is not well-formed is refused.

mod characters;
mod cursor;
mod limits;
mod namespaces;
mod problem;
mod reader;
mod references;

pub(super) use characters::is_xml_character;
pub use limits::XML_LEVEL_LIMIT;
pub use problem::{XmlExpected, XmlProblem};
pub use reader::{XmlElement, XmlEvent, XmlReader};
