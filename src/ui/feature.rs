//! What a feature registers: its commands, its part of the page, and what it does when another feature reports
//! something.
//!
//! Calls between features go down the list in [`super::features`]. Where a lower feature has to reach a higher one,
//! such as an edit that the table has to follow, it calls a hook of every feature.

use yew::Html;

use super::{
    State, Store,
    commands::PageCommand,
    features::register,
    parts::{lazy_html::LazyHtml, notice::Notice},
    surface::Surface,
};
use crate::{
    session::Change,
    storage::Failure,
    text::{ArticleId, Span},
};

/// Where on the page a feature's view goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Region {
    /// The panes at the side.
    Pane,
    /// The middle, whichever view is the current one.
    Main,
    /// Over the page.
    Overlay,
}

/// A task for the durable copy. It returns `None` if there was nothing to do, and otherwise whether to continue.
pub(crate) type Task = std::pin::Pin<Box<dyn Future<Output = Result<Option<bool>, Failure>>>>;

/// What a feature registers. [`Feature::NONE`] is the default of every field.
pub(crate) struct Feature {
    /// What a person can do with it.
    pub(crate) commands: &'static [PageCommand],
    /// What it shows on the page.
    pub(crate) view: Option<(Region, fn() -> Html)>,
    /// The contents of its views and dialogs, which are loaded after the first view of the page.
    pub(crate) lazy: &'static [LazyHtml],
    /// What it shows in the footer.
    pub(crate) footer: Option<fn() -> Html>,
    /// What it shows in the export menu.
    pub(crate) export_menu: Option<fn() -> Html>,
    /// A notice that follows from the state, and is not in the list of notices.
    pub(crate) notice: fn(&State) -> Option<Notice>,
    /// The page is opened.
    pub(crate) start: fn(&Store),
    /// Called when every feature has started.
    pub(crate) started: fn(&Store),
    /// These passages have other annotations than before.
    pub(crate) passages_changed: fn(&Store, &[(ArticleId, Span)]),
    /// Articles were added, changed or removed, here or by another tab.
    pub(crate) articles_changed: fn(&Store),
    /// Tags were added, changed or removed, here or by another tab.
    pub(crate) tags_changed: fn(&Store),
    /// A person made a change, which is on its way to be saved.
    pub(crate) changed: fn(&Store, &Change),
    /// A person did something that can be undone, or undid it.
    pub(crate) step_made: fn(&Store),
    /// The annotations in view were read, before all others.
    pub(crate) part_read: fn(&Store),
    /// What this browser has saved was read from the durable copy.
    pub(crate) read: fn(&Store),
    /// Everything saved was read, or could not be.
    pub(crate) loaded: fn(&Store),
    /// Everything saved was deleted.
    pub(crate) cleared: fn(&Store),
    /// Another tab changed localStorage: the key and the new value. Without a key, all items were removed.
    pub(crate) storage_event: fn(&Store, Option<&str>, Option<&str>),
    /// Another view is shown than before.
    pub(crate) view_changed: fn(&Store),
    /// Paints over the text near the viewport, after that changed or was drawn.
    pub(crate) paint: fn(&State, &Surface),
    /// Restores what depends on the nodes of paragraphs, after those in the span or all of them were drawn.
    pub(crate) restore: fn(&State, &Surface, Option<Span>),
    /// A task to do at the durable copy before records are written. The number is that of the document's current task.
    pub(crate) task: Option<fn(&Store, u32) -> Task>,
}

impl Feature {
    /// A feature that shows nothing and does nothing.
    pub(crate) const NONE: Self = Self {
        commands: &[],
        view: None,
        lazy: &[],
        footer: None,
        export_menu: None,
        notice: |_| None,
        start: |_| {},
        started: |_| {},
        passages_changed: |_, _| {},
        articles_changed: |_| {},
        tags_changed: |_| {},
        changed: |_, _| {},
        step_made: |_| {},
        part_read: |_| {},
        read: |_| {},
        loaded: |_| {},
        cleared: |_| {},
        storage_event: |_, _, _| {},
        view_changed: |_| {},
        paint: |_, _| {},
        restore: |_, _, _| {},
        task: None,
    };
}

/// Lists what the features register.
macro_rules! list {
    ($($feature:ident,)*) => {
        /// All features, each after those that it uses, without their contents.
        static FEATURES: &[&Feature] =
            &[$(&Feature { lazy: &[], ..super::features::$feature::FEATURE },)*];

        /// The contents of all features. Only [`lazy_module`] may refer to it.
        static LAZY_MODULE: LazyModule = LazyModule(&[$(super::features::$feature::FEATURE.lazy,)*]);
    };
}

register!(list);

/// All features, in the order in which they are registered.
pub(crate) fn all() -> impl Iterator<Item = &'static Feature> {
    FEATURES.iter().copied()
}

/// The contents of all views and dialogs.
#[derive(Debug)]
pub(crate) struct LazyModule(&'static [&'static [LazyHtml]]);

impl LazyModule {
    /// The content of the view or dialog with this id.
    pub(crate) fn get(&self, id: &str) -> Option<&'static LazyHtml> {
        self.0.iter().copied().flatten().find(|it| it.id == id)
    }
}

/// The module with the contents could not be loaded.
#[derive(Debug)]
pub(crate) struct NotLoaded;

/// Loads the contents of all views and dialogs.
#[cfg(not(feature = "split"))]
#[expect(clippy::unused_async, reason = "a build with the feature `split` loads a module")]
pub(crate) async fn lazy_module() -> Result<&'static LazyModule, NotLoaded> {
    Ok(&LAZY_MODULE)
}

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Loads the module with the contents of all views and dialogs.
#[cfg(feature = "split")]
#[allow(
    clippy::unnecessary_wraps,
    reason = "loading can fail; that part of the function is written by the macro"
)]
#[wasm_split_helpers::wasm_split(lazy, fallible)]
pub(crate) fn lazy_module() -> Result<&'static LazyModule, NotLoaded> {
    Ok(&LAZY_MODULE)
}

/// Calls a hook of every feature, in the order in which they are registered.
pub(crate) fn each(call: impl FnMut(&'static Feature)) {
    all().for_each(call);
}
