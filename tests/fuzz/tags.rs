//! Laws for the readers of tags.

use glossator::{
    interchange::{StoredProblem, parse_stored_tag, write_stored_tag},
    storage::LocalCopy,
};
use proptest::prelude::*;

use crate::laws::{MemoryItems, Outcome, context, is_readable};

/// A stored tag that can be read is written back unchanged.
pub(crate) fn tag(bytes: &[u8]) -> Outcome {
    match parse_stored_tag(&String::from_utf8_lossy(bytes)) {
        Ok(record) => {
            prop_assert_eq!(parse_stored_tag(&write_stored_tag(&record)), Ok(record));
            Ok(())
        }
        Err(problem) => is_readable(&problem.to_string()),
    }
}

/// Each tag in the local copy is loaded, left as unrecognized, or set aside byte for byte, and a valid one is never lost.
pub(crate) fn tags(bytes: &[u8]) -> Outcome {
    const VALID: &str = r#"{"v":1,"id":"valid","name":"Valid","definition":"","hue":"blue","line":"solid","place":0,
        "modified":"2026-11-21T19:00:00Z","version":{"counter":1,"replica":"0000000000000001"}}"#;
    let text = String::from_utf8_lossy(bytes).into_owned();
    let named = parse_stored_tag(&text).map(|it| it.id.as_str().to_owned());
    let keys = [named.clone().unwrap_or_default(), "other".to_owned(), text.chars().take(40).collect()];
    let memory = MemoryItems::default();
    for key in &keys {
        memory.0.borrow_mut().insert(format!("glossator:tag:{key}"), text.clone());
    }
    memory.0.borrow_mut().insert("glossator:tag:valid".to_owned(), VALID.to_owned());
    let loaded = LocalCopy::new(memory.clone(), context()).load_tags();
    prop_assert_eq!(&loaded.failure, &None);
    prop_assert!(loaded.tags.iter().any(|it| it.id.as_str() == "valid"), "a valid tag is lost");
    let newer = matches!(parse_stored_tag(&text), Err(StoredProblem::Unrecognized(_)));
    for key in keys.iter().filter(|it| *it != "valid") {
        let key = format!("glossator:tag:{key}");
        let there = memory.0.borrow().get(&key) == Some(&text);
        let is_tag = loaded.tags.iter().any(|it| key.ends_with(it.id.as_str()));
        let aside = loaded
            .set_aside
            .iter()
            .any(|it| it.value == text && memory.0.borrow().get(&it.key) == Some(&text));
        prop_assert!(if there { is_tag || newer } else { aside }, "the item under {key} is lost");
    }
    Ok(())
}
