//! How the person wants the page to look, kept in this browser.

use serde::{Deserialize, Serialize};

use crate::{
    interchange::VIEW_KEY,
    storage::{Items, LocalStorage},
    text::Granularity,
};

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Theme {
    /// As the system is.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The name in the page and in what is stored.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The name that a person reads.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }
}

/// How large the article's text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TextSize {
    Small,
    #[default]
    Medium,
    Large,
}

impl TextSize {
    pub(crate) const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Large];

    /// The name in the page and in what is stored.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }

    /// The name that a person reads.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Small => "Small",
            Self::Medium => "Medium",
            Self::Large => "Large",
        }
    }
}

/// What selections snap to, as it is stored.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase", remote = "Granularity")]
enum Snap {
    Character,
    Word,
    Sentence,
    Paragraph,
}

/// The person's choices. What is stored and cannot be read counts as no choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    pub(crate) theme: Theme,
    pub(crate) size: TextSize,
    /// What selections snap to. Words, since half of one is hardly ever meant.
    #[serde(with = "Snap")]
    pub(crate) snap: Granularity,
    /// Whether all highlights are in the page, and not only those near the viewport: a screen reader finds them then.
    pub(crate) whole: bool,
}

impl Settings {
    pub(crate) fn load() -> Self {
        let settings = Self::kept().and_then(|it| Self::read(&it)).unwrap_or_default();
        settings.show();
        settings
    }

    /// What is kept, as it is.
    pub(crate) fn kept() -> Option<String> {
        LocalStorage::open().get(VIEW_KEY).ok().flatten()
    }

    pub(crate) fn read(stored: &str) -> Option<Self> {
        serde_json::from_str(stored).ok()
    }

    /// Keeps the choices; where that fails they hold until the page is closed.
    pub(crate) fn keep(self) {
        self.show();
        if let Ok(text) = serde_json::to_string(&self) {
            let _ = LocalStorage::open().set(VIEW_KEY, &text);
        }
    }

    /// Tells the style sheet.
    fn show(self) {
        let root = gloo::utils::document_element();
        let _ = match self.theme {
            Theme::System => root.remove_attribute("data-theme"),
            theme => root.set_attribute("data-theme", theme.id()),
        };
        let _ = root.set_attribute("data-size", self.size.id());
    }
}
