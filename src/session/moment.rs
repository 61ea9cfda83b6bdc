//! Time and randomness, passed in.

use crate::annotation::Timestamp;

/// The time and the chance that a command needs; the layers below the page read neither themselves.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The wall clock.
    pub now: Timestamp,
    /// Ten random bytes.
    pub entropy: [u8; 10],
}
