//! REFI-QDA codebooks: those of other programs are read whole, and what is written is read back.

use std::collections::HashSet;

use glossator::interchange::{Code, CodeTree, QdcNote, QdcWriteProblem, parse_qdc, write_qdc};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    any_tree::{any_tree, each_code, storable, storable_tree},
    sample,
};
use crate::properties::config;

/// The tree in the form of `expected.json`, which has only what there is.
fn described(tree: &CodeTree) -> Value {
    let mut all = Map::new();
    all.extend(tree.origin.iter().map(|it| ("origin".to_owned(), json!(it))));
    let mut codes = Vec::new();
    let mut open: Vec<Option<Uuid>> = Vec::new();
    for (level, code) in tree.walk() {
        open.truncate(level);
        codes.push(described_code(code, open.last().copied().flatten()));
        open.push(code.guid);
    }
    all.insert("codes".into(), codes.into());
    if !tree.sets.is_empty() {
        let sets = tree.sets.iter().map(|it| {
            let mut set = json!({ "guid": spelled(it.guid), "name": it.name, "members": it.members.iter().map(ToString::to_string).collect::<Vec<_>>() });
            add(&mut set, "description", &it.description);
            set
        });
        all.insert("sets".into(), sets.collect());
    }
    all.into()
}

fn described_code(code: &Code, parent: Option<Uuid>) -> Value {
    let mut fields = json!({ "guid": spelled(code.guid), "name": code.name, "codable": code.codable });
    add(&mut fields, "description", &code.description);
    add(&mut fields, "parent", &spelled(parent));
    let color = code.color.map(|[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}"));
    add(&mut fields, "color", &color.unwrap_or_default());
    fields
}

fn spelled(guid: Option<Uuid>) -> String {
    guid.map(|it| it.to_string()).unwrap_or_default()
}

fn add(fields: &mut Value, key: &str, value: &str) {
    if !value.is_empty() {
        fields[key] = json!(value);
    }
}

#[test]
fn codebooks_of_other_programs_are_read_whole() {
    let expected: Map<String, Value> = serde_json::from_slice(&sample("expected.json")).unwrap();
    assert_eq!(expected.len(), 7);
    for (name, expected) in expected {
        let qdc = parse_qdc(&sample(&name)).unwrap_or_else(|it| panic!("{name}: {it}"));
        assert_eq!(described(&qdc.tree), expected, "{name}");
        let notes: Vec<_> = qdc.notes.iter().map(ToString::to_string).collect();
        let expected: &[&str] = match &*name {
            "atlasti.qdc" => &[
                "the set “Emotions” with 2 members is left out",
                "the set “Part 1 & 2” with 3 members is left out",
                "the set “Empty group” with 0 members is left out",
            ],
            "qualcoder-windows.qdc" => &[
                "the file is not valid UTF-8 and was read as Windows-1252; letters beyond ASCII may be wrong",
            ],
            _ => &[],
        };
        assert_eq!(notes, expected, "{name}");
    }
}

#[test]
fn the_encoding_does_not_matter() {
    let text = String::from_utf8(sample("standard.qdc")).unwrap();
    let expected = parse_qdc(text.as_bytes()).unwrap();
    let utf16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(unit).collect()
    };
    for bytes in [utf16(u16::to_le_bytes), utf16(u16::to_be_bytes), format!("\u{feff}{text}").into_bytes()] {
        assert_eq!(parse_qdc(&bytes).unwrap(), expected);
    }
    assert_eq!(parse_qdc(text.replace('\n', "\r\n").as_bytes()).unwrap(), expected);
}

#[test]
fn a_second_code_with_the_same_guid_gets_none() {
    let qdc = parse_qdc(&sample("bad-duplicate-guid.qdc")).unwrap();
    let names: Vec<_> = qdc.tree.walk().map(|(level, it)| (level, &*it.name, it.guid.is_some())).collect();
    assert_eq!(names, [(0, "First", true), (1, "Child", true), (0, "Second", false)]);
    assert_eq!(qdc.notes, [QdcNote::SameGuid { line: 7, name: "Second".into() }]);
}

