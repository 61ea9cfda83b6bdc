//! The current view, open article and focused annotation. State only: the `navigation` feature changes them.

mod address;
mod history_entry;
mod place;

pub(crate) use address::Place;
pub(crate) use address::View;
pub(crate) use history_entry::HistoryEntry;
pub(crate) use place::place;

use crate::annotation::AnnotationId;
use crate::text::ArticleId;
use crate::text::Library;
use crate::ui::feature::Feature;
use crate::ui::slice::Initial;

pub(crate) const FEATURE: Feature = Feature::NONE;

pub(crate) type Slice = Location;

/// The current view, open article and focused annotation.
#[derive(Debug)]
pub(crate) struct Location {
    view: View,
    /// The article in the reader.
    open: Option<ArticleId>,
    /// The article that the address names, while it is still being loaded. No other is shown until then.
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

    /// The article that the address names, while it is still being loaded.
    pub(crate) fn awaited(&self) -> Option<&ArticleId> {
        self.awaited.as_ref()
    }

    /// The focused annotation.
    pub(crate) fn focus(&self) -> Option<AnnotationId> {
        self.focus
    }

    /// Sets the view.
    pub(crate) fn set_view(&mut self, view: View) {
        self.view = view;
    }

    /// Sets the open article. Ends any waiting.
    pub(crate) fn set_open(&mut self, article: ArticleId) {
        self.open = Some(article);
        self.awaited = None;
    }

    /// Shows no article until this one has been loaded.
    pub(crate) fn wait_for(&mut self, article: Option<ArticleId>) {
        self.open = None;
        self.awaited = article;
    }

    /// Stops waiting for an article.
    pub(crate) fn stop_waiting(&mut self) {
        self.awaited = None;
    }

    /// Sets the focused annotation.
    pub(crate) fn set_focus(&mut self, focus: Option<AnnotationId>) {
        self.focus = focus;
    }
}
