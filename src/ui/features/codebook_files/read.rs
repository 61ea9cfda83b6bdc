//! Reading a codebook, whatever its format.

use std::rc::Rc;

use web_sys::File;

use super::{bundled, state::Source};
use crate::{
    interchange::{
        CODEBOOK_LIMIT, CodebookFormat, CodebookNote, CodebookTextProblem, parse_codebook_csv,
        parse_codebook_file, parse_qdc, tags_of_codes,
    },
    session::FileTag,
    ui::{
        Store,
        features::{codebook::key_refusal, document},
        parts::words::count,
        platform,
    },
};

/// A codebook that was read, and what to say about it.
#[derive(Debug, PartialEq)]
pub(super) struct ReadCodebook {
    /// The name of the file or of the codebook.
    pub(super) name: String,
    /// What kind of file it is, or what the codebook is for.
    pub(super) about: String,
    pub(super) tags: Rc<[FileTag]>,
    /// What of the file is not taken over.
    pub(super) notes: Vec<String>,
    /// What the format cannot hold, and what that means here.
    pub(super) lacks: Option<&'static str>,
    /// True if it comes with the page.
    pub(super) is_ready_made: bool,
}

/// What the formats of other programs cannot hold.
const LACKS: &str =
    "This format has no examples, attributes, keys and lines. Tags that are here keep theirs.";

/// Reads a codebook. The error says why nothing could be read.
pub(super) async fn read(store: &Store, source: &Source) -> Result<ReadCodebook, String> {
    match source {
        Source::ReadyMade(index) => {
            let file = bundled::one(*index).ok_or("there is no such codebook")?;
            let notes = file.notes.iter().filter(|it| !matches!(it, CodebookNote::BorderlineCases { .. }));
            let notes = notes.map(ToString::to_string).collect();
            let (tags, notes) = with_possible_keys(store, file.tags, notes);
            Ok(ReadCodebook {
                name: file.name,
                about: file.description,
                tags,
                notes,
                lacks: None,
                is_ready_made: true,
            })
        }
        Source::File(file) => read_file(store, file).await,
    }
}

async fn read_file(store: &Store, file: &File) -> Result<ReadCodebook, String> {
    let bytes = bytes(file).await?;
    let name = file.name();
    let format = CodebookFormat::guess(&name, &bytes);
    let (about, lacks) = match format {
        CodebookFormat::Own => ("A Glossator codebook", None),
        CodebookFormat::Qdc => ("A REFI-QDA codebook", Some(LACKS)),
        CodebookFormat::Csv => ("A table", Some(LACKS)),
    };
    let mut about = about.to_owned();
    let codebook = store.read(|state| document::codebook(state).clone());
    let (tags, headings, mut notes) = match format {
        CodebookFormat::Own => {
            let read = parse_codebook_file(&bytes).map_err(|it| it.to_string())?;
            if !read.name.is_empty() {
                about = format!("{about}, “{}”", read.name);
            }
            (read.tags, 0, read.notes.iter().map(ToString::to_string).collect())
        }
        CodebookFormat::Qdc => {
            let read = parse_qdc(&bytes).map_err(|it| it.to_string())?;
            if let Some(origin) = &read.tree.origin {
                about = format!("{about}, written by {origin}");
            }
            let (tags, headings) = tags_of_codes(&read.tree, &codebook);
            (tags, headings, read.notes.iter().map(ToString::to_string).collect::<Vec<_>>())
        }
        CodebookFormat::Csv => {
            let read = parse_codebook_csv(&bytes).map_err(|it| it.to_string())?;
            let (tags, headings) = tags_of_codes(&read.tree, &codebook);
            (tags, headings, read.notes.iter().map(ToString::to_string).collect())
        }
    };
    if headings > 0 {
        notes.push(format!("{} can be given here like any tag", count(headings, "heading", "headings")));
    }
    let (tags, notes) = with_possible_keys(store, tags, notes);
    Ok(ReadCodebook { name, about, tags, notes, lacks, is_ready_made: false })
}

/// Removes the keys that no tag can have, because commands have them, and notes that.
fn with_possible_keys(
    store: &Store,
    mut tags: Vec<FileTag>,
    mut notes: Vec<String>,
) -> (Rc<[FileTag]>, Vec<String>) {
    for tag in &mut tags {
        tag.key = tag.key.and_then(|it| it.to_lowercase().next());
        if let Some(why) = tag.key.and_then(|it| store.read(|state| key_refusal(state, it))) {
            notes.push(format!("“{}” gets no key: {why}", tag.name));
            tag.key = None;
        }
    }
    (tags.into(), notes)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size is a whole number, 0 or greater"
)]
async fn bytes(file: &File) -> Result<Vec<u8>, String> {
    let size = file.size();
    if size as u64 > CODEBOOK_LIMIT as u64 {
        return Err(CodebookTextProblem::TooLarge { size: size as usize }.to_string());
    }
    let bytes = platform::bytes_of(file, 0.0, size).await;
    bytes.map(|it| it.to_vec()).map_err(|_| "the browser could not read it".to_owned())
}
