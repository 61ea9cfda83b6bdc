//! Generates codebooks with names that are hard for XML and for CSV.

use glossator::interchange::{Code, CodeSet, CodeTree};
use proptest::{collection::vec, option, prelude::*};
use uuid::Uuid;

/// A text that may have every character, and often those that mean something in a format.
pub(super) fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        2 => any::<char>().prop_map(String::from),
        2 => "[a-zé ]{1,6}".prop_map(String::from),
        3 => prop::sample::select(vec![
            "\r\n", "\n", "\r", "\t", " ", "\"", "'", "&", "<", ">", " > ", ",", ";", "=", "+", "-", "@", "]]>",
            "&amp;", "&#10;", "<!--", "\u{feff}", "\u{85}", "\u{2028}", "\u{fffe}", "\0", "\u{1}", "\u{7f}", "＝",
            "e\u{301}", "👩‍🚀", "שלום", "A", "B",
        ]).prop_map(String::from),
    ];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn any_guid() -> impl Strategy<Value = Option<Uuid>> {
    option::weighted(0.8, any::<[u8; 16]>().prop_map(Uuid::from_bytes))
}

fn any_code() -> impl Strategy<Value = Code> {
    let leaf = (any_guid(), any_text(), any_text(), option::of(any::<[u8; 3]>()), any::<bool>());
    let leaf = leaf.prop_map(|(guid, name, description, color, codable)| Code {
        guid,
        name,
        description,
        color,
        codable,
        children: Vec::new(),
    });
    leaf.prop_recursive(5, 24, 4, |inner| {
        (inner.clone(), vec(inner, 0..4)).prop_map(|(code, children)| Code { children, ..code })
    })
}

fn any_set() -> impl Strategy<Value = CodeSet> {
    let members = vec(any::<[u8; 16]>().prop_map(Uuid::from_bytes), 0..3);
    (any_guid(), any_text(), any_text(), members).prop_map(|(guid, name, description, members)| CodeSet {
        guid,
        name,
        description,
        members,
    })
}

pub(super) fn any_tree() -> impl Strategy<Value = CodeTree> {
    let parts = (option::of(any_text()), vec(any_code(), 1..4), vec(any_set(), 0..3));
    parts.prop_map(|(origin, codes, sets)| CodeTree { origin, codes, sets })
}

/// Changes every code, each before those below it.
pub(super) fn each_code(codes: &mut [Code], change: &mut impl FnMut(&mut Code)) {
    for code in codes {
        change(code);
        each_code(&mut code.children, change);
    }
}

/// The text without the characters that no file can contain, by the definition of XML 1.0.
pub(super) fn storable(text: &str) -> String {
    let is_control = |c: char| c < ' ' && !['\t', '\n', '\r'].contains(&c);
    text.chars().filter(|c| !is_control(*c) && !['\u{fffe}', '\u{ffff}'].contains(c)).collect()
}

/// The tree as a file can contain it.
pub(super) fn storable_tree(tree: &CodeTree) -> CodeTree {
    let mut tree = tree.clone();
    each_code(&mut tree.codes, &mut |code| {
        code.name = storable(&code.name);
        code.description = storable(&code.description);
    });
    for set in &mut tree.sets {
        (set.name, set.description) = (storable(&set.name), storable(&set.description));
    }
    tree
}
