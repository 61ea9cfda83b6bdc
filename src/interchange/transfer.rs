//! The serialized types of the files and stored forms, separate from the model. The JSON Schemas are generated from
//! them.

use std::rc::Rc;

#[cfg(not(target_arch = "wasm32"))]
use schemars::JsonSchema;
use serde::{Serialize, Serializer, ser::SerializeMap as _};
use serde_json::Number;

#[cfg(not(target_arch = "wasm32"))]
use super::field_schema;
use super::{
    format::{
        BACKUP_FORMAT, BACKUP_VERSION, FORMAT, OFFSET_UNIT, STORED_VERSION, STORED_WITH_ATTRIBUTES,
        STORED_WITHOUT_ATTRIBUTES, VERSION,
    },
    time,
};
use crate::{
    annotation::{
        Annotation, ArticleInfo, ArticleRecord, Attribute, AttributeKind, Attributes, BANDS, Band, Choice,
        Codebook, Record, Tag, TagId, Timestamp, UNQUANTIFIED, Words, YES_NO, is_default,
    },
    text::{Article, ArticleId},
};

const GENERATOR: &str = concat!("Glossator ", env!("CARGO_PKG_VERSION"));

/// Annotations on articles, as Glossator exports them.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(title = "Glossator export, version 1"))]
#[serde(rename_all = "camelCase")]
pub(super) struct File<'a> {
    /// The name of the format.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(extend("const" = FORMAT)))]
    format: &'static str,
    /// The version of the format.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(extend("const" = VERSION)))]
    version: u64,
    /// The time at which the file was written.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "field_schema::time"))]
    exported: String,
    /// The program that wrote it.
    generator: &'static str,
    /// The unit of `start`, `end` and `length`.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(extend("const" = OFFSET_UNIT)))]
    offset_unit: &'static str,
    /// Every tag that is offered or used, with its meaning.
    codebook: Vec<CodebookEntry<'a>>,
    /// The exported articles, including those without annotations.
    documents: Vec<Document<'a>>,
    /// The annotations, sorted by document in the order of `documents`, then by start, end and id.
    annotations: Vec<Entry<'a>>,
}

impl<'a> File<'a> {
    pub(super) fn new(
        exported: Timestamp,
        tags: &[&'a Tag],
        documents: Vec<Document<'a>>,
        annotations: Vec<Entry<'a>>,
    ) -> Self {
        Self {
            format: FORMAT,
            version: VERSION,
            exported: time::write(exported),
            generator: GENERATOR,
            offset_unit: OFFSET_UNIT,
            codebook: tags.iter().map(|it| CodebookEntry::of(it)).collect(),
            documents,
            annotations,
        }
    }
}

/// Everything that Glossator stores in a browser.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(title = "Glossator backup, version 1"))]
pub(super) struct BackupFile {
    /// The name of the format.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(extend("const" = BACKUP_FORMAT)))]
    format: &'static str,
    /// The version of the format.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(extend("const" = BACKUP_VERSION)))]
    version: u64,
    /// The time at which the file was written.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "field_schema::time"))]
    created: String,
    /// The program that wrote it.
    generator: &'static str,
    /// The stored items: each item's key, such as `glossator:annotation:` and an id, and its stored value. A key may
    /// occur more than once; for an annotation, the later version counts.
    items: Vec<(String, String)>,
}

impl BackupFile {
    /// A backup without items.
    pub(super) fn new(created: Timestamp) -> Self {
        Self {
            format: BACKUP_FORMAT,
            version: BACKUP_VERSION,
            created: time::write(created),
            generator: GENERATOR,
            items: Vec::new(),
        }
    }
}

/// A tag and its meaning.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(title = "Codebook entry"))]
struct CodebookEntry<'a> {
    /// The name of the tag in `annotations`.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "field_schema::tag"))]
    tag: &'a str,
    /// The displayed name.
    name: &'a str,
    /// Which passages get the tag.
    definition: &'a str,
    /// The colour. What is drawn depends on the theme.
    hue: &'a str,
    /// The style of the line under a passage.
    line: &'a str,
    /// The tag under which it stands in the tree. Absent at the top.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
    /// The attributes of a passage with the tag, all optional.
    attributes: Vec<AttributeEntry<'a>>,
}

impl<'a> CodebookEntry<'a> {
    fn of(tag: &'a Tag) -> Self {
        let attributes = tag.attributes.iter().map(|it| AttributeEntry::of(it)).collect();
        Self {
            tag: tag.id.as_str(),
            name: &tag.name,
            definition: &tag.definition,
            hue: tag.hue.id(),
            line: tag.line.id(),
            parent: tag.parent.map(TagId::as_str),
            attributes,
        }
    }
}

