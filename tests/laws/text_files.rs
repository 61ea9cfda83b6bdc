//! Decoding text files, and extracting the text of web pages.

use glossator::text::{Decoded, Display, LegacyEncoding, NotText, Readable, charset_of_html, decode};
use proptest::prelude::*;

use super::properties::config;

fn text(it: &str) -> Decoded {
    Decoded::Text(it.to_owned())
}

#[test]
fn encodings_are_known_by_their_marks_or_need_a_choice() {
    assert_eq!(decode(b"plain\r\n"), text("plain\r\n"));
    assert_eq!(decode("\u{feff}mark é".as_bytes()), text("mark é"));
    let wide = |it: &str, bytes: fn(u16) -> [u8; 2]| it.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    assert_eq!(decode(&wide("\u{feff}שלום 👩‍🚀", u16::to_le_bytes)), text("שלום 👩‍🚀"));
    assert_eq!(decode(&wide("\u{feff}条约\n", u16::to_be_bytes)), text("条约\n"));
    assert_eq!(decode(b"\xFF\xFEa"), Decoded::Refused(NotText::Damaged));
    assert_eq!(decode(b"caf\xE9 na\xEFve, d\xE9j\xE0 vu"), Decoded::Unsure(LegacyEncoding::Windows1252));
    assert_eq!(
        decode(b"\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0"),
        Decoded::Unsure(LegacyEncoding::Windows1251)
    );
    assert_eq!(decode(b"\xF0\xD2\xC9\xD7\xC5\xD4, \xCD\xC9\xD2"), Decoded::Unsure(LegacyEncoding::Koi8R));
}

#[test]
fn files_that_are_not_texts_are_refused() {
    for (bytes, why) in [
        (&b""[..], NotText::Empty),
        (b"\xEF\xBB\xBF", NotText::Empty),
        (b"%PDF-1.7 ...", NotText::Other("a PDF document")),
        (b"text\0text", NotText::Binary),
        (b"a\x01\x02\x03", NotText::Binary),
        (b"\xE9\x01\x02\x03", NotText::Binary),
    ] {
        assert_eq!(decode(bytes), Decoded::Refused(why), "{bytes:?}");
    }
}

#[test]
fn the_encoding_of_a_web_page_is_read() {
    assert_eq!(charset_of_html(b"<meta charset=\"KOI8-R\">").as_deref(), Some("koi8-r"));
    let old = b"<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=windows-1251'>";
    assert_eq!(charset_of_html(old).as_deref(), Some("windows-1251"));
    assert_eq!(charset_of_html(b"<p>none"), None);
}

/// Reads well-formed markup: `<name style="…">`, `</name>` and words.
fn read(markup: &str) -> String {
    let mut page = Readable::default();
    // The number of open elements inside one that is not read.
    let mut skipped = 0;
    for piece in markup.split('<') {
        let (tag, words) = piece.split_once('>').unwrap_or(("", piece));
        if let Some(name) = tag.strip_prefix('/') {
            if skipped > 0 { skipped -= 1 } else { page.close(name) }
        } else if !tag.is_empty() {
            let (name, style) = tag.split_once(" style=").unwrap_or((tag, ""));
            let entered = skipped == 0 && page.open(name, Display::of_style(style.trim_matches('"')));
            skipped += usize::from(!entered);
        }
        if skipped == 0 {
            page.words(words);
        }
    }
    page.finish()
}

#[test]
fn a_web_page_keeps_its_paragraphs_and_lines() {
    let markup = "<h1>\n A  heading </h1><p>One</p><b> bold</b><script>alert(1)</script><style>p {}</style>\
                  <li>one</li><li>two</li><pre>  x\r\n   y </pre><nav>menu</nav>";
    assert_eq!(read(markup), "A heading\n\nOne\n\nbold\none\ntwo\n\n  x\n   y\n");
}

#[test]
fn the_cells_of_a_row_are_separated_by_tabs() {
    let rows = "<table><tr><th>Year</th><th>Sum</th></tr> <tr><td>1999</td> <td> 5 </td></tr></table>end";
    assert_eq!(read(rows), "Year\tSum\n1999\t5\n\nend\n");
    let empty = "<p>x</p><table><tr><td></td><td>b</td><td></td><td>d</td><td></td></tr></table>";
    assert_eq!(read(empty), "x\n\n\tb\t\td\n");
    let paragraphs = "<tr><td><p>a</p></td><td><p>b</p></td></tr><tr><td><p>c</p></td></tr>";
    assert_eq!(read(paragraphs), "a\tb\n\nc\n");
    // Rows used for layout have cells with several lines or other tables.
    let columns = "<tr><td>menu</td><td>text</td><td><p>one</p><p>two</p></td></tr>";
    assert_eq!(read(columns), "menu\ntext\none\n\ntwo\n");
    let nested = "<tr><td>menu</td><td><table><tr><td>a</td><td>b</td></tr></table></td><td>c</td></tr>";
    assert_eq!(read(nested), "menu\n\na\tb\nc\n");
    assert_eq!(read("<td>a</td><td>b</td>"), "a\nb\n", "cells without a row");
}

#[test]
fn invisible_parts_of_a_web_page_are_not_read() {
    let markup = "<p style=\"color: red; DISPLAY : none !important; display: block\">no</p>\
                  <p style=\"display:none;display:block\">one</p>\
                  <div style=\"visibility: hidden\">no<b style=\"visibility: visible\">two<i>three</i></b>no</div>\
                  <b style=\"visibility:collapse\">no</b><b>four</b><b style=\"display: nonesuch; visibility\">five</b>\
                  <details>six</details><dialog>seven</dialog>";
    assert_eq!(read(markup), "one\n\ntwothree\nfourfive\n\nsix\n\nseven\n");
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn every_text_is_decoded_unchanged(it in "[^\\x00-\\x08\\x0b\\x0e-\\x1f\u{feff}]{1,80}") {
        // Texts that begin like another kind of file are taken for that kind.
        prop_assume!(!it.starts_with("%PDF-") && !it.starts_with("PK") && !it.starts_with("{\\rtf") && !it.starts_with("GIF8") && !it.starts_with("%!PS"));
        prop_assert_eq!(decode(it.as_bytes()), text(&it));
        let wide: Vec<u8> = "\u{feff}".encode_utf16().chain(it.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        prop_assert_eq!(decode(&wide), text(&it));
    }

    #[test]
    fn any_bytes_can_be_decoded(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        decode(&bytes);
        charset_of_html(&bytes);
    }
}
