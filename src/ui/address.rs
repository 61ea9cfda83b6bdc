//! The page's address: what it names, and what the browser's history keeps with it.
//!
//! Only what stands behind `#` is ours, so the page works below any folder of any host.

use wasm_bindgen::JsValue;
use web_sys::{History, Location};

use super::platform::fixed;
use crate::{annotation::AnnotationId, text::ArticleId};

/// A way of looking at the annotations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum View {
    /// One article, with its annotations beside it.
    #[default]
    Reader,
    /// All annotations of all articles.
    Table,
    /// How many there are of each tag in each article, and where.
    Chart,
}

/// What an address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing: the page as it begins.
    Start,
    /// `#/a/<article>`
    Article(ArticleId),
    /// `#/a/<article>/<annotation>`; nothing where no annotation can have that name.
    Annotation(ArticleId, Option<AnnotationId>),
    /// `#/table`
    Table,
    /// `#/chart`
    Chart,
    /// Something that this page does not know.
    Unknown,
}

impl Place {
    /// What the page's address names.
    pub(super) fn current() -> Self {
        Self::read(&location().hash().unwrap_or_default())
    }

    fn read(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_start_matches('/');
        let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
        match parts[..] {
            [""] => Self::Start,
            ["table"] => Self::Table,
            ["chart"] => Self::Chart,
            ["a", article] => decoded(article).map_or(Self::Unknown, |it| Self::Article(ArticleId::new(&it))),
            ["a", article, id] => decoded(article).map_or(Self::Unknown, |it| {
                Self::Annotation(ArticleId::new(&it), decoded(id).and_then(|it| it.parse().ok()))
            }),
            _ => Self::Unknown,
        }
    }

    /// What stands behind the page's own address for it, `#` included.
    pub(super) fn fragment(&self) -> String {
        match self {
            Self::Start | Self::Unknown => "#".to_owned(),
            Self::Table => "#/table".to_owned(),
            Self::Chart => "#/chart".to_owned(),
            Self::Article(article) => format!("#/a/{}", encoded(article.as_str())),
            Self::Annotation(article, None) => Self::Article(article.clone()).fragment(),
            Self::Annotation(article, Some(id)) => format!("#/a/{}/{id}", encoded(article.as_str())),
        }
    }

    /// The whole address, for somebody to keep or to send.
    pub(super) fn link(&self) -> String {
        let address = location().href().unwrap_or_default();
        let page = address.split('#').next().unwrap_or_default();
        format!("{page}{}", self.fragment())
    }

    /// How it is looked at.
    pub(super) fn view(&self) -> View {
        match self {
            Self::Table => View::Table,
            Self::Chart => View::Chart,
            Self::Start | Self::Article(_) | Self::Annotation(..) | Self::Unknown => View::Reader,
        }
    }

    /// The article that it is in.
    pub(super) fn article(&self) -> Option<&ArticleId> {
        match self {
            Self::Article(article) | Self::Annotation(article, _) => Some(article),
            Self::Start | Self::Table | Self::Chart | Self::Unknown => None,
        }
    }

    /// Whether both are the same but for the annotation that stands out.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        self.article().is_some() && self.article() == other.article()
    }
}

/// Where in the text somebody is: the byte that a paragraph in view begins at, and how far below the upper edge of the
/// reader that is, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Standing {
    pub(super) byte: usize,
    pub(super) below: f64,
}

/// What the browser's history keeps of ours with an address.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Visit {
    /// How many entries before it are of this page.
    pub(super) depth: u32,
    /// Where the person was when they left it.
    pub(super) standing: Option<Standing>,
}

impl Visit {
    /// What was kept with the present address; nothing where the page has not been there.
    pub(super) fn current() -> Option<Self> {
        let kept = history()?.state().ok()?.as_string()?;
        let mut parts = kept.split(' ');
        let depth = parts.next()?.parse().ok()?;
        // The browser reads the number: Rust's own way brings 12 kB of tables and code into the download.
        let standing = match (parts.next().map(str::parse), parts.next().map(js_sys::parse_float)) {
            (Some(Ok(byte)), Some(below)) if below.is_finite() => Some(Standing { byte, below }),
            _ => None,
        };
        Some(Self { depth, standing })
    }

    fn kept(self) -> JsValue {
        match self.standing {
            Some(Standing { byte, below }) => format!("{} {byte} {}", self.depth, fixed(below, 1)),
            None => self.depth.to_string(),
        }
        .into()
    }

    /// Puts an address in the place of the present one. A browser that has had too many refuses, and the next one comes.
    pub(super) fn replace(self, place: &Place) {
        if let Some(history) = history() {
            let _ = history.replace_state_with_url(&self.kept(), "", Some(&place.fragment()));
        }
    }

    /// Puts an address behind the present one.
    pub(super) fn push(self, place: &Place) {
        if let Some(history) = history() {
            let _ = history.push_state_with_url(&self.kept(), "", Some(&place.fragment()));
        }
    }
}

fn history() -> Option<History> {
    let history = gloo::utils::window().history().ok()?;
    // Where the person was is ours to give back: the reader scrolls, not the page.
    let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
    Some(history)
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
