//! The readable text of a web page: what elements mean for it.
//!
//! Knows no parser and no document; whoever goes through one says what it meets.

use std::mem;

/// What is no text for a reader, with everything inside.
const SKIPPED: [&str; 26] = [
    "script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "embed", "canvas",
    "audio", "video", "map", "select", "option", "datalist", "button", "input", "textarea", "nav", "noembed",
    "noframes", "frameset", "progress", "meter",
];

/// Stands apart, with a blank line before and after.
const BLOCKS: [&str; 29] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "ul",
    "ol",
    "dl",
    "table",
    "figure",
    "hr",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "address",
    "fieldset",
    "form",
    "details",
    "dialog",
    "figcaption",
    "caption",
    "summary",
];

/// Stands on a line of its own.
const LINES: [&str; 15] = [
    "div", "li", "dt", "dd", "tr", "td", "th", "br", "thead", "tbody", "tfoot", "center", "legend", "body",
    "html",
];

/// What the markup of an element says about whether a reader sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Display {
    /// Nothing: it is seen if the element around it is.
    #[default]
    Inherited,
    /// Neither the element nor anything inside it is seen.
    None,
    /// Its text is not seen, except inside elements that are [`Display::Visible`].
    Hidden,
    /// It is seen even if the element around it is [`Display::Hidden`].
    Visible,
}

impl Display {
    /// What a `style` attribute says, by `display` and `visibility`. Values that these properties do not hide by, and
    /// declarations that cannot be read, say nothing.
    pub fn of_style(style: &str) -> Self {
        let (mut display, mut visibility) = (Declared::default(), Declared::default());
        for declaration in style.split(';') {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let property = match name.trim().to_ascii_lowercase().as_str() {
                "display" => &mut display,
                "visibility" => &mut visibility,
                _ => continue,
            };
            property.declare(value);
        }
        match (display.value.as_str(), visibility.value.as_str()) {
            ("none", _) => Self::None,
            (_, "hidden" | "collapse") => Self::Hidden,
            (_, "visible" | "initial") => Self::Visible,
            _ => Self::Inherited,
        }
    }
}

/// The value of a property. The last declaration counts, but one with `!important` before all others.
#[derive(Default)]
struct Declared {
    value: String,
    important: bool,
}

impl Declared {
    fn declare(&mut self, value: &str) {
        let (value, flag) = value.split_once('!').unwrap_or((value, ""));
        let important = flag.trim().eq_ignore_ascii_case("important");
        if important || !self.important {
            *self = Self { value: value.trim().to_ascii_lowercase(), important };
        }
    }
}

/// A row of a table, while it is open.
#[derive(Debug, Default)]
struct Row {
    cells: usize,
    /// Tabs that are due before the next character.
    due: usize,
    /// Where tabs stand in the text.
    tabs: Vec<usize>,
    /// Whether it has text.
    has_text: bool,
    /// Whether its text has several lines.
    has_lines: bool,
}

/// The text, as it is gathered.
#[derive(Debug, Default)]
pub struct Readable {
    text: String,
    /// Line ends that are due before the next character.
    gap: usize,
    space: bool,
    /// How many elements are open in which white space counts.
    preformatted: usize,
    /// For each open element, the innermost last, whether its text is hidden.
    hidden: Vec<bool>,
    /// The rows of tables that are open, the innermost last.
    rows: Vec<Row>,
}

impl Readable {
    /// An element begins, whose name is given in small letters; whether what is inside is to be read.
    pub fn open(&mut self, name: &str, display: Display) -> bool {
        if SKIPPED.contains(&name) || display == Display::None {
            return false;
        }
        self.hidden.push(match display {
            Display::Hidden => true,
            Display::Visible => false,
            Display::Inherited | Display::None => self.is_hidden(),
        });
        match name {
            "td" | "th" if !self.rows.is_empty() => self.begin_cell(),
            _ => self.part(name),
        }
        if name == "tr" {
            // A table within a cell begins on a line of its own.
            if let Some(around) = self.rows.last_mut() {
                around.due = 0;
            }
            self.rows.push(Row::default());
        }
        self.preformatted += usize::from(name == "pre");
        true
    }

    /// An element ends that was to be read.
    pub fn close(&mut self, name: &str) {
        self.hidden.pop();
        match name {
            "td" | "th" if !self.rows.is_empty() => {}
            _ => self.part(name),
        }
        if name == "tr" {
            self.end_row();
        }
        self.preformatted -= usize::from(name == "pre" && self.preformatted > 0);
    }

    /// Whether text that comes now is not seen.
    pub fn is_hidden(&self) -> bool {
        self.hidden.last().is_some_and(|it| *it)
    }

    /// Words.
    pub fn words(&mut self, words: &str) {
        if self.is_hidden() {
            return;
        }
        for c in words.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' | '\x0c' if self.preformatted == 0 => self.space = true,
                // Nothing of them would be seen, and a text with the second is none.
                '\r' | '\0' => {}
                _ => self.put(c),
            }
        }
    }

    /// The text, without blank lines at its ends.
    pub fn finish(self) -> String {
        let end = self.text.trim_end().len();
        let mut text = self.text;
        text.truncate(end);
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }

    fn put(&mut self, c: char) {
        let due = self.rows.last_mut().map_or(0, |it| mem::take(&mut it.due));
        let begins_row = self.rows.last().is_some_and(|it| !it.has_text);
        if due > 0 && !begins_row {
            // Paragraphs within cells do not keep these apart.
            (self.gap, self.space) = (0, false);
        }
        if !self.text.is_empty() {
            if self.gap > 0 {
                let there = self.text.len() - self.text.trim_end_matches('\n').len();
                self.text.extend(std::iter::repeat_n('\n', self.gap.saturating_sub(there)));
                for row in &mut self.rows {
                    row.has_lines |= row.has_text;
                }
            } else if self.space {
                self.text.push(' ');
            }
        }
        (self.gap, self.space) = (0, false);
        for row in self.rows.iter_mut().rev().take_while(|it| !it.has_text) {
            row.has_text = true;
        }
        if let Some(row) = self.rows.last_mut() {
            for _ in 0..due {
                row.tabs.push(self.text.len());
                self.text.push('\t');
            }
        }
        if c == '\n' {
            self.rows.iter_mut().for_each(|it| it.has_lines = true);
        }
        self.text.push(c);
    }

    fn begin_cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.due += usize::from(row.cells > 0);
            row.cells += 1;
        }
    }

    /// In a row that is not one line, as in tables that lay out a page, cells stand on lines of their own.
    fn end_row(&mut self) {
        let Some(row) = self.rows.pop().filter(|it| it.has_lines) else { return };
        for tab in row.tabs {
            self.text.replace_range(tab..=tab, "\n");
        }
    }

    fn part(&mut self, name: &str) {
        let gap = match name {
            _ if BLOCKS.contains(&name) => 2,
            _ if LINES.contains(&name) => 1,
            _ => return,
        };
        self.gap = self.gap.max(gap);
    }
}
