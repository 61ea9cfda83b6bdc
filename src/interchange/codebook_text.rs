//! Decodes the file of a codebook of another program.

use super::{limits::CODEBOOK_LIMIT, problem::megabytes};
use crate::text::{Decoded, NotText, decode, from_windows_1252};

/// The text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodebookText {
    /// The text without byte order mark.
    pub text: String,
    /// The file is not in Unicode and was read as Windows-1252, so letters beyond ASCII may be wrong.
    pub is_guessed: bool,
}

/// Why a file is not read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodebookTextProblem {
    /// It is larger than [`CODEBOOK_LIMIT`].
    #[error("the file is {} large; the limit for a codebook is {}", megabytes(*size as u64), megabytes(CODEBOOK_LIMIT as u64))]
    TooLarge {
        /// Its size in bytes.
        size: usize,
    },
    /// It is not a text.
    #[error("the file cannot be read: {0}")]
    NotText(#[from] NotText),
}

impl CodebookText {
    /// Decodes UTF-8, UTF-16 with a byte order mark, or otherwise Windows-1252, which some programs on Windows write
    /// whatever their files say.
    ///
    /// # Errors
    /// If the file is too large, empty, or not a text.
    pub fn decode(bytes: &[u8]) -> Result<Self, CodebookTextProblem> {
        if bytes.len() > CODEBOOK_LIMIT {
            return Err(CodebookTextProblem::TooLarge { size: bytes.len() });
        }
        match decode(bytes) {
            Decoded::Text(text) => Ok(Self { text, is_guessed: false }),
            Decoded::Unsure(_) => Ok(Self { text: from_windows_1252(bytes), is_guessed: true }),
            Decoded::Refused(why) => Err(why.into()),
        }
    }
}
