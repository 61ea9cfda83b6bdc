//! Importing files: reading them in slices, asking the person if necessary, and adding everything as one step.

use std::rc::Rc;

use web_sys::File;

use super::{
    encodings::ENCODINGS_DIALOG,
    read_text::{TextFile, read_as, read_text, too_large},
    report::Report,
    reports::IMPORT_REPORT,
    restore::preview,
};
use crate::{
    annotation::Record,
    interchange::{COUNT_LIMIT, FILE_LIMIT, Import, ImportReader, Refusal, SNIFF_LENGTH, is_own_file},
    session::{Command, Merged},
    text::Library,
    ui::{
        Store,
        features::{
            announcements, articles, document, history,
            progress::{self, Cancelled, VALUES, Work},
        },
        parts::{dialog::Dialog, notice::Notice, words::count},
        platform,
    },
};

/// How much of a file is read from the browser at once, in bytes.
const PIECE: usize = 1 << 20;

/// Why a file was not read.
pub(super) enum ReadError {
    Cancelled,
    /// Nothing in the file can be imported, and why.
    Refused(String),
}

impl From<Cancelled> for ReadError {
    fn from(Cancelled: Cancelled) -> Self {
        Self::Cancelled
    }
}

impl From<Refusal> for ReadError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

/// Imports files as one step. Asks the person first if something in them cannot be imported, or if one is a backup.
pub(super) fn import(store: &Store, files: Vec<File>) {
    read_all(store, files, Report::default());
}

/// Replaces the text of the article that the person has chosen by the text of a file.
pub(super) fn import_newer_text(store: &Store, file: File) {
    let Some(id) = store.update(|state| state.articles.take_replacing()) else { return };
    read_all(store, vec![file], Report { replaces: Some(id), ..Report::default() });
}

fn read_all(store: &Store, files: Vec<File>, report: Report) {
    let Some(work) = progress::begin(store, "Reading".to_owned()) else { return };
    let store = store.clone();
    wasm_bindgen_futures::spawn_local(async move {
        match read_files(&files, report, work).await {
            Ok(report) if report.unknown_encodings.is_empty() => conclude(&store, report),
            Ok(report) => ask(&store, &ENCODINGS_DIALOG, report),
            Err(Cancelled) => cancelled(&store),
        }
    });
}

fn cancelled(store: &Store) {
    store.update(|state| state.announcements.say("Cancelled. Nothing was changed."));
}

/// Continues an import with the chosen encodings: a label for each file, or none to leave the file out.
pub(super) fn set_encodings(store: &Store, labels: Vec<Option<&'static str>>) {
    let Some(report) = store.update(|state| state.exchange.report.take()) else { return };
    let Some(mut work) = progress::begin(store, "Reading".to_owned()) else { return };
    let store = store.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let Ok(mut report) = Rc::try_unwrap(report) else { return };
        for (file, label) in std::mem::take(&mut report.unknown_encodings).iter().zip(labels) {
            let Some(label) = label else { continue };
            match read_as(file, label, &mut work).await {
                Ok(text) => report.texts.push(text),
                Err(ReadError::Refused(why)) => report.add_problem(&file.name, why),
                Err(ReadError::Cancelled) => return cancelled(&store),
            }
        }
        drop(work);
        conclude(&store, report);
    });
}

/// Adds what was read, or asks first.
fn conclude(store: &Store, mut report: Report) {
    if let Some(id) = report.replaces {
        match (report.texts.pop(), report.problems.first()) {
            (Some(text), _) => articles::replace_text(store, id, text),
            (None, Some((file, why))) => store.update(|state| state.notices.fail(format!("{file}: {why}."))),
            (None, None) => cancelled(store),
        }
    } else if report.backup.is_some() {
        preview(store, report);
    } else if report.problems.is_empty() {
        apply(store, &report, false);
    } else {
        ask(store, &IMPORT_REPORT, report);
    }
}

/// Imports the valid part of the files that the person was asked about.
pub(super) fn import_valid(store: &Store) {
    if let Some(report) = store.read(|state| state.exchange.report.clone()) {
        apply(store, &report, false);
    }
}

/// Opens a dialog about the files that were read.
pub(super) fn ask(store: &Store, dialog: &'static Dialog, report: Report) {
    store.update(|state| {
        state.notices.forget_step();
        state.exchange.report = Some(Rc::new(report));
        state.dialogs.open(dialog);
    });
}

/// Adds the valid part of the files as one step. Yields to the browser between merging, saving and drawing, since each can
/// take long.
pub(super) fn apply(store: &Store, report: &Report, restored: bool) {
    if !report.texts.is_empty() {
        articles::add_texts(store, &report.texts);
        if report.records.is_empty() && report.text_count() == report.texts.len() {
            return;
        }
    }
    let (records, new, articles) =
        (report.records.clone(), report.new_articles.clone(), report.articles.clone());
    let bodies = report.article_texts.clone();
    let store = store.clone();
    wasm_bindgen_futures::spawn_local(async move {
        platform::next_paint().await;
        let (merged, deleted_here) = {
            let mut state = store.state_mut();
            state.document.session_mut().add_texts(bodies);
            let merged = state.document.session_mut().import_all(&new, articles, records, platform::now());
            let is_gone =
                |it: &&Record| it.content.is_some() && state.document.session().annotation(it.id).is_none();
            let deleted_here = merged.older.iter().filter(is_gone).cloned().collect();
            (merged, deleted_here)
        };
        let notice = import_notice(&merged, deleted_here, restored);
        platform::next_paint().await;
        if !merged.change.is_empty() {
            document::report_step(&store);
        }
        document::settle(&store, merged.change);
        platform::next_paint().await;
        store.update(|state| {
            state.announcements.say(notice.text.clone());
            state.notices.show(notice);
        });
    });
}

