//! Reading the bytes of a file in pieces.

use web_sys::File;

use crate::{
    interchange::{FILE_LIMIT, Refusal, megabytes},
    ui::{
        features::progress::{Cancelled, Work},
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

/// The error for a file that is larger than `limit` bytes.
fn too_large(size: u64, limit: usize) -> ReadError {
    ReadError::Refused(format!(
        "it is {} large; the limit for a file with a text is {}",
        megabytes(size),
        megabytes(limit as u64)
    ))
}
