//! The name of a tag that is made of a passage's own words.

/// The greatest length of such a name, in characters.
const LENGTH: usize = 60;

/// What is not taken from the edges of a passage. A question or an exclamation mark belongs to the words.
const MARKS: &[char] =
    &['.', ',', ';', ':', '…', '"', '“', '”', '„', '«', '»', '‘', '’', '\'', '-', '–', '—', '•', '*'];

/// The words on one line, without quotation marks and punctuation around them, as many whole ones as fit. A first word
/// that is too long is cut.
pub(super) fn name_of(words: &str) -> String {
    let trimmed = edges(words);
    let words = if trimmed.is_empty() { words.trim() } else { trimmed };
    let mut name = String::new();
    let mut length = 0;
    for word in words.split_whitespace() {
        let more = word.chars().count() + usize::from(length > 0);
        // The last place is for the mark that something is left out.
        if length + more >= LENGTH && (length > 0 || more > LENGTH) {
            let beginning: String = if name.is_empty() {
                word.chars().take(LENGTH - 1).collect()
            } else {
                edges(&name).to_owned()
            };
            return beginning + "…";
        }
        if length > 0 {
            name.push(' ');
        }
        name.push_str(word);
        length += more;
    }
    name
}

fn edges(words: &str) -> &str {
    words.trim_matches(|it: char| it.is_whitespace() || MARKS.contains(&it))
}

#[cfg(test)]
mod tests {
    use super::{LENGTH, name_of};

    #[test]
    fn a_name_is_one_line() {
        assert_eq!(name_of(" some\r\n\nwords "), "some words");
        assert_eq!(name_of("  "), "");
    }

    #[test]
    fn a_name_has_no_marks_around_it() {
        assert_eq!(name_of("“act on it,”"), "act on it");
        assert_eq!(name_of("— why not?"), "why not?");
        assert_eq!(name_of("the Senate’s"), "the Senate’s");
        assert_eq!(name_of("…"), "…", "there is nothing else");
    }

    #[test]
    fn a_long_name_ends_with_a_whole_word() {
        assert_eq!(name_of(&"abcd ".repeat(20)), format!("{}…", "abcd ".repeat(12).trim_end()));
        assert_eq!(name_of(&"abc, ".repeat(20)), format!("{}abc…", "abc, ".repeat(11)));
        assert_eq!(name_of(&"é".repeat(70)), format!("{}…", "é".repeat(59)));
        assert!(name_of(&"a ".repeat(70)).chars().count() <= LENGTH);
        assert_eq!(name_of(&"é".repeat(60)), "é".repeat(60));
    }
}
