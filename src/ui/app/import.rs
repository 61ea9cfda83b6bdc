//! Files that the person brings: read piece by piece, shown where that is called for, and taken in as one step.

use std::rc::Rc;

use web_sys::File;

use super::{
    App, Dialog, Notice, count,
    reading::{Taken, Unsure, read_as, read_text, too_large},
    restore::Preview,
    texts::Incoming,
    work::{CalledOff, VALUES, Work},
};
use crate::{
    annotation::{ArticleRecord, NewArticle, Record},
    interchange::{Backup, COUNT_LIMIT, FILE_LIMIT, Import, ImportReader, Refusal},
    session::Command,
    text::{ArticleId, Library, Text},
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
    /// Own articles that an export brings, and those of a backup.
    new: Vec<NewArticle>,
    articles: Vec<ArticleRecord>,
    /// The texts of both.
    bodies: Vec<Rc<Text>>,
    /// Texts that become articles.
    pub(super) incoming: Vec<Incoming>,
    /// Files of which a person has to say how their texts are encoded.
    pub(in crate::ui) unsure: Vec<Unsure>,
    /// The article that gets the text which was read.
    replaces: Option<ArticleId>,
    /// What else there is, when one of the files is a backup.
    pub(in crate::ui) backup: Option<Backup>,
    /// What restoring it would do.
    pub(in crate::ui) preview: Preview,
}

/// Why a file is not read to its end.
pub(super) enum Stop {
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

    /// How many texts would be added, as far as is known before.
    pub(in crate::ui) fn texts(&self) -> usize {
        let listed = |it: &&ArticleRecord| it.content.as_ref().is_some_and(|it| it.listed);
        self.incoming.len() + self.new.len() + self.articles.iter().filter(listed).count()
    }

    /// Whether there is anything to be taken.
    pub(in crate::ui) fn has_good(&self) -> bool {
        self.records.len() + self.texts() > 0
    }

    /// The name of the file that every problem is of, if they are of one.
    pub(in crate::ui) fn one_file(&self) -> Option<&str> {
        let (first, _) = self.problems.first()?;
        self.problems.iter().all(|(file, _)| file == first).then_some(first)
    }

    fn take(&mut self, file: &str, import: Import) {
        import.problems.iter().for_each(|it| self.problem(file, it));
        let spent = "says that it was changed so often that it could not be changed any more";
        for it in import.records {
            if it.version.has_room() {
                self.records.push(it);
            } else {
                self.problem(file, format!("annotation {} {spent}", it.id));
            }
        }
        for it in import.articles {
            if it.version.has_room() {
                self.articles.push(it);
            } else {
                self.problem(file, format!("article {} {spent}", it.id));
            }
        }
        self.new.extend(import.new);
        self.bodies.extend(import.texts);
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
        self.read_all(files, Report::default());
    }

    /// Gives the article that the person has chosen the text of a file.
    pub(in crate::ui) fn import_newer(&self, file: File) {
        let Some(id) = self.update(|state| state.replacing.take()) else { return };
        self.read_all(vec![file], Report { replaces: Some(id), ..Report::default() });
    }

