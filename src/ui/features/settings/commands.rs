//! The commands and their keys.

use super::{
    actions::change,
    state::{Settings, StripesShown, TextSize, Theme},
};
use crate::ui::commands::{Group, PageCommand};

pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: "theme-system",
        name: "Theme: system",
        group: Group::Page,
        run: |store| change(store, |it| Settings { theme: Theme::System, ..it }),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "theme-light",
        name: "Theme: light",
        group: Group::Page,
        run: |store| change(store, |it| Settings { theme: Theme::Light, ..it }),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "theme-dark",
        name: "Theme: dark",
        group: Group::Page,
        run: |store| change(store, |it| Settings { theme: Theme::Dark, ..it }),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "text-small",
        name: "Text size: small",
        group: Group::Page,
        run: |store| change(store, |it| Settings { size: TextSize::Small, ..it }),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "text-medium",
        name: "Text size: medium",
        group: Group::Page,
        run: |store| change(store, |it| Settings { size: TextSize::Medium, ..it }),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "text-large",
        name: "Text size: large",
        group: Group::Page,
        run: |store| change(store, |it| Settings { size: TextSize::Large, ..it }),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "stripes-everywhere",
        name: "Coding stripes: everywhere",
        group: Group::Page,
        run: |store| change(store, |it| Settings { stripes: StripesShown::Everywhere, ..it }),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "stripes-where-deep",
        name: "Coding stripes: where passages lie deep",
        group: Group::Page,
        run: |store| change(store, |it| Settings { stripes: StripesShown::WhereDeep, ..it }),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "highlights-whole",
        name: "Highlights: in the whole text, for screen readers",
        group: Group::Page,
        run: |store| change(store, |it| Settings { whole: true, ..it }),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "highlights-near",
        name: "Highlights: only near the visible text",
        group: Group::Page,
        run: |store| change(store, |it| Settings { whole: false, ..it }),
        in_every_view: true,
        ..PageCommand::NEW
    },
];
