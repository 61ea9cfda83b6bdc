//! Files that the person brings: read piece by piece, shown where that is called for, and taken in as one step.

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

/// How much of a file is taken over from the browser at once, in bytes.
const PIECE: usize = 1 << 20;

/// Why a file is not read to its end.
pub(super) enum ReadError {
    Cancelled,
    /// Nothing of it can be taken, and why.
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

/// Takes in files as one step: at once when all of them are good, otherwise the person is asked. What a backup would
/// change is always shown first.
pub(super) fn import(store: &Store, files: Vec<File>) {
    read_all(store, files, Report::default());
}

/// Gives the article that the person has chosen the text of a file.
pub(super) fn import_newer_text(store: &Store, file: File) {
    let Some(id) = store.update(|state| state.articles.take_replacing()) else { return };
    read_all(store, vec![file], Report { replaces: Some(id), ..Report::default() });
}

fn read_all(store: &Store, files: Vec<File>, report: Report) {
    let Some(work) = progress::begin(store, "Reading".to_owned()) else { return };
    let store = store.clone();
    wasm_bindgen_futures::spawn_local(async move {
        match read_files(&files, report, work).await {
            Ok(report) if report.unsure.is_empty() => conclude(&store, report),
            Ok(report) => ask(&store, &ENCODINGS_DIALOG, report),
            Err(Cancelled) => cancelled(&store),
        }
    });
}

fn cancelled(store: &Store) {
    store.update(|state| state.announcements.say("Cancelled. Nothing was changed."));
}

/// Goes on with files when a person has said how they are encoded: each by the label of its encoding, or left out.
pub(super) fn set_encodings(store: &Store, labels: Vec<Option<&'static str>>) {
    let Some(report) = store.update(|state| state.exchange.report.take()) else { return };
    let Some(mut work) = progress::begin(store, "Reading".to_owned()) else { return };
    let store = store.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let Ok(mut report) = Rc::try_unwrap(report) else { return };
        for (unsure, label) in std::mem::take(&mut report.unsure).iter().zip(labels) {
            let Some(label) = label else { continue };
            match read_as(unsure, label, &mut work).await {
                Ok(incoming) => report.incoming.push(incoming),
                Err(ReadError::Refused(why)) => report.problem(&unsure.name, why),
                Err(ReadError::Cancelled) => return cancelled(&store),
            }
        }
        drop(work);
        conclude(&store, report);
    });
}

/// Takes what was read, or asks first.
fn conclude(store: &Store, mut report: Report) {
    if let Some(id) = report.replaces {
        match (report.incoming.pop(), report.problems.first()) {
            (Some(incoming), _) => articles::replace_text(store, id, incoming),
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

/// Imports what was good in the files that the person was asked about.
pub(super) fn import_valid(store: &Store) {
    if let Some(report) = store.read(|state| state.exchange.report.clone()) {
        apply(store, &report, false);
    }
}

/// Shows what was found and lets the person decide.
pub(super) fn ask(store: &Store, dialog: &'static Dialog, report: Report) {
    store.update(|state| {
        state.notices.forget_step();
        state.exchange.report = Some(Rc::new(report));
        state.dialogs.open(dialog);
    });
}

/// Takes in what is good as one step. Taking in, keeping and drawing much takes a while each, so the browser has its
/// turn between them.
pub(super) fn apply(store: &Store, report: &Report, restored: bool) {
    if !report.incoming.is_empty() {
        articles::add_texts(store, &report.incoming);
        if report.records.is_empty() && report.texts() == report.incoming.len() {
            return;
        }
    }
    let (records, new, articles) = (report.records.clone(), report.new.clone(), report.articles.clone());
    let bodies = report.bodies.clone();
    let store = store.clone();
    wasm_bindgen_futures::spawn_local(async move {
        platform::next_paint().await;
        let (merged, gone) = {
            let mut state = store.state_mut();
            state.document.session_mut().add_texts(bodies);
            let merged = state.document.session_mut().import_all(&new, articles, records, platform::now());
            let is_gone =
                |it: &&Record| it.content.is_some() && state.document.session().annotation(it.id).is_none();
            let gone = merged.older.iter().filter(is_gone).cloned().collect();
            (merged, gone)
        };
        let notice = imported(&merged, gone, restored);
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

/// Makes again what the last import found to have been deleted here.
fn bring_back(store: &Store, gone: Rc<[Record]>) {
    let words = format!("{} brought back", count(gone.len(), "annotation", "annotations"));
    document::execute(store, &Command::BringBack(gone));
    announcements::announce(store, words);
}

/// The notice of what was imported; `gone` was deleted here since.
fn imported(merged: &Merged, gone: Rc<[Record]>, restored: bool) -> Notice {
    let Merged { articles: texts, added, updated, deleted, same, .. } = *merged;
    let older = merged.older.len() - gone.len();
    let parts = [
        (added, "new"),
        (updated, "changed"),
        (deleted, "deleted"),
        (same, "already here"),
        (older, "unchanged, since the version here is later"),
        (gone.len(), "deleted here in the meantime"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    let total = count(added + updated + deleted + same + older + gone.len(), "annotation", "annotations");
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
    if !gone.is_empty() {
        let bring_back = move |store: &Store| bring_back(store, Rc::clone(&gone));
        notice = notice.with("bring-back", "Bring back deleted annotations", bring_back);
    }
    if texts + added + updated + deleted > 0 {
        let label = if restored { "Undo the restore" } else { "Undo the import" };
        notice = notice.with("undo-import", label, history::undo);
    }
    notice
}

async fn read_files(files: &[File], mut report: Report, mut work: Work) -> Result<Report, Cancelled> {
    let library = work.store().read(|state| state.document.session().library().clone());
    for file in files {
        let name = file.name();
        work.name(format!("Reading {name}"));
        if report.replaces.is_some() || !(has_json_name(file) || is_own(file).await) {
            match read_text(file, &mut work).await {
                Ok(TextFile::Text(incoming)) => report.incoming.push(incoming),
                Ok(TextFile::UnknownEncoding(unsure)) => report.unsure.push(unsure),
                Err(ReadError::Refused(why)) => report.problem(&name, why),
                Err(ReadError::Cancelled) => return Err(Cancelled),
            }
            continue;
        }
        match read(file, &library, &mut work).await {
            Ok(import) if report.records.len() + import.records.len() > COUNT_LIMIT => {
                report.problem(
                    &name,
                    "together with the other files it has too many annotations for one import",
                );
            }
            Ok(import) => report.take(&name, import),
            Err(ReadError::Refused(why)) => report.problem(&name, why),
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

async fn read(file: &File, library: &Library, work: &mut Work) -> Result<Import, ReadError> {
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
        work.rest(end, 2 * length).await?;
    }
    Ok(bytes)
}
