//! Reads annotations from their JSON fields, and single fields for all forms.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::{fields::Fields, limits::NOTE_LIMIT, problem::Reason, time};
use crate::{
    annotation::{
        Annotation, AnnotationId, Attribute, AttributeId, Attributes, Codebook, Context, Record, ReplicaId,
        Tag, TagId, Timestamp, Version,
    },
    text::{Article, ArticleId, CodePoint, Span, TextError},
};

/// The number of characters of a text that a message shows.
const SHOWN: usize = 40;

/// Parses the JSON of one annotation or stored record; unknown fields are dropped.
pub(super) fn parse(text: &str) -> Result<Value, Reason> {
    let Fields(value) = serde_json::from_str(text)
        .map_err(|error| Reason::NotJson { line: error.line(), column: error.column() })?;
    Ok(value)
}

/// Reads an annotation. Unknown fields are ignored, because a later version may add some.
pub(super) fn record(fields: &Map<String, Value>, context: &Context) -> Result<Record, Reason> {
    record_with(fields, context, attributes)
}

/// Reads an annotation that this program stored. Keeps values that its tag does not have or accept any more: the codebook
/// may have changed since, or the change that adds them may still be on its way.
pub(super) fn stored_record(fields: &Map<String, Value>, context: &Context) -> Result<Record, Reason> {
    record_with(fields, context, stored_attributes)
}

/// Reads the values that an annotation has for the attributes of its tag.
type ReadAttributes = fn(&Map<String, Value>, &Rc<Tag>) -> Result<Attributes, Reason>;

fn record_with(
    fields: &Map<String, Value>,
    context: &Context,
    attributes: ReadAttributes,
) -> Result<Record, Reason> {
    let id = id(fields)?;
    let version = version(fields)?;
    let modified = time(fields, "modified")?;
    let created = time(fields, "created")?;
    let tag = tag(fields, &context.codebook)?;
    let note = text(fields, "note")?;
    let article = ArticleId::new(text(fields, "document")?);
    let Some(found) = context.library.known(&article) else {
        return Err(Reason::Article { found: shorten(article.as_str()) });
    };
    let span = span(fields, found)?;
    let attributes = attributes(fields, tag)?;
    let annotation = Annotation { article, span, tag: tag.id, note: Rc::from(note), attributes, created };
    Ok(Record { id, version, modified, content: Some(Rc::new(annotation)) })
}

/// Reads a tag of the codebook.
pub(super) fn tag<'a>(fields: &Map<String, Value>, codebook: &'a Codebook) -> Result<&'a Rc<Tag>, Reason> {
    let found = text(fields, "tag")?;
    let unknown = || Reason::Tag {
        found: shorten(found),
        codebook: codebook.clone(),
        is_valid: TagId::is_valid(found),
    };
    codebook.find(found).ok_or_else(unknown)
}

pub(super) fn id(fields: &Map<String, Value>) -> Result<AnnotationId, Reason> {
    let id = text(fields, "id")?;
    id.parse().map_err(|_| Reason::Field { field: "id", expected: "a UUID", found: quoted(id) })
}

pub(super) fn version(fields: &Map<String, Value>) -> Result<Version, Reason> {
    let version = match fields.get("version") {
        Some(Value::Object(version)) => version,
        other => return Err(field_error("version", other, "the counter and the replica of a version")),
    };
    let counter = integer(version, "counter")?;
    if counter > Version::LAST {
        return Err(Reason::Counter { found: counter });
    }
    let replica = text(version, "replica")?;
    let replica = self::replica(replica)
        .ok_or_else(|| field_error("replica", version.get("replica"), "16 hexadecimal digits"))?;
    Ok(Version { counter, replica })
}

pub(super) fn replica(text: &str) -> Option<ReplicaId> {
    let digits = text.len() == 16 && text.bytes().all(|it| it.is_ascii_hexdigit());
    text.parse().ok().filter(|_| digits)
}