/// An attribute of passages with some tag.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(title = "Attribute of a tag"))]
struct AttributeEntry<'a> {
    /// The name of the attribute in the `attributes` of an annotation.
    id: &'a str,
    /// The displayed name.
    name: &'a str,
    /// What the annotator should enter.
    hint: &'a str,
    /// The type of its values: a `choice` is one of the `values`, a `text` is any text, a `likelihood` is one of the
    /// `values` or a number from 0 to 100, in percent, `several` are ids of `values` separated by spaces, a `yes-no` is
    /// `yes` or `no`, a `number` is a number, and a `date` is YYYY-MM-DD, YYYY-MM or YYYY.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "field_schema::kind"))]
    kind: &'static str,
    /// The named values. Absent if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(extend("minItems" = 1)))]
    values: Vec<ValueEntry<'a>>,
    /// The least number that a person can enter. Absent if there is no bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    least: Option<&'a str>,
    /// The greatest number that a person can enter. Absent if there is no bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    most: Option<&'a str>,
    /// The unit of a number; may be empty. Absent if it is no number.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
}

/// A named value.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(title = "Value of an attribute"))]
struct ValueEntry<'a> {
    /// The value in the `attributes` of an annotation.
    id: &'a str,
    /// The displayed name.
    name: &'a str,
    /// The lowest likelihood that it stands for, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "field_schema::percent"))]
    from: Option<u8>,
    /// The highest likelihood that it stands for, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "field_schema::percent"))]
    to: Option<u8>,
}

impl<'a> AttributeEntry<'a> {
    fn of(attribute: &'a Attribute) -> Self {
        let chosen = |it: &'a Choice| ValueEntry { id: &it.id, name: &it.name, from: None, to: None };
        let named = |it: &'static Words| ValueEntry { id: it.id, name: it.name, from: None, to: None };
        let answer = |(id, name): &'static (&str, &str)| ValueEntry { id, name, from: None, to: None };
        let (kind, values) = match &attribute.kind {
            AttributeKind::Choice(choices) => ("choice", choices.iter().map(chosen).collect()),
            AttributeKind::Several(choices) => ("several", choices.iter().map(chosen).collect()),
            AttributeKind::YesNo => ("yes-no", YES_NO.iter().map(answer).collect()),
            AttributeKind::Number { .. } => ("number", Vec::new()),
            AttributeKind::Date => ("date", Vec::new()),
            AttributeKind::Text => ("text", Vec::new()),
            AttributeKind::Likelihood => {
                const WORDS: &[Band] = &BANDS;
                let bands = WORDS.iter().map(|it| ValueEntry {
                    from: Some(it.from),
                    to: Some(it.to),
                    ..named(&it.words)
                });
                ("likelihood", bands.chain([named(&UNQUANTIFIED)]).collect())
            }
        };
        let (least, most, unit) = match &attribute.kind {
            AttributeKind::Number { least, most, unit } => (least.as_deref(), most.as_deref(), Some(&**unit)),
            _ => (None, None, None),
        };
        let Attribute { id, name, hint, .. } = attribute;
        Self { id: id.as_str(), name, hint, kind, values, least, most, unit }
    }
}

/// An article. Own articles can be exported with their texts.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema))]
pub(super) struct Document<'a> {
    /// The id by which annotations refer to it.
    id: &'a str,
    /// Its title.
    title: &'a str,
    /// The name of the file that it was read from.
    source: &'a str,
    /// The SHA-256 of the text's UTF-8 bytes.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "field_schema::sha256"))]
    sha256: &'a str,
    /// The length of the text in Unicode code points.
    length: usize,
    /// The kind of text. Only in own articles that are exported with their texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    /// The whole text. Only in own articles that are exported with their texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

impl<'a> Document<'a> {
    pub(super) fn of(article: &'a Article, with_text: bool) -> Self {
        Self {
            kind: with_text.then(|| article.kind()),
            text: with_text.then(|| article.text()),
            id: article.id().as_str(),
            title: article.title(),
            source: article.source(),
            sha256: article.sha256(),
            length: article.length().0,
        }
    }
}

/// A passage with its tag, note and attributes.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(title = "Annotation"))]
pub(super) struct Entry<'a> {
    /// The permanent id of the annotation.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "field_schema::uuid"))]
    id: String,
    /// The `id` of its document.
    document: &'a str,
    /// The tag of the passage.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "field_schema::tag"))]
    tag: &'a str,
    /// The start of the passage: the number of code points before it.
    start: usize,
    /// The end of the passage: the number of code points before its end.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(range(min = 1)))]
    end: usize,
    /// The words of the passage.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1)))]
    quote: &'a str,
    /// Up to 32 code points before the passage.
    prefix: &'a str,
    /// Up to 32 code points after the passage.
    suffix: &'a str,
    /// The annotator's note. Empty if there is none.
    note: &'a str,
    /// The values of the tag's attributes, as the codebook defines them. Absent if there are none.
    #[serde(skip_serializing_if = "Values::is_empty")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "field_schema::attributes"))]
    attributes: Values<'a>,
    /// The time at which the annotation was created.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "field_schema::time"))]
    created: String,
    /// The time at which this version was written.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "field_schema::time"))]
    modified: String,
    /// The version of the annotation. Of two versions, the one with the greater counter counts; with equal counters,
    /// the one with the greater replica.
    version: Version,
}

