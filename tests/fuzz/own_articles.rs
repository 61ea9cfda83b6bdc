//! Laws for the readers of own articles and of the state of a tab.

use glossator::{
    annotation::Timestamp,
    interchange::{parse_stored_article, write_stored_article},
    storage::{KeyValueStore, LocalCopy, SavedTabState, TabItem, TabName, TabState},
    text::{Decoded, Display, Readable, Text, charset_of_html, decode},
};
use proptest::{prelude::*, test_runner::TestCaseError};

use crate::laws::{MemoryItems, Outcome, context, is_readable};

/// A stored article that can be read is written back unchanged.
pub(crate) fn article(bytes: &[u8]) -> Outcome {
    match parse_stored_article(&String::from_utf8_lossy(bytes)) {
        Ok(record) => {
            prop_assert_eq!(parse_stored_article(&write_stored_article(&record)), Ok(record));
            Ok(())
        }
        Err(problem) => is_readable(&problem.to_string()),
    }
}

/// No article in the local copy is loaded without exactly the text that its hash names, and loading changes nothing.
pub(crate) fn articles(bytes: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let memory = MemoryItems::default();
    let named = parse_stored_article(&text).map(|it| (it.id.to_string(), it.sha256().cloned()));
    let sha256 = Text::new(&text).sha256().to_string();
    let (id, wanted) = named.unwrap_or_default();
    {
        let mut kept = memory.0.borrow_mut();
        for id in [id.as_str(), "text-01930000-0000-7000-8000-000000000001", &text] {
            kept.insert(format!("glossator:article:{id}"), text.clone());
        }
        // The text under its own hash, and under the hash that the article names.
        kept.insert(format!("glossator:text:{sha256}"), text.clone());
        kept.insert(format!("glossator:text:{}", wanted.as_deref().unwrap_or("0a")), text.clone());
    }
    let before = memory.0.borrow().clone();
    let store = LocalCopy::new(memory.clone(), context());
    for (record, text) in store.load_articles() {
        let same = text.as_ref().map(|it| it.sha256()) == record.sha256();
        prop_assert!(same, "{:?} has another text", record.id);
    }
    let there = store.text(&sha256);
    prop_assert_eq!(there.as_ref().map(|it| it.as_str()), Some(text.as_str()));
    prop_assert_eq!(&*memory.0.borrow(), &before);
    Ok(())
}

/// A decoded text has exactly the characters of its bytes, and bytes that are ambiguous are not decoded.
pub(crate) fn bytes(bytes: &[u8]) -> Outcome {
    let said = charset_of_html(bytes);
    prop_assert!(
        said.is_none_or(|it| it.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_:.".contains(&it)))
    );
    match decode(bytes) {
        Decoded::Text(text) => {
            prop_assert!(!text.is_empty() && !text.contains('\0'));
            let wide = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
            let same = match bytes {
                [0xFF, 0xFE, rest @ ..] => rest == wide(u16::to_le_bytes),
                [0xFE, 0xFF, rest @ ..] => rest == wide(u16::to_be_bytes),
                [0xEF, 0xBB, 0xBF, rest @ ..] | rest => rest == text.as_bytes(),
            };
            prop_assert!(same, "the text differs from the bytes: {text:?}");
        }
        Decoded::Unsure(_) => prop_assert!(str::from_utf8(bytes).is_err()),
        Decoded::Refused(why) => is_readable(&format!("Not taken: {why}"))?,
    }
    Ok(())
}

/// Whatever elements a web page has, and in whatever order they open and close, its words keep their order.
pub(crate) fn page(bytes: &[u8]) -> Outcome {
    let markup = String::from_utf8_lossy(bytes);
    let mut readable = Readable::default();
    let (mut words, mut skipped) = (String::new(), 0);
    for (place, piece) in markup.split('"').enumerate() {
        // The pieces between quotation marks serve as names of elements, some of them known, and as words.
        match place % 4 {
            0 => skipped += usize::from(!readable.open(piece, Display::default())),
            2 => readable.close(piece),
            _ => {
                readable.words(piece);
                words.push_str(piece);
            }
        }
    }
    for name in ["pre", "p", "li", "pre", "script"] {
        skipped += usize::from(!readable.open(name, Display::default()));
        readable.words(&markup);
        readable.close(name);
        words.push_str(&markup);
    }
    Display::of_style(&markup);
    prop_assert!(skipped > 0, "a script is skipped");
    let text = readable.finish();
    let letters = |it: &str| it.chars().filter(|it| !it.is_whitespace() && *it != '\0').collect::<String>();
    prop_assert_eq!(letters(&text), letters(&words));
    prop_assert!(!text.contains('\0') && !text.contains('\r'));
    Ok(())
}

/// Whatever a closed tab left is adopted or ignored, and what this tab kept since stays unchanged.
pub(crate) fn closed_tab(bytes: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let few: String = text.chars().take(30).collect();
    let memory = MemoryItems::default();
    for key in ["glossator:used", "glossator:tab", "glossator:draft", "glossator:history:3", &few] {
        memory.0.borrow_mut().insert(key.to_owned(), text.clone());
    }
    memory.0.borrow_mut().insert(format!("glossator:history:{few}"), text.clone());
    let mut tab_state = TabState::open(memory.clone());
    prop_assert!(tab_state.earlier_name().is_none_or(|it| it.len() <= 36 && !it.contains(':')));
    let fails = |failure| TestCaseError::fail(format!("{failure}"));
    tab_state.set(TabItem::Step(7), Some("seven".to_owned()), Timestamp(1)).map_err(fails)?;
    tab_state.set_name(TabName::Named("a".to_owned()));
    let keys = [
        format!("glossator:history:a:{few}"),
        "glossator:history:a:7".to_owned(),
        "glossator:draft:a".to_owned(),
        few,
    ];
    let items: Vec<(String, String)> = keys.map(|key| (key, text.clone())).into();
    let news = tab_state.reconcile(SavedTabState { used: Timestamp(u64::MAX), items }, Timestamp(2));
    prop_assert!(news.iter().all(|(item, _)| *item != TabItem::Step(7)), "step 7 was kept since");
    prop_assert_eq!(memory.get("glossator:history:7"), Ok(Some("seven".to_owned())));
    let writes = tab_state.batch(99);
    prop_assert!(!writes.is_empty());
    tab_state.arrived();
    prop_assert!(tab_state.is_settled());
    Ok(())
}
