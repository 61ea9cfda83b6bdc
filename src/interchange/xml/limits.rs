//! Limits that keep a hostile document from taking long.

/// The most elements within each other.
pub const XML_LEVEL_LIMIT: usize = 128;

/// The most attributes of a tag. Each is compared with the others.
pub(super) const ATTRIBUTE_LIMIT: usize = 64;

/// The most declarations of namespaces in force at a place. Every element searches them.
pub(super) const DECLARATION_LIMIT: usize = 64;