/// Reads a time.
pub(super) fn time(fields: &Map<String, Value>, field: &'static str) -> Result<Timestamp, Reason> {
    let found = text(fields, field)?;
    time::parse(found).ok_or_else(|| Reason::Field {
        field,
        expected: "a UTC time such as 2026-11-21T19:00:00.000Z",
        found: quoted(found),
    })
}

/// Reads a non-negative integer.
pub(super) fn integer(fields: &Map<String, Value>, field: &'static str) -> Result<u64, Reason> {
    let value = fields.get(field);
    value.and_then(Value::as_u64).ok_or_else(|| field_error(field, value, "a whole number, 0 or greater"))
}

/// Reads a string.
pub(super) fn text<'a>(fields: &'a Map<String, Value>, field: &'static str) -> Result<&'a str, Reason> {
    let value = fields.get(field);
    value.and_then(Value::as_str).ok_or_else(|| field_error(field, value, "a text"))
}

/// The error for a field that is missing or has the wrong type.
pub(super) fn field_error(field: &'static str, value: Option<&Value>, expected: &'static str) -> Reason {
    match value {
        None => Reason::Missing { field },
        Some(value) => Reason::Field { field, expected, found: describe(value) },
    }
}

/// Reads the values of the tag's attributes. The field is absent if there are none.
///
/// An unknown attribute or value is an error, as an unknown tag is: without it, the next change to the annotation would
/// silently drop it.
pub(super) fn attributes(fields: &Map<String, Value>, tag: &Rc<Tag>) -> Result<Attributes, Reason> {
    let mut attributes = Attributes::default();
    for (id, value) in values(fields)?.into_iter().flatten() {
        let Some(attribute) = tag.attribute(id) else {
            return Err(Reason::Attribute { tag: Rc::clone(tag), found: shorten(id) });
        };
        let Some(text) = value_of(attribute, value) else {
            return Err(Reason::AttributeValue { attribute: Rc::clone(attribute), found: describe(value) });
        };
        attributes = attributes.with(attribute.id, Some(text));
    }
    Ok(attributes)
}

/// Reads the values of attributes that this program stored, also those that the tag does not have or accept.
pub(super) fn stored_attributes(fields: &Map<String, Value>, tag: &Rc<Tag>) -> Result<Attributes, Reason> {
    let mut attributes = Attributes::default();
    for (name, value) in values(fields)?.into_iter().flatten() {
        let known = tag.attribute(name);
        let id = known.map(|it| it.id).or_else(|| AttributeId::parse(name));
        let id = id.ok_or_else(|| Reason::Attribute { tag: Rc::clone(tag), found: shorten(name) })?;
        let accepted = known.and_then(|it| value_of(it, value));
        let text = accepted.or_else(|| text_of(value).filter(|it| !it.is_empty()).map(Rc::from));
        let wrong = || field_error("attributes", Some(value), "texts and numbers");
        attributes = attributes.with(id, Some(text.ok_or_else(wrong)?));
    }
    Ok(attributes)
}

/// The values of attributes by id.
fn values(fields: &Map<String, Value>) -> Result<Option<&Map<String, Value>>, Reason> {
    match fields.get("attributes") {
        None => Ok(None),
        Some(Value::Object(values)) => Ok(Some(values)),
        other => Err(field_error("attributes", other, "an object")),
    }
}

/// The value of an attribute that it accepts.
fn value_of(attribute: &Attribute, value: &Value) -> Option<Rc<str>> {
    let fits = value.is_string() || attribute.kind.is_numeric();
    text_of(value).filter(|_| fits).and_then(|it| attribute.value(&it))
}

/// A text, or the digits of a number.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(plain_decimal(&number.to_string())),
        _ => None,
    }
}

