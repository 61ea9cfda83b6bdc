//! Our reader of XML finds the same as another one.

use glossator::interchange::{CodebookText, XmlEvent, XmlReader, write_qdc};
use proptest::{collection::vec, prelude::*};
use quick_xml::{XmlVersion, escape::resolve_xml_entity, events::Event, reader::NsReader};

use super::{any_tree::any_tree, joined, sample, sample_names};
use crate::properties::config;

/// The bad samples that are bad only as codebooks.
const GOOD_XML: [&str; 2] = ["bad-duplicate-guid.qdc", "bad-namespace.qdc"];

/// An event in a form that both readers have. Texts that follow each other are joined.
#[derive(Debug, PartialEq, Eq)]
enum Common {
    Start(String, String, Vec<(String, String)>),
    End,
    Text(String),
}

fn push_text(events: &mut Vec<Common>, more: &str) {
    match events.last_mut() {
        Some(Common::Text(text)) => text.push_str(more),
        _ if more.is_empty() => {}
        _ => events.push(Common::Text(more.to_owned())),
    }
}

fn ours(text: &str) -> Option<Vec<Common>> {
    let (mut reader, mut events) = (XmlReader::new(text), Vec::new());
    while let Some(event) = reader.read().ok()? {
        match event {
            XmlEvent::Start(it) => {
                let attributes =
                    it.attributes.iter().map(|(name, value)| ((*name).to_owned(), value.to_string()));
                let namespace = it.namespace.to_string();
                events.push(Common::Start(it.name.to_owned(), namespace, attributes.collect()));
            }
            XmlEvent::End => events.push(Common::End),
            XmlEvent::Text(it) => push_text(&mut events, &it),
        }
    }
    Some(events)
}

/// What quick-xml finds, without what is outside the first element.
fn theirs(text: &str) -> Option<Vec<Common>> {
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let (mut events, mut depth) = (Vec::new(), 0_usize);
    loop {
        match reader.read_event().ok()? {
            Event::Start(it) => {
                depth += 1;
                let (namespace, name) = reader.resolver().resolve_element(it.name());
                let namespace = match namespace {
                    quick_xml::name::ResolveResult::Bound(it) => String::from_utf8(it.0.to_vec()).ok()?,
                    quick_xml::name::ResolveResult::Unbound => String::new(),
                    quick_xml::name::ResolveResult::Unknown(_) => return None,
                };
                let mut attributes = Vec::new();
                for attribute in it.attributes() {
                    let attribute = attribute.ok()?;
                    let value =
                        attribute.decoded_and_normalized_value(XmlVersion::Implicit1_0, reader.decoder());
                    let key = String::from_utf8(attribute.key.as_ref().to_vec()).ok()?;
                    attributes.push((key, value.ok()?.into_owned()));
                }
                events.push(Common::Start(
                    String::from_utf8(name.as_ref().to_vec()).ok()?,
                    namespace,
                    attributes,
                ));
            }
            Event::End(_) => {
                depth -= 1;
                events.push(Common::End);
            }
            Event::DocType(_) => return None,
            Event::Eof => return (depth == 0).then_some(events),
            _ if depth == 0 => {}
            Event::Text(it) => push_text(&mut events, &it.xml10_content().ok()?),
            Event::CData(it) => push_text(&mut events, &it.xml10_content().ok()?),
            Event::GeneralRef(it) => match it.resolve_char_ref().ok()? {
                Some(c) => push_text(&mut events, c.encode_utf8(&mut [0; 4])),
                None => push_text(&mut events, resolve_xml_entity(&it.decode().ok()?)?),
            },
            _ => {}
        }
    }
}

#[test]
fn both_find_the_same_in_the_samples() {
    for name in sample_names() {
        let text = CodebookText::decode(&sample(&name)).unwrap().text;
        let ours = ours(&text);
        let is_xml = !name.starts_with("bad-") || GOOD_XML.contains(&&*name);
        assert_eq!(ours.is_some(), is_xml, "{name}");
        if ours.is_some() {
            assert_eq!(ours, theirs(&text), "{name}");
        }
    }
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn both_find_the_same_in_what_we_write(tree in any_tree()) {
        let text = write_qdc(&tree, "a").unwrap().text;
        let ours = ours(&text);
        prop_assert!(ours.is_some());
        prop_assert_eq!(ours, theirs(&text));
    }

    #[test]
    fn what_we_accept_the_other_finds_too(parts in vec(prop::sample::select(vec![
        "<a>", "</a>", "<b x='1' y=\"&amp;&#xA;\r\n\t\">", "</b>", "<c/>", "<p:d xmlns:p='n' p:z=''/>", "<e xmlns='m'>", "</e>", "&lt;",
        "&#13;", "\r\n", "\r", "t", " ", "<![CDATA[<&]]>", "<!-- - -->", "<?i x?>", ">", "\"", "'",
    ]), 0..30)) {
        let text = format!("<r>{}</r>", parts.concat());
        if let Some(ours) = ours(&text) {
            prop_assert_eq!(Some(ours), theirs(&text));
        }
    }

    /// Elements and texts that are well-formed however they are chosen.
    #[test]
    fn both_find_the_same_in_any_document(names in vec(("[a-z]{1,3}", "[ a-zé\r\n\t]{0,5}"), 1..20)) {
        let open = joined(names.iter().map(|(name, text)| format!("<{name} v='{text}'>{text}")));
        let close = joined(names.iter().rev().map(|(name, text)| format!("{text}</{name}>")));
        let text = format!("{open}{close}");
        let ours = ours(text.trim_end());
        prop_assert!(ours.is_some());
        prop_assert_eq!(ours, theirs(text.trim_end()));
    }
}
