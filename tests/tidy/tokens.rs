//! Splits Rust source into tokens. Not a parser: it drops comments and literals and knows no grammar.

/// A word, a punctuation mark or `::`, with the line on which it starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Token<'a> {
    pub(crate) word: &'a str,
    pub(crate) line: usize,
}

/// The tokens of `source`, without comments, white space, strings and characters.
pub(crate) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (source, 1);
    while let Some(first) = rest.chars().next() {
        let (token, behind) = rest.split_at(length(rest, first));
        let skipped = token.starts_with("//") || token.starts_with("/*") || token.contains(['"', '\'']);
        if !skipped && !first.is_whitespace() {
            tokens.push(Token { word: token, line });
        }
        line += token.matches('\n').count();
        rest = behind;
    }
    tokens
}

/// The length in bytes of the token at the start of `rest`, whose first character is `first`.
fn length(rest: &str, first: char) -> usize {
    let raw = rest.trim_start_matches('b').strip_prefix('r').map(|it| it.trim_start_matches('#'));
    if rest.starts_with("//") {
        rest.find('\n').unwrap_or(rest.len())
    } else if rest.starts_with("/*") {
        rest.find("*/").map_or(rest.len(), |at| at + 2)
    } else if let Some(string) = raw.and_then(|it| it.strip_prefix('"')) {
        let opening = &rest[..rest.len() - string.len()];
        let closing = format!("\"{}", "#".repeat(opening.matches('#').count()));
        opening.len() + string.find(&closing).map_or(string.len(), |at| at + closing.len())
    } else if first == '"' {
        quoted_length(rest, '"')
    } else if first == '\'' && is_character(rest) {
        quoted_length(rest, '\'')
    } else if is_word_character(first) {
        rest.find(|c| !is_word_character(c)).unwrap_or(rest.len())
    } else if rest.starts_with("::") {
        2
    } else {
        first.len_utf8()
    }
}

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// True for a character literal, false for a lifetime.
fn is_character(rest: &str) -> bool {
    let mut behind = rest.chars().skip(1);
    behind.next() == Some('\\') || behind.next() == Some('\'')
}

fn quoted_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}
