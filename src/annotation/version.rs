//! Versions of records: who wrote which one when, and which of two is the later.

use std::{fmt, fmt::Debug, hash::Hash, str::FromStr};

/// Milliseconds since the Unix epoch, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub u64);

/// Who wrote a version: one opening of the page, so that two tabs never write the same version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReplicaId(pub u64);

impl fmt::Display for ReplicaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for ReplicaId {
    type Err = std::num::ParseIntError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(s, 16).map(Self)
    }
}

/// A Lamport clock's reading and who read it; the greater one is the later.
///
/// Each annotation has a clock of its own: versions of different annotations are never compared, and a record with an
/// absurd counter harms no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// Greater than every counter of this annotation that the writer had seen.
    pub counter: u64,
    /// Decides between two that were written without knowing of each other.
    pub replica: ReplicaId,
}

impl Version {
    /// The greatest counter there is: the last whole number that every reader of JSON takes exactly.
    pub const LAST: u64 = (1 << 53) - 1;

    /// Whether so many changes may follow that nobody will ever make them all. Nothing else is to be taken from a file: what is
    /// at the last counter could not be changed here.
    pub fn has_room(&self) -> bool {
        self.counter <= Self::LAST / 2
    }

    /// What `replica` writes on top of `before`, or first.
    ///
    /// Beyond the last counter there is none; only the replicas then decide, so that a change may have no effect.
    pub fn after(before: Option<Self>, replica: ReplicaId) -> Self {
        let counter = before.map_or(0, |it| it.counter).saturating_add(1).min(Self::LAST);
        Self { counter, replica }
    }
}

/// What has an id and versions, of which the later one is kept.
pub trait Versioned: Clone + PartialEq {
    /// What names it for good.
    type Id: Clone + Debug + Eq + Hash;

    /// What it is a version of.
    fn id(&self) -> &Self::Id;

    /// Whether this one and not `other` is kept when both are there.
    fn supersedes(&self, other: &Self) -> bool;
}
