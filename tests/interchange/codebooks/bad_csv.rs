//! Bad tables: each problem says where it is, what was expected and what was found.

use glossator::interchange::{CsvProblem, parse_codebook_csv, write_codebook_csv};
use proptest::{collection::vec, prelude::*};

use super::joined;
use crate::properties::config;

#[track_caller]
fn assert_refused(text: &str, message: &str) {
    assert_eq!(parse_codebook_csv(text.as_bytes()).unwrap_err().to_string(), message, "{text}");
}

#[test]
fn tables_that_are_no_codebook_are_refused() {
    assert_refused("", "the file cannot be read: it is empty");
    assert_refused("\n\n", "the first row should name the columns, one of them “name”; found no rows");
    assert_refused("a,b\n1,2", "the first row should name the columns, one of them “name”; found “a”, “b”");
    assert_refused(
        "name,parent\nA,\n\"B,A\n",
        "row 3, column 1: expected “\"” at the end of the field, found the end of the file",
    );
    assert_refused(
        "name;parent\nA;\"B\"C\n",
        "row 2, column 2: expected “;” or the end of the row behind a field in quotation marks, found “C”",
    );
}

#[test]
fn what_is_not_taken_over_is_listed() {
    let table = "name,key,parent,colour,name\n,1,,,\nA,2,nobody,red,\nB,3,B,,\nC,4,D,,\nD,5,C,,,,more\nE,,,,\nF,,E,,\nF,,C,,\nG,,F,,\n";
    let csv = parse_codebook_csv(table.as_bytes()).unwrap();
    let notes: Vec<_> = csv.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "row 1, column 2: the column “key” is left out",
            "row 1, column 5: the column “name” is left out",
            "row 2, column 1: the code has no name",
            "row 3, column 4: the colour should be like #c62828, found “red”",
            "row 6, column 7: expected 5 fields as in the first row, found “more”; a field with a separator needs quotation \
             marks",
            "row 3, column 3: expected the name or the path of another code as the parent, found “nobody”; the code is at the \
             top",
            "row 10, column 3: expected the path of the parent, because several codes are called “F”; the code is at the top",
            "row 4, column 3: expected a parent that is not below the code itself, found “B”; the code is at the top",
            "row 6, column 3: expected a parent that is not below the code itself, found “C”; the code is at the top",
        ]
    );
    let names: Vec<_> = csv.tree.walk().map(|(level, it)| (level, &*it.name)).collect();
    let expected = [(0, ""), (0, "A"), (0, "B"), (0, "D"), (1, "C"), (2, "F"), (0, "E"), (1, "F"), (0, "G")];
    assert_eq!(names, expected);
}

#[test]
fn limits_are_kept() {
    let deep = joined((1..=101).map(|it| format!("{it},{}\n", it - 1)));
    assert_eq!(
        parse_codebook_csv(format!("name,parent\n0,\n{deep}").as_bytes()),
        Err(CsvProblem::TooDeep { row: 102 })
    );
    let path = vec!["a"; 100_000].join(" > ");
    assert_eq!(parse_codebook_csv(format!("name\n{path}\n").as_bytes()), Err(CsvProblem::TooDeep { row: 2 }));
    let many = format!("name\n{}", "a\n".repeat(10_001));
    assert_eq!(parse_codebook_csv(many.as_bytes()), Err(CsvProblem::TooMany { row: 10_002 }));
    let backwards = joined((1..=9_999).rev().map(|it| format!("{it},{}\n", it / 2)));
    let csv = parse_codebook_csv(format!("name,parent\n{backwards}0,\n").as_bytes()).unwrap();
    assert_eq!((csv.tree.walk().count(), csv.tree.depth()), (10_000, 15));
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn any_table_does_no_harm(parts in vec(prop::sample::select(vec![
        ",", ";", "\t", "\"", "\r", "\n", "A", "B", " > ", ">", "'", "=", "#fff", "name", "parent", "\u{1}", "é", " ",
    ]), 0..60), head in prop::sample::select(vec!["", "name,parent,colour\n", "path;definition\r\n", "name\tparent\n"])) {
        match parse_codebook_csv(format!("{head}{}", parts.concat()).as_bytes()) {
            Ok(csv) => {
                let text = write_codebook_csv(&csv.tree).unwrap().text;
                prop_assert_eq!(parse_codebook_csv(text.as_bytes()).unwrap().notes, []);
            }
            Err(problem) => prop_assert!(problem.to_string().len() > 10),
        }
    }

    #[test]
    fn any_bytes_do_no_harm(bytes in vec(any::<u8>(), 0..200)) {
        _ = parse_codebook_csv(&bytes);
        _ = parse_codebook_csv(&[b"name,parent\n", &*bytes].concat());
    }
}
