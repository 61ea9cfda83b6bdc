//! Writes a codebook that is valid by the schema of the standard.

use std::collections::HashSet;

use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid, Variant, Version};

use super::{
    super::{
        code_tree::{Code, CodeSet, CodeTree},
        color::write_color,
        limits::CODE_LEVEL_LIMIT,
    },
    problem::QdcWriteProblem,
    read::parse_qdc,
};

/// What the hash of a GUID that is derived begins with, so that no other use of the hash gives the same.
const DERIVED: &str = "glossator-qdc";

/// A codebook that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QdcFile {
    /// The text of the file, to be saved as UTF-8 without a mark.
    pub text: String,
    /// The number of characters that were left out because XML cannot contain them.
    pub removed: usize,
}

/// Writes a codebook, as a program called `origin`. The same tree always gives the same file.
///
/// A code without id gets one that depends on its place and name. The file is read back before it is returned.
///
/// # Errors
/// If there are no codes, they are too many or nested too deeply, or reading the file back gives something else.
pub fn write_qdc(tree: &CodeTree, origin: &str) -> Result<QdcFile, QdcWriteProblem> {
    let depth = tree.depth();
    match depth {
        0 => return Err(QdcWriteProblem::Empty),
        1..=CODE_LEVEL_LIMIT => {}
        _ => return Err(QdcWriteProblem::TooDeep { depth }),
    }
    let mut tree = CodeTree { origin: Some(origin.to_owned()), ..tree.clone() };
    let removed = tree.remove_forbidden();
    complete_guids(&mut tree);
    let text = Writer::default().codebook(&tree);
    if parse_qdc(text.as_bytes())?.tree != tree {
        return Err(QdcWriteProblem::Changed);
    }
    Ok(QdcFile { text, removed })
}

/// Gives an id to every code that has none, or that of a code before, and to every such set.
fn complete_guids(tree: &mut CodeTree) {
    let mut ids = Ids { own: tree.walk().filter_map(|(_, it)| it.guid).collect(), ..Ids::default() };
    tree.for_each_code(&mut |code| ids.complete(&mut code.guid, &code.name));
    for set in &mut tree.sets {
        ids.complete(&mut set.guid, &set.name);
    }
}

/// The ids of a file.
#[derive(Default)]
struct Ids {
    /// Those that codes came with.
    own: HashSet<Uuid>,
    /// Those that were given so far.
    given: HashSet<Uuid>,
    /// The number of the last id that was derived.
    number: u32,
}

impl Ids {
    fn complete(&mut self, guid: &mut Option<Uuid>, name: &str) {
        let own = guid.filter(|it| !self.given.contains(it));
        let id = own.unwrap_or_else(|| self.derive(name));
        self.given.insert(id);
        *guid = Some(id);
    }

    /// An id that no code has: an earlier file may have been read again, with the ids that were derived for it.
    fn derive(&mut self, name: &str) -> Uuid {
        loop {
            self.number += 1;
            let id = derived(self.number, name);
            if !self.own.contains(&id) && !self.given.contains(&id) {
                return id;
            }
        }
    }
}

/// A version 8 UUID, whose contents are application-defined, of a code's number and name.
fn derived(number: u32, name: &str) -> Uuid {
    let hash = Sha256::new().chain_update(DERIVED).chain_update(number.to_be_bytes()).chain_update(name);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    Builder::from_bytes(bytes).with_version(Version::Custom).with_variant(Variant::RFC4122).into_uuid()
}

/// The text so far.
#[derive(Default)]
struct Writer {
    text: String,
}

impl Writer {
    fn codebook(mut self, tree: &CodeTree) -> String {
        self.text.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CodeBook");
        self.attribute("xmlns", "urn:QDA-XML:codebook:1.0");
        self.attribute("origin", tree.origin.as_deref().unwrap_or_default());
        self.text.push_str(">\n  <Codes>\n");
        self.codes(tree);
        self.text.push_str("  </Codes>\n");
        self.sets(&tree.sets);
        self.text.push_str("</CodeBook>\n");
        self.text
    }

    fn codes(&mut self, tree: &CodeTree) {
        let mut open = 0;
        for (level, code) in tree.walk() {
            self.close(level..open);
            open = level;
            self.code(level, code);
            open += usize::from(!is_empty(code));
        }
        self.close(0..open);
    }

    /// Ends the codes of these levels.
    fn close(&mut self, levels: std::ops::Range<usize>) {
        for level in levels.rev() {
            self.line(level + 2);
            self.text.push_str("</Code>\n");
        }
    }

    /// Begins a code, and ends it if it is empty.
    fn code(&mut self, level: usize, code: &Code) {
        self.line(level + 2);
        self.text.push_str("<Code");
        self.guid(code.guid);
        self.attribute("name", &code.name);
        self.attribute("isCodable", if code.codable { "true" } else { "false" });
        if let Some(color) = code.color {
            self.attribute("color", &write_color(color));
        }
        self.text.push_str(if is_empty(code) { "/>\n" } else { ">\n" });
        self.description(level + 3, &code.description);
    }

    fn sets(&mut self, sets: &[CodeSet]) {
        if sets.is_empty() {
            return;
        }
        self.text.push_str("  <Sets>\n");
        for set in sets {
            self.set(set);
        }
        self.text.push_str("  </Sets>\n");
    }

    fn set(&mut self, set: &CodeSet) {
        self.text.push_str("    <Set");
        self.guid(set.guid);
        self.attribute("name", &set.name);
        self.text.push_str(">\n");
        self.description(3, &set.description);
        for member in &set.members {
            self.text.push_str("      <MemberCode");
            self.guid(Some(*member));
            self.text.push_str("/>\n");
        }
        self.text.push_str("    </Set>\n");
    }

    fn description(&mut self, level: usize, description: &str) {
        if description.is_empty() {
            return;
        }
        self.line(level);
        self.text.push_str("<Description>");
        self.escaped(description, |c| matches!(c, '&' | '<' | '>' | '\r'));
        self.text.push_str("</Description>\n");
    }

    fn guid(&mut self, guid: Option<Uuid>) {
        self.attribute("guid", &guid.unwrap_or_default().to_string());
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.text.extend([" ", name, "=\""]);
        self.escaped(value, |c| matches!(c, '&' | '<' | '>' | '"' | '\t' | '\n' | '\r'));
        self.text.push('"');
    }

    /// Writes a text with references for some characters. A reader would change tabs and line breaks otherwise.
    fn escaped(&mut self, text: &str, is_special: fn(char) -> bool) {
        for c in text.chars() {
            match c {
                _ if !is_special(c) => self.text.push(c),
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                _ => self.text.extend(["&#", &u32::from(c).to_string(), ";"]),
            }
        }
    }

    /// Begins a line at a level; each has two spaces.
    fn line(&mut self, level: usize) {
        self.text.extend(std::iter::repeat_n("  ", level));
    }
}

/// Whether nothing is in the element of a code.
fn is_empty(code: &Code) -> bool {
    code.children.is_empty() && code.description.is_empty()
}
