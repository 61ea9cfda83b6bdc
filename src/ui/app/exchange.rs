//! Files that leave the page.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::{
    App,
    work::{CalledOff, VALUES, Work},
};
use crate::{
    interchange::{Export, ImportReader, Refusal, WriteError},
    storage::SetAsideItem,
    text::{Article, Library},
    ui::platform,
};

/// How much to export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Scope {
    AllArticles,
    OpenArticle,
}

/// So many annotations are written between two looks at the clock.
const ENTRIES: usize = 64;

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
enum NoExport {
    #[error("it was called off")]
    CalledOff,
    #[error(transparent)]
    Wrong(#[from] WriteError),
}

impl From<CalledOff> for NoExport {
    fn from(_: CalledOff) -> Self {
        Self::CalledOff
    }
}

impl From<Refusal> for NoExport {
    fn from(refusal: Refusal) -> Self {
        Self::Wrong(refusal.into())
    }
}

impl App {
    /// Downloads annotations as JSON.
    pub(in crate::ui) fn export(&self, scope: Scope) {
        let Some(work) = self.begin("Writing the export".to_owned()) else { return };
        let app = self.clone();
        spawn_local(async move {
            let name = format!("glossator-{}.json", platform::today());
            let what = match app.write_export(scope, work).await {
                Ok(text) => match platform::download(&name, &text).await {
                    Ok(()) => return app.say(format!("Exported to {name}")),
                    Err(_) => "The browser refused the download. Your annotations are unchanged.".to_owned(),
                },
                Err(NoExport::CalledOff) => return,
                Err(error) => format!("Nothing was exported: {error}. Your annotations are unchanged."),
            };
            app.update(|state| state.fail(what));
        });
    }

    /// The text of an export, read again before it is given out.
    async fn write_export(&self, scope: Scope, mut work: Work) -> Result<String, NoExport> {
        let (library, export) = self.read(|state| {
            let here =
                |it: &&Rc<Article>| scope == Scope::AllArticles || Some(it.id()) == state.open.as_ref();
            let articles: Vec<_> = state.session.library().iter().filter(here).cloned().collect();
            let records = state.session.records().iter();
            let export = Export::new(&articles, records, platform::now(), state.export_texts);
            (articles.into_iter().collect::<Library>(), export)
        });
        let mut export = export?;
        while export.step(ENTRIES)? {
            let (all, written) = export.count();
            work.rest(written, 2 * all).await?;
        }
        let length = export.text().len();
        let mut reading = ImportReader::new(export.text().as_bytes(), &library)?;
        while reading.step(VALUES) {
            work.rest(length + reading.at(), 2 * length).await?;
        }
        let read = reading.finish()?;
        Ok(export.finish(read)?)
    }

    /// Has exports carry the texts of own articles, or not.
    pub(in crate::ui) fn export_texts(&self, texts: bool) {
        self.update(|state| state.export_texts = texts);
    }

    /// Downloads everything that was ever set aside, byte for byte, by its keys.
    pub(in crate::ui) fn download_set_aside(&self) {
        let mut all = serde_json::Map::new();
        self.read(|state| {
            all.extend(state.set_aside.iter().map(|it| (it.key.clone(), it.value.clone().into())));
        });
        let text = serde_json::Value::from(all).to_string();
        self.hand_out_aside(format!("glossator-set-aside-{}.json", platform::today()), text);
    }

    /// Downloads one item that was set aside, byte for byte.
    pub(in crate::ui) fn download_aside(&self, aside: &SetAsideItem) {
        self.hand_out_aside("glossator-set-aside.txt".to_owned(), aside.value.clone());
    }

    fn hand_out_aside(&self, name: String, text: String) {
        let app = self.clone();
        spawn_local(async move {
            if platform::download(&name, &text).await.is_err() {
                let what = "The browser refused the download. What was set aside is still in this browser.";
                app.update(|state| state.fail(what));
            }
        });
    }
}
