//! Decoding text files, and extracting the text of web pages.

use glossator::text::{Decoded, Legacy, NoText, Readable, charset_of_html, decode};
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
    assert_eq!(decode(b"\xFF\xFEa"), Decoded::Refused(NoText::Damaged));
    assert_eq!(decode(b"caf\xE9 na\xEFve, d\xE9j\xE0 vu"), Decoded::Unsure(Legacy::Windows1252));
    assert_eq!(decode(b"\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0"), Decoded::Unsure(Legacy::Windows1251));
    assert_eq!(decode(b"\xF0\xD2\xC9\xD7\xC5\xD4, \xCD\xC9\xD2"), Decoded::Unsure(Legacy::Koi8R));
}

#[test]
fn files_that_are_not_texts_are_refused() {
    for (bytes, why) in [
        (&b""[..], NoText::Empty),
        (b"\xEF\xBB\xBF", NoText::Empty),
        (b"%PDF-1.7 ...", NoText::Other("a PDF document")),
        (b"text\0text", NoText::Binary),
        (b"a\x01\x02\x03", NoText::Binary),
        (b"\xE9\x01\x02\x03", NoText::Binary),
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

#[test]
fn a_web_page_keeps_its_paragraphs_lines_and_cells() {
    let mut page = Readable::default();
    let mut within = |name: &str, words: &str| {
        if page.open(name) {
            page.words(words);
            page.close(name);
        }
    };
    within("h1", "\n A  heading ");
    within("p", "One");
    within("b", " bold");
    within("script", "alert(1)");
    within("style", "p {}");
    within("li", "one");
    within("li", "two");
    within("td", "a");
    within("td", "b");
    within("pre", "  x\r\n   y ");
    within("nav", "menu");
    assert_eq!(page.finish(), "A heading\n\nOne\n\nbold\none\ntwo\na\nb\n\n  x\n   y\n");
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
