//! The kinds of attributes, as a person chooses and reads them.

use crate::annotation::AttributeKind;

/// A kind of attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Choice,
    Several,
    YesNo,
    Text,
    Number,
    Date,
    Likelihood,
}

impl Kind {
    pub(super) const ALL: [Self; 7] =
        [Self::Choice, Self::Several, Self::YesNo, Self::Text, Self::Number, Self::Date, Self::Likelihood];

    /// The name in the DOM.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Several => "several",
            Self::YesNo => "yes-no",
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Likelihood => "likelihood",
        }
    }

    pub(super) fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }

    /// The name that a person reads.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Choice => "One of a list",
            Self::Several => "Several of a list",
            Self::YesNo => "Yes or no",
            Self::Text => "Text",
            Self::Number => "Number",
            Self::Date => "Date",
            Self::Likelihood => "Likelihood",
        }
    }

    /// An attribute of this kind, without values or bounds.
    pub(super) fn empty(self) -> AttributeKind {
        match self {
            Self::Choice => AttributeKind::Choice(Vec::new()),
            Self::Several => AttributeKind::Several(Vec::new()),
            Self::YesNo => AttributeKind::YesNo,
            Self::Text => AttributeKind::Text,
            Self::Number => AttributeKind::Number { least: None, most: None, unit: "".into() },
            Self::Date => AttributeKind::Date,
            Self::Likelihood => AttributeKind::Likelihood,
        }
    }
}

/// The name of a kind, as a person reads it.
pub(super) fn kind_name(kind: &AttributeKind) -> &'static str {
    let kind = match kind {
        AttributeKind::Choice(_) => Kind::Choice,
        AttributeKind::Several(_) => Kind::Several,
        AttributeKind::YesNo => Kind::YesNo,
        AttributeKind::Text => Kind::Text,
        AttributeKind::Number { .. } => Kind::Number,
        AttributeKind::Date => Kind::Date,
        AttributeKind::Likelihood => Kind::Likelihood,
    };
    kind.name()
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind_name};

    #[test]
    fn ids_lead_back_and_names_are_those_of_the_kinds() {
        assert!(Kind::ALL.into_iter().all(|it| Kind::from_id(it.id()) == Some(it)));
        assert!(Kind::ALL.into_iter().all(|it| kind_name(&it.empty()) == it.name()));
        assert_eq!(Kind::from_id("Text"), None);
    }
}
