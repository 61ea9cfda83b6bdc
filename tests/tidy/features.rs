//! The rules of the page: what features may use, and how large their parts may be.

use super::tokens::{Token, tokens};

/// A struct in a feature has at most so many fields.
const MAX_FIELDS: usize = 12;

/// A file of a feature has at most so many lines.
const MAX_LINES: usize = 450;

/// The folders of the page that several features use, and that know none of them.
const BELOW_FEATURES: &[&str] = &["src/ui/store/", "src/ui/platform/", "src/ui/surface/", "src/ui/parts/"];

/// The registered features, each after those that it uses.
pub(crate) fn registered(source: &str) -> Vec<String> {
    let tokens = tokens(source);
    let start =
        tokens.windows(3).position(|it| it[0].word == "with" && it[1].word == "!" && it[2].word == "{");
    let list = start.map_or(&[][..], |at| &tokens[at + 3..]);
    let names = list.iter().take_while(|it| it.word != "}");
    names.filter(|it| it.word != ",").map(|it| it.word.to_owned()).collect()
}

/// The feature that a file belongs to.
fn feature_of(path: &str) -> Option<&str> {
    let (feature, _) = path.strip_prefix("src/ui/features/")?.split_once('/')?;
    Some(feature)
}

/// The features that a file names, through `features::name` or `features::{name, …}`.
fn named<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut found = Vec::new();
    for (at, pair) in tokens.windows(2).enumerate() {
        if pair[0].word == "features" && pair[1].word == "::" {
            found.extend(super::names(tokens, at + 2));
        }
    }
    found
}

/// A feature uses only those that are registered before it; what several features use knows none of them.
pub(crate) fn order(path: &str, source: &str, registered: &[String]) -> Vec<String> {
    let tokens = tokens(source);
    let place = |name: &str| registered.iter().position(|it| it == name);
    if BELOW_FEATURES.iter().any(|it| path.starts_with(it)) {
        let broken = named(&tokens).into_iter().map(|Token { word, line }| {
            format!(
                "{path}:{line}: uses the feature `{word}`; move what needs it into a feature, or pass it in"
            )
        });
        return broken.collect();
    }
    let Some(feature) = feature_of(path) else { return Vec::new() };
    let Some(here) = place(feature) else {
        return vec![format!("{path}:1: register `{feature}` in src/ui/features/mod.rs")];
    };
    named(&tokens)
        .into_iter()
        .filter(|it| place(it.word).is_some_and(|it| it > here))
        .map(|Token { word, line }| {
            format!(
                "{path}:{line}: `{feature}` uses `{word}`, which is registered after it; call a hook of Feature, or \
                 move what both need into a feature before both"
            )
        })
        .collect()
}

/// Structs with too many fields, and files with too many lines.
pub(crate) fn size(path: &str, source: &str) -> Vec<String> {
    if feature_of(path).is_none() {
        return Vec::new();
    }
    let mut broken = Vec::new();
    let lines = source.lines().count();
    if lines > MAX_LINES {
        broken.push(format!(
            "{path}:{lines}: {lines} lines of at most {MAX_LINES}; split it by what it is about"
        ));
    }
    let tokens = tokens(source);
    for (at, token) in tokens.iter().enumerate().filter(|(_, it)| it.word == "struct") {
        let fields = fields(&tokens[at..]);
        if fields > MAX_FIELDS {
            let name = tokens.get(at + 1).map_or("", |it| it.word);
            broken.push(format!(
                "{path}:{}: `{name}` has {fields} fields of at most {MAX_FIELDS}; group those that belong together",
                token.line
            ));
        }
    }
    broken
}

/// The number of named fields of the struct that `tokens` begin with.
fn fields(tokens: &[Token<'_>]) -> usize {
    let (mut depth, mut fields) = (0, 0);
    for it in tokens {
        match it.word {
            ";" if depth == 0 => break,
            "{" | "(" | "[" | "<" => depth += 1,
            "}" | ")" | "]" | ">" => {
                depth -= 1;
                if depth == 0 && it.word == "}" {
                    break;
                }
            }
            ":" if depth == 1 => fields += 1,
            _ => {}
        }
    }
    fields
}
