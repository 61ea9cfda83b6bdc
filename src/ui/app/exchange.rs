//! Files that leave the page.

use super::App;
use crate::{interchange, storage::Aside, ui::platform};

/// How much to export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Scope {
    AllArticles,
    OpenArticle,
}

impl App {
    /// Downloads annotations as JSON.
    pub(in crate::ui) fn export(&self, scope: Scope) {
        let written = self.read(|state| {
            let articles: Vec<_> = state
                .session
                .library()
                .iter()
                .filter(|it| scope == Scope::AllArticles || Some(it.id()) == state.open.as_ref())
                .cloned()
                .collect();
            interchange::write_with(
                &articles,
                state.session.records().iter(),
                platform::now(),
                state.export_texts,
            )
        });
        let name = format!("glossator-{}.json", platform::today());
        let what = match written {
            Ok(text) => match platform::download(&name, &text) {
                Ok(()) => {
                    self.update(|state| state.say(format!("Exported to {name}")));
                    return;
                }
                Err(_) => "The browser refused the download. Your annotations are unchanged.".to_owned(),
            },
            Err(error) => format!("Nothing was exported: {error}. Your annotations are unchanged."),
        };
        self.update(|state| state.fail(what));
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
        self.hand_out_aside(&format!("glossator-set-aside-{}.json", platform::today()), &text);
    }

    /// Downloads one item that was set aside, byte for byte.
    pub(in crate::ui) fn download_aside(&self, aside: &Aside) {
        self.hand_out_aside("glossator-set-aside.txt", &aside.value);
    }

    fn hand_out_aside(&self, name: &str, text: &str) {
        if platform::download(name, text).is_err() {
            let what = "The browser refused the download. What was set aside is still in this browser.";
            self.update(|state| state.fail(what));
        }
    }
}
