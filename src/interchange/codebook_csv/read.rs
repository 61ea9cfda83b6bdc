//! Reads a codebook from rows.

use super::{
    super::{
        code_tree::{Code, CodeTree, Rgb},
        codebook_text::CodebookText,
        color::parse_color,
        limits::{CODE_LEVEL_LIMIT, CODE_LIMIT},
    },
    fields::{Row, Rows},
    header::{Column, Header},
    parents::{Entry, PATH_SEPARATOR, levels, parents, path, tree},
    problem::{CsvNote, CsvPlace, CsvProblem},
};

/// A codebook that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodebookCsv {
    /// What it contains. Nothing has an id, and everything is codable.
    pub tree: CodeTree,
    /// What is left out or was changed, for the user to see before it is taken over.
    pub notes: Vec<CsvNote>,
}

/// Reads a codebook. The first row names the columns.
///
/// If there is no column for the parent, the names are paths. A code that is only part of a path is a heading.
///
/// # Errors
/// If the file is not a text, has no column of names, has wrong quotation marks, or exceeds a limit.
pub fn parse_codebook_csv(bytes: &[u8]) -> Result<CodebookCsv, CsvProblem> {
    let CodebookText { text, is_guessed } = CodebookText::decode(bytes)?;
    let mut notes = if is_guessed { vec![CsvNote::Encoding] } else { Vec::new() };
    let mut rows = Rows::new(&text);
    let header = Header::read(rows.next()?, &mut notes)?;
    let mut reader = Reader { header, notes, entries: Vec::new() };
    while let Some(row) = rows.next()? {
        reader.row(&row)?;
    }
    reader.finish()
}

struct Reader {
    header: Header,
    notes: Vec<CsvNote>,
    entries: Vec<Entry>,
}

impl Reader {
    fn row(&mut self, row: &Row<'_>) -> Result<(), CsvProblem> {
        if self.entries.len() == CODE_LIMIT {
            return Err(CsvProblem::TooMany { row: row.number });
        }
        self.note_extra(row);
        let (place, name) = self.header.field(row, Column::Name);
        if name.trim().is_empty() {
            self.notes.push(CsvNote::NoName { place });
        }
        let code = Code {
            name: name.to_owned(),
            description: self.header.field(row, Column::Definition).1.to_owned(),
            color: self.color(row),
            ..Code::default()
        };
        let (place, parent) = self.header.field(row, Column::Parent);
        self.entries.push(Entry { code, place, parent: parent.to_owned() });
        Ok(())
    }

    /// Notes the first field that no column has.
    fn note_extra(&mut self, row: &Row<'_>) {
        let columns = self.header.count();
        let extra = row.fields.iter().enumerate().skip(columns).find(|(_, it)| !it.is_empty());
        if let Some((index, found)) = extra {
            let place = CsvPlace { row: row.number, column: index + 1 };
            self.notes.push(CsvNote::Extra { place, columns, found: found.to_string() });
        }
    }

    fn color(&mut self, row: &Row<'_>) -> Option<Rgb> {
        let (place, written) = self.header.field(row, Column::Color);
        let color = parse_color(written);
        if color.is_none() && !written.trim().is_empty() {
            self.notes.push(CsvNote::Color { place, found: written.to_owned() });
        }
        color
    }

    fn finish(mut self) -> Result<CodebookCsv, CsvProblem> {
        if !self.header.has(Column::Parent) {
            self.entries = split_paths(self.entries)?;
        }
        let parents = parents(&self.entries, &mut self.notes);
        let levels = levels(&parents);
        if let Some(at) = levels.iter().position(|it| *it >= CODE_LEVEL_LIMIT) {
            return Err(CsvProblem::TooDeep { row: self.entries[at].place.row });
        }
        let codes = tree(self.entries, &parents, &levels);
        Ok(CodebookCsv { tree: CodeTree { codes, ..CodeTree::default() }, notes: self.notes })
    }
}

/// Divides names that are paths into parent and name, with an entry for each parent that has no row.
fn split_paths(entries: Vec<Entry>) -> Result<Vec<Entry>, CsvProblem> {
    let mut known: std::collections::HashSet<String> =
        entries.iter().map(|it| it.code.name.clone()).collect();
    let mut split = Vec::with_capacity(entries.len());
    for Entry { mut code, place, .. } in entries {
        let names: Vec<_> = code.name.split(PATH_SEPARATOR).map(str::to_owned).collect();
        if names.len() > CODE_LEVEL_LIMIT {
            return Err(CsvProblem::TooDeep { row: place.row });
        }
        let mut parent = String::new();
        for name in &names[..names.len() - 1] {
            let whole = path(&parent, name);
            if known.insert(whole.clone()) {
                let heading = Code { name: name.clone(), codable: false, ..Code::default() };
                split.push(Entry { code: heading, place, parent });
            }
            parent = whole;
        }
        code.name = names.last().cloned().unwrap_or_default();
        split.push(Entry { code, place, parent });
        if split.len() > CODE_LIMIT {
            return Err(CsvProblem::TooMany { row: place.row });
        }
    }
    Ok(split)
}
