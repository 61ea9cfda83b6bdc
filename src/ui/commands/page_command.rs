//! A command, and the group that it is listed in.

use crate::{
    annotation::TagId,
    ui::{State, Store},
};

/// Something that a person can do.
pub(crate) struct PageCommand {
    /// The name in the DOM.
    pub(crate) id: &'static str,
    /// The name that is shown.
    pub(crate) name: &'static str,
    pub(crate) group: Group,
    /// The keys that run it, with the names of `KeyboardEvent.key`: `Ctrl+Shift+Z`, `ArrowLeft`, `[`.
    pub(crate) keys: &'static [&'static str],
    /// Why it cannot be run now, in words, or `None` if it can.
    pub(crate) missing: fn(&State) -> Option<&'static str>,
    /// True if it can be run in every view, and not only in the reader.
    pub(crate) in_every_view: bool,
    /// True if its keys work in a field, too.
    pub(crate) in_fields: bool,
    pub(crate) run: fn(&Store),
    /// Set in a command that every tag of the codebook has. It replaces the name, the keys and what is run.
    pub(crate) for_tag: Option<ForTag>,
}

/// What a command is for a tag.
pub(crate) struct ForTag {
    /// The name that is shown, from the tag's name.
    pub(crate) name: fn(&str) -> String,
    /// The keys that run it, from the tag's key.
    pub(crate) keys: fn(char) -> Option<String>,
    pub(crate) run: fn(&Store, TagId),
}

impl PageCommand {
    /// The defaults of a command: it can always be run, in the reader only.
    pub(crate) const NEW: Self = Self {
        id: "",
        name: "",
        group: Group::Page,
        keys: &[],
        missing: |_| None,
        in_every_view: false,
        in_fields: false,
        run: |_| {},
        for_tag: None,
    };
}

/// The heading that commands are listed under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Tag,
    Text,
    Go,
    Edit,
    Page,
}

impl Group {
    pub(crate) const ALL: [Self; 5] = [Self::Tag, Self::Text, Self::Go, Self::Edit, Self::Page];

    /// The words of the heading.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Tag => "Tag",
            Self::Text => "Text cursor and selection",
            Self::Go => "Navigation",
            Self::Edit => "Edit",
            Self::Page => "Page",
        }
    }
}

/// The id of the command that Escape runs.
pub(crate) const LEAVE: &str = "leave";

/// The id of the command that lets a person choose any tag.
pub(crate) const PICK: &str = "pick";

/// The id of the command that makes a tag and gives it.
pub(crate) const MAKE: &str = "new-tag";
