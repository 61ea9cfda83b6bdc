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

/// The articles that can be opened, in the order in which they are listed.
#[derive(Clone, Debug, Default)]
pub struct Library {
    articles: Vec<Rc<Article>>,
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

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Rc<Article>> {
        self.articles.iter()
    }

    /// The article of this name.
    pub fn get(&self, id: &ArticleId) -> Option<&Rc<Article>> {
        self.articles.iter().find(|it| it.id() == id)
    }

    /// The place of an article in the list.
    pub fn position(&self, id: &ArticleId) -> Option<usize> {
        self.articles.iter().position(|it| it.id() == id)
    }
}

impl FromIterator<Article> for Library {
    fn from_iter<I: IntoIterator<Item = Article>>(articles: I) -> Self {
        Self { articles: articles.into_iter().map(Rc::new).collect() }
    }
}

impl FromIterator<Rc<Article>> for Library {
    fn from_iter<I: IntoIterator<Item = Rc<Article>>>(articles: I) -> Self {
        Self { articles: articles.into_iter().collect() }
    }
}
