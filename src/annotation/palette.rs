//! The colours and line styles that tell tags apart.
//!
//! `styles/glossator.css` has a class for each, and `tests/palette.rs` computes that they can be told apart.

/// The colour of a tag's highlights, lines and name.
///
/// What is drawn depends on the theme, so this is a name and not a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hue {
    /// The first.
    Blue,
    /// A brown in the light theme.
    Amber,
    /// A red violet.
    Plum,
    /// An orange red in the dark theme.
    Red,
    /// A dark yellow green.
    Olive,
    /// Between green and blue.
    Teal,
    /// Light green in the dark theme.
    Green,
    /// A violet blue.
    Indigo,
    /// A red with some violet.
    Rose,
    /// Lighter than plum, and bluer.
    Violet,
    /// A dark orange.
    Brown,
    /// A grey with some blue.
    Slate,
}

impl Hue {
    /// Every hue, in the order in which new tags get them.
    pub const ALL: [Self; 12] = [
        Self::Blue,
        Self::Amber,
        Self::Plum,
        Self::Red,
        Self::Olive,
        Self::Teal,
        Self::Green,
        Self::Indigo,
        Self::Rose,
        Self::Violet,
        Self::Brown,
        Self::Slate,
    ];

    /// The class in the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Blue => "hue-blue",
            Self::Amber => "hue-amber",
            Self::Plum => "hue-plum",
            Self::Red => "hue-red",
            Self::Olive => "hue-olive",
            Self::Teal => "hue-teal",
            Self::Green => "hue-green",
            Self::Indigo => "hue-indigo",
            Self::Rose => "hue-rose",
            Self::Violet => "hue-violet",
            Self::Brown => "hue-brown",
            Self::Slate => "hue-slate",
        }
    }

    /// The id in files and stored records, which ends the class.
    pub const fn id(self) -> &'static str {
        self.class().split_at("hue-".len()).1
    }

    /// The hue with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hue| hue.id() == id)
    }

    /// The name that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Blue => "Blue",
            Self::Amber => "Amber",
            Self::Plum => "Plum",
            Self::Red => "Red",
            Self::Olive => "Olive",
            Self::Teal => "Teal",
            Self::Green => "Green",
            Self::Indigo => "Indigo",
            Self::Rose => "Rose",
            Self::Violet => "Violet",
            Self::Brown => "Brown",
            Self::Slate => "Slate",
        }
    }
}

/// How the line under a tag's highlights is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineStyle {
    /// One line without gaps.
    Solid,
    /// Short lines.
    Dashed,
    /// Points.
    Dotted,
    /// Two thin lines.
    Double,
}

impl LineStyle {
    /// Every line style, in the order in which new tags get them.
    pub const ALL: [Self; 4] = [Self::Solid, Self::Dashed, Self::Dotted, Self::Double];

    /// The class in the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Solid => "line-solid",
            Self::Dashed => "line-dashed",
            Self::Dotted => "line-dotted",
            Self::Double => "line-double",
        }
    }

    /// The id in files and stored records, which is also the value in CSS, and ends the class.
    pub const fn id(self) -> &'static str {
        self.class().split_at("line-".len()).1
    }

    /// The line style with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|line| line.id() == id)
    }

    /// The name that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Solid => "Solid",
            Self::Dashed => "Dashed",
            Self::Dotted => "Dotted",
            Self::Double => "Double",
        }
    }
}

/// What a tag looks like that the codebook lacks.
pub const UNKNOWN_TAG: (Hue, LineStyle) = (Hue::Slate, LineStyle::Solid);

/// What the tag that is made as the `number`-th in a codebook looks like, from 0, unless a person chooses otherwise.
///
/// Each run of 48 numbers has every pair of hue and line style once. In each run of 12 that begins at a multiple of
/// 12, every hue is there once, and hues that share a line style differ for every kind of colour vision.
pub const fn appearance(number: usize) -> (Hue, LineStyle) {
    let (hues, lines) = (Hue::ALL.len(), LineStyle::ALL.len());
    // Each round moves the line styles on by one, so that hues which share one in a round share one in all.
    let round = number / hues % lines;
    (Hue::ALL[number % hues], LineStyle::ALL[(number % hues + round) % lines])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Hue, LineStyle, appearance};

    #[test]
    fn ids_and_names_are_distinct_and_lead_back() {
        assert!(Hue::ALL.into_iter().all(|it| Hue::from_id(it.id()) == Some(it)));
        assert!(LineStyle::ALL.into_iter().all(|it| LineStyle::from_id(it.id()) == Some(it)));
        assert_eq!(Hue::ALL.map(Hue::name).into_iter().collect::<BTreeSet<_>>().len(), 12);
        assert_eq!(LineStyle::ALL.map(LineStyle::name).into_iter().collect::<BTreeSet<_>>().len(), 4);
        assert_eq!((Hue::from_id("Blue"), LineStyle::from_id("")), (None, None));
    }

    #[test]
    fn the_first_three_are_those_of_the_default_codebook() {
        let first =
            [(Hue::Blue, LineStyle::Solid), (Hue::Amber, LineStyle::Dashed), (Hue::Plum, LineStyle::Dotted)];
        assert_eq!([0, 1, 2].map(appearance), first);
    }

    #[test]
    fn forty_eight_tags_look_different_and_the_next_begin_again() {
        let run = |from| (from..from + 48).map(appearance).collect::<BTreeSet<_>>().len();
        assert_eq!((run(0), run(7), run(480)), (48, 48, 48));
        assert_eq!(appearance(48), appearance(0));
        assert!(LineStyle::ALL.contains(&appearance(usize::MAX).1));
    }

    #[test]
    fn hues_share_a_line_style_with_the_same_hues_in_every_round() {
        for (number, hue) in Hue::ALL.into_iter().enumerate() {
            let sharing = |round: usize| {
                let numbers = (0..12).map(|it| it + 12 * round);
                let line = appearance(number + 12 * round).1;
                numbers.map(appearance).filter(|it| it.1 == line).map(|it| it.0).collect::<Vec<_>>()
            };
            assert!(sharing(0).contains(&hue));
            assert!((1..4).all(|round| sharing(round) == sharing(0)), "{hue:?}");
        }
    }
}
