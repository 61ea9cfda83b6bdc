//! The codebook: the tags, their definitions and their attributes.

/// The category that an annotator assigns to a passage.
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
    /// Every tag, in the order of the codebook and of the keys `1`, `2`, `3`.
    pub const ALL: [Self; 3] = [Self::Proposal, Self::Argument, Self::Prediction];

    /// The id in files, stored records and style sheets.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Proposal => "proposal",
            Self::Argument => "argument",
            Self::Prediction => "prediction",
        }
    }

    /// The tag with this id.
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

    /// The index in [`Tag::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The tag's attributes, all optional, in the order in which the form shows them.
    ///
    /// No two tags have attributes with the same id.
    pub const fn attributes(self) -> &'static [Attribute] {
        match self {
            Self::Proposal => PROPOSAL,
            Self::Argument => ARGUMENT,
            Self::Prediction => PREDICTION,
        }
    }

    /// The tag's attribute with this id.
    pub fn attribute(self, id: &str) -> Option<&'static Attribute> {
        self.attributes().iter().find(|it| it.id == id)
    }
}

/// Something that can be said of a passage in addition to its tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The id in files and stored records.
    pub id: &'static str,
    /// The name that a person reads.
    pub name: &'static str,
    /// The values that it accepts.
    pub kind: AttributeKind,
    /// What it asks for, in a few words.
    pub hint: &'static str,
}

/// The values that an attribute accepts.
#[derive(Debug, PartialEq, Eq)]
pub enum AttributeKind {
    /// One of a few choices.
    Choice(&'static [Choice]),
    /// Free text.
    Text,
    /// A likelihood: one of the [`BANDS`], [`UNQUANTIFIED`], or a percentage.
    Likelihood,
}

/// A value to choose.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// The id in files and stored records.
    pub id: &'static str,
    /// The name that a person reads.
    pub name: &'static str,
}

/// A likelihood in words, and the percentages that they stand for.
#[derive(Debug, PartialEq, Eq)]
pub struct Band {
    /// The words, as a value to choose.
    pub choice: Choice,
    /// The lower bound, in percent.
    pub from: u8,
    /// The upper bound, in percent.
    pub to: u8,
}

const fn choice(id: &'static str, name: &'static str) -> Choice {
    Choice { id, name }
}

const fn band(id: &'static str, name: &'static str, from: u8, to: u8) -> Band {
    Band { choice: choice(id, name), from, to }
}

const PROPOSAL: &[Attribute] = &[
    Attribute { id: "actor", name: "Actor", kind: AttributeKind::Text, hint: "Who should act" },
    Attribute {
        id: "stated",
        name: "Stated",
        kind: AttributeKind::Choice(&[choice("explicit", "Explicitly"), choice("implicit", "Implicitly")]),
        hint: "Whether it is stated outright or only implied",
    },
];

const ARGUMENT: &[Attribute] = &[
    Attribute {
        id: "role",
        name: "Role",
        kind: AttributeKind::Choice(&[choice("claim", "Claim"), choice("premise", "Premise")]),
        hint: "A claim is argued for; a premise is a reason given",
    },
    Attribute {
        id: "stance",
        name: "Stance",
        kind: AttributeKind::Choice(&[choice("for", "For"), choice("against", "Against")]),
        hint: "For or against the point at issue",
    },
];

const PREDICTION: &[Attribute] = &[
    Attribute {
        id: "forecaster",
        name: "Forecaster",
        kind: AttributeKind::Text,
        hint: "Who makes the prediction",
    },
    Attribute { id: "deadline", name: "Deadline", kind: AttributeKind::Text, hint: "By when, if stated" },
    Attribute {
        id: "condition",
        name: "Condition",
        kind: AttributeKind::Text,
        hint: "What has to happen first",
    },
    Attribute {
        id: "likelihood",
        name: "Likelihood",
        kind: AttributeKind::Likelihood,
        hint: "In the text’s own words or number; “could” and “may” are unquantified",
    },
];

/// The likelihood terms of US Intelligence Community Directive 203, the least likely first.
pub const BANDS: [Band; 7] = [
    band("almost-no-chance", "Almost no chance", 1, 5),
    band("very-unlikely", "Very unlikely", 5, 20),
    band("unlikely", "Unlikely", 20, 45),
    band("roughly-even", "Roughly even chance", 45, 55),
    band("likely", "Likely", 55, 80),
    band("very-likely", "Very likely", 80, 95),
    band("almost-certain", "Almost certain", 95, 99),
];

/// The text leaves the likelihood open.
pub const UNQUANTIFIED: Choice = choice("unquantified", "Unquantified");

/// How to decide between two tags, each with an example.
pub const BOUNDARY_CASES: [&str; 3] = [
    "“If A withdraws, B will deploy” is a prediction with a condition, and usually an argument too: tag both.",
    "“The Senate should ratify it, or an arms race follows” contains a proposal and a prediction: tag two spans.",
    "“It will be ratified because…” is a prediction, and its reason is an argument.",
];
