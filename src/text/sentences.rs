//! English abbreviations, after which a sentence continues.
//!
//! Browsers segment by Unicode's rules, which know no abbreviations and end a sentence in "the U.S. Senate". The
//! exceptions here are initials, titles before names, and words like "Fig." before a number.

/// Titles, always followed by a name.
const TITLES: &[&str] = &[
    "adm", "amb", "capt", "col", "dr", "ft", "gen", "gov", "hon", "lt", "maj", "messrs", "mr", "mrs", "ms",
    "mt", "pres", "prof", "rep", "rev", "sen", "sgt", "st",
];

/// Abbreviations that never end a sentence.
const NEVER_LAST: &[&str] = &["cf", "e.g", "eg", "i.e", "ie", "viz", "vs"];

/// Abbreviations that do not end a sentence if a number follows.
const BEFORE_NUMBERS: &[&str] = &[
    "apr", "approx", "art", "arts", "aug", "ca", "ch", "dec", "feb", "fig", "figs", "jan", "jul", "jun",
    "mar", "no", "nos", "nov", "oct", "p", "par", "para", "pp", "sec", "sep", "sept", "vol",
];

/// Words that usually start a sentence, and seldom a name.
const SENTENCE_STARTERS: &[&str] = &[
    "A", "After", "All", "Although", "An", "And", "As", "At", "Because", "Before", "But", "By", "For",
    "From", "He", "Her", "Here", "His", "How", "However", "I", "If", "In", "Instead", "It", "Its", "Many",
    "Most", "My", "No", "Nor", "Not", "Now", "Of", "On", "Once", "One", "Or", "Our", "Perhaps", "She",
    "Since", "So", "Some", "Still", "Such", "That", "The", "Their", "Then", "There", "These", "They", "This",
    "Those", "Though", "To", "Under", "Unless", "Until", "We", "What", "When", "Where", "Whether", "Which",
    "While", "Who", "Why", "With", "Yet", "You",
];

/// True if the sentence that seems to end with `piece` continues with `rest`.
pub(super) fn continues(piece: &str, rest: &str) -> bool {
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
    NEVER_LAST.contains(&folded)
        || (TITLES.contains(&folded) || is_initials(last)) && !SENTENCE_STARTERS.contains(&first_word(next))
}

/// True for single letters separated by periods, such as `U.S` and `e.g`: the period that follows belongs to the word.
pub(super) fn is_abbreviated(word: &str) -> bool {
    word.contains('.') && word.split('.').all(is_letter)
}

/// True for initials such as `U.S` and `J`, but not for Roman numerals of one letter, as in “World War I.”.
fn is_initials(word: &str) -> bool {
    !matches!(word, "I" | "V" | "X")
        && word.split('.').all(|it| is_letter(it) && it.chars().all(char::is_uppercase))
}

fn is_letter(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_alphabetic) && characters.next().is_none()
}

/// The text after the last character that is neither alphanumeric nor a period.
fn last_word(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .find(|(_, it)| !it.is_alphanumeric() && *it != '.')
        .map_or(0, |(at, it)| at + it.len_utf8());
    &text[start..]
}

/// The first word, without punctuation before it.
fn first_word(text: &str) -> &str {
    let text = text.trim_start_matches(|it: char| !it.is_alphanumeric());
    text.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default()
}
