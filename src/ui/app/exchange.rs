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

/// A file of which not everything can be imported.
#[derive(Debug, PartialEq)]
pub(in crate::ui) struct Report {
    /// The file's name.
    pub(in crate::ui) file: String,
    /// What is good.
    pub(in crate::ui) records: Vec<Record>,
    /// What is not and why, in plain words.
    pub(in crate::ui) problems: Vec<String>,
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

    /// Takes in a file: at once when all of it is good, otherwise the person is asked.
    pub(in crate::ui) fn import(&self, file: &str, bytes: &[u8]) {
        let parsed = self.read(|state| interchange::parse(bytes, state.session.library()));
        match parsed {
            Ok(import) if import.problems.is_empty() => self.merge_in(import.records),
            Ok(import) => {
                let problems = import.problems.iter().map(ToString::to_string).collect();
                self.report(Report { file: file.to_owned(), records: import.records, problems });
            }
            Err(refusal) => {
                let problems = vec![refusal.to_string()];
                self.report(Report { file: file.to_owned(), records: Vec::new(), problems });
            }
        }
    }

    /// Imports what was good in the file that the person was asked about.
    pub(in crate::ui) fn import_good(&self) {
        let report = self.update(|state| {
            state.dialog = None;
            state.import.take()
        });
        if let Some(report) = report {
            self.merge_in(report.records.clone());
        }
    }

    /// A file could not be read from the person's disk.
    pub(in crate::ui) fn unreadable(&self, file: &str) {
        let what = format!("The browser could not read “{file}”. Nothing was changed.");
        self.update(|state| state.notify(Notice::Failed { what }));
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

    fn report(&self, report: Report) {
        self.update(|state| {
            state.import = Some(Rc::new(report));
            state.dialog = Some(Dialog::ImportReport);
        });
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
