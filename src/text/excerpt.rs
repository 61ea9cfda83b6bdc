//! Excerpts that let a person recognize a passage.

use std::borrow::Cow;

use super::{Article, Span};

/// Characters of an excerpt.
pub const EXCERPT_LENGTH: usize = 80;

/// The first `characters` characters of `text`, followed by “…” if there is more.
///
/// ```
/// use glossator::text::beginning;
///
/// assert_eq!(beginning("A treaty was signed.", 9), "A treaty…");
/// assert_eq!(beginning("A treaty.", 9), "A treaty.");
/// ```
pub fn beginning(text: &str, characters: usize) -> Cow<'_, str> {
    match text.char_indices().nth(characters) {
        Some((at, _)) => Cow::Owned(format!("{}…", text[..at].trim_end())),
        None => Cow::Borrowed(text),
    }
}

/// A passage and the text around it, each on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The text before the passage, in whole words unless they are too long.
    pub before: String,
    /// The words of the passage.
    pub words: String,
    /// The text after the passage, in whole words unless they are too long.
    pub after: String,
}

impl Article {
    /// A passage with at most `before` characters before it and `after` characters after it.
    pub fn context(&self, span: Span, before: usize, after: usize) -> Context {
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (head, tail) = (&self.text()[..span.start()], &self.text()[span.end()..]);
        let from = before
            .checked_sub(1)
            .map_or(head.len(), |last| head.char_indices().rev().nth(last).map_or(0, |(at, _)| at));
        let to = tail.char_indices().nth(after).map_or(tail.len(), |(at, _)| at);
        let (near_before, near_after) = (&head[from..], &tail[..to]);
        let is_most = |whole: &str, of: &str| 2 * whole.len() >= of.len();
        let near_before = match near_before.split_once(char::is_whitespace) {
            Some((_, whole)) if from > 0 && is_most(whole, near_before) => whole,
            _ => near_before,
        };
        let near_after = match near_after.rsplit_once(char::is_whitespace) {
            Some((whole, _)) if to < tail.len() && is_most(whole, near_after) => whole,
            _ => near_after,
        };
        let space = |is| if is { " " } else { "" };
        Context {
            before: format!("{}{}", one_line(near_before), space(near_before.ends_with(char::is_whitespace))),
            words: one_line(self.slice(span)),
            after: format!("{}{}", space(near_after.starts_with(char::is_whitespace)), one_line(near_after)),
        }
    }
}
