//! The codebook of a first visit: proposal, argument and prediction.
//!
//! The definitions are after Park and Cardie 2018, Haddadan et al. 2018, Al-Khatib et al. 2016 and Tetlock's rules for
//! forecasts.

use std::rc::Rc;

use super::{
    attributes::Attributes,
    codebook::Codebook,
    interned::{AttributeId, TagId},
    palette::{Hue, LineStyle},
    tag::{Attribute, AttributeKind, Choice, Tag},
};

struct TagText {
    id: &'static str,
    name: &'static str,
    definition: &'static str,
    key: char,
    hue: Hue,
    line: LineStyle,
    attributes: &'static [AttributeText],
}

struct AttributeText {
    id: &'static str,
    name: &'static str,
    kind: Kind,
    hint: &'static str,
}

enum Kind {
    /// Ids and names.
    Choice(&'static [(&'static str, &'static str)]),
    Text,
    Likelihood,
}

const TAGS: &[TagText] = &[
    TagText {
        id: "proposal",
        name: "Proposal",
        definition: "What an actor should, must or ought to do, adopt or stop. Include imperatives, “X needs to”, and \
                     the endorsement of a named plan. A report of somebody else’s plan counts: name that actor in the \
                     note. A bare mention of a plan does not.",
        key: '1',
        hue: Hue::Blue,
        line: LineStyle::Solid,
        attributes: &[
            AttributeText { id: "actor", name: "Actor", kind: Kind::Text, hint: "Who should act" },
            AttributeText {
                id: "stated",
                name: "Stated",
                kind: Kind::Choice(&[("explicit", "Explicitly"), ("implicit", "Implicitly")]),
                hint: "Whether it is stated outright or only implied",
            },
        ],
    },
    TagText {
        id: "argument",
        name: "Argument",
        definition: "A claim, or a reason given for or against something. Mark a clause or a sentence that could stand \
                     as an answer to “why?” or “is that so?”.",
        key: '2',
        hue: Hue::Amber,
        line: LineStyle::Dashed,
        attributes: &[
            AttributeText {
                id: "role",
                name: "Role",
                kind: Kind::Choice(&[("claim", "Claim"), ("premise", "Premise")]),
                hint: "A claim is argued for; a premise is a reason given",
            },
            AttributeText {
                id: "stance",
                name: "Stance",
                kind: Kind::Choice(&[("for", "For"), ("against", "Against")]),
                hint: "For or against the point at issue",
            },
        ],
    },
    TagText {
        id: "prediction",
        name: "Prediction",
        definition: "An assertion about the future, or about a state not yet known, that time could confirm or refute. \
                     It has a forecaster and an event and, where stated, a deadline, a condition and a likelihood. \
                     “Could” and “may” leave the likelihood open; never turn them into a number.",
        key: '3',
        hue: Hue::Plum,
        line: LineStyle::Dotted,
        attributes: &[
            AttributeText {
                id: "forecaster",
                name: "Forecaster",
                kind: Kind::Text,
                hint: "Who makes the prediction",
            },
            AttributeText { id: "deadline", name: "Deadline", kind: Kind::Text, hint: "By when, if stated" },
            AttributeText {
                id: "condition",
                name: "Condition",
                kind: Kind::Text,
                hint: "What has to happen first",
            },
            AttributeText {
                id: "likelihood",
                name: "Likelihood",
                kind: Kind::Likelihood,
                hint: "In the text’s own words or number; “could” and “may” are unquantified",
            },
        ],
    },
];

const BORDERLINE_CASES: &[&str] = &[
    "“If A withdraws, B will deploy” is a prediction with a condition, and usually an argument too: tag both.",
    "“The Senate should ratify it, or an arms race follows” contains a proposal and a prediction: tag two spans.",
    "“It will be ratified because…” is a prediction, and its reason is an argument.",
];

impl Default for Codebook {
    fn default() -> Self {
        let cases = BORDERLINE_CASES.iter().map(|it| Rc::from(*it)).collect();
        Self::new((0..).zip(TAGS).map(|(place, it)| tag(place, it)).collect(), cases)
    }
}

fn tag(place: u32, text: &TagText) -> Tag {
    Tag {
        id: TagId::new(text.id),
        name: text.name.into(),
        definition: text.definition.into(),
        examples: Vec::new(),
        counterexamples: Vec::new(),
        hue: text.hue,
        line: text.line,
        key: Some(text.key),
        parent: None,
        place,
        attributes: text.attributes.iter().map(|it| Rc::new(attribute(it))).collect(),
        retired: false,
        removed: false,
    }
}

fn attribute(text: &AttributeText) -> Attribute {
    Attribute {
        id: AttributeId::new(text.id),
        name: text.name.into(),
        hint: text.hint.into(),
        kind: kind(&text.kind),
        asked: false,
        removed: false,
    }
}

fn kind(kind: &Kind) -> AttributeKind {
    match kind {
        Kind::Choice(choices) => AttributeKind::Choice(choices.iter().map(choice).collect()),
        Kind::Text => AttributeKind::Text,
        Kind::Likelihood => AttributeKind::Likelihood,
    }
}

fn choice((id, name): &(&str, &str)) -> Choice {
    Choice { id: Rc::from(*id), name: Rc::from(*name), retired: false }
}

/// True if the default codebook has the tag and accepts all of these values. Pages that know only that codebook can then
/// read an annotation with them.
pub fn is_default(tag: TagId, attributes: &Attributes) -> bool {
    let Some(tag) = TAGS.iter().find(|it| it.id == tag.as_str()) else { return false };
    attributes.iter().all(|(id, value)| {
        let found = tag.attributes.iter().find(|it| it.id == id.as_str());
        found.is_some_and(|it| attribute(it).value(value).as_ref() == Some(value))
    })
}
