//! The stored form of a draft: a note whose passage has no tag yet.

use serde_json::json;

use super::{entry, fields::parse_all, limits::NOTE_LIMIT, problem::Reason};
use crate::text::{Article, ArticleId, Library, Span};

/// The version that is written, and the only one that is read.
const DRAFT_VERSION: u64 = 1;

/// The stored form of a draft.
pub fn write_draft(article: &Article, span: Span, note: &str) -> String {
    let fields = json!({
        "v": DRAFT_VERSION,
        "document": article.id().as_str(),
        "start": article.code_point(span.start()).0,
        "end": article.code_point(span.end()).0,
        "quote": article.slice(span),
        "note": note,
    });
    fields.to_string()
}

/// Reads a draft: its article, its passage and its note.
///
/// # Errors
/// If the text is not a draft, or its passage does not match its article.
pub fn parse_draft(text: &str, library: &Library) -> Result<(ArticleId, Span, String), Reason> {
    let value = parse_all(text)?;
    let fields = value.as_object().ok_or_else(|| Reason::NotFields { found: entry::describe(&value) })?;
    match entry::integer(fields, "v")? {
        DRAFT_VERSION => {}
        found => return Err(Reason::Newer { found }),
    }
    let note = entry::text(fields, "note")?;
    let length = note.chars().count();
    if length > NOTE_LIMIT {
        return Err(Reason::Note { length });
    }
    let id = ArticleId::new(entry::text(fields, "document")?);
    let Some(article) = library.get(&id) else {
        return Err(Reason::Article { found: entry::shorten(id.as_str()) });
    };
    Ok((id, entry::span(fields, article)?, note.to_owned()))
}
