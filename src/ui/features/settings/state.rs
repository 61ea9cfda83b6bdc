//! The settings, and how they are saved in the local copy.

use serde::{Deserialize, Serialize};

use crate::{
    interchange::VIEW_KEY,
    storage::{KeyValueStore, LocalStorage},
    text::Granularity,
};

/// The color theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Theme {
    /// Light or dark, as the system is.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The identifier in attributes of the page and in the stored form.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The name shown on the page.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }
}

/// The size of the article's text.
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

    /// The identifier in attributes of the page and in the stored form.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }

    /// The name shown on the page.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Small => "Small",
            Self::Medium => "Medium",
            Self::Large => "Large",
        }
    }
}

/// Where coding stripes are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StripesShown {
    /// Beside paragraphs whose annotations lie too deep for lines.
    #[default]
    WhereDeep,
    /// Beside all annotations.
    Everywhere,
}

impl StripesShown {
    pub(crate) const ALL: [Self; 2] = [Self::WhereDeep, Self::Everywhere];

    /// The identifier in attributes of the page.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::WhereDeep => "where-deep",
            Self::Everywhere => "everywhere",
        }
    }

    /// The name shown on the page.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::WhereDeep => "Where passages lie deep",
            Self::Everywhere => "Everywhere",
        }
    }
}

/// The stored form of what selections snap to.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase", remote = "Granularity")]
enum Snap {
    Character,
    Word,
    Sentence,
    Paragraph,
}

/// The person's settings. If the stored form cannot be read, the defaults apply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    pub(crate) theme: Theme,
    pub(crate) size: TextSize,
    /// What selections snap to. The default is words, because people rarely mean half a word.
    #[serde(with = "Snap")]
    pub(crate) snap: Granularity,
    /// True if highlights are drawn in the whole text, so that a screen reader finds them, and not only near the viewport.
    pub(crate) whole: bool,
    /// Where coding stripes are shown.
    pub(crate) stripes: StripesShown,
}

impl Settings {
    /// Reads the saved settings and applies them to the page.
    pub(crate) fn load() -> Self {
        let settings = Self::saved().and_then(|it| Self::parse(&it)).unwrap_or_default();
        settings.apply();
        settings
    }

    /// The saved settings in their stored form.
    pub(crate) fn saved() -> Option<String> {
        LocalStorage::open().get(VIEW_KEY).ok().flatten()
    }

    /// Parses the stored form.
    pub(crate) fn parse(stored: &str) -> Option<Self> {
        serde_json::from_str(stored).ok()
    }

    /// Applies and saves the settings. If saving fails, they last until the page is closed.
    pub(crate) fn save(self) {
        self.apply();
        if let Ok(text) = serde_json::to_string(&self) {
            let _ = LocalStorage::open().set(VIEW_KEY, &text);
        }
    }

    /// Sets the attributes of the root element that the style sheet reads.
    fn apply(self) {
        let root = gloo::utils::document_element();
        let _ = match self.theme {
            Theme::System => root.remove_attribute("data-theme"),
            theme => root.set_attribute("data-theme", theme.id()),
        };
        let _ = root.set_attribute("data-size", self.size.id());
    }
}
