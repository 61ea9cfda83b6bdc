//! Which namespace a prefix stands for.

use std::rc::Rc;

/// The namespace of the prefix `xml`, which is never declared.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The declarations that are in force, inner ones last.
#[derive(Default)]
pub(super) struct Namespaces<'a> {
    declared: Vec<(&'a str, Rc<str>)>,
}

impl<'a> Namespaces<'a> {
    pub(super) const fn count(&self) -> usize {
        self.declared.len()
    }

    /// Takes a declaration, if the attribute is one.
    pub(super) fn declare(&mut self, attribute: &'a str, value: &str) {
        let prefix = match attribute.strip_prefix("xmlns") {
            Some("") => "",
            Some(rest) => rest.strip_prefix(':').unwrap_or(rest),
            None => return,
        };
        self.declared.push((prefix, value.into()));
    }

    /// Ends all declarations but the first `count`.
    pub(super) fn truncate(&mut self, count: usize) {
        self.declared.truncate(count);
    }

    /// The namespace of a prefix, or of the absence of one; empty if there is none. `None` if it is not declared.
    pub(super) fn of(&self, prefix: &str) -> Option<Rc<str>> {
        let found = self.declared.iter().rev().find(|(it, _)| *it == prefix);
        match (found, prefix) {
            (Some((_, namespace)), _) => Some(Rc::clone(namespace)),
            (None, "") => Some("".into()),
            (None, "xml") => Some(XML.into()),
            (None, _) => None,
        }
    }
}
