//! The shape of a file, apart from the model: what serde writes and what the schema describes.

#[cfg(not(target_arch = "wasm32"))]
use schemars::JsonSchema;
use serde::{Serialize, Serializer, ser::SerializeMap as _};
use serde_json::Number;

#[cfg(not(target_arch = "wasm32"))]
use super::schema;
use super::{
    BACKUP_FORMAT, BACKUP_VERSION, FORMAT, OFFSET_UNIT, STORED_VERSION, STORED_WITHOUT_ATTRIBUTES, VERSION,
    time,
};
use crate::{
    annotation::{
        Annotation, ArticleInfo, ArticleRecord, Attribute, AttributeKind, BANDS, Choice, Record, Tag,
        Timestamp, UNQUANTIFIED,
    },
    text::{Article, ArticleId},
};

const GENERATOR: &str = concat!("Glossator ", env!("CARGO_PKG_VERSION"));

/// Annotations on articles, as Glossator exports them.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(title = "Glossator export, version 1"))]
#[serde(rename_all = "camelCase")]
pub(super) struct File<'a> {
    /// Which format this is.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(extend("const" = FORMAT)))]
    format: &'static str,
    /// Which version of the format.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(extend("const" = VERSION)))]
    version: u64,
    /// When the file was written.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::time"))]
    exported: String,
    /// The program that wrote it.
    generator: &'static str,
    /// What `start`, `end` and `length` are counted in.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(extend("const" = OFFSET_UNIT)))]
    offset_unit: &'static str,
    /// Every tag and what it means.
    codebook: Vec<CodebookEntry>,
    /// The articles that were exported, those without annotations too.
    documents: Vec<Document<'a>>,
    /// By document in the order of `documents`, then by start, end and id.
    annotations: Vec<Entry<'a>>,
}

impl<'a> File<'a> {
    pub(super) fn new(
        exported: Timestamp,
        documents: Vec<Document<'a>>,
        annotations: Vec<Entry<'a>>,
    ) -> Self {
        Self {
            format: FORMAT,
            version: VERSION,
            exported: time::write(exported),
            generator: GENERATOR,
            offset_unit: OFFSET_UNIT,
            codebook: Tag::ALL.into_iter().map(CodebookEntry::of).collect(),
            documents,
            annotations,
        }
    }
}

/// Everything that a page of Glossator keeps in its browser.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(title = "Glossator backup, version 1"))]
pub(super) struct BackupFile {
    /// Which format this is.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(extend("const" = BACKUP_FORMAT)))]
    format: &'static str,
    /// Which version of the format.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(extend("const" = BACKUP_VERSION)))]
    version: u64,
    /// When the file was written.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::time"))]
    created: String,
    /// The program that wrote it.
    generator: &'static str,
    /// What is kept: each item's key, such as `glossator:annotation:` and an id, and its value as it is stored. The same
    /// key may stand more than once; of an annotation the later version counts.
    items: Vec<(String, String)>,
}