/// Restores annotations of the last import that had been deleted here.
fn bring_back(store: &Store, deleted_here: Rc<[Record]>) {
    let words = format!("{} brought back", count(deleted_here.len(), "annotation", "annotations"));
    document::execute(store, &Command::BringBack(deleted_here));
    announcements::announce(store, words);
}

/// The notice that says what was imported. `deleted_here` are records that the file has and that were deleted here.
fn import_notice(merged: &Merged, deleted_here: Rc<[Record]>, restored: bool) -> Notice {
    let Merged { articles: texts, added, updated, deleted, same, .. } = *merged;
    let older = merged.older.len() - deleted_here.len();
    let parts = [
        (added, "new"),
        (updated, "changed"),
        (deleted, "deleted"),
        (same, "already here"),
        (older, "unchanged, since the version here is later"),
        (deleted_here.len(), "deleted here in the meantime"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    let total =
        count(added + updated + deleted + same + older + deleted_here.len(), "annotation", "annotations");
    let file = if restored { "backup" } else { "file" };
    let annotations = if parts.is_empty() {
        format!("The {file} contains no annotations.")
    } else {
        format!("{total} in the {file}: {}.", parts.join(", "))
    };
    let text = match texts {
        0 => annotations,
        texts => format!("{} added. {annotations}", count(texts, "article", "articles")),
    };
    let mut notice = Notice::new("imported", text).until_next_step();
    if !deleted_here.is_empty() {
        let bring_back = move |store: &Store| bring_back(store, Rc::clone(&deleted_here));
        notice = notice.with("bring-back", "Bring back deleted annotations", bring_back);
    }
    if texts + added + updated + deleted > 0 {
        let label = if restored { "Undo the restore" } else { "Undo the import" };
        notice = notice.with("undo-import", label, history::undo);
    }
    notice
}

/// Reads all files into the report.
async fn read_files(files: &[File], mut report: Report, mut work: Work) -> Result<Report, Cancelled> {
    let library = work.store().read(|state| state.document.session().library().clone());
    for file in files {
        let name = file.name();
        work.name(format!("Reading {name}"));
        if report.replaces.is_some() || !(has_json_name(file) || is_own(file).await) {
            match read_text(file, &mut work).await {
                Ok(TextFile::Text(text)) => report.texts.push(text),
                Ok(TextFile::UnknownEncoding(file)) => report.unknown_encodings.push(file),
                Err(ReadError::Refused(why)) => report.add_problem(&name, why),
                Err(ReadError::Cancelled) => return Err(Cancelled),
            }
            continue;
        }
        match read(file, &library, &mut work).await {
            Ok(import) if report.records.len() + import.records.len() > COUNT_LIMIT => {
                report.add_problem(
                    &name,
                    "together with the other files it has too many annotations for one import",
                );
            }
            Ok(import) => report.add_import(&name, import),
            Err(ReadError::Refused(why)) => report.add_problem(&name, why),
            Err(ReadError::Cancelled) => return Err(Cancelled),
        }
    }
    Ok(report)
}

/// True if a file is one of Glossator's own, whatever it is called. Mail programs rename them.
async fn is_own(file: &File) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "a megabyte")]
    let length = SNIFF_LENGTH as f64;
    let beginning = platform::bytes_of(file, 0.0, length).await;
    beginning.is_ok_and(|it| is_own_file(&it.to_vec()))
}

/// True if a file says that it holds JSON. One that is not Glossator's is refused with its reason, and not read as a
/// text.
fn has_json_name(file: &File) -> bool {
    file.name().to_lowercase().ends_with(".json") || file.type_() == "application/json"
}

/// Reads an export or a backup.
async fn read(file: &File, library: &Library, work: &mut Work) -> Result<Import, ReadError> {
    let bytes = bytes(file, FILE_LIMIT, work).await?;
    let mut reading = ImportReader::new(&bytes, library)?;
    while reading.step(VALUES) {
        if reading.count() > COUNT_LIMIT {
            return Err(Refusal::TooMany.into());
        }
        work.yield_if_due(bytes.len() + reading.at(), 2 * bytes.len()).await?;
    }
    Ok(reading.finish()?)
}

/// The bytes of a file. `limit` is the maximum size in bytes.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a size is a whole number, 0 or greater"
)]
pub(super) async fn bytes(file: &File, limit: usize, work: &mut Work) -> Result<Vec<u8>, ReadError> {
    let unreadable = |_| ReadError::Refused("the browser could not read it".to_owned());
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
        .map_err(|_| ReadError::Refused("there is not enough memory for it".to_owned()))?;
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
        work.yield_if_due(end, 2 * length).await?;
    }
    Ok(bytes)
}
