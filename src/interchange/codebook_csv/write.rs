//! Writes a codebook as CSV that spreadsheets open.

use super::{
    super::{
        code_tree::{Code, CodeTree},
        color::write_color,
        limits::CODE_LEVEL_LIMIT,
    },
    formula::guard,
    parents::path,
    problem::CsvProblem,
    read::parse_codebook_csv,
};

/// The name of a code that has none. Without one, a code at the top could not be a parent.
const UNNAMED: &str = "Unnamed";

/// A codebook that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvFile {
    /// The text of the file, to be saved as UTF-8. It begins with a byte order mark, without which Excel takes it for
    /// another encoding.
    pub text: String,
    /// The number of control characters that were left out.
    pub removed: usize,
}

/// Why no file was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CsvWriteProblem {
    /// The codes are nested too deeply to be read again.
    #[error("the codes are {depth} levels deep; the limit is {CODE_LEVEL_LIMIT}")]
    TooDeep {
        /// The number of levels.
        depth: usize,
    },
    /// Reading it back failed.
    #[error("the file was not written, because reading it back failed: {0}")]
    Refused(#[from] CsvProblem),
    /// It is different when it is read back.
    #[error("the file was not written, because it would be read back differently")]
    Changed,
}

/// Writes the names, parents, definitions and colours of a codebook. The rest is lost: ids, which codes are headings, and
/// sets. A code without name becomes “Unnamed”.
///
/// The file is read back before it is returned.
///
/// # Errors
/// If there are too many codes, they are nested too deeply, or reading the file back gives something else.
pub fn write_codebook_csv(tree: &CodeTree) -> Result<CsvFile, CsvWriteProblem> {
    let depth = tree.depth();
    if depth > CODE_LEVEL_LIMIT {
        return Err(CsvWriteProblem::TooDeep { depth });
    }
    let mut tree = CodeTree { codes: tree.codes.clone(), ..CodeTree::default() };
    let removed = tree.remove_forbidden();
    tree.for_each_code(&mut simplify);
    let text = file(&tree);
    if parse_codebook_csv(text.as_bytes())?.tree != tree {
        return Err(CsvWriteProblem::Changed);
    }
    Ok(CsvFile { text, removed })
}

/// Removes what the file does not have.
fn simplify(code: &mut Code) {
    (code.guid, code.codable) = (None, true);
    if code.name.trim().is_empty() {
        UNNAMED.clone_into(&mut code.name);
    }
}

fn file(tree: &CodeTree) -> String {
    let mut text = String::from("\u{feff}name,parent,definition,colour\r\n");
    // The path of each open code.
    let mut open: Vec<String> = Vec::new();
    for (level, code) in tree.walk() {
        open.truncate(level);
        let parent = open.last().map_or("", String::as_str);
        let color = code.color.map(write_color).unwrap_or_default();
        let fields = [&code.name, parent, &code.description, &color].map(field);
        text.extend([&fields.join(","), "\r\n"]);
        open.push(path(parent, &code.name));
    }
    text
}

/// A field, in quotation marks if a spreadsheet could divide or trim it.
fn field(text: &str) -> String {
    let text = guard(text);
    let is_special = text.contains(['"', ',', ';', '\t', '\r', '\n']) || text.trim() != text;
    if is_special { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.into_owned() }
}
