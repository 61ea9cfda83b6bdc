//! The articles, and the only place that loads the bundled ones.

use std::rc::Rc;

use super::article::{Article, ArticleId};

struct Bundled {
    id: &'static str,
    title: &'static str,
    kind: &'static str,
    text: &'static str,
}

/// Written by `build.rs` from the folder `seeds`.
static BUNDLED: &[Bundled] = &include!(concat!(env!("OUT_DIR"), "/seeds.rs"));

/// The articles, in the order in which they are listed.
///
/// Cheap to clone: it shares the articles.
#[derive(Clone, Debug, Default)]
pub struct Library {
    listed: Vec<Rc<Article>>,
    removed: Vec<Rc<Article>>,
}

impl Library {
    /// Every article in the folder `seeds`, by file name.
    pub fn bundled() -> Self {
        BUNDLED
            .iter()
            .map(|it| {
                let source = format!("seeds/{}.txt", it.id);
                Article::new(ArticleId::new(it.id), it.title, it.kind, &source, it.text)
            })
            .collect()
    }

    /// Replaces the removed articles: those that are not listed but whose annotations must still be read and written.
    #[must_use]
    pub fn with_removed(self, removed: Vec<Rc<Article>>) -> Self {
        Self { removed, ..self }
    }

    /// Adds an article that is not listed but whose annotations must be read and written.
    pub fn add_unlisted(&mut self, article: Rc<Article>) {
        self.removed.push(article);
    }

    /// All listed articles, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Rc<Article>> {
        self.listed.iter()
    }

    /// All removed articles.
    pub fn removed(&self) -> impl Iterator<Item = &Rc<Article>> {
        self.removed.iter()
    }

    /// The listed article with this id.
    pub fn get(&self, id: &ArticleId) -> Option<&Rc<Article>> {
        self.listed.iter().find(|it| it.id() == id)
    }

    /// The listed or removed article with this id.
    pub fn known(&self, id: &ArticleId) -> Option<&Rc<Article>> {
        self.listed.iter().chain(&self.removed).find(|it| it.id() == id)
    }

    /// Index of an article in the list.
    pub fn position(&self, id: &ArticleId) -> Option<usize> {
        self.listed.iter().position(|it| it.id() == id)
    }
}

impl FromIterator<Article> for Library {
    fn from_iter<I: IntoIterator<Item = Article>>(articles: I) -> Self {
        articles.into_iter().map(Rc::new).collect()
    }
}

impl FromIterator<Rc<Article>> for Library {
    fn from_iter<I: IntoIterator<Item = Rc<Article>>>(articles: I) -> Self {
        Self { listed: articles.into_iter().collect(), removed: Vec::new() }
    }
}
