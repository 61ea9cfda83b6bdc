//! Reads the parts of the style sheet that the palette consists of.

use std::fs;

use super::color::{Paint, Rgb};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Theme {
    Light,
    Dark,
}

impl Theme {
    pub(crate) const ALL: [Self; 2] = [Self::Light, Self::Dark];

    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Light,
        }
    }

    /// The part of `light-dark(…, …)` for this theme. The comma between them is the only one.
    fn part(self, value: &str) -> Option<&str> {
        let (light, dark) = value.strip_prefix("light-dark(")?.strip_suffix(')')?.split_once(", ")?;
        Some(if self == Self::Light { light } else { dark })
    }
}

pub(crate) struct Sheet(String);

impl Sheet {
    pub(crate) fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/styles/glossator.css");
        Self(fs::read_to_string(path).unwrap())
    }

    pub(crate) fn has(&self, text: &str) -> bool {
        self.0.contains(text)
    }

    /// What is between the braces behind this selector or media query, which begins a line.
    pub(crate) fn rule(&self, selector: &str) -> &str {
        let opening = format!("\n{selector} {{");
        let body = self.0.split_once(&opening).map(|it| it.1);
        let body = body.unwrap_or_else(|| panic!("the style sheet has no rule {selector}"));
        let mut depth = 1;
        let end = body.find(|it| {
            depth += i32::from(it == '{') - i32::from(it == '}');
            depth == 0
        });
        &body[..end.unwrap_or(body.len())]
    }

    /// The value of a property, without the semicolon.
    pub(crate) fn value(&self, selector: &str, property: &str) -> &str {
        let declarations = self.rule(selector).split(';').filter_map(|it| it.split_once(':'));
        let mut values = declarations.filter(|it| it.0.trim() == property).map(|it| it.1.trim());
        values.next().unwrap_or_else(|| panic!("the rule {selector} has no {property}"))
    }

    pub(crate) fn paint(&self, selector: &str, property: &str, theme: Theme) -> Paint {
        let value = self.value(selector, property);
        let paint = theme.part(value).and_then(Paint::parse);
        paint.unwrap_or_else(|| {
            panic!("{selector} {{ {property}: {value} }}: light-dark() of two colours expected")
        })
    }

    /// A colour of the page, such as `--paper`.
    pub(crate) fn page(&self, property: &str, theme: Theme) -> Rgb {
        self.paint(":root", property, theme).rgb
    }

    /// The selectors of the rules of one line that begin with this and set the property.
    pub(crate) fn selectors(&self, start: &str, property: &str) -> Vec<&str> {
        let lines = self.0.lines().filter(|it| it.starts_with(start) && it.contains(property));
        lines.filter_map(|it| it.split(' ').next()).collect()
    }
}

#[test]
fn rules_and_values_are_found() {
    let sheet = Sheet(
        "\n.a { --x: light-dark(#fff, rgb(0 0 0 / .5)); color: red; }\n@media b {\n  a { }\n}\n.c { }".into(),
    );
    assert_eq!(sheet.value(".a", "color"), "red");
    assert_eq!(sheet.paint(".a", "--x", Theme::Light), Paint { rgb: [1.0; 3], alpha: 1.0 });
    assert!((sheet.paint(".a", "--x", Theme::Dark).alpha - 0.5).abs() < 1e-9);
    assert_eq!(sheet.rule("@media b").trim(), "a { }");
    assert_eq!(sheet.selectors(".", "--x:"), [".a"]);
}
