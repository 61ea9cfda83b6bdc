//! That the hues and line styles of the palette can be told apart, and that text on them can be read.
//!
//! Everything is computed from `styles/glossator.css`. [Decision 61](../docs/decisions/0061-palette.md)
#![allow(
    clippy::unwrap_used,
    reason = "a style sheet that cannot be read panics, which is how a test speaks"
)]

#[path = "palette/color.rs"]
mod color;
#[path = "palette/sheet.rs"]
mod sheet;

use std::collections::BTreeSet;

use color::{Paint, Rgb, Vision, contrast, distance};
use glossator::{
    annotation::{Codebook, Hue, LineStyle, appearance},
    interchange::{color_of_hue, hue_of_color},
};
use sheet::{Sheet, Theme};

/// WCAG 2 AA for text: criterion 1.4.3.
const TEXT: f64 = 4.5;

/// WCAG 2 AA for lines and marks that carry meaning: criterion 1.4.11.
const LINE: f64 = 3.0;

/// CSS Color 4 takes this distance as the least that a person notices, between areas that touch.
const NOTICEABLE: f64 = 0.02;

/// Hues for normal vision. More than four times what is noticeable, because lines are thin and far apart. Twelve hues
/// that are dark enough for text on paper reach little more.
const HUES: f64 = 4.25 * NOTICEABLE;

/// Hues for every kind of vision. This is what blue and plum, which were there first, have in the dark theme. Such a
/// pair is told apart by its lines.
const HUES_WITH_FEWER_COLORS: f64 = 1.5 * NOTICEABLE;

/// Hues that share a line style in a round of twelve, for every kind of vision. Here only colour tells tags apart.
const HUES_OF_ONE_LINE: f64 = 5.5 * NOTICEABLE;

/// Washes for normal vision. They are large, and never the only sign, since each has a line.
const WASHES: f64 = 1.25 * NOTICEABLE;

/// What the style sheet mixes into a focused mark: alone, and within another mark.
const FOCUSED: [f64; 2] = [0.34, 0.20];

/// What it mixes into the selected row of the table, on which the tag's name is in the hue.
const SELECTED_ROW: f64 = 0.12;

/// How much more of its wash a tag has in selections than in marks.
const MORE_IN_SELECTIONS: f64 = 0.12;

/// The hues with what is drawn in one theme.
struct Palette {
    theme: Theme,
    hues: Vec<(Hue, Rgb)>,
    washes: Vec<(Hue, Paint)>,
    paper: Rgb,
    raised: Rgb,
    ink: Rgb,
}

impl Palette {
    fn of(sheet: &Sheet, theme: Theme) -> Self {
        let paint = |hue: Hue, property| sheet.paint(&class(hue), property, theme);
        Self {
            theme,
            hues: Hue::ALL.into_iter().map(|hue| (hue, paint(hue, "--hue").rgb)).collect(),
            washes: Hue::ALL.into_iter().map(|hue| (hue, paint(hue, "--wash"))).collect(),
            paper: sheet.page("--paper", theme),
            raised: sheet.page("--raised", theme),
            ink: sheet.page("--ink", theme),
        }
    }

    fn both() -> [Self; 2] {
        let sheet = Sheet::read();
        Theme::ALL.map(|theme| Self::of(&sheet, theme))
    }

    /// Paper and raised surfaces, with their names.
    fn grounds(&self) -> [(&'static str, Rgb); 2] {
        [("paper", self.paper), ("raised", self.raised)]
    }
}

fn class(hue: Hue) -> String {
    format!(".{}", hue.class())
}

/// Every two of them, once.
fn pairs<T: Copy>(all: &[T]) -> impl Iterator<Item = (T, T)> {
    (1..all.len()).flat_map(move |right| (0..right).map(move |left| (all[left], all[right])))
}

/// Collects what is below its threshold, so that one run tells all of it.
#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    fn expect(&mut self, what: impl FnOnce() -> String, value: f64, threshold: f64) {
        if value < threshold {
            self.0.push(format!("{}: {value:.3}, at least {threshold:.3} expected", what()));
        }
    }

    fn contrast(&mut self, what: impl FnOnce() -> String, (left, right): (Rgb, Rgb), threshold: f64) {
        self.expect(|| format!("{}, contrast", what()), contrast(left, right), threshold);
    }

    fn assert_none(self) {
        assert!(self.0.is_empty(), "\n{}", self.0.join("\n"));
    }
}

