//! The time and randomness of a command.

use crate::annotation::Timestamp;

/// The time and randomness that a command needs. The layers below the page read neither a clock nor a random generator.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The current time.
    pub now: Timestamp,
    /// Ten random bytes.
    pub entropy: [u8; 10],
}
