//! REFI-QDA codebooks that are refused or damaged: each problem says where it is, what was expected and what was found.

use std::time::{Duration, Instant};

use glossator::interchange::{QdcProblem, XmlExpected, parse_qdc};
use proptest::{collection::vec, prelude::*, sample::Index};

use super::{joined, sample, sample_names};
use crate::properties::config;

const HEAD: &str = "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\">\n<Codes>\n";
const TAIL: &str = "\n</Codes>\n</CodeBook>";

#[track_caller]
fn assert_refused(bytes: &[u8], message: &str) {
    assert_eq!(parse_qdc(bytes).unwrap_err().to_string(), message);
}

#[test]
fn bad_samples_are_refused() {
    let refused = [
        (
            "bad-broken.qdc",
            "the file is not a codebook in XML, or damaged: line 5, column 63: expected “&amp;” for “&”, or “&lt;”, \
             “&gt;”, “&quot;”, “&apos;” or the number of a character, found “&”",
        ),
        ("bad-deep.qdc", "line 104: the code “Level 101” is more than 100 levels deep, the limit"),
        (
            "bad-entity-bomb.qdc",
            "the file is not a codebook in XML, or damaged: line 2, column 1: expected an element, as document types are \
             not read, found “<!DOCTYPE”",
        ),
        (
            "bad-external-entity.qdc",
            "the file is not a codebook in XML, or damaged: line 2, column 1: expected an element, as document types are \
             not read, found “<!DOCTYPE”",
        ),
        (
            "bad-namespace.qdc",
            "the file is XML, but not a REFI-QDA codebook: expected the element “CodeBook” of a namespace \
             “urn:QDA-XML:codebook:…”, found “CodeBook” of “http://www.example.org/bookkeeping”",
        ),
    ];
    for (name, message) in refused {
        assert_eq!(parse_qdc(&sample(name)).unwrap_err().to_string(), message, "{name}");
    }
}

#[test]
fn files_of_other_types_are_refused() {
    assert_refused(b"", "the file cannot be read: it is empty");
    assert_refused(
        b"PK\x03\x04",
        "the file cannot be read: it is a compressed file, such as a Word document, not plain text: save it as plain text, or \
         copy and paste its text",
    );
    let large = vec![b' '; 8_000_001];
    assert_refused(&large, "the file is 8.1 MB large; the limit for a codebook is 8 MB");
}

/// What is expected at the line and column in the codes of an otherwise good file.
fn expected(codes: &str) -> (usize, usize, XmlExpected) {
    // So long that one control character does not make it a file of another type.
    let padding = " ".repeat(1_000);
    match parse_qdc(format!("{HEAD}{codes}{TAIL}{padding}").as_bytes()) {
        Err(QdcProblem::Xml(it)) => (it.line - 2, it.column, it.expected),
        other => panic!("{codes}: {other:?}"),
    }
}

#[test]
fn what_is_not_well_formed_is_refused_at_its_place() {
    use XmlExpected as X;
    let many = joined((0..65).map(|it| format!(" a{it}=''")));
    let cases = [
        ("<Code name=x/>", 12, X::Value),
        ("<Code name/>", 11, X::Equals),
        ("<Code name='x'guid=''/>", 15, X::TagEnd),
        ("é<Code 1='x'/>", 8, X::Name),
        ("< Code/>", 2, X::Name),
        ("<Code name='a<b'/>", 14, X::NoMarkup),
        ("<Code name='a' name='b'/>", 16, X::OtherAttribute),
        ("<Code></Codes>", 7, X::Close("Code".into())),
        ("<Code></Code x>", 14, X::EndTagEnd),
        ("<Code>&nbsp;</Code>", 7, X::Reference),
        ("<Code>\t&#0;</Code>", 8, X::Reference),
        ("<Code>&#+65;</Code>", 7, X::Reference),
        ("<Code>&#x110000;</Code>", 7, X::Reference),
        ("<Code>a ]]> b</Code>", 9, X::NoCdataEnd),
        ("<Code>\u{1}</Code>", 7, X::Character),
        ("<Code name='\u{fffe}'/>", 13, X::Character),
        ("<!-- a -- b -->", 10, X::CommentEnd),
        ("<?xml version='1.0'?>", 1, X::Declaration),
        ("<?a!?>", 4, X::InstructionEnd),
        ("<q:Code/>", 2, X::Prefix),
        ("<!ELEMENT a>", 1, X::NoDoctype),
        (
            &*format!("<Code{many}/>"),
            1 + "<Code".len() + many.len() - " a64=''".len() + 1,
            X::FewerAttributes,
        ),
    ];
    for (codes, column, kind) in cases {
        assert_eq!(expected(codes), (1, column, kind.clone()), "{codes}");
        assert_eq!(expected(&format!("\r\n\r\n{codes}")), (3, column, kind), "{codes}");
    }
}

