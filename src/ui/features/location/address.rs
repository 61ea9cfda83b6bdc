//! The page's address: the place that it names.
//!
//! Places are in the fragment, the part from `#` on, so that the page works in any folder of any host.

use web_sys::Location;

use crate::{annotation::AnnotationId, text::ArticleId};

/// A way of looking at the annotations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum View {
    /// One article, with its annotations beside it.
    #[default]
    Reader,
    /// All annotations of all articles.
    Table,
    /// How many there are of each tag in each article, and where.
    Chart,
    /// The tags, which can be changed there.
    Codebook,
}

impl View {
    /// The name in the address and in the DOM.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Reader => "text",
            Self::Table => "table",
            Self::Chart => "chart",
            Self::Codebook => "codebook",
        }
    }
}

/// A place that an address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The page without a fragment.
    Start,
    /// `#/a/<article>`
    Article(ArticleId),
    /// `#/a/<article>/<annotation>`; without an id if the last part is not a valid one.
    Annotation(ArticleId, Option<AnnotationId>),
    /// `#/table`
    Table,
    /// `#/chart`
    Chart,
    /// `#/codebook`
    Codebook,
    /// Something that this page does not know.
    Unknown,
}

impl Place {
    /// The place that the page's address names.
    pub(crate) fn current() -> Self {
        Self::read(&location().hash().unwrap_or_default())
    }

    fn read(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_start_matches('/');
        let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
        match parts[..] {
            [""] => Self::Start,
            ["table"] => Self::Table,
            ["chart"] => Self::Chart,
            ["codebook"] => Self::Codebook,
            ["a", article] => decoded(article).map_or(Self::Unknown, |it| Self::Article(ArticleId::new(&it))),
            ["a", article, id] => decoded(article).map_or(Self::Unknown, |it| {
                Self::Annotation(ArticleId::new(&it), decoded(id).and_then(|it| it.parse().ok()))
            }),
            _ => Self::Unknown,
        }
    }

    /// The fragment, with its `#`.
    pub(crate) fn fragment(&self) -> String {
        match self {
            Self::Start | Self::Unknown => "#".to_owned(),
            Self::Table => "#/table".to_owned(),
            Self::Chart => "#/chart".to_owned(),
            Self::Codebook => "#/codebook".to_owned(),
            Self::Article(article) => format!("#/a/{}", encoded(article.as_str())),
            Self::Annotation(article, None) => Self::Article(article.clone()).fragment(),
            Self::Annotation(article, Some(id)) => format!("#/a/{}/{id}", encoded(article.as_str())),
        }
    }

    /// The whole address.
    pub(crate) fn link(&self) -> String {
        let address = location().href().unwrap_or_default();
        let page = address.split('#').next().unwrap_or_default();
        format!("{page}{}", self.fragment())
    }

    /// The view that shows it.
    pub(crate) fn view(&self) -> View {
        match self {
            Self::Table => View::Table,
            Self::Chart => View::Chart,
            Self::Codebook => View::Codebook,
            Self::Start | Self::Article(_) | Self::Annotation(..) | Self::Unknown => View::Reader,
        }
    }

    /// The article that it is in.
    pub(crate) fn article(&self) -> Option<&ArticleId> {
        match self {
            Self::Article(article) | Self::Annotation(article, _) => Some(article),
            Self::Start | Self::Table | Self::Chart | Self::Codebook | Self::Unknown => None,
        }
    }

    /// True if both are in the same article, whichever annotation is focused.
    pub(crate) fn is_same_article(&self, other: &Self) -> bool {
        self.article().is_some() && self.article() == other.article()
    }
}

fn location() -> Location {
    gloo::utils::window().location()
}

fn encoded(name: &str) -> String {
    js_sys::encode_uri_component(name).into()
}

fn decoded(name: &str) -> Option<String> {
    js_sys::decode_uri_component(name).ok().map(Into::into)
}