impl<'a> Entry<'a> {
    pub(super) fn of(
        record: &Record,
        annotation: &'a Annotation,
        article: &'a Article,
        codebook: &'a Codebook,
    ) -> Self {
        let quote = article.quote(annotation.span);
        Self {
            id: record.id.to_string(),
            document: article.id().as_str(),
            tag: annotation.tag.as_str(),
            start: article.code_point(annotation.span.start()).0,
            end: article.code_point(annotation.span.end()).0,
            quote: quote.exact,
            prefix: quote.prefix,
            suffix: quote.suffix,
            note: &annotation.note,
            attributes: Values { attributes: &annotation.attributes, tag: codebook.tag(annotation.tag) },
            created: time::write(annotation.created),
            modified: time::write(record.modified),
            version: Version::of(record.version),
        }
    }
}

/// The values of an annotation's attributes, in the codebook's order.
struct Values<'a> {
    attributes: &'a Attributes,
    /// The annotation's tag, if the codebook has it.
    tag: Option<&'a Rc<Tag>>,
}

impl Values<'_> {
    fn is_empty(&self) -> bool {
        self.attributes.is_empty()
    }
}

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(None)?;
        let known = self.tag.into_iter().flat_map(|tag| self.attributes.of(tag));
        for (attribute, value) in known {
            let id = attribute.id.as_str();
            // A number, and a likelihood in percent, is a JSON number.
            match value.parse::<Number>() {
                Ok(number) if attribute.kind.is_numeric() => {
                    fields.serialize_entry(id, &number)?;
                }
                _ => fields.serialize_entry(id, &**value)?,
            }
        }
        // What the codebook does not have is written as it is, so that nothing is lost.
        let is_known = |id: &str| self.tag.is_some_and(|tag| tag.attribute(id).is_some());
        for (id, value) in self.attributes.iter().filter(|(id, _)| !is_known(id.as_str())) {
            fields.serialize_entry(id.as_str(), &**value)?;
        }
        fields.end()
    }
}

/// A version of an annotation.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema))]
struct Version {
    /// Increases with every change of the annotation.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(range(max = crate::annotation::Version::LAST)))]
    counter: u64,
    /// The writer: each opening of the page has its own.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "field_schema::replica"))]
    replica: String,
}

impl Version {
    pub(super) fn of(version: crate::annotation::Version) -> Self {
        Self { counter: version.counter, replica: version.replica.to_string() }
    }
}

/// The stored form of an annotation's record: an export's entry, preceded by the version of the stored form.
///
/// The version is the lowest that can represent the record, so that an older page still reads what it can. It does not
/// touch records with attributes or tags that it does not know, because it would rewrite them without the attributes, or set
/// them aside.
#[derive(Serialize)]
pub(super) struct Stored<'a> {
    v: u64,
    #[serde(flatten)]
    entry: Entry<'a>,
}

impl<'a> Stored<'a> {
    pub(super) fn new(entry: Entry<'a>, annotation: &Annotation) -> Self {
        let v = if !is_default(annotation.tag, &annotation.attributes) {
            STORED_VERSION
        } else if entry.attributes.is_empty() {
            STORED_WITHOUT_ATTRIBUTES
        } else {
            STORED_WITH_ATTRIBUTES
        };
        Self { v, entry }
    }
}

/// The stored form of an own article's metadata.
#[derive(Serialize)]
pub(super) struct StoredArticle<'a> {
    v: u64,
    id: &'a str,
    title: &'a str,
    kind: &'a str,
    source: &'a str,
    sha256: &'a str,
    place: u32,
    created: String,
    modified: String,
    version: Version,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    removed: bool,
    /// Ids of annotations, separated by spaces.
    #[serde(skip_serializing_if = "String::is_empty")]
    settled: String,
}

impl<'a> StoredArticle<'a> {
    pub(super) fn of(record: &'a ArticleRecord, info: &'a ArticleInfo) -> Self {
        let settled: Vec<String> = info.settled.iter().map(ToString::to_string).collect();
        Self {
            v: STORED_WITHOUT_ATTRIBUTES,
            id: record.id.as_str(),
            title: &info.title,
            kind: &info.kind,
            source: &info.source,
            sha256: &info.sha256,
            place: info.place,
            created: time::write(info.created),
            modified: time::write(record.modified),
            version: Version::of(record.version),
            replaces: info.replaces.as_ref().map(ArticleId::as_str),
            removed: !info.listed,
            settled: settled.join(" "),
        }
    }
}

/// The stored form of a deleted annotation or of a permanently deleted own article.
#[derive(Serialize)]
pub(super) struct Tombstone {
    v: u64,
    id: String,
    deleted: String,
    version: Version,
}

impl Tombstone {
    pub(super) fn new(id: String, modified: Timestamp, version: crate::annotation::Version) -> Self {
        Self {
            v: STORED_WITHOUT_ATTRIBUTES,
            id,
            deleted: time::write(modified),
            version: Version::of(version),
        }
    }
}
