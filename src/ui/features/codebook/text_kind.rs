//! What is kept of a text that is typed into a field of the form.

use std::rc::Rc;

use crate::annotation::normal_number;

/// What a field asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TextKind {
    /// Any text.
    #[default]
    Free,
    /// A name, which differs from those beside it.
    Name,
    /// Several texts, one to a line.
    Lines,
    /// The least or the greatest number; may be empty.
    Bound,
}

impl TextKind {
    /// What is kept of a text, if it is not refused.
    pub(super) fn kept(self, text: &str) -> String {
        match self {
            Self::Free => text.to_owned(),
            Self::Name => text.trim().to_owned(),
            Self::Lines => lines(text).join("\n"),
            Self::Bound => normal_number(text.trim()).unwrap_or_else(|| text.trim().to_owned()),
        }
    }

    /// Why a text is not kept.
    pub(super) fn refusal(self, text: &str) -> &'static str {
        match self {
            Self::Free | Self::Lines => "This is too long together with the other texts of the tag.",
            Self::Name if text.trim().is_empty() => "A name is needed.",
            Self::Name => "This name is taken.",
            Self::Bound if normal_number(text.trim()).is_some() => "The least is more than the most.",
            Self::Bound => "This is no number, such as 12 or -0.5.",
        }
    }
}

/// The lines of a text that are not empty.
pub(super) fn lines(text: &str) -> Vec<Rc<str>> {
    text.lines().map(str::trim).filter(|it| !it.is_empty()).map(Rc::from).collect()
}

#[cfg(test)]
mod tests {
    use super::TextKind;

    #[test]
    fn what_is_kept_is_without_white_space_where_that_says_nothing() {
        assert_eq!(TextKind::Free.kept(" a "), " a ");
        assert_eq!(TextKind::Name.kept(" a b "), "a b");
        assert_eq!(TextKind::Lines.kept("one \n\n two\n"), "one\ntwo");
        assert_eq!([" 02.50", "", "ten"].map(|it| TextKind::Bound.kept(it)), ["2.5", "", "ten"]);
    }

    #[test]
    fn a_refusal_says_what_is_wrong() {
        assert_ne!(TextKind::Name.refusal(" "), TextKind::Name.refusal("a"));
        assert_ne!(TextKind::Bound.refusal("1"), TextKind::Bound.refusal("one"));
    }
}
