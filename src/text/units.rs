//! The only place that converts between bytes, UTF-16 code units and code points.

use super::position::{CodePoint, TextError, Unit, Utf16};

/// Bytes between two milestones: the most that one conversion reads, however long the text is.
const STRIDE: usize = 512;

/// The same position in all three units.
#[derive(Clone, Copy, Debug, Default)]
struct Milestone {
    byte: usize,
    utf16: usize,
    code_point: usize,
}

impl Milestone {
    fn advance(&mut self, c: char) {
        self.byte += c.len_utf8();
        self.utf16 += c.len_utf16();
        self.code_point += 1;
    }

    /// Advances over whole characters without decoding them, which is several times faster.
    fn advance_all(&mut self, bytes: &[u8]) {
        /// The smallest first byte of a four-byte character, which is two UTF-16 code units. All others are one.
        const FOUR: u8 = 0xf0;
        self.byte += bytes.len();
        for byte in bytes {
            let begins = usize::from((byte & 0xc0) != 0x80);
            self.code_point += begins;
            self.utf16 += begins + usize::from(*byte >= FOUR);
        }
    }

    /// Advances over `by` characters that are one of each unit.
    fn advanced_by(self, by: usize) -> Self {
        Self { byte: self.byte + by, utf16: self.utf16 + by, code_point: self.code_point + by }
    }
}

/// Milestones in a text, about one every 512 bytes.
#[derive(Debug)]
pub(super) struct Units {
    milestones: Vec<Milestone>,
    end: Milestone,
}

impl Units {
    pub(super) fn new(text: &str) -> Self {
        let mut at = Milestone::default();
        let mut milestones = vec![at];
        while at.byte < text.len() {
            let next = text.ceil_char_boundary(at.byte + STRIDE);
            at.advance_all(&text.as_bytes()[at.byte..next]);
            if next < text.len() {
                milestones.push(at);
            }
        }
        Self { milestones, end: at }
    }

    /// `byte` must be a character boundary of `text`, as the ends of every span are.
    pub(super) fn utf16(&self, text: &str, byte: usize) -> Utf16 {
        Utf16(self.at_byte(text, byte).utf16)
    }

    /// `byte` must be a character boundary of `text`, as the ends of every span are.
    pub(super) fn code_point(&self, text: &str, byte: usize) -> CodePoint {
        CodePoint(self.at_byte(text, byte).code_point)
    }

    pub(super) fn byte_at_utf16(&self, text: &str, at: Utf16) -> Result<usize, TextError> {
        self.seek(text, at.0, Unit::Utf16, |m| m.utf16).map(|m| m.byte)
    }

    pub(super) fn byte_at_code_point(&self, text: &str, at: CodePoint) -> Result<usize, TextError> {
        self.seek(text, at.0, Unit::CodePoint, |m| m.code_point).map(|m| m.byte)
    }

    pub(super) fn length(&self) -> CodePoint {
        CodePoint(self.end.code_point)
    }

    fn at_byte(&self, text: &str, byte: usize) -> Milestone {
        self.seek(text, byte, Unit::Byte, |m| m.byte).unwrap_or(self.end)
    }

    fn seek(
        &self,
        text: &str,
        target: usize,
        unit: Unit,
        count: impl Fn(&Milestone) -> usize,
    ) -> Result<Milestone, TextError> {
        if target > count(&self.end) {
            return Err(TextError::Outside { at: target, length: count(&self.end), unit });
        }
        let behind = self.milestones.partition_point(|m| count(m) <= target);
        let mut at = self.milestones[behind - 1];
        let next = self.milestones.get(behind).unwrap_or(&self.end);
        if next.byte - at.byte == next.code_point - at.code_point {
            // Up to the next milestone every character is one of each unit.
            let further = target - count(&at);
            return Ok(at.advanced_by(further));
        }
        let mut rest = text[at.byte..].chars();
        while count(&at) < target {
            match rest.next() {
                Some(c) => at.advance(c),
                None => break,
            }
        }
        if count(&at) == target { Ok(at) } else { Err(TextError::InsideCharacter { at: target, unit }) }
    }
}