#[test]
fn every_hue_and_every_line_style_has_a_class() {
    let sheet = Sheet::read();
    let hues: Vec<_> = Hue::ALL.into_iter().map(class).collect();
    assert_eq!(sheet.selectors(".hue-", "--hue:"), hues, "in the order of Hue::ALL");
    let lines: Vec<_> = LineStyle::ALL.into_iter().map(|it| format!(".{}", it.class())).collect();
    assert_eq!(sheet.selectors(".line-", "--stroke:"), lines, "in the order of LineStyle::ALL");
}

#[test]
fn the_tags_of_the_default_codebook_look_as_the_first_that_are_made() {
    let looks: Vec<_> = Codebook::default().tags().iter().map(|it| (it.hue, it.line)).collect();
    assert_eq!(looks, (0..3).map(appearance).collect::<Vec<_>>());
    assert_eq!(looks.iter().collect::<BTreeSet<_>>().len(), 3);
}

#[test]
fn the_style_sheet_knows_no_tag() {
    let sheet = Sheet::read();
    for tag in Codebook::default().tags() {
        assert!(!sheet.has(tag.id.as_str()), "{:?} is in the style sheet", tag.id);
        assert!(!sheet.has(&tag.name), "{} is in the style sheet", tag.name);
    }
}

/// Codebooks of other programs get the colours that a person sees on paper, and give them back.
#[test]
fn colors_in_files_are_those_of_the_light_theme() {
    let sheet = Sheet::read();
    for hue in Hue::ALL {
        let [r, g, b] = color_of_hue(hue);
        assert!(
            sheet.has(&format!("{} {{ --hue: light-dark(#{r:02x}{g:02x}{b:02x},", class(hue))),
            "{hue:?}"
        );
        assert_eq!(hue_of_color([r, g, b]), hue);
    }
}

/// The selection is in the armed tag's wash with more of it, so that what is selected can be told from what is tagged.
#[test]
fn selections_of_an_armed_tag_have_more_of_its_wash() {
    let sheet = Sheet::read();
    let mut findings = Findings::default();
    for palette in Palette::both() {
        for &(hue, wash) in &palette.washes {
            let rule = format!("[data-armed=\"{}\"]", hue.id());
            let selection = sheet.paint(&rule, "--selection", palette.theme);
            let apart = distance(selection.rgb, wash.rgb, Vision::Normal);
            assert!(apart < 1e-9, "the selection of {hue:?} is in another colour, {:?}", palette.theme);
            let what = || format!("the selection of {hue:?} beyond its wash, {:?}", palette.theme);
            findings.expect(what, selection.alpha - wash.alpha, MORE_IN_SELECTIONS);
            let what = || format!("ink on the selection of {hue:?}, {:?}", palette.theme);
            findings.contrast(what, (palette.ink, selection.over(palette.paper)), TEXT);
        }
    }
    findings.assert_none();
}

#[test]
fn names_in_a_hue_can_be_read() {
    let mut findings = Findings::default();
    for palette in Palette::both() {
        for &(hue, rgb) in &palette.hues {
            let row = Paint { rgb, alpha: SELECTED_ROW }.over(palette.paper);
            for (ground, behind) in palette.grounds().into_iter().chain([("its selected row", row)]) {
                let what = || format!("{hue:?} as text on {ground}, {:?}", palette.theme);
                findings.contrast(what, (rgb, behind), TEXT);
            }
        }
    }
    findings.assert_none();
}

