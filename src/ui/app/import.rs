//! Files that the person brings: read piece by piece, shown where that is called for, and taken in as one step.

use std::rc::Rc;

use web_sys::File;

use super::{
    App, Dialog, Notice,
    restore::Preview,
    work::{CalledOff, VALUES, Work},
};
use crate::{
    annotation::Record,
    interchange::{Backup, COUNT_LIMIT, FILE_LIMIT, Import, Reading, Refusal},
    text::Library,
    ui::platform,
};

/// How much of a file is taken over from the browser at once, in bytes.
const PIECE: usize = 1 << 20;

/// More problems than this are counted and not listed: nobody reads them one by one.
const LISTED: usize = 200;

/// What was found in files that the person chose together.
#[derive(Debug, Default, PartialEq)]
pub(in crate::ui) struct Report {
    /// What is good.
    pub(in crate::ui) records: Vec<Record>,
    /// The first of what is not and why, in plain words, with the name of its file.
    pub(in crate::ui) problems: Vec<(String, String)>,
    /// How many problems are not listed.
    pub(in crate::ui) unlisted: usize,
    /// What else there is, when one of the files is a backup.
    pub(in crate::ui) backup: Option<Backup>,
    /// What restoring it would do.
    pub(in crate::ui) preview: Preview,
}

/// Why a file is not read to its end.
enum Stop {
    CalledOff,
    /// Nothing of it can be taken, and why.
    Refused(String),
}

impl From<CalledOff> for Stop {
    fn from(CalledOff: CalledOff) -> Self {
        Self::CalledOff
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

impl Report {
    fn problem(&mut self, file: &str, what: impl ToString) {
        if self.problems.len() < LISTED {
            self.problems.push((file.to_owned(), what.to_string()));
        } else {
            self.unlisted += 1;
        }
    }

    /// The name of the file that every problem is of, if they are of one.
    pub(in crate::ui) fn one_file(&self) -> Option<&str> {
        let (first, _) = self.problems.first()?;
        self.problems.iter().all(|(file, _)| file == first).then_some(first)
    }

    fn take(&mut self, file: &str, import: Import) {
        import.problems.iter().for_each(|it| self.problem(file, it));
        self.records.extend(import.records);
        if let Some(backup) = import.backup {
            let all = self.backup.get_or_insert_default();
            all.created = all.created.max(backup.created);
            all.view = all.view.take().or(backup.view);
            all.others.extend(backup.others);
        }
    }
}

impl App {
    /// Takes in files as one step: at once when all of them are good, otherwise the person is asked. What a backup would
    /// change is always shown first.
    pub(in crate::ui) fn import(&self, files: Vec<File>) {
        let Some(work) = self.begin("Reading".to_owned()) else { return };
        let app = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            match read_files(&files, work).await {
                Ok(report) if report.backup.is_some() => app.preview(report),
                Ok(report) if report.problems.is_empty() => app.merge_in(report.records, false),
                Ok(report) => app.ask(Dialog::ImportReport, report),
                Err(CalledOff) => {
                    app.update(|state| state.say("Called off. Everything is as it was."));
                }
            }
        });
    }

    /// Imports what was good in the files that the person was asked about.
    pub(in crate::ui) fn import_good(&self) {
        if let Some(report) = self.read(|state| state.import.clone()) {
            self.merge_in(report.records.clone(), false);
        }
    }

    /// Shows what was found and lets the person decide.
    pub(super) fn ask(&self, dialog: Dialog, report: Report) {
        self.update(|state| {
            state.forget_import();
            state.import = Some(Rc::new(report));
            state.dialog = Some(dialog);
        });
    }

    /// Takes in records as one step. Taking in, keeping and drawing many takes a while each, so the browser has its turn
    /// between them.
    pub(super) fn merge_in(&self, records: Vec<Record>, restored: bool) {
        let app = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let merged = app.0.state.borrow_mut().session.import(records, platform::now());
            let notice = Notice::imported(&merged, restored);
            platform::give_way().await;
            if !merged.change.is_empty() {
                app.count_change();
            }
            app.settle(merged.change);
            platform::give_way().await;
            app.update(|state| {
                state.say(notice.text());
                state.notify(notice);
            });
        });
    }
}

async fn read_files(files: &[File], mut work: Work) -> Result<Report, CalledOff> {
    let library = work.app().read(|state| state.session.library().clone());
    let mut report = Report::default();
    for file in files {
        let name = file.name();
        work.name(format!("Reading {name}"));
        match read(file, &library, &mut work).await {
            Ok(import) if report.records.len() + import.records.len() > COUNT_LIMIT => {
                report.problem(&name, "together with the others it holds more than is taken at once");
            }
            Ok(import) => report.take(&name, import),
            Err(Stop::Refused(why)) => report.problem(&name, why),
            Err(Stop::CalledOff) => return Err(CalledOff),
        }
    }
    Ok(report)
}

async fn read(file: &File, library: &Library, work: &mut Work) -> Result<Import, Stop> {
    let bytes = bytes(file, work).await?;
    let mut reading = Reading::new(&bytes, library)?;
    while reading.step(VALUES) {
        if reading.count() > COUNT_LIMIT {
            return Err(Refusal::TooMany.into());
        }
        work.rest(bytes.len() + reading.at(), 2 * bytes.len()).await?;
    }
    Ok(reading.finish()?)
}

/// Everything that is in a file, unless that is too much.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a size is a whole number, 0 or greater"
)]
async fn bytes(file: &File, work: &mut Work) -> Result<Vec<u8>, Stop> {
    let unreadable = |_| Stop::Refused("the browser could not read it".to_owned());
    let size = file.size() as u64;
    let length = usize::try_from(size).unwrap_or(usize::MAX);
    if length > FILE_LIMIT {
        return Err(Refusal::TooLarge { size }.into());
    }
    let mut bytes = Vec::new();
    bytes
        .try_reserve_exact(length)
        .map_err(|_| Stop::Refused("there is not enough memory for it".to_owned()))?;
    while bytes.len() < length {
        let start = bytes.len();
        let piece =
            platform::bytes_of(file, start as f64, (start + PIECE) as f64).await.map_err(unreadable)?;
        let end = start + piece.length() as usize;
        if end == start || end > length {
            return Err(unreadable(wasm_bindgen::JsValue::NULL));
        }
        bytes.resize(end, 0);
        piece.copy_to(&mut bytes[start..]);
        work.rest(end, 2 * length).await?;
    }
    Ok(bytes)
}
