//! The fields of one value, no deeper and no wider than this program looks.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};

use super::problem::Reason;

/// Every field that is looked at, in an annotation, in its version, in a stored record and in an article of a file.
const KNOWN: [&str; 24] = [
    "v", "id", "document", "tag", "start", "end", "quote", "note", ATTRIBUTES, "created", "modified",
    "deleted", "version", "counter", "replica", "sha256", "title", "kind", "source", "place", "replaces",
    "removed", "settled", "text",
];

/// The field whose own fields are all looked at.
const ATTRIBUTES: &str = "attributes";

/// So many attributes of an annotation are looked at: more than any tag has, so that among them is one to complain of.
const MOST_NAMES: usize = 64;

/// A value of which only known fields are kept and of a list only that it is one. Everything else is gone over without
/// being taken in, so that no file, however it is nested, makes this much larger than its texts.
pub(super) struct Fields(pub(super) Value);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Look { names: false }.deserialize(deserializer).map(Self)
    }
}

/// Reads the whole of a JSON text, as this program wrote it for itself.
pub(super) fn whole_value(text: &str) -> Result<Value, Reason> {
    serde_json::from_str(text).map_err(|error| Reason::NotJson { line: error.line(), column: error.column() })
}

struct Look {
    /// Whether every name is kept and not only the known ones, so that one that is not known can be named.
    names: bool,
}

impl<'de> DeserializeSeed<'de> for Look {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Look {
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
            let looked_at =
                if self.names { fields.len() < MOST_NAMES } else { KNOWN.contains(&name.as_str()) };
            if looked_at {
                let names = !self.names && name == ATTRIBUTES;
                fields.insert(name, all.next_value_seed(Look { names })?);
            } else {
                all.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Value::Object(fields))
    }
}