/// Converts scientific notation, which `serde_json` uses for small numbers, to plain decimals. The standard library
/// could print the number itself, but its float formatting would add 7 kB to the download.
fn plain_decimal(number: &str) -> String {
    match number.split_once("e-").and_then(|(digits, power)| Some((digits, power.parse::<usize>().ok()?))) {
        Some((digits, power)) => {
            let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |it| ("-", it));
            format!("{sign}0.{}{}", "0".repeat(power.saturating_sub(1)), digits.replace('.', ""))
        }
        None => number.to_owned(),
    }
}

/// Reads the passage; its words must equal the quote.
pub(super) fn span(fields: &Map<String, Value>, article: &Article) -> Result<Span, Reason> {
    passage(integer(fields, "start")?, integer(fields, "end")?, text(fields, "quote")?, article)
}

/// The passage between two positions, in code points; its words must equal `quote`.
pub(super) fn passage(start: u64, end: u64, quote: &str, article: &Article) -> Result<Span, Reason> {
    // A position that does not fit `usize` is outside any text.
    let position = |at: u64| CodePoint(usize::try_from(at).unwrap_or(usize::MAX));
    let span = article.span_of_code_points(position(start), position(end)).map_err(|error| match error {
        TextError::Outside { length, .. } => Reason::Outside { start, end, length },
        TextError::Empty { .. } | TextError::InsideCharacter { .. } => Reason::Empty { start, end },
    })?;
    let words = article.slice(span);
    if words == quote {
        return Ok(span);
    }
    let same = words.chars().zip(quote.chars()).take_while(|(a, b)| a == b).count();
    Err(Reason::Quote { expected: around(quote, same), found: around(words, same) })
}

/// Describes a value in words, for a message.
pub(super) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "nothing (null)".into(),
        Value::Bool(it) => it.to_string(),
        Value::Number(it) => format!("the number {it}"),
        Value::String(it) => format!("the text {}", quoted(it)),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
    }
}

pub(super) fn quoted(text: &str) -> String {
    format!("“{}”", shorten(text))
}

/// The beginning of a text, for a message.
pub(super) fn shorten(text: &str) -> String {
    around(text, 0)
}

/// The part of a text around character `at`, for a message.
fn around(text: &str, at: usize) -> String {
    let from = at.saturating_sub(SHOWN / 2);
    let mut shown = String::from(if from > 0 { "…" } else { "" });
    let mut rest = text.chars().skip(from);
    shown.extend(rest.by_ref().take(SHOWN));
    if rest.next().is_some() {
        shown.push('…');
    }
    shown
}

/// Checks that the note is not longer than [`NOTE_LIMIT`].
pub(super) fn check_note(record: &Record) -> Result<(), Reason> {
    let length = record.content.as_ref().map_or(0, |it| it.note.chars().count());
    if length > NOTE_LIMIT { Err(Reason::Note { length }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::{Attributes, Codebook, Map, attributes};

    proptest! {
        #[test]
        fn a_numeric_likelihood_reads_as_the_standard_library_prints_it(
            value in prop_oneof![
                4 => (0.0..=100.0_f64).prop_map(|it| json!(it)),
                4 => (0..10_000_u32, -25..4_i32).prop_map(|(digits, power)| json!(f64::from(digits) * 10_f64.powi(power))),
                1 => any::<f64>().prop_filter("JSON has only finite numbers", |it| it.is_finite()).prop_map(|it| json!(it)),
                2 => (-9..200_i32).prop_map(|it| json!(it)),
            ],
        ) {
            let (codebook, number) = (Codebook::default(), value.as_f64());
            let tag = codebook.find("prediction");
            let likelihood = tag.and_then(|it| it.attribute("likelihood"));
            prop_assert!(likelihood.is_some() && number.is_some());
            let expected = likelihood.zip(number).and_then(|(likelihood, number)| {
                let text = likelihood.value(&number.to_string())?;
                Some(Attributes::default().with(likelihood.id, Some(text)))
            });
            let fields = Map::from_iter([("attributes".to_owned(), json!({ "likelihood": value }))]);
            prop_assert_eq!(tag.and_then(|it| attributes(&fields, it).ok()), expected);
        }
    }
}
