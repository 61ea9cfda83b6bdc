//! Importing files: reading them in slices, and asking for the encodings that are not known.

use web_sys::File;

use super::{
    conclude::{ask, cancelled, conclude},
    encodings::ENCODINGS_DIALOG,
    read_bytes::{ReadError, bytes},
    read_text::{TextFile, read_text},
    report::Report,
    report_tags::ReportTags,
};
use crate::{
    annotation::{Context, TagRecord},
    interchange::{
        COUNT_LIMIT, CodebookFormat, FILE_LIMIT, Import, ImportReader, Refusal, SNIFF_LENGTH, is_own_file,
    },
    ui::{
        Store,
        features::{
            codebook_files,
            progress::{self, Cancelled, VALUES, Work},
        },
        platform,
    },
};

/// Imports files as one step. Asks the person first if something in them cannot be imported, or if one is a backup.
pub(super) fn import(store: &Store, files: Vec<File>) {
    read_all(store, files, Report::default());
}

/// Replaces the text of the article that the person has chosen by the text of a file.
pub(super) fn import_newer_text(store: &Store, file: File) {
    let Some(id) = store.update(|state| state.articles.take_replacing()) else { return };
    read_all(store, vec![file], Report { replaces: Some(id), ..Report::default() });
}

/// Imports the same files again, with the tags that a person chose to add.
pub(super) fn import_with_tags(store: &Store, files: Vec<File>, records: Vec<TagRecord>) {
    let tags = ReportTags { records, ..ReportTags::default() };
    read_all(store, files, Report { tags, ..Report::default() });
}

fn read_all(store: &Store, files: Vec<File>, report: Report) {
    let Some(work) = progress::begin(store, "Reading".to_owned()) else { return };
    let store = store.clone();
    wasm_bindgen_futures::spawn_local(async move {
        match read_files(&files, report, work).await {
            Ok(Reading::Codebook(file)) => codebook_files::offer(&store, file),
            Ok(Reading::Report(report)) if report.unknown_encodings.is_empty() => conclude(&store, *report),
            Ok(Reading::Report(report)) => ask(&store, &ENCODINGS_DIALOG, *report),
            Err(Cancelled) => cancelled(&store),
        }
    });
}

/// What was read.
enum Reading {
    Report(Box<Report>),
    /// The only file is a codebook, which is previewed.
    Codebook(File),
}

/// Reads all files into the report.
async fn read_files(files: &[File], mut report: Report, mut work: Work) -> Result<Reading, Cancelled> {
    let mut context = work.store().read(|state| state.document.session().context().clone());
    context.codebook = context.codebook.with(&report.tags.added());
    report.tags.files = files.to_vec();
    for file in files {
        let name = file.name();
        work.name(format!("Reading {name}"));
        let beginning = beginning(file).await;
        if report.replaces.is_none() && CodebookFormat::of(&beginning).is_some() {
            if files.len() == 1 {
                return Ok(Reading::Codebook(file.clone()));
            }
            report.add_problem(&name, "it is a codebook; import it alone, to see what it would change");
            continue;
        }
        if report.replaces.is_some() || !(has_json_name(file) || is_own_file(&beginning)) {
            match read_text(file, &mut work).await {
                Ok(TextFile::Text(text)) => report.texts.push(text),
                Ok(TextFile::UnknownEncoding(file)) => report.unknown_encodings.push(file),
                Err(ReadError::Refused(why)) => report.add_problem(&name, why),
                Err(ReadError::Cancelled) => return Err(Cancelled),
            }
            continue;
        }
        match read(file, &context, &mut work).await {
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
    Ok(Reading::Report(Box::new(report)))
}

/// What shows whether a file is one of Glossator's own, whatever it is called. Mail programs rename them.
async fn beginning(file: &File) -> Vec<u8> {
    #[expect(clippy::cast_precision_loss, reason = "a megabyte")]
    let length = SNIFF_LENGTH as f64;
    let beginning = platform::bytes_of(file, 0.0, length).await;
    beginning.map(|it| it.to_vec()).unwrap_or_default()
}

/// True if a file says that it holds JSON. One that is not Glossator's is refused with its reason, and not read as a
/// text.
fn has_json_name(file: &File) -> bool {
    file.name().to_lowercase().ends_with(".json") || file.type_() == "application/json"
}

/// Reads an export or a backup.
async fn read(file: &File, context: &Context, work: &mut Work) -> Result<Import, ReadError> {
    let bytes = bytes(file, FILE_LIMIT, work).await?;
    let mut reading = ImportReader::new(&bytes, context)?;
    while reading.step(VALUES) {
        if reading.count() > COUNT_LIMIT {
            return Err(Refusal::TooMany.into());
        }
        work.yield_if_due(bytes.len() + reading.at(), 2 * bytes.len()).await?;
    }
    Ok(reading.finish()?)
}
