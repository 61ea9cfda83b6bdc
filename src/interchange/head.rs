//! The top-level fields of a file: they say which format it has.

use serde_json::{Value, value::RawValue};

use super::{
    entry,
    format::{BACKUP_FORMAT, BACKUP_VERSION, FORMAT, OFFSET_UNIT, VERSION},
    problem::Refusal,
};

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Export,
    Backup,
}

impl Format {
    /// The format that a value of the field `format` names.
    pub(super) fn named(value: &Value) -> Option<Self> {
        match value.as_str()? {
            FORMAT => Some(Self::Export),
            BACKUP_FORMAT => Some(Self::Backup),
            _ => None,
        }
    }

    /// The list that a file of this format must have.
    fn list(self) -> &'static str {
        match self {
            Self::Export => "annotations",
            Self::Backup => "items",
        }
    }

    fn version(self) -> u64 {
        match self {
            Self::Export => VERSION,
            Self::Backup => BACKUP_VERSION,
        }
    }
}

/// The top-level fields of a file, other than its lists.
#[derive(Default)]
pub(super) struct Head {
    pub(super) format: Option<Value>,
    version: Option<Value>,
    offset_unit: Option<Value>,
    created: Option<Value>,
    /// The values of `annotations` and `items` where these are not lists.
    not_lists: [Option<Value>; 2],
    /// The names of the first other fields, to describe a file that is not Glossator's.
    pub(super) others: Vec<String>,
}

/// The number of fields to name in the description of a file that is not Glossator's.
const MAX_NAMED: usize = 5;

impl Head {
    /// Reads a field that is not a list, or not one of Glossator's lists.
    pub(super) fn read(&mut self, name: String, value: &RawValue) {
        let value = || Some(entry::parse(value.get()).unwrap_or(Value::Null));
        match name.as_str() {
            "format" => self.format = value(),
            "version" => self.version = value(),
            "offsetUnit" => self.offset_unit = value(),
            "created" => self.created = value(),
            "annotations" => self.not_lists[0] = value(),
            "items" => self.not_lists[1] = value(),
            _ if self.others.len() < MAX_NAMED => self.others.push(name),
            _ => {}
        }
    }

    /// The time at which the file was written, as written in it.
    pub(super) fn created(&self) -> Option<&str> {
        self.created.as_ref().and_then(Value::as_str)
    }

    /// Checks the fields of a file of this format. Fields may be missing from a `broken` file.
    pub(super) fn check(&self, format: Format, has_list: bool, broken: bool) -> Result<(), Refusal> {
        let field = |field, expected: &str, found: Option<&Value>| {
            let found = found.map_or_else(|| "nothing".into(), entry::describe);
            Err(Refusal::Field { field, expected: expected.into(), found })
        };
        match self.version.as_ref() {
            None if broken => {}
            found => match found.and_then(Value::as_u64) {
                Some(found) if found == format.version() => {}
                Some(found) if found > format.version() => return Err(Refusal::Newer { found }),
                _ => return field("version", "a whole number, 1 or greater", found),
            },
        }
        match self.offset_unit.as_ref() {
            _ if format == Format::Backup => {}
            None if broken => {}
            Some(Value::String(it)) if it == OFFSET_UNIT => {}
            found => return field("offsetUnit", &entry::quoted(OFFSET_UNIT), found),
        }
        let [annotations, items] = &self.not_lists;
        let not_list = if format == Format::Backup { items } else { annotations };
        match not_list {
            None if has_list || broken => Ok(()),
            found => field(format.list(), "a list", found.as_ref()),
        }
    }

    /// Describes a file that is not Glossator's.
    pub(super) fn describe(&self) -> String {
        match &self.format {
            Some(value) => entry::describe(value),
            None if self.others.is_empty() => "no fields".into(),
            None => {
                let names: Vec<_> = self.others.iter().map(|it| entry::quoted(it)).collect();
                format!("a file with {} and no “format”", names.join(", "))
            }
        }
    }
}