#[test]
fn lines_can_be_seen_on_every_wash() {
    let mut findings = Findings::default();
    for palette in Palette::both() {
        for &(hue, rgb) in &palette.hues {
            for &(under, wash) in &palette.washes {
                let what = || format!("a line in {hue:?} on the wash of {under:?}, {:?}", palette.theme);
                findings.contrast(what, (rgb, wash.over(palette.paper)), LINE);
            }
        }
    }
    findings.assert_none();
}

/// The border of the button of an annotation's tag.
#[test]
fn a_border_can_be_seen_around_its_own_wash() {
    let mut findings = Findings::default();
    for palette in Palette::both() {
        for (&(hue, rgb), &(_, wash)) in palette.hues.iter().zip(&palette.washes) {
            let what = || format!("the border of {hue:?} on its wash on raised, {:?}", palette.theme);
            findings.contrast(what, (rgb, wash.over(palette.raised)), LINE);
        }
    }
    findings.assert_none();
}

/// The selection bar is in inverted colours, so it has the other theme's hues on ink.
#[test]
fn hues_can_be_seen_on_the_selection_bar() {
    let sheet = Sheet::read();
    assert_eq!(sheet.value("#selection-bar button", "color-scheme"), "dark", "of the light theme");
    assert_eq!(sheet.value(":root[data-theme=\"dark\"] #selection-bar button", "color-scheme"), "light");
    let mut findings = Findings::default();
    for palette in Palette::both() {
        let other = Palette::of(&sheet, palette.theme.other());
        for (hue, rgb) in other.hues {
            let what = || format!("the other theme's {hue:?} on ink, {:?}", palette.theme);
            findings.contrast(what, (rgb, palette.ink), LINE);
        }
    }
    findings.assert_none();
}

#[test]
fn text_on_washes_can_be_read() {
    let mut findings = Findings::default();
    for palette in Palette::both() {
        for (ground, behind) in palette.grounds() {
            for &(outer, wash) in &palette.washes {
                let one = wash.over(behind);
                let what = || format!("ink on the wash of {outer:?} on {ground}, {:?}", palette.theme);
                findings.contrast(what, (palette.ink, one), TEXT);
                for &(inner, wash) in &palette.washes {
                    let what = || format!("ink on {inner:?} in {outer:?} on {ground}, {:?}", palette.theme);
                    findings.contrast(what, (palette.ink, wash.over(one)), TEXT);
                }
            }
        }
    }
    findings.assert_none();
}

/// Deeper marks have no wash. The first three washes were there before: three of amber have 3.8 in the dark theme.
#[test]
fn text_on_three_of_the_new_washes_can_be_read() {
    let mut findings = Findings::default();
    for palette in Palette::both() {
        let new = &palette.washes[3..];
        let sets =
            new.iter().flat_map(|a| new.iter().flat_map(move |b| new.iter().map(move |c| [*a, *b, *c])));
        for layers in sets {
            let seen = layers.iter().fold(palette.paper, |behind, (_, wash)| wash.over(behind));
            let what = || format!("ink on the washes of {:?}, {:?}", layers.map(|it| it.0), palette.theme);
            findings.contrast(what, (palette.ink, seen), TEXT);
        }
    }
    findings.assert_none();
}

#[test]
fn text_in_the_focused_mark_can_be_read() {
    let mut findings = Findings::default();
    let [alone, within] = FOCUSED;
    for palette in Palette::both() {
        for &(hue, rgb) in &palette.hues {
            let seen = Paint { rgb, alpha: alone }.over(palette.paper);
            let what = || format!("ink on the focused {hue:?}, {:?}", palette.theme);
            findings.contrast(what, (palette.ink, seen), TEXT);
            for &(outer, wash) in &palette.washes {
                let seen = Paint { rgb, alpha: within }.over(wash.over(palette.paper));
                let what = || format!("ink on the focused {hue:?} in {outer:?}, {:?}", palette.theme);
                findings.contrast(what, (palette.ink, seen), TEXT);
            }
        }
    }
    findings.assert_none();
}

