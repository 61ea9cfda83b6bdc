//! Which column has what.

use std::borrow::Cow;

use super::{
    fields::Row,
    formula::unguard,
    problem::{CsvNote, CsvPlace, CsvProblem},
};

/// What a column has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Parent,
    Definition,
    Color,
}

/// The names of columns in several programs.
const NAMES: [(&str, Column); 11] = [
    ("name", Column::Name),
    ("tag", Column::Name),
    ("code", Column::Name),
    ("path", Column::Name),
    ("parent", Column::Parent),
    ("category", Column::Parent),
    ("definition", Column::Definition),
    ("description", Column::Definition),
    ("memo", Column::Definition),
    ("colour", Column::Color),
    ("color", Column::Color),
];

/// The columns of a file, in their order; `None` is one that is left out.
pub(super) struct Header(Vec<Option<Column>>);

impl Header {
    pub(super) fn read(row: Option<Row<'_>>, notes: &mut Vec<CsvNote>) -> Result<Self, CsvProblem> {
        let row = row.ok_or_else(|| CsvProblem::NoName { found: Vec::new() })?;
        let mut columns: Vec<Option<Column>> = Vec::new();
        for (index, name) in row.fields.iter().enumerate() {
            let column = column(name).filter(|it| !columns.contains(&Some(*it)));
            columns.push(column);
            if column.is_none() && !name.is_empty() {
                let place = CsvPlace { row: row.number, column: index + 1 };
                notes.push(CsvNote::Column { place, name: name.to_string() });
            }
        }
        if !columns.contains(&Some(Column::Name)) {
            return Err(CsvProblem::NoName { found: row.fields.iter().map(ToString::to_string).collect() });
        }
        Ok(Self(columns))
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.0.contains(&Some(column))
    }

    /// The number of columns, with those that are left out.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// The place of a column in a row, and the field there; empty if the row or the file does not have it.
    pub(super) fn field<'r>(&self, row: &'r Row<'_>, column: Column) -> (CsvPlace, &'r str) {
        let index = self.0.iter().position(|it| *it == Some(column));
        let field = index.and_then(|it| row.fields.get(it)).map_or("", |it: &Cow<'_, str>| unguard(it));
        (CsvPlace { row: row.number, column: index.unwrap_or(0) + 1 }, field)
    }
}

fn column(name: &str) -> Option<Column> {
    let name = name.trim();
    NAMES.iter().find(|(it, _)| name.eq_ignore_ascii_case(it)).map(|(_, column)| *column)
}
