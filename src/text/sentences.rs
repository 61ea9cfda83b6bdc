//! Where a sentence goes on although its last mark could end it: behind abbreviations.
//!
//! Unicode's rules, which browsers segment by, know none and end a sentence in "the U.S. Senate". These are exceptions to
//! them for English: initials always, titles before a name, words of reference before what they refer to.

/// Always before a name.
const TITLES: &[&str] = &[
    "adm", "amb", "capt", "col", "dr", "ft", "gen", "gov", "hon", "lt", "maj", "messrs", "mr", "mrs", "ms",
    "mt", "pres", "prof", "rep", "rev", "sen", "sgt", "st",
];

/// Never at the end of a sentence.
const MIDST: &[&str] = &["cf", "e.g", "eg", "i.e", "ie", "viz", "vs"];

/// In the midst of a sentence when a number comes next.
const BEFORE_NUMBERS: &[&str] = &[
    "apr", "approx", "art", "arts", "aug", "ca", "ch", "dec", "feb", "fig", "figs", "jan", "jul", "jun",
    "mar", "no", "nos", "nov", "oct", "p", "par", "para", "pp", "sec", "sep", "sept", "vol",
];

/// Words that begin a sentence far more often than they are part of a name.
const STARTERS: &[&str] = &[
    "A", "After", "All", "Although", "An", "And", "As", "At", "Because", "Before", "But", "By", "For",
    "From", "He", "Her", "Here", "His", "How", "However", "I", "If", "In", "Instead", "It", "Its", "Many",
    "Most", "My", "No", "Nor", "Not", "Now", "Of", "On", "Once", "One", "Or", "Our", "Perhaps", "She",
    "Since", "So", "Some", "Still", "Such", "That", "The", "Their", "Then", "There", "These", "They", "This",
    "Those", "Though", "To", "Under", "Unless", "Until", "We", "What", "When", "Where", "Whether", "Which",
    "While", "Who", "Why", "With", "Yet", "You",
];

/// Whether a sentence that seems to end with `piece` goes on with `rest`.
pub(super) fn go_on(piece: &str, rest: &str) -> bool {
    let next = rest.trim_start();
    // As in: “Who knows?” he said.
    if next.starts_with(char::is_lowercase) {
        return true;
    }
    let Some(before) = piece.trim_end().strip_suffix('.') else { return false };
    let last = last_word(before);
    let folded = last.to_lowercase();
    let folded = folded.as_str();
    if next.starts_with(|it: char| it.is_ascii_digit()) {
        return BEFORE_NUMBERS.contains(&folded);
    }
    MIDST.contains(&folded)
        || (TITLES.contains(&folded) || is_initials(last)) && !STARTERS.contains(&first_word(next))
}

/// Whether a word is a row of single letters with points between them, whose last point belongs to it: `U.S`, `e.g`.
pub(super) fn is_abbreviated(word: &str) -> bool {
    word.contains('.') && word.split('.').all(is_letter)
}

/// Whether it is initials: `U.S`, `J`. The Roman numbers of one letter, as in “World War I.”, are none.
fn is_initials(word: &str) -> bool {
    !matches!(word, "I" | "V" | "X")
        && word.split('.').all(|it| is_letter(it) && it.chars().all(char::is_uppercase))
}

fn is_letter(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_alphabetic) && characters.next().is_none()
}

/// What stands behind the last sign that is neither a letter nor a point.
fn last_word(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .find(|(_, it)| !it.is_alphanumeric() && *it != '.')
        .map_or(0, |(at, it)| at + it.len_utf8());
    &text[start..]
}

/// The first word, without the marks before it.
fn first_word(text: &str) -> &str {
    let text = text.trim_start_matches(|it: char| !it.is_alphanumeric());
    text.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default()
}