/// The shares that are mixed are stated here and in the style sheet.
#[test]
fn the_style_sheet_mixes_what_is_computed_here() {
    let sheet = Sheet::read();
    let percent = |share: f64| format!("{:.0}%", share * 100.0);
    let [alone, within] = FOCUSED.map(percent);
    assert!(
        sheet.rule("mark.focused").contains(&format!("var(--hue) var(--strength, {alone}), transparent"))
    );
    assert_eq!(sheet.value("mark mark.focused", "--strength"), within);
    let row = sheet.rule(".table-line[aria-selected=\"true\"]");
    assert!(row.contains(&format!("var(--hue) {}, var(--paper)", percent(SELECTED_ROW))));
}

/// The least distance that two hues must have for this kind of vision.
fn least_distance(left: Hue, right: Hue, vision: Vision) -> f64 {
    let line = |hue: Hue| (0..Hue::ALL.len()).map(appearance).find(|it| it.0 == hue).map(|it| it.1);
    let for_line = if line(left) == line(right) { HUES_OF_ONE_LINE } else { 0.0 };
    let for_vision = if vision == Vision::Normal { HUES } else { HUES_WITH_FEWER_COLORS };
    f64::max(for_line, for_vision)
}

#[test]
fn hues_can_be_told_apart_by_color_or_by_line() {
    let mut findings = Findings::default();
    for palette in Palette::both() {
        for (left, right) in pairs(&palette.hues) {
            for vision in Vision::ALL {
                let what =
                    || format!("{:?} and {:?}, {:?}, {vision:?}, distance", left.0, right.0, palette.theme);
                let least = least_distance(left.0, right.0, vision);
                findings.expect(what, distance(left.1, right.1, vision), least);
            }
        }
    }
    findings.assert_none();
}

#[test]
fn washes_can_be_told_apart() {
    let mut findings = Findings::default();
    for palette in Palette::both() {
        for (left, right) in pairs(&palette.washes) {
            let seen = [left, right].map(|it| it.1.over(palette.paper));
            let what = || {
                format!(
                    "the washes of {:?} and {:?}, {:?}, {:?}, distance",
                    left.0,
                    right.0,
                    palette.theme,
                    Vision::Normal
                )
            };
            findings.expect(what, distance(seen[0], seen[1], Vision::Normal), WASHES);
        }
    }
    findings.assert_none();
}

#[test]
fn line_styles_are_drawn_differently() {
    let sheet = Sheet::read();
    let strokes = LineStyle::ALL.map(|it| sheet.value(&format!(".{}", it.class()), "--stroke"));
    assert_eq!(strokes, LineStyle::ALL.map(LineStyle::id));
    assert_eq!(strokes.into_iter().collect::<BTreeSet<_>>().len(), 4);
    assert!(sheet.rule("mark").contains("border-bottom: var(--weight) var(--stroke) var(--hue)"));
    // A double line that is thinner than 3px is drawn as a solid one.
    assert_eq!(sheet.value("mark.line-double", "--weight"), "3px");
}

#[test]
fn forced_colors_leave_the_line_styles() {
    let sheet = Sheet::read();
    let forced = sheet.rule("@media (forced-colors: active)");
    for (selector, line) in [("mark", "CanvasText"), ("mark.focused", "Highlight")] {
        let rule = forced.split_once(&format!("\n  {selector} {{")).and_then(|it| it.1.split('}').next());
        let rule = rule.unwrap_or_else(|| panic!("no rule {selector} for forced colours"));
        assert!(rule.contains("background: transparent"), "{selector} has a background: {rule}");
        assert!(
            rule.contains(&format!("border-bottom-color: {line}")),
            "{selector} has no system colour: {rule}"
        );
        let changed = ["border:", "border-bottom:", "border-bottom-style", "border-style", "var(--hue)"];
        assert!(!changed.iter().any(|it| rule.contains(it)), "{selector} changes its line: {rule}");
    }
}
