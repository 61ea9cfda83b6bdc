//! The name of a tag that is made of a passage's own words.

/// The greatest length of such a name, in characters.
const LENGTH: usize = 60;

/// The words on one line, as many whole ones as fit. A first word that is too long is cut.
pub(super) fn name_of(words: &str) -> String {
    let mut name = String::new();
    let mut length = 0;
    for word in words.split_whitespace() {
        let more = word.chars().count() + usize::from(length > 0);
        if length + more > LENGTH {
            break;
        }
        if length > 0 {
            name.push(' ');
        }
        name.push_str(word);
        length += more;
    }
    if name.is_empty() { words.trim().chars().take(LENGTH).collect() } else { name }
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn a_name_is_one_line_and_ends_with_a_word() {
        assert_eq!(name_of(" some\r\n\nwords "), "some words");
        assert_eq!(name_of(&"abcd ".repeat(20)), "abcd ".repeat(12).trim_end());
        assert_eq!(name_of(&"é".repeat(70)), "é".repeat(60));
        assert_eq!(name_of("  "), "");
    }
}
