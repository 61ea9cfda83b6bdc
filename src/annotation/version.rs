//! Versions of records: who wrote each, and which of two is the later.

use std::{fmt, fmt::Debug, hash::Hash, str::FromStr};

/// Milliseconds since the Unix epoch, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub u64);

/// The writer of a version: one page load, so that two tabs never write the same version.
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

/// The reading of a Lamport clock and the replica that made it. The greater one is the later.
///
/// Each annotation has its own clock: versions of different annotations are never compared, and a record with an absurd
/// counter harms no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// Greater than every counter of this annotation that the writer had seen.
    pub counter: u64,
    /// Decides between two versions written concurrently.
    pub replica: ReplicaId,
}

impl Version {
    /// The greatest counter: the largest integer that every JSON reader preserves.
    pub const LAST: u64 = (1 << 53) - 1;

    /// True if enough counters remain for any number of changes. Records read from files must have room: at the last
    /// counter they could not be changed here.
    pub fn has_room(&self) -> bool {
        self.counter <= Self::LAST / 2
    }

    /// The version that `replica` writes on top of `before`, or as the first one.
    ///
    /// The last counter is never exceeded. Then only the replicas decide, so a change may have no effect.
    pub fn after(before: Option<Self>, replica: ReplicaId) -> Self {
        let counter = before.map_or(0, |it| it.counter).saturating_add(1).min(Self::LAST);
        Self { counter, replica }
    }
}

/// Something with an id and versions, of which a merge keeps the later.
pub trait Versioned: Clone + PartialEq {
    /// The type of its permanent id.
    type Id: Clone + Debug + Eq + Hash;

    /// The permanent id.
    fn id(&self) -> &Self::Id;

    /// True if a merge keeps this version instead of `other`.
    fn supersedes(&self, other: &Self) -> bool;
}
