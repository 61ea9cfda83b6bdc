//! A text that becomes an article.

use std::rc::Rc;

use crate::{
    annotation::{ArticleRecord, NewArticle},
    interchange::{TEXT_LIMIT, megabytes},
    text::Text,
    ui::{parts::words::excerpt, platform},
};

/// A text that becomes an article.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NewText {
    pub(crate) title: String,
    /// The kind, as shown on the page.
    pub(crate) kind: &'static str,
    /// The name of the file; empty if it was pasted.
    pub(crate) source: String,
    pub(crate) text: String,
}

impl NewText {
    /// The new own article with this title. `body` is the text as it is stored.
    pub(super) fn article(&self, title: &str, body: &Text) -> NewArticle {
        let moment = platform::moment();
        NewArticle {
            id: ArticleRecord::mint(moment.now, moment.entropy),
            title: title.into(),
            kind: self.kind.into(),
            source: self.source.as_str().into(),
            sha256: Rc::clone(body.sha256()),
        }
    }
}

/// Checks that a text can be an article.
///
/// Returns an error in words if it is empty or too large.
pub(crate) fn check(text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("it contains no text".to_owned());
    }
    if text.len() > TEXT_LIMIT {
        return Err(format!(
            "it is {} large; the limit is {}",
            megabytes(text.len() as u64),
            megabytes(TEXT_LIMIT as u64)
        ));
    }
    Ok(())
}

/// The beginning of the first line that is not blank, for use as a title.
pub(crate) fn first_line(text: &str) -> String {
    excerpt(text.lines().map(str::trim).find(|it| !it.is_empty()).unwrap_or_default())
}
