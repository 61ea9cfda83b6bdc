//! Where in a codebook an element is.

use super::super::xml::XmlElement;

/// What the namespaces of all versions of the format begin with. Programs write `1.0`, `1:0` and `0:4` behind it.
const NAMESPACE: &str = "urn:QDA-XML:codebook:";

/// The kind of an element that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    CodeBook,
    Codes,
    Code,
    CodeDescription,
    Sets,
    Set,
    SetDescription,
    Member,
    /// What is left out, with everything in it.
    LeftOut,
}

impl Place {
    /// The kind of an element within another.
    pub(super) fn of(element: &XmlElement<'_>, outer: Self) -> Self {
        if !is_ours(element) {
            return Self::LeftOut;
        }
        match (outer, element.name) {
            (Self::CodeBook, "Codes") => Self::Codes,
            (Self::CodeBook, "Sets") => Self::Sets,
            (Self::Codes | Self::Code, "Code") => Self::Code,
            (Self::Code, "Description") => Self::CodeDescription,
            (Self::Sets, "Set") => Self::Set,
            (Self::Set, "Description") => Self::SetDescription,
            (Self::Set, "MemberCode") => Self::Member,
            _ => Self::LeftOut,
        }
    }
}

/// Whether the element can be one of a codebook.
pub(super) fn is_ours(element: &XmlElement<'_>) -> bool {
    element.namespace.is_empty() || element.namespace.starts_with(NAMESPACE)
}