#[test]
fn what_is_around_the_codebook_is_refused() {
    let message = |text: &str| parse_qdc(text.as_bytes()).unwrap_err().to_string();
    let says = |text: &str, words: &str| assert!(message(text).contains(words), "{text}: {}", message(text));
    says(" \n", "line 2, column 1: expected an element, found the end of the file");
    says("name,parent\n", "line 1, column 1: expected an element, found “name,parent”");
    says(
        "<CodeBook/><b/>",
        "line 1, column 12: expected the end of the file, because its first element has ended, found “<b/”",
    );
    says("<CodeBook/>\n]]", "line 2, column 1: expected the end of the file");
    says("<CodeBook/></CodeBook>", "line 1, column 12: expected the end of the file");
    says(
        "<CodeBook>\n<Codes",
        "line 2, column 7: expected white space, “>” or “/>”, found the end of the file",
    );
    says("<CodeBook>", "line 1, column 11: expected “</CodeBook>”, found the end of the file");
    says("<CodeBook a='", "line 1, column 14: expected the quotation mark that ends the value");
    says(" <?xml version='1.0'?><CodeBook/>", "line 1, column 2: expected “<?xml” only at the beginning");
    says("<codebook/>", "found “codebook” of no namespace");
}

#[test]
fn what_is_left_out_is_listed() {
    let codes = "<Code name='a' guid='no' color='red'>x<Note><Code/>y</Note><Note/></Code>
        <Code name='b' guid='6f0a1f5c0c434a539d7e2b7c1c1f0a01'><Description>1</Description><Description>2</Description>
        </Code><o:Code xmlns:o='other'/><Code name='c'/>";
    let qdc = parse_qdc(format!("{HEAD}{codes}{TAIL}").as_bytes()).unwrap();
    let notes: Vec<_> = qdc.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "line 3: the GUID of the code “a” should be 32 hexadecimal digits in five groups, found “no”",
            "line 3: the colour of the code “a” should be like #c62828, found “red”",
            "line 4: the GUID of the code “b” should be 32 hexadecimal digits in five groups, found \
             “6f0a1f5c0c434a539d7e2b7c1c1f0a01”",
            "line 5: the code “c” has no GUID",
            "line 3: the element “Note” is left out here, and 1 more",
            "line 5: the element “Code” is left out here",
            "line 3: text outside of descriptions is left out",
        ]
    );
    assert_eq!(qdc.tree.codes[1].description, "1\n2");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "unlike the page, its tests run natively and have a clock")]
fn hostile_files_are_refused_or_read_quickly() {
    let began = Instant::now();
    let deep = format!("{HEAD}{}", "<Code name=''>".repeat(100_000));
    assert!(matches!(parse_qdc(deep.as_bytes()), Err(QdcProblem::TooDeep { line: 3, .. })));
    let unknown = format!("{HEAD}{}", "<a>".repeat(100_000));
    let refused = parse_qdc(unknown.as_bytes());
    assert!(
        matches!(&refused, Err(QdcProblem::Xml(it)) if it.expected == XmlExpected::FewerLevels),
        "{refused:?}"
    );
    let many = format!("{HEAD}{}{TAIL}", "<Code/>\n".repeat(10_001));
    assert_eq!(parse_qdc(many.as_bytes()), Err(QdcProblem::TooMany { line: 10_003 }));
    let namespaces = joined((0..60).map(|it| format!(" xmlns:n{it}='x'")));
    let elements = joined((0..60_000).map(|it| format!("<a{it}/>")));
    let wide =
        format!("<CodeBook{namespaces}><Codes>{}{elements}</Codes></CodeBook>", "<Code/>".repeat(10_000));
    assert_eq!(parse_qdc(wide.as_bytes()).unwrap().notes.len(), 10_000 + 21);
    let apart = format!("<CodeBook{}", " xmlns:n='x'><CodeBook".repeat(100));
    assert!(parse_qdc(apart.as_bytes()).is_err());
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn any_bytes_do_no_harm(bytes in vec(any::<u8>(), 0..200)) {
        _ = parse_qdc(&bytes);
    }

    #[test]
    fn any_markup_does_no_harm(parts in vec(prop::sample::select(vec![
        "<", ">", "/>", "</", "=", "\"", "'", "&", ";", "#", "x41", " ", "\r", "\n", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>",
        "Code", "Codes", "Description", "name", "xmlns", ":", "é", "\u{1}", "&amp;", "<Code>", "</Code>",
    ]), 0..40)) {
        if let Err(problem) = parse_qdc(format!("{HEAD}{}", parts.concat()).as_bytes()) {
            prop_assert!(problem.to_string().len() > 10);
        }
    }

    #[test]
    fn damaged_samples_do_no_harm(
        which in any::<Index>(),
        changes in vec((any::<Index>(), any::<u8>()), 0..4),
        length in any::<Index>(),
    ) {
        let names = sample_names();
        let mut bytes = sample(&names[which.index(names.len())]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(length.index(bytes.len() + 1).max(1));
        if let Err(problem) = parse_qdc(&bytes) {
            prop_assert!(problem.to_string().len() > 10);
        }
    }
}
