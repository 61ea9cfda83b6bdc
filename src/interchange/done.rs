//! The articles that a person has marked as done, and their stored form: a JSON list of article ids.
//!
//! An id stays in the list when its article is removed, so that the mark comes back with the article.

use crate::text::{ArticleId, order};

/// The longest id that is read, in bytes. The ids of real articles are far shorter.
const ID_LIMIT: usize = 1_000;

/// The articles that are marked as done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoneArticles(Vec<ArticleId>);

impl DoneArticles {
    /// Reads the stored form. Skips everything that is not an article id, so that a damaged list loses no more than its
    /// damaged part.
    pub fn parse(stored: &str) -> Self {
        let values: Vec<serde_json::Value> = serde_json::from_str(stored).unwrap_or_default();
        let ids = values.iter().filter_map(|it| it.as_str()).filter(|it| it.len() <= ID_LIMIT);
        Self::sorted(ids.filter(|it| !it.is_empty()).map(ArticleId::new).collect())
    }

    /// The stored form.
    pub fn to_json(&self) -> String {
        let ids: Vec<serde_json::Value> = self.0.iter().map(|it| it.as_str().into()).collect();
        serde_json::Value::from(ids).to_string()
    }

    /// Whether no article is marked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many articles are marked.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether `article` is marked.
    pub fn contains(&self, article: &ArticleId) -> bool {
        self.0.binary_search(article).is_ok()
    }

    /// Marks `article`, or removes its mark.
    pub fn mark(&mut self, article: &ArticleId, done: bool) {
        match (self.0.binary_search(article), done) {
            (Err(at), true) => self.0.insert(at, article.clone()),
            (Ok(at), false) => _ = self.0.remove(at),
            _ => {}
        }
    }

    /// The articles that are marked in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::sorted(self.0.iter().chain(&other.0).cloned().collect())
    }

    fn sorted(mut ids: Vec<ArticleId>) -> Self {
        order::sort(&mut ids);
        ids.dedup();
        Self(ids)
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::{ArticleId, DoneArticles};

    fn done(ids: &[&str]) -> DoneArticles {
        let mut done = DoneArticles::default();
        for it in ids {
            done.mark(&ArticleId::new(it), true);
        }
        done
    }

    proptest! {
        #[test]
        fn the_stored_form_is_read_back(ids in vec(".{1,20}", 0..20)) {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let done = done(&ids);
            prop_assert_eq!(DoneArticles::parse(&done.to_json()), done.clone());
            prop_assert!(ids.iter().all(|it| done.contains(&ArticleId::new(it))));
        }

        #[test]
        fn reading_never_fails(text in ".*") {
            let done = DoneArticles::parse(&text);
            prop_assert_eq!(DoneArticles::parse(&done.to_json()), done);
        }

        #[test]
        fn the_union_has_what_either_has(
            one in vec("[a-d]", 0..4), other in vec("[a-d]", 0..4), asked in "[a-e]",
        ) {
            let parts = [one, other].map(|it| done(&it.iter().map(String::as_str).collect::<Vec<_>>()));
            let asked = ArticleId::new(&asked);
            let either = parts.iter().any(|it| it.contains(&asked));
            prop_assert_eq!(parts[0].union(&parts[1]).contains(&asked), either);
            prop_assert_eq!(parts[0].union(&parts[1]), parts[1].union(&parts[0]));
        }
    }

    #[test]
    fn a_mark_can_be_taken_away() {
        let mut done = done(&["b", "a", "b"]);
        assert_eq!((done.len(), done.to_json()), (2, r#"["a","b"]"#.to_owned()));
        done.mark(&ArticleId::new("a"), false);
        done.mark(&ArticleId::new("c"), false);
        assert_eq!(done.to_json(), r#"["b"]"#);
    }

    #[test]
    fn what_is_not_an_id_costs_no_other() {
        assert_eq!(DoneArticles::parse(r#"["a", 7, null, "", ["c"], "b"]"#), done(&["a", "b"]));
        for damaged in ["", "null", "{}", "[\"a\"", "7", "\"a\""] {
            assert!(DoneArticles::parse(damaged).is_empty(), "{damaged}");
        }
    }
}
