//! The bundled articles and annotation records, parsed independently of the page's own code.

use serde_json::{Value, json};

/// A bundled article.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) id: &'static str,
    pub(crate) text: &'static str,
    sidecar: &'static str,
}

pub(crate) const FIRST: Article = Article {
    id: "000_64890735368908a8",
    text: include_str!("../../../seeds/000_64890735368908a8.txt"),
    sidecar: include_str!("../../../seeds/000_64890735368908a8.json"),
};

pub(crate) const SECOND: Article = Article {
    id: "004_64e47ea3d5aa01d0",
    text: include_str!("../../../seeds/004_64e47ea3d5aa01d0.txt"),
    sidecar: include_str!("../../../seeds/004_64e47ea3d5aa01d0.json"),
};

impl Article {
    pub(crate) fn title(&self) -> String {
        let sidecar: Value = serde_json::from_str(self.sidecar).expect("the sidecar is JSON");
        sidecar["title"].as_str().expect("the sidecar has a title").to_owned()
    }

    /// The text between two positions in code points.
    pub(crate) fn slice(&self, start: usize, end: usize) -> String {
        self.text.chars().skip(start).take(end.saturating_sub(start)).collect()
    }

    pub(crate) fn of(id: &str) -> &'static Self {
        [&FIRST, &SECOND]
            .into_iter()
            .find(|article| article.id == id)
            .unwrap_or_else(|| panic!("no article {id}"))
    }
}

/// The prefix of an annotation's key in localStorage.
pub(crate) const KEY: &str = "glossator:annotation:";

/// The key of the last view, which is shown before the program starts.
pub(crate) const GLIMPSE: &str = "glossator:glimpse";

/// An annotation with its whole record.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Annotation {
    pub(crate) id: String,
    pub(crate) document: String,
    pub(crate) tag: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) quote: String,
    pub(crate) note: String,
    /// The record as in an export.
    pub(crate) record: Value,
}

impl Annotation {
    pub(crate) fn from_record(record: &Value) -> Self {
        let word = |field: &str| {
            record[field]
                .as_str()
                .unwrap_or_else(|| panic!("`{field}` is not a string in {record}"))
                .to_owned()
        };
        let number = |field: &str| {
            let number = record[field].as_u64().and_then(|number| usize::try_from(number).ok());
            number.unwrap_or_else(|| panic!("`{field}` is not a position in {record}"))
        };
        Self {
            id: word("id"),
            document: word("document"),
            tag: word("tag"),
            start: number("start"),
            end: number("end"),
            quote: word("quote"),
            note: word("note"),
            record: record.clone(),
        }
    }

    /// The annotations among stored items that are not deleted, in the order of an export.
    pub(crate) fn from_storage(items: &[(String, String)]) -> Vec<Self> {
        let mut found: Vec<Self> = items
            .iter()
            .filter_map(|(key, value)| Some((key.strip_prefix(KEY)?, value)))
            .filter_map(|(id, value)| {
                let mut record: Value = serde_json::from_str(value)
                    .unwrap_or_else(|error| panic!("{id} is stored as no JSON: {error}\n{value}"));
                assert_eq!(record["id"], json!(id), "the key and the record name the same annotation");
                let version = record.as_object_mut().and_then(|fields| fields.remove("v"));
                let attributes = record.get("attributes").and_then(Value::as_object);
                let is_own = |id: &str| ["tag-", "attribute-"].iter().any(|it| id.starts_with(it));
                let has_own = record["tag"].as_str().is_some_and(is_own)
                    || attributes.is_some_and(|it| it.keys().any(|it| is_own(it)));
                let expected = json!(if has_own { 3 } else { 1 + i32::from(attributes.is_some()) });
                assert_eq!(version, Some(expected), "{id} says which version it is stored as");
                record.get("deleted").is_none().then(|| Self::from_record(&record))
            })
            .collect();
        found.sort_by(|a, b| (&a.document, a.start, a.end, &a.id).cmp(&(&b.document, b.start, b.end, &b.id)));
        found
    }

    pub(crate) fn key(&self) -> String {
        format!("{KEY}{}", self.id)
    }

    /// Checks that the article has the quote at the annotation's positions in code points.
    pub(crate) fn check_against_article(&self) {
        let article = Article::of(&self.document);
        assert_eq!(
            article.slice(self.start, self.end),
            self.quote,
            "code points {} to {} of {}",
            self.start,
            self.end,
            self.document
        );
    }
}

/// An id for a record made up by a test.
pub(crate) fn made_up_id(number: u16) -> String {
    format!("01930000-0000-7000-8000-{number:012}")
}
