//! Files that leave and enter the page.

use std::rc::Rc;

use super::{App, Dialog, Notice};
use crate::{annotation::Record, interchange, ui::platform};

/// How much to export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Scope {
    AllArticles,
    OpenArticle,
}

/// A file that the person chose.
#[derive(Debug)]
pub(in crate::ui) struct ChosenFile {
    pub(in crate::ui) name: String,
    /// What is in it, unless the browser could not read it.
    pub(in crate::ui) bytes: Option<Vec<u8>>,
}

/// Files of which not everything can be imported.
#[derive(Debug, Default, PartialEq)]
pub(in crate::ui) struct Report {
    /// What is good.
    pub(in crate::ui) records: Vec<Record>,
    /// What is not and why, in plain words, with the name of its file.
    pub(in crate::ui) problems: Vec<(String, String)>,
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
            interchange::write(&articles, state.session.records().iter(), platform::now())
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
        self.update(|state| state.notify(Notice::Failed { what }));
    }

    /// Takes in files as one step: at once when all of them are good, otherwise the person is asked.
    pub(in crate::ui) fn import(&self, files: &[ChosenFile]) {
        let mut report = Report::default();
        for ChosenFile { name, bytes } in files {
            let mut problem = |what: String| report.problems.push((name.clone(), what));
            let parsed =
                bytes.as_deref().map(|it| self.read(|state| interchange::parse(it, state.session.library())));
            match parsed {
                None => problem("the browser could not read it".to_owned()),
                Some(Err(refusal)) => problem(refusal.to_string()),
                Some(Ok(import)) => {
                    import.problems.iter().for_each(|it| problem(it.to_string()));
                    report.records.extend(import.records);
                }
            }
        }
        if report.problems.is_empty() {
            self.merge_in(report.records);
        } else {
            self.update(|state| {
                state.forget_import();
                state.import = Some(Rc::new(report));
                state.dialog = Some(Dialog::ImportReport);
            });
        }
    }

    /// Imports what was good in the files that the person was asked about.
    pub(in crate::ui) fn import_good(&self) {
        if let Some(report) = self.read(|state| state.import.clone()) {
            self.merge_in(report.records.clone());
        }
    }

    /// Downloads everything that was ever set aside, byte for byte, by its keys.
    pub(in crate::ui) fn download_set_aside(&self) {
        let all: serde_json::Map<String, serde_json::Value> = self.read(|state| {
            state.set_aside.iter().map(|it| (it.key.clone(), it.value.clone().into())).collect()
        });
        let text = serde_json::Value::from(all).to_string();
        let name = format!("glossator-set-aside-{}.json", platform::today());
        if platform::download(&name, &text).is_err() {
            let what =
                "The browser refused the download. What was set aside is still in this browser.".into();
            self.update(|state| state.notify(Notice::Failed { what }));
        }
    }

    fn merge_in(&self, records: Vec<Record>) {
        let merged = self.0.state.borrow_mut().session.import(records);
        let notice = Notice::imported(&merged);
        self.settle(merged.change);
        self.update(|state| {
            state.say(notice.text());
            state.notify(notice);
        });
    }
}