    fn read_all(&self, files: Vec<File>, report: Report) {
        let Some(work) = self.begin("Reading".to_owned()) else { return };
        let app = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            match read_files(&files, report, work).await {
                Ok(report) if report.unsure.is_empty() => app.conclude(report),
                Ok(report) => app.ask(Dialog::Encodings, report),
                Err(CalledOff) => app.called_off(),
            }
        });
    }

    fn called_off(&self) {
        self.update(|state| state.say("Called off. Everything is as it was."));
    }

    /// Goes on with files when a person has said how they are encoded: each by the label of its encoding, or left out.
    pub(in crate::ui) fn decide_encodings(&self, labels: Vec<Option<&'static str>>) {
        let Some(report) = self.update(|state| state.import.take()) else { return };
        let Some(mut work) = self.begin("Reading".to_owned()) else { return };
        let app = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let Ok(mut report) = Rc::try_unwrap(report) else { return };
            for (unsure, label) in std::mem::take(&mut report.unsure).iter().zip(labels) {
                let Some(label) = label else { continue };
                match read_as(unsure, label, &mut work).await {
                    Ok(incoming) => report.incoming.push(incoming),
                    Err(Stop::Refused(why)) => report.problem(&unsure.name, why),
                    Err(Stop::CalledOff) => return app.called_off(),
                }
            }
            drop(work);
            app.conclude(report);
        });
    }

    /// Takes what was read, or asks first.
    fn conclude(&self, mut report: Report) {
        if let Some(id) = report.replaces {
            match (report.incoming.pop(), report.problems.first()) {
                (Some(incoming), _) => self.replace_text(id, incoming),
                (None, Some((file, why))) => self.update(|state| state.fail(format!("{file}: {why}."))),
                (None, None) => self.called_off(),
            }
        } else if report.backup.is_some() {
            self.preview(report);
        } else if report.problems.is_empty() {
            self.take_report(&report, false);
        } else {
            self.ask(Dialog::ImportReport, report);
        }
    }

    /// Imports what was good in the files that the person was asked about.
    pub(in crate::ui) fn import_good(&self) {
        if let Some(report) = self.read(|state| state.import.clone()) {
            self.take_report(&report, false);
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

    /// Takes in what is good as one step. Taking in, keeping and drawing much takes a while each, so the browser has its turn
    /// between them.
    pub(super) fn take_report(&self, report: &Report, restored: bool) {
        if !report.incoming.is_empty() {
            self.add_texts(&report.incoming);
            if report.records.is_empty() && report.texts() == report.incoming.len() {
                return;
            }
        }
        let (records, new, articles) = (report.records.clone(), report.new.clone(), report.articles.clone());
        let bodies = report.bodies.clone();
        let app = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            platform::drawn().await;
            let (merged, gone) = {
                let mut state = app.0.state.borrow_mut();
                state.session.take_texts(bodies);
                let merged = state.session.import_all(&new, articles, records, platform::now());
                let is_gone =
                    |it: &&Record| it.content.is_some() && state.session.annotation(it.id).is_none();
                let gone = merged.older.iter().filter(is_gone).cloned().collect();
                (merged, gone)
            };
            let notice = Notice::imported(&merged, gone, restored);
            platform::drawn().await;
            if !merged.change.is_empty() {
                app.count_change();
            }
            app.settle(merged.change);
            platform::drawn().await;
            app.update(|state| {
                state.say(notice.text());
                state.notify(notice);
            });
        });
    }
}

impl App {
    /// Makes again what the last import found to have been deleted here.
    pub(in crate::ui) fn bring_back(&self) {
        let gone = self.read(|state| {
            state.notices.iter().find_map(|it| match it {
                Notice::Imported { gone, .. } => Some(Rc::clone(gone)),
                _ => None,
            })
        });
        if let Some(gone) = gone {
            let words = format!("{} back", count(gone.len(), "annotation is", "annotations are"));
            self.execute(&Command::BringBack(gone));
            self.say(words);
        }
    }
}

async fn read_files(files: &[File], mut report: Report, mut work: Work) -> Result<Report, CalledOff> {
    let library = work.app().read(|state| state.session.library().clone());
    for file in files {
        let name = file.name();
        work.name(format!("Reading {name}"));
        if report.replaces.is_some() || !is_json(file) {
            match read_text(file, &mut work).await {
                Ok(Taken::Text(incoming)) => report.incoming.push(incoming),
                Ok(Taken::Unsure(unsure)) => report.unsure.push(unsure),
                Err(Stop::Refused(why)) => report.problem(&name, why),
                Err(Stop::CalledOff) => return Err(CalledOff),
            }
            continue;
        }
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

/// Whether a file is to be read as one of this program's own.
fn is_json(file: &File) -> bool {
    file.name().to_lowercase().ends_with(".json") || file.type_() == "application/json"
}

async fn read(file: &File, library: &Library, work: &mut Work) -> Result<Import, Stop> {
    let bytes = bytes(file, FILE_LIMIT, work).await?;
    let mut reading = ImportReader::new(&bytes, library)?;
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
pub(super) async fn bytes(file: &File, limit: usize, work: &mut Work) -> Result<Vec<u8>, Stop> {
    let unreadable = |_| Stop::Refused("the browser could not read it".to_owned());
    let size = file.size() as u64;
    let length = usize::try_from(size).unwrap_or(usize::MAX);
    if length > limit {
        return Err(if limit == FILE_LIMIT {
            Refusal::TooLarge { size }.into()
        } else {
            too_large(size, limit)
        });
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
