//! How far the work on an article has come.

/// How far the work on an article has come. Only the person can say that it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It has no annotations.
    NotStarted,
    /// It has annotations.
    InProgress,
    /// The person has marked it as done, with or without annotations.
    Done,
}

impl Progress {
    /// Every state, in the order in which an article goes through them.
    pub const ALL: [Self; 3] = [Self::NotStarted, Self::InProgress, Self::Done];

    /// The progress of an article with so many annotations.
    pub const fn of(annotations: usize, done: bool) -> Self {
        match (done, annotations) {
            (true, _) => Self::Done,
            (false, 0) => Self::NotStarted,
            (false, _) => Self::InProgress,
        }
    }

    /// The name in the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            Self::InProgress => "in-progress",
            Self::Done => "done",
        }
    }

    /// The name that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotStarted => "Not started",
            Self::InProgress => "In progress",
            Self::Done => "Done",
        }
    }

    /// The state with this name in the page.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::Progress;

    #[test]
    fn done_is_what_the_person_says() {
        assert_eq!(Progress::of(0, false), Progress::NotStarted);
        assert_eq!(Progress::of(1, false), Progress::InProgress);
        assert_eq!(Progress::of(0, true), Progress::Done);
        assert_eq!(Progress::of(9, true), Progress::Done);
        assert!(Progress::ALL.into_iter().all(|it| Progress::from_id(it.id()) == Some(it)));
    }
}
