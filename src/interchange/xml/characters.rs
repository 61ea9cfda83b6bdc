//! Which characters XML 1.0 allows, and where.

/// Whether a document may contain the character, written out or as a number.
pub(in crate::interchange) const fn is_xml_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Whether the character separates the parts of a tag.
pub(super) const fn is_white(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// Whether a name may contain the character. All beyond ASCII are allowed, which spares us the tables of Unicode.
pub(super) const fn is_in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':') || !c.is_ascii()
}

/// Whether a name may begin with the character.
pub(super) const fn begins_name(c: char) -> bool {
    is_in_name(c) && !c.is_ascii_digit() && !matches!(c, '-' | '.')
}
