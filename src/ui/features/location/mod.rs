//! Where the person is: the view, the open article, the focused annotation. State only; `navigation` goes places.

mod address;
mod place;
mod visit;

pub(crate) use address::Place;
pub(crate) use address::View;
pub(crate) use place::place;
pub(crate) use visit::HistoryEntry;

use crate::annotation::AnnotationId;
use crate::text::ArticleId;
use crate::text::Library;
use crate::ui::feature::Feature;
use crate::ui::feature::Initial;

pub(crate) const FEATURE: Feature = Feature::NONE;

pub(crate) type Slice = Location;

/// Where the person is.
#[derive(Debug)]
pub(crate) struct Location {
    view: View,
    /// The article in the reader.
    open: Option<ArticleId>,
    /// The article that the address names while it is still to be read; no other is shown meanwhile.
    awaited: Option<ArticleId>,
    focus: Option<AnnotationId>,
}

impl Initial for Location {
    fn initial(library: &Library) -> Self {
        let open = library.iter().next().map(|it| it.id().clone());
        Self { view: View::default(), open, awaited: None, focus: None }
    }
}

impl Location {
    /// The view that is shown.
    pub(crate) fn view(&self) -> View {
        self.view
    }

    /// The article in the reader.
    pub(crate) fn open(&self) -> Option<&ArticleId> {
        self.open.as_ref()
    }

    /// The article that the address names while it is still to be read.
    pub(crate) fn awaited(&self) -> Option<&ArticleId> {
        self.awaited.as_ref()
    }

    /// The focused annotation.
    pub(crate) fn focus(&self) -> Option<AnnotationId> {
        self.focus
    }

    /// Takes over another view.
    pub(crate) fn set_view(&mut self, view: View) {
        self.view = view;
    }

    /// Takes over another article.
    pub(crate) fn set_open(&mut self, article: ArticleId) {
        self.open = Some(article);
        self.awaited = None;
    }

    /// Shows no article until this one has been read.
    pub(crate) fn wait_for(&mut self, article: Option<ArticleId>) {
        self.open = None;
        self.awaited = article;
    }

    /// Waits for no article any more.
    pub(crate) fn stop_waiting(&mut self) {
        self.awaited = None;
    }

    /// Takes over another focused annotation.
    pub(crate) fn set_focus(&mut self, focus: Option<AnnotationId>) {
        self.focus = focus;
    }
}