impl BackupFile {
    /// One without items.
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

/// A tag and what it means.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(title = "Codebook entry"))]
struct CodebookEntry {
    /// The name in `annotations`.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::tag"))]
    tag: &'static str,
    /// The name that a person reads.
    name: &'static str,
    /// What belongs under the tag.
    definition: &'static str,
    /// What can be said of a passage with the tag, all of it optional.
    attributes: Vec<AttributeEntry>,
}

impl CodebookEntry {
    fn of(tag: Tag) -> Self {
        let attributes = tag.attributes().iter().map(AttributeEntry::of).collect();
        Self { tag: tag.id(), name: tag.name(), definition: tag.definition(), attributes }
    }
}

/// Something that can be said of a passage with some tag.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(title = "Attribute of a tag"))]
struct AttributeEntry {
    /// The name in the `attributes` of an annotation.
    id: &'static str,
    /// The name that a person reads.
    name: &'static str,
    /// What it asks for.
    hint: &'static str,
    /// What its values are: a `choice` is one of the `values`, a `text` anything, a `likelihood` one of the `values` or a
    /// number from 0 to 100, in percent.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::kind"))]
    kind: &'static str,
    /// The values that have names. Not there where none has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(extend("minItems" = 1)))]
    values: Vec<ValueEntry>,
}

/// A value with a name.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(title = "Value of an attribute"))]
struct ValueEntry {
    /// The value in the `attributes` of an annotation.
    id: &'static str,
    /// The name that a person reads.
    name: &'static str,
    /// The least likelihood that it stands for, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::percent"))]
    from: Option<u8>,
    /// The greatest.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::percent"))]
    to: Option<u8>,
}

impl AttributeEntry {
    fn of(attribute: &Attribute) -> Self {
        let named = |it: &Choice| ValueEntry { id: it.id, name: it.name, from: None, to: None };
        let (kind, values) = match &attribute.kind {
            AttributeKind::Choice(choices) => ("choice", choices.iter().map(named).collect()),
            AttributeKind::Text => ("text", Vec::new()),
            AttributeKind::Likelihood => {
                let bands = BANDS.iter().map(|it| ValueEntry {
                    from: Some(it.from),
                    to: Some(it.to),
                    ..named(&it.choice)
                });
                ("likelihood", bands.chain([named(&UNQUANTIFIED)]).collect())
            }
        };
        Self { id: attribute.id, name: attribute.name, hint: attribute.hint, kind, values }
    }
}

/// An article; with its text where it is a person's own and was exported so.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema))]
pub(super) struct Document<'a> {
    /// What annotations name it by.
    id: &'a str,
    /// Its title.
    title: &'a str,
    /// The file that it was read from.
    source: &'a str,
    /// The SHA-256 of the text's UTF-8 bytes.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::sha256"))]
    sha256: &'a str,
    /// The length of the text in Unicode code points.
    length: usize,
    /// What sort of text it is; of a person's own article that is exported with its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    /// The whole text; of a person's own article that is exported with it.
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

/// A passage, its tag and what the annotator says of it.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema), schemars(title = "Annotation"))]
pub(super) struct Entry<'a> {
    /// What names the annotation for good.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::uuid"))]
    id: String,
    /// The `id` of its document.
    document: &'a str,
    /// What the passage is.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::tag"))]
    tag: &'static str,
    /// Code points before the passage.
    start: usize,
    /// Code points up to the passage's end.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(range(min = 1)))]
    end: usize,
    /// The words of the passage.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1)))]
    quote: &'a str,
    /// Up to 32 code points before the passage.
    prefix: &'a str,
    /// Up to 32 code points after the passage.
    suffix: &'a str,
    /// The annotator's words; empty when there are none.
    note: &'a str,
    /// What else the annotator says of the passage: values of the attributes that the codebook gives the tag. Not there
    /// when there are none.
    #[serde(skip_serializing_if = "Values::is_empty")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::attributes"))]
    attributes: Values<'a>,
    /// When the annotation was made.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::time"))]
    created: String,
    /// When this version of it was written.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::time"))]
    modified: String,
    /// Which version of the annotation this is: of two, the one with the greater counter is kept, and of two with the
    /// same counter the one with the greater replica.
    version: Version,
}

impl<'a> Entry<'a> {
    pub(super) fn of(record: &Record, annotation: &'a Annotation, article: &'a Article) -> Self {
        let quote = article.quote(annotation.span);
        Self {
            id: record.id.to_string(),
            document: article.id().as_str(),
            tag: annotation.tag.id(),
            start: article.code_point(annotation.span.start()).0,
            end: article.code_point(annotation.span.end()).0,
            quote: quote.exact,
            prefix: quote.prefix,
            suffix: quote.suffix,
            note: &annotation.note,
            attributes: Values(annotation),
            created: time::write(annotation.created),
            modified: time::write(record.modified),
            version: Version::of(record.version),
        }
    }
}

/// The values of an annotation's attributes, in the codebook's order.
struct Values<'a>(&'a Annotation);

impl Values<'_> {
    fn is_empty(&self) -> bool {
        self.0.attributes.is_empty()
    }
}

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(None)?;
        for (attribute, value) in self.0.attributes.of(self.0.tag) {
            // A likelihood in percent is a number in files too.
            match value.parse::<Number>() {
                Ok(number) if attribute.kind == AttributeKind::Likelihood => {
                    fields.serialize_entry(attribute.id, &number)?;
                }
                _ => fields.serialize_entry(attribute.id, &**value)?,
            }
        }
        fields.end()
    }
}

/// A version of an annotation.
#[derive(Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(JsonSchema))]
struct Version {
    /// Grows with every change of the annotation.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(range(max = crate::annotation::Version::LAST)))]
    counter: u64,
    /// Who wrote it: one opening of the page.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::replica"))]
    replica: String,
}

impl Version {
    pub(super) fn of(version: crate::annotation::Version) -> Self {
        Self { counter: version.counter, replica: version.replica.to_string() }
    }
}

/// A record as it is kept in the browser: that of an export with the version of the stored form before it.
///
/// The version is the lowest that has all that is in the record, so that an older page goes on with what it knows. One with
/// attributes it leaves alone, as it would write the record anew without them.
#[derive(Serialize)]
pub(super) struct Stored<'a> {
    v: u64,
    #[serde(flatten)]
    entry: Entry<'a>,
}

impl<'a> Stored<'a> {
    pub(super) fn new(entry: Entry<'a>) -> Self {
        let v = if entry.attributes.is_empty() { STORED_WITHOUT_ATTRIBUTES } else { STORED_VERSION };
        Self { v, entry }
    }
}

/// What is known of an own article, as it is kept in the browser.
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
    /// Ids of annotations, a space between each two.
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

/// A deleted annotation, or an own article that is gone for good, as it is kept in the browser.
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
