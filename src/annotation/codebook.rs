//! The tags and what they mean.

/// What an annotator says that a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// What an actor should do.
    Proposal,
    /// A claim, or a reason for or against one.
    Argument,
    /// An assertion that time can confirm or refute.
    Prediction,
}

impl Tag {
    /// Every tag, in the codebook's order, which is also that of the keys `1`, `2`, `3`.
    pub const ALL: [Self; 3] = [Self::Proposal, Self::Argument, Self::Prediction];

    /// The name in files, stored records and style sheets.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Proposal => "proposal",
            Self::Argument => "argument",
            Self::Prediction => "prediction",
        }
    }

    /// The tag with this name in files.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tag| tag.id() == id)
    }

    /// The name that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposal => "Proposal",
            Self::Argument => "Argument",
            Self::Prediction => "Prediction",
        }
    }

    /// What belongs under the tag, in a few sentences.
    ///
    /// After Park and Cardie 2018, Haddadan et al. 2018, Al-Khatib et al. 2016 and Tetlock's rules for forecasts.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Proposal => {
                "What an actor should, must or ought to do, adopt or stop. Include imperatives, “X needs to”, and \
                 the endorsement of a named plan. A report of somebody else’s plan counts: name that actor in the \
                 note. A bare mention of a plan does not."
            }
            Self::Argument => {
                "A claim, or a reason given for or against something. Mark a clause or a sentence that could stand \
                 as an answer to “why?” or “is that so?”."
            }
            Self::Prediction => {
                "An assertion about the future, or about a state not yet known, that time could confirm or refute. \
                 It has a forecaster and an event and, where stated, a deadline, a condition and a likelihood. \
                 “Could” and “may” leave the likelihood open; never turn them into a number."
            }
        }
    }

    /// The place in [`Tag::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// How to decide where two tags are near, each with an example.
pub const BOUNDARY_CASES: [&str; 3] = [
    "“If A withdraws, B will deploy” is a prediction with a condition, and usually an argument too: tag both.",
    "“The Senate should ratify it, or an arms race follows” holds a proposal and a prediction: two spans.",
    "“It will be ratified because…” is a prediction, and its reason is an argument.",
];
