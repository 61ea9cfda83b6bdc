//! Codebooks in CSV: tables of other programs are read, and what is written is read back.

use glossator::interchange::{Code, CodeTree, parse_codebook_csv, parse_qdc, write_codebook_csv};
use proptest::prelude::*;

use super::{
    any_tree::{any_tree, each_code, storable_tree},
    sample, sample_names,
};
use crate::properties::config;

/// A line for each code, with two spaces for each level.
fn outline(text: &str) -> String {
    let csv = parse_codebook_csv(text.as_bytes()).unwrap();
    assert_eq!(csv.notes, [], "{text}");
    let line = |(level, code): (usize, &Code)| format!("{}{}\n", "  ".repeat(level), code.name);
    csv.tree.walk().map(line).collect()
}

/// A tree as CSV can contain it.
fn reduced(tree: &CodeTree) -> CodeTree {
    let mut tree = CodeTree { origin: None, sets: Vec::new(), ..storable_tree(tree) };
    each_code(&mut tree.codes, &mut |code| {
        (code.guid, code.codable) = (None, true);
        if code.name.trim().is_empty() {
            code.name = "Unnamed".into();
        }
    });
    tree
}

#[test]
fn tables_of_spreadsheets_are_read() {
    let expected = "A\n  B\n    C\nD\n";
    for table in [
        "name,parent\nA,\nB,A\nC,A > B\nD,\n",
        "\u{feff}Parent;NAME\r\n;A\r\nA;B\r\nB;C\r\n;D",
        "\n\"name\"\t\" Parent \"\rA\t\r\rB\tA\rC\ta>b\rD\t",
        "colour,category,code\n,,A\n,A > B,C\n,,D\n,A,B\n",
        "path\nA\nA > B\nA > B > C\nD\n",
        "tag,description\nA > B > C,\nD,\n",
    ] {
        assert_eq!(outline(table), expected, "{table}");
    }
}

#[test]
fn fields_are_read_by_the_rules_of_csv() {
    let table = "name,definition,color\r\n\"a, \"\"b\"\"\",\"1\r\n2\",#C62828\r\nc \"d\",' e,\"rgb(1, 2, 3)\"\r\n'=f,'-1,fb0\r\n";
    let codes = parse_codebook_csv(table.as_bytes()).unwrap().tree.codes;
    let fields: Vec<_> = codes.iter().map(|it| (&*it.name, &*it.description, it.color.unwrap())).collect();
    assert_eq!(
        fields,
        [
            ("a, \"b\"", "1\r\n2", [0xc6, 40, 40]),
            ("c \"d\"", "' e", [1, 2, 3]),
            ("=f", "-1", [0xff, 0xbb, 0]),
        ]
    );
}

#[test]
fn a_path_with_parts_of_its_own_makes_headings() {
    let codes = parse_codebook_csv(b"path\nA > B\nA > C\n").unwrap().tree.codes;
    assert_eq!((codes.len(), codes[0].codable, codes[0].children.len()), (1, false, 2));
    assert!(codes[0].children.iter().all(|it| it.codable));
}

#[test]
fn the_file_is_as_spreadsheets_expect_it() {
    let code = |name: &str, children| Code { name: name.into(), children, ..Code::default() };
    let mut tree = CodeTree {
        codes: vec![code("A", vec![code("=1+1", vec![code("c", vec![])])])],
        ..CodeTree::default()
    };
    tree.codes[0].description = "one, \"two\"\n".into();
    tree.codes[0].color = Some([1, 2, 255]);
    let expected = "\u{feff}name,parent,definition,colour\r\nA,,\"one, \"\"two\"\"\n\",#0102ff\r\n'=1+1,A,,\r\nc,A > =1+1,,\r\n";
    assert_eq!(write_codebook_csv(&tree).unwrap().text, expected);
}

#[test]
fn no_field_is_run_by_a_spreadsheet_and_each_is_read_back() {
    for name in
        ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n1", " =1", "'=1", "''=1", "' @a", "'a", "'", "＝1", "-"]
    {
        let code = Code { name: name.into(), description: name.into(), ..Code::default() };
        let tree =
            CodeTree { codes: vec![Code { children: vec![code.clone()], ..code }], ..CodeTree::default() };
        let text = write_codebook_csv(&tree).unwrap().text;
        assert!(!text.contains(&format!("\n{name},")) || ["'a", "'"].contains(&name), "{text}");
        assert_eq!(parse_codebook_csv(text.as_bytes()).unwrap().tree, tree, "{text}");
    }
}

#[test]
fn samples_of_the_other_format_can_be_written() {
    for name in sample_names() {
        let Ok(qdc) = parse_qdc(&sample(&name)) else { continue };
        let text = write_codebook_csv(&qdc.tree).unwrap().text;
        let read = parse_codebook_csv(text.as_bytes()).unwrap();
        assert_eq!((read.tree, read.notes), (reduced(&qdc.tree), vec![]), "{name}");
    }
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_codebook_that_was_written_is_read_back(tree in any_tree()) {
        let file = write_codebook_csv(&tree).unwrap();
        let read = parse_codebook_csv(file.text.as_bytes()).unwrap();
        prop_assert_eq!(&read.tree, &reduced(&tree));
        prop_assert_eq!(write_codebook_csv(&read.tree).unwrap().text, file.text);
    }
}
