//! The keys under which the browser stores each kind of item. Backups use the same keys.

use crate::annotation::AnyId;

/// Prefix of an annotation's key; its id follows.
pub const ANNOTATION_KEY: &str = "glossator:annotation:";

/// Prefix of the key of a pack, which holds many annotations under one key.
pub const PACK_KEY: &str = "glossator:pack:";

/// Prefix of a tag's key; its id follows.
pub const TAG_KEY: &str = "glossator:tag:";

/// Prefix of an own article's key; its id follows.
pub const ARTICLE_KEY: &str = "glossator:article:";

/// Prefix of the key of an own article's text, which is stored verbatim; its SHA-256 follows.
pub const TEXT_KEY: &str = "glossator:text:";

/// Prefix of the key of an item that was set aside; its original key follows.
pub const ASIDE_KEY: &str = "glossator:aside:";

/// Prefix of a draft's key; the name of its tab follows.
pub const DRAFT_KEY: &str = "glossator:draft:";

/// Prefix of the key of a step of a tab's history; the tab's name, a colon and the step's number follow.
pub const HISTORY_KEY: &str = "glossator:history:";

/// Prefix of the key that holds when a tab last saved something; its name follows.
pub const TAB_KEY: &str = "glossator:tab:";

/// The key of the view settings.
pub const VIEW_KEY: &str = "glossator:view";

/// The key of the list of articles that are marked as done.
pub const DONE_KEY: &str = "glossator:done";

/// The key of a record.
pub fn item_key(id: &AnyId) -> String {
    match id {
        AnyId::Tag(id) => format!("{TAG_KEY}{}", id.as_str()),
        AnyId::Article(id) => format!("{ARTICLE_KEY}{id}"),
        AnyId::Annotation(id) => format!("{ANNOTATION_KEY}{id}"),
    }
}

/// The key of a text.
pub fn text_item_key(sha256: &str) -> String {
    format!("{TEXT_KEY}{sha256}")
}
