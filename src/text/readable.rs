//! The readable text of a web page: what elements mean for it.
//!
//! Knows no parser and no document; whoever goes through one says what it meets.

/// What is no text for a reader, with everything inside.
const SKIPPED: [&str; 27] = [
    "script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "embed", "canvas",
    "audio", "video", "map", "select", "option", "datalist", "button", "input", "textarea", "nav", "noembed",
    "noframes", "frameset", "dialog", "progress", "meter",
];

/// Stands apart, with a blank line before and after.
const BLOCKS: [&str; 28] = [
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
    "figcaption",
    "caption",
    "summary",
];

/// Stands on a line of its own.
const LINES: [&str; 15] = [
    "div", "li", "dt", "dd", "tr", "td", "th", "br", "thead", "tbody", "tfoot", "center", "legend", "body",
    "html",
];

/// The text, as it is gathered.
#[derive(Debug, Default)]
pub struct Readable {
    text: String,
    /// Line ends that are due before the next character.
    gap: usize,
    space: bool,
    /// How many elements are open in which white space counts.
    preformatted: usize,
}

impl Readable {
    /// An element begins, whose name is given in small letters; whether what is inside is to be read.
    pub fn open(&mut self, name: &str) -> bool {
        if SKIPPED.contains(&name) {
            return false;
        }
        self.part(name);
        self.preformatted += usize::from(name == "pre");
        true
    }

    /// An element ends that was to be read.
    pub fn close(&mut self, name: &str) {
        self.part(name);
        self.preformatted -= usize::from(name == "pre" && self.preformatted > 0);
    }

    /// Words.
    pub fn words(&mut self, words: &str) {
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
        if !self.text.is_empty() {
            if self.gap > 0 {
                let there = self.text.len() - self.text.trim_end_matches('\n').len();
                self.text.extend(std::iter::repeat_n('\n', self.gap.saturating_sub(there)));
            } else if self.space {
                self.text.push(' ');
            }
        }
        (self.gap, self.space) = (0, false);
        self.text.push(c);
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
