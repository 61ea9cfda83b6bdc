//! A codebook as other programs have it: codes in a tree. Knows no file format and nothing of tags.

use std::slice;

use uuid::Uuid;

use super::xml::is_xml_character;

/// A colour: red, green and blue, from 0 to 255.
pub type Rgb = [u8; 3];

/// A codebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeTree {
    /// The program that wrote it, if the file says so.
    pub origin: Option<String>,
    /// The codes at the top, in order.
    pub codes: Vec<Code>,
    /// Groups of codes, which are independent of the tree.
    pub sets: Vec<CodeSet>,
}

/// A code with the codes below it.
///
/// Texts are as in the file: a name may be empty or have several lines, and two codes may have the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its id; `None` if the file has none, or only one that is malformed or taken by a code before.
    pub guid: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// Its definition; empty if there is none.
    pub description: String,
    /// Its colour.
    pub color: Option<Rgb>,
    /// False for a heading, which nothing can be tagged with.
    pub codable: bool,
    /// The codes below it, in order.
    pub children: Vec<Code>,
}

/// A group of codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeSet {
    /// Its id.
    pub guid: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// Its description; empty if there is none.
    pub description: String,
    /// The ids of its codes, some of which may not exist.
    pub members: Vec<Uuid>,
}

impl Default for Code {
    fn default() -> Self {
        Self {
            guid: None,
            name: String::new(),
            description: String::new(),
            color: None,
            codable: true,
            children: Vec::new(),
        }
    }
}

impl CodeTree {
    /// Every code before those below it, each with its level; 0 is the top.
    pub fn walk(&self) -> impl Iterator<Item = (usize, &Code)> {
        CodeWalk { open: vec![self.codes.iter()] }
    }

    /// The number of levels: 0 without codes.
    pub fn depth(&self) -> usize {
        self.walk().map(|(level, _)| level + 1).max().unwrap_or(0)
    }

    /// Removes the characters that XML cannot contain, such as most control characters. Returns how many there were.
    ///
    /// A file with some of them is not taken for a text, in any format.
    pub(super) fn remove_forbidden(&mut self) -> usize {
        let mut removed = 0;
        self.for_each_text(&mut |text| {
            let before = text.chars().count();
            text.retain(is_xml_character);
            removed += before - text.chars().count();
        });
        removed
    }

    fn for_each_text(&mut self, change: &mut impl FnMut(&mut String)) {
        self.origin.iter_mut().for_each(&mut *change);
        self.for_each_code(&mut |code| {
            change(&mut code.name);
            change(&mut code.description);
        });
        for set in &mut self.sets {
            change(&mut set.name);
            change(&mut set.description);
        }
    }

    /// Calls `change` with every code, in the order of [`walk`](Self::walk).
    pub(super) fn for_each_code(&mut self, change: &mut impl FnMut(&mut Code)) {
        let mut open = vec![self.codes.iter_mut()];
        while let Some(codes) = open.last_mut() {
            if let Some(code) = codes.next() {
                change(code);
                open.push(code.children.iter_mut());
            } else {
                open.pop();
            }
        }
    }
}

/// The codes that are still to come, by level. A stack, because a tree may be deeper than calls can be.
struct CodeWalk<'a> {
    open: Vec<slice::Iter<'a, Code>>,
}

impl<'a> Iterator for CodeWalk<'a> {
    type Item = (usize, &'a Code);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let level = self.open.len().checked_sub(1)?;
            if let Some(code) = self.open[level].next() {
                self.open.push(code.children.iter());
                return Some((level, code));
            }
            self.open.pop();
        }
    }
}
