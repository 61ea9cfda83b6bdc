//! Writing annotations to an export file, and verifying it.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use crate::{
    annotation::Context,
    interchange::{Export, ImportReader, Refusal, WriteError},
    text::Article,
    ui::{
        Store,
        features::{
            announcements,
            progress::{self, Cancelled, VALUES, Work},
        },
        platform,
    },
};

/// Which annotations to export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    AllArticles,
    OpenArticle,
}

/// The number of annotations to write between two checks of the time.
const SLICE: usize = 64;

/// Why no export was written.
#[derive(Debug, thiserror::Error)]
enum ExportError {
    #[error("it was cancelled")]
    Cancelled,
    #[error(transparent)]
    Wrong(#[from] WriteError),
}

impl From<Cancelled> for ExportError {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

impl From<Refusal> for ExportError {
    fn from(refusal: Refusal) -> Self {
        Self::Wrong(refusal.into())
    }
}

/// Downloads an export.
pub(crate) fn export(store: &Store, scope: Scope) {
    let Some(work) = progress::begin(store, "Writing the export".to_owned()) else { return };
    let store = store.clone();
    spawn_local(async move {
        let name = format!("glossator-{}.json", platform::today());
        let what = match write_export(&store, scope, work).await {
            Ok(text) => match platform::download(&name, &text).await {
                Ok(()) => return announcements::announce(&store, format!("Exported to {name}")),
                Err(_) => "The browser refused the download. Your annotations are unchanged.".to_owned(),
            },
            Err(ExportError::Cancelled) => return,
            Err(error) => format!("Nothing was exported: {error}. Your annotations are unchanged."),
        };
        store.update(|state| state.notices.fail(what));
    });
}

/// Writes an export, and reads it again to verify it.
async fn write_export(store: &Store, scope: Scope, mut work: Work) -> Result<String, ExportError> {
    let (context, export) = store.read(|state| {
        let is_exported =
            |it: &&Rc<Article>| scope == Scope::AllArticles || Some(it.id()) == state.location.open();
        let Context { library, codebook } = state.document.session().context();
        let library = library.iter().filter(is_exported).cloned().collect();
        let context = Context { library, codebook: codebook.clone() };
        let records = state.document.session().records().iter();
        let export = Export::new(&context, records, platform::now(), state.exchange.with_texts);
        (context, export)
    });
    let mut export = export?;
    while export.step(SLICE)? {
        let (all, written) = export.count();
        work.yield_if_due(written, 2 * all).await?;
    }
    let length = export.text().len();
    let mut reading = ImportReader::new(export.text().as_bytes(), &context)?;
    while reading.step(VALUES) {
        work.yield_if_due(length + reading.at(), 2 * length).await?;
    }
    let read = reading.finish()?;
    Ok(export.finish(read)?)
}

/// Sets whether exports include the texts of own articles.
pub(super) fn include_texts(store: &Store, texts: bool) {
    store.update(|state| state.exchange.with_texts = texts);
}