#[test]
fn samples_can_be_written_again() {
    let expected: Map<String, Value> = serde_json::from_slice(&sample("expected.json")).unwrap();
    for name in expected.keys() {
        let tree = parse_qdc(&sample(name)).unwrap().tree;
        let file = write_qdc(&tree, "Glossator").unwrap();
        assert_eq!(file.removed, 0, "{name}");
        let again = parse_qdc(file.text.as_bytes()).unwrap().tree;
        assert_eq!(again, CodeTree { origin: Some("Glossator".into()), ..tree }, "{name}");
    }
}

#[test]
fn the_file_is_as_other_programs_expect_it() {
    let code = |guid: u128, name: &str| Code {
        guid: Some(Uuid::from_u128(guid)),
        name: name.into(),
        ..Code::default()
    };
    let inner =
        Code { description: "a\r\n<b> & c ".into(), color: Some([0xc6, 40, 40]), ..code(0xAB, "\"1\"\t2\n") };
    let outer = Code { codable: false, children: vec![inner], ..code(1, "Café") };
    let tree = CodeTree { codes: vec![outer, code(2, "=1")], ..CodeTree::default() };
    let expected = "<?xml version=\"1.0\" encoding=\"utf-8\"?>
<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" origin=\"Glossator 1 &amp; 2\">
  <Codes>
    <Code guid=\"00000000-0000-0000-0000-000000000001\" name=\"Café\" isCodable=\"false\">
      <Code guid=\"00000000-0000-0000-0000-0000000000ab\" name=\"&quot;1&quot;&#9;2&#10;\" isCodable=\"true\" color=\"#c62828\">
        <Description>a&#13;
&lt;b&gt; &amp; c </Description>
      </Code>
    </Code>
    <Code guid=\"00000000-0000-0000-0000-000000000002\" name=\"=1\" isCodable=\"true\"/>
  </Codes>
</CodeBook>
";
    assert_eq!(write_qdc(&tree, "Glossator 1 & 2").unwrap().text, expected);
}

#[test]
fn what_cannot_be_read_again_is_not_written() {
    assert_eq!(write_qdc(&CodeTree::default(), ""), Err(QdcWriteProblem::Empty));
    let nested = |levels: usize| {
        let chain = (0..levels).fold(Vec::new(), |children, _| vec![Code { children, ..Code::default() }]);
        CodeTree { codes: chain, ..CodeTree::default() }
    };
    assert!(write_qdc(&nested(100), "").is_ok());
    assert_eq!(write_qdc(&nested(101), ""), Err(QdcWriteProblem::TooDeep { depth: 101 }));
    let many = CodeTree { codes: vec![Code::default(); 10_001], ..CodeTree::default() };
    assert!(matches!(write_qdc(&many, ""), Err(QdcWriteProblem::Refused(_))));
}

/// The tree that should be read back: with every id that the first code had it, and those that were given.
fn with_ids_of(tree: &CodeTree, other: &CodeTree) -> CodeTree {
    let mut tree = storable_tree(tree);
    let mut given = other.walk().map(|(_, it)| it.guid);
    let mut seen = HashSet::new();
    let mut complete = |guid: &mut Option<Uuid>, given: Option<Uuid>| {
        *guid = guid.filter(|it| seen.insert(*it)).or(given);
    };
    each_code(&mut tree.codes, &mut |code| complete(&mut code.guid, given.next().flatten()));
    for (set, other) in tree.sets.iter_mut().zip(&other.sets) {
        complete(&mut set.guid, other.guid);
    }
    tree
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_codebook_that_was_written_is_read_back(tree in any_tree(), origin in ".{0,9}") {
        let file = write_qdc(&tree, &origin).unwrap();
        let read = parse_qdc(file.text.as_bytes()).unwrap();
        prop_assert_eq!(read.notes.len(), tree.sets.len());
        let ids: Vec<_> = read.tree.walk().map(|(_, it)| it.guid.unwrap()).collect();
        prop_assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
        let expected = CodeTree { origin: Some(storable(&origin)), ..with_ids_of(&tree, &read.tree) };
        prop_assert_eq!(&read.tree, &expected);
        prop_assert_eq!(write_qdc(&read.tree, &storable(&origin)).unwrap().text, file.text);
    }
}
