//! Parses a JSON value but retains only the known fields, so that a hostile file cannot exhaust memory.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};

use super::problem::Reason;

/// Every known field: those of an annotation, its version, a stored record, and an article in a file.
const KNOWN: [&str; 24] = [
    "v", "id", "document", "tag", "start", "end", "quote", "note", ATTRIBUTES, "created", "modified",
    "deleted", "version", "counter", "replica", "sha256", "title", "kind", "source", "place", "replaces",
    "removed", "settled", "text",
];

/// The field all of whose own fields are retained.
const ATTRIBUTES: &str = "attributes";

/// The maximum number of attributes that are retained: more than any tag has, so that an unknown one is reported.
const MAX_NAMES: usize = 64;

/// A value with its known fields only. Lists are retained as empty lists. Everything else is skipped while parsing,
/// so the value is never much larger than the strings in it, however deeply the file nests.
pub(super) struct Fields(pub(super) Value);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Retain { names: false }.deserialize(deserializer).map(Self)
    }
}

/// Parses a JSON text with all of its fields. For text that this program stored itself.
pub(super) fn parse_all(text: &str) -> Result<Value, Reason> {
    serde_json::from_str(text).map_err(|error| Reason::NotJson { line: error.line(), column: error.column() })
}

struct Retain {
    /// Whether unknown names are retained too, so that an error message can name them.
    names: bool,
}

impl<'de> DeserializeSeed<'de> for Retain {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Retain {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, it: bool) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_u64<E: Error>(self, it: u64) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_i64<E: Error>(self, it: i64) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_f64<E: Error>(self, it: f64) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_str<E: Error>(self, it: &str) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Array(Vec::new()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = all.next_key::<String>()? {
            let retained = if self.names { fields.len() < MAX_NAMES } else { KNOWN.contains(&name.as_str()) };
            if retained {
                let names = !self.names && name == ATTRIBUTES;
                fields.insert(name, all.next_value_seed(Retain { names })?);
            } else {
                all.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Value::Object(fields))
    }
}
