//! Reads a codebook file, as much of it as possible.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{
    super::{
        codebook_text::CodebookText,
        entry,
        format::{CODEBOOK_FORMAT, CODEBOOK_VERSION},
        limits::CODE_LIMIT,
        problem::Reason,
        tag_fields::{list, parse_texts},
    },
    fields,
    problem::{CodebookNote, CodebookProblem},
};
use crate::{annotation::TagId, session::FileTag};

/// A codebook file that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodebookFile {
    /// The name of the codebook.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The publications that it follows; empty if there are none.
    pub source: String,
    /// How to decide between tags.
    pub borderline_cases: Vec<String>,
    /// Its tags, in order.
    pub tags: Vec<FileTag>,
    /// What is left out or was changed, for the user to see before it is taken over.
    pub notes: Vec<CodebookNote>,
}

/// Reads a codebook file. Damaged tags are left out, and the others are read.
///
/// # Errors
/// If the file is not a text, not JSON, not a codebook, of a newer version, or exceeds a limit.
pub fn parse_codebook_file(bytes: &[u8]) -> Result<CodebookFile, CodebookProblem> {
    let CodebookText { text, is_guessed } = CodebookText::decode(bytes)?;
    let value: Value = serde_json::from_str(&text)
        .map_err(|error| CodebookProblem::NotJson { line: error.line(), column: error.column() })?;
    let fields = head(&value)?;
    let tags = match fields.get("tags") {
        Some(Value::Array(tags)) => tags,
        other => return Err(CodebookProblem::Field(entry::field_error("tags", other, "a list"))),
    };
    if tags.len() > CODE_LIMIT {
        return Err(CodebookProblem::TooMany { count: tags.len() });
    }
    let mut file = CodebookFile {
        name: text_of(fields, "name")?,
        description: text_of(fields, "description")?,
        source: text_of(fields, "source")?,
        borderline_cases: cases(fields)?,
        ..CodebookFile::default()
    };
    if is_guessed {
        file.notes.push(CodebookNote::Encoding);
    }
    file.read_tags(tags);
    if !file.borderline_cases.is_empty() {
        file.notes.push(CodebookNote::BorderlineCases { count: file.borderline_cases.len() });
    }
    Ok(file)
}

fn head(value: &Value) -> Result<&Map<String, Value>, CodebookProblem> {
    let not_ours = |found| CodebookProblem::NotCodebook { found };
    let fields = value.as_object().ok_or_else(|| not_ours(entry::describe(value)))?;
    match fields.get("format") {
        Some(Value::String(it)) if it == CODEBOOK_FORMAT => {}
        other => return Err(not_ours(other.map_or_else(|| "no such field".to_owned(), entry::describe))),
    }
    match fields.get("version").and_then(Value::as_u64) {
        Some(CODEBOOK_VERSION) => Ok(fields),
        Some(found) if found > CODEBOOK_VERSION => Err(CodebookProblem::Newer { found }),
        _ => {
            let version = fields.get("version");
            Err(CodebookProblem::Field(entry::field_error(
                "version",
                version,
                "a whole number, 1 or greater",
            )))
        }
    }
}

/// A text; empty if the field is absent.
fn text_of(fields: &Map<String, Value>, field: &'static str) -> Result<String, CodebookProblem> {
    if !fields.contains_key(field) {
        return Ok(String::new());
    }
    entry::text(fields, field).map(str::to_owned).map_err(CodebookProblem::Field)
}

fn cases(fields: &Map<String, Value>) -> Result<Vec<String>, CodebookProblem> {
    list(fields, "borderlineCases")
        .and_then(|_| parse_texts(fields, "borderlineCases"))
        .map(|all| all.iter().map(ToString::to_string).collect())
        .map_err(CodebookProblem::Field)
}

impl CodebookFile {
    fn read_tags(&mut self, values: &[Value]) {
        // The place in the list of tags, and the number in the file, of the tag with each id.
        let mut places: HashMap<TagId, (usize, usize)> = HashMap::new();
        let mut parents = Vec::new();
        for (number, value) in (1..).zip(values) {
            let (tag, parent) = match fields::tag(value) {
                Ok(read) => read,
                Err(reason) => {
                    self.leave_out(number, value, reason);
                    continue;
                }
            };
            let Some(id) = tag.id else { continue };
            if let Some((_, first)) = places.get(&id) {
                let name = tag.name.to_string();
                self.notes.push(CodebookNote::SameId { number, name, first: *first });
                continue;
            }
            places.insert(id, (self.tags.len(), number));
            parents.push((number, parent));
            self.tags.push(tag);
        }
        for (at, (number, parent)) in parents.iter().enumerate() {
            let Some(parent) = parent else { continue };
            let name = self.tags[at].name.to_string();
            let found = places.get(parent).map(|it| it.0);
            if found.is_none() {
                let parent = parent.as_str().to_owned();
                self.notes.push(CodebookNote::Parent { number: *number, name, parent });
            } else if found.is_some_and(|it| self.is_within(it, at)) {
                self.notes.push(CodebookNote::Circle { number: *number, name });
            } else {
                self.tags[at].parent = found;
            }
        }
    }

    fn leave_out(&mut self, number: usize, value: &Value, reason: Reason) {
        let name = value.get("name").and_then(Value::as_str).map(str::to_owned);
        self.notes.push(CodebookNote::Tag { number, name, reason });
    }

    /// True if a tag is under another by the parents that are known so far, which make no circle.
    fn is_within(&self, at: usize, ancestor: usize) -> bool {
        std::iter::successors(Some(at), |it| self.tags[*it].parent).any(|it| it == ancestor)
    }
}
