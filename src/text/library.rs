//! The one place that articles are loaded through.

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

/// The articles that there are, in the order in which they are listed.
///
/// Cheap to clone: it holds the articles, not their texts.
#[derive(Clone, Debug, Default)]
pub struct Library {
    listed: Vec<Rc<Article>>,
    removed: Vec<Rc<Article>>,
}

impl Library {
    /// Every article of the folder `seeds`, by file name.
    pub fn bundled() -> Self {
        BUNDLED
            .iter()
            .map(|it| {
                let source = format!("seeds/{}.txt", it.id);
                Article::new(ArticleId::new(it.id), it.title, it.kind, &source, it.text)
            })
            .collect()
    }

    /// The same with `removed` ones that are not listed, but whose annotations are still to be read and written.
    #[must_use]
    pub fn with_removed(self, removed: Vec<Rc<Article>>) -> Self {
        Self { removed, ..self }
    }

    /// Knows an article more, which is not listed: what is on it can be read and written.
    pub fn learn(&mut self, article: Rc<Article>) {
        self.removed.push(article);
    }

    /// All that are listed, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Rc<Article>> {
        self.listed.iter()
    }

    /// All that were removed and can come back.
    pub fn removed(&self) -> impl Iterator<Item = &Rc<Article>> {
        self.removed.iter()
    }

    /// The article of this name, if it is listed.
    pub fn get(&self, id: &ArticleId) -> Option<&Rc<Article>> {
        self.listed.iter().find(|it| it.id() == id)
    }

    /// The article of this name, a removed one too.
    pub fn known(&self, id: &ArticleId) -> Option<&Rc<Article>> {
        self.listed.iter().chain(&self.removed).find(|it| it.id() == id)
    }

    /// The place of an article in the list.
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
