//! Writes a codebook file, and reads it back before it is given out.

use serde::Serialize;
use serde_json::Number;

use super::{
    super::format::{CODEBOOK_FORMAT, CODEBOOK_VERSION},
    problem::{CodebookNote, CodebookWriteProblem},
    read::parse_codebook_file,
};
use crate::{
    annotation::{Attribute, AttributeKind, Choice, Codebook, TagId},
    session::FileTag,
};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct File<'a> {
    format: &'static str,
    version: u64,
    name: &'a str,
    description: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    borderline_cases: Vec<&'a str>,
    tags: Vec<TagEntry<'a>>,
}

#[derive(Serialize)]
struct TagEntry<'a> {
    id: &'a str,
    name: &'a str,
    definition: &'a str,
    examples: Vec<&'a str>,
    counterexamples: Vec<&'a str>,
    hue: &'a str,
    line: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<char>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    retired: bool,
    attributes: Vec<AttributeEntry<'a>>,
}

#[derive(Serialize)]
struct AttributeEntry<'a> {
    id: &'a str,
    name: &'a str,
    hint: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "is_false")]
    asked: bool,
    #[serde(skip_serializing_if = "is_false")]
    retired: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<Number>,
    #[serde(skip_serializing_if = "str::is_empty")]
    unit: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<ValueEntry<'a>>>,
}

#[derive(Serialize)]
struct ValueEntry<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    retired: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(it: &bool) -> bool {
    !it
}

/// Writes the tags of a codebook that were not removed, with everything that belongs to them.
///
/// # Errors
/// If reading the file back gives something else.
pub fn write_codebook_file(codebook: &Codebook, name: &str) -> Result<String, CodebookWriteProblem> {
    let tags = FileTag::all_of(codebook);
    let file = File {
        format: CODEBOOK_FORMAT,
        version: CODEBOOK_VERSION,
        name,
        description: "",
        borderline_cases: codebook.borderline_cases().iter().map(|it| &**it).collect(),
        tags: tags.iter().map(|it| entry(it, &tags)).collect(),
    };
    let mut text = serde_json::to_string_pretty(&file).map_err(|_| CodebookWriteProblem::Json)?;
    text.push('\n');
    let read = parse_codebook_file(text.as_bytes())?;
    let is_lost = |it: &CodebookNote| !matches!(it, CodebookNote::BorderlineCases { .. });
    if let Some(note) = read.notes.into_iter().find(is_lost) {
        return Err(CodebookWriteProblem::LeftOut(note));
    }
    if read.tags == tags { Ok(text) } else { Err(CodebookWriteProblem::Changed) }
}

fn entry<'a>(tag: &'a FileTag, all: &'a [FileTag]) -> TagEntry<'a> {
    let parent = tag.parent.and_then(|it| all.get(it)?.id);
    TagEntry {
        id: tag.id.map_or("", |it| it.as_str()),
        name: &tag.name,
        definition: &tag.definition,
        examples: tag.examples.iter().map(|it| &**it).collect(),
        counterexamples: tag.counterexamples.iter().map(|it| &**it).collect(),
        hue: tag.hue.map_or("", |it| it.id()),
        line: tag.line.map_or("", |it| it.id()),
        key: tag.key,
        parent: parent.map(TagId::as_str),
        retired: tag.retired.unwrap_or_default(),
        attributes: tag.attributes.iter().map(|it| attribute(it)).collect(),
    }
}

fn attribute(attribute: &Attribute) -> AttributeEntry<'_> {
    let kind = match &attribute.kind {
        AttributeKind::Choice(_) => "choice",
        AttributeKind::Several(_) => "choices",
        AttributeKind::YesNo => "boolean",
        AttributeKind::Text => "text",
        AttributeKind::Number { .. } => "number",
        AttributeKind::Date => "date",
        AttributeKind::Likelihood => "likelihood",
    };
    let has_values = matches!(attribute.kind, AttributeKind::Choice(_) | AttributeKind::Several(_));
    let (least, most, unit) = match &attribute.kind {
        AttributeKind::Number { least, most, unit } => (least.as_deref(), most.as_deref(), &**unit),
        _ => (None, None, ""),
    };
    let number = |it: &str| it.parse::<Number>().ok();
    AttributeEntry {
        id: attribute.id.as_str(),
        name: &attribute.name,
        hint: &attribute.hint,
        kind,
        asked: attribute.asked,
        retired: attribute.removed,
        minimum: least.and_then(number),
        maximum: most.and_then(number),
        unit,
        values: has_values.then(|| attribute.kind.choices().iter().map(value).collect()),
    }
}

fn value(choice: &Choice) -> ValueEntry<'_> {
    ValueEntry { id: &choice.id, name: &choice.name, retired: choice.retired }
}
