//! Divides CSV into rows of fields, by RFC 4180: quotes, doubled quotes, and line breaks in quotes.

use std::borrow::Cow;

use super::problem::{CsvPlace, CsvProblem};

/// What may separate fields. Spreadsheets use the semicolon where the comma is for decimals.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// A row, and its number in a spreadsheet, counted from 1.
pub(super) struct Row<'a> {
    pub(super) number: usize,
    pub(super) fields: Vec<Cow<'a, str>>,
}

/// Reads row by row.
pub(super) struct Rows<'a> {
    rest: &'a str,
    separator: char,
    number: usize,
}

impl<'a> Rows<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, separator: separator(text), number: 0 }
    }

    /// The next row that is not blank; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Row<'a>>, CsvProblem> {
        while !self.rest.is_empty() {
            self.number += 1;
            let fields = self.row()?;
            if fields.iter().any(|it| !it.is_empty()) {
                return Ok(Some(Row { number: self.number, fields }));
            }
        }
        Ok(None)
    }

    fn row(&mut self) -> Result<Vec<Cow<'a, str>>, CsvProblem> {
        let mut fields = Vec::new();
        loop {
            let place = CsvPlace { row: self.number, column: fields.len() + 1 };
            fields.push(if self.rest.starts_with('"') { self.quoted(place)? } else { self.bare() });
            if !self.skip(self.separator) {
                self.end_line();
                return Ok(fields);
            }
        }
    }

    fn skip(&mut self, c: char) -> bool {
        let after = self.rest.strip_prefix(c);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    /// Moves behind CRLF, CR or LF.
    fn end_line(&mut self) {
        self.skip('\r');
        self.skip('\n');
    }

    /// Reads a field without quotes; a quote within it is a character like others.
    fn bare(&mut self) -> Cow<'a, str> {
        let end = self.rest.find([self.separator, '\r', '\n']).unwrap_or(self.rest.len());
        let (field, rest) = self.rest.split_at(end);
        self.rest = rest;
        field.into()
    }

    fn quoted(&mut self, place: CsvPlace) -> Result<Cow<'a, str>, CsvProblem> {
        let inner = &self.rest[1..];
        let end = closing_quote(inner).ok_or(CsvProblem::OpenQuote(place))?;
        let field = &inner[..end];
        self.rest = &inner[end + 1..];
        if !(self.rest.is_empty() || self.rest.starts_with([self.separator, '\r', '\n'])) {
            let found = self.rest.chars().next().unwrap_or_default();
            return Err(CsvProblem::AfterQuote { place, found, separator: self.separator });
        }
        Ok(if field.contains('"') { field.replace("\"\"", "\"").into() } else { field.into() })
    }
}

/// The place of the first quote that is not doubled.
fn closing_quote(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += text[at..].find('"')?;
        if !text[at + 1..].starts_with('"') {
            return Some(at);
        }
        at += 2;
    }
}

/// The separator that is most frequent outside quotes in the first line; the comma if there is none.
fn separator(text: &str) -> char {
    let mut counts = [0_usize; SEPARATORS.len()];
    let mut is_quoted = false;
    for c in text.trim_start_matches(['\r', '\n']).chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            '\r' | '\n' if !is_quoted => break,
            _ if !is_quoted => {
                SEPARATORS.iter().zip(&mut counts).for_each(|(it, n)| *n += usize::from(*it == c));
            }
            _ => {}
        }
    }
    // Of equal counts, the first is taken.
    let most = counts.iter().max();
    SEPARATORS.into_iter().zip(&counts).find(|(_, it)| Some(*it) == most).map_or(',', |(it, _)| it)
}
