//! The icons on buttons, drawn in the colour of the surrounding text.

use yew::prelude::*;

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Articles,
    Undo,
    Redo,
    Import,
    Export,
    View,
    Keys,
    Close,
    Delete,
    Codebook,
    Definitions,
    Link,
    Search,
    Text,
    Table,
    Chart,
    Up,
    Down,
    Commands,
    Add,
    More,
    History,
    Check,
}

impl Icon {
    /// The strokes, as an SVG path in a square of 20 by 20.
    const fn path(self) -> &'static str {
        match self {
            Self::Articles => "M3 5h14M3 10h14M3 15h9",
            Self::Undo => "M7 4 3 8l4 4M3 8h8.5a4.5 4.5 0 0 1 0 9H8",
            Self::Redo => "m13 4 4 4-4 4M17 8H8.5a4.5 4.5 0 0 0 0 9H12",
            Self::Import => "M10 3v9M6 8.5l4 4 4-4M3 16.5h14",
            Self::Export => "M10 12.5v-9M6 7l4-4 4 4M3 16.5h14",
            Self::View => "M2 15 6 5l4 10M3.4 11.5h5.2M12.5 15l2.5-6.500 2.500 6.500M13.300 13h3.400",
            Self::Keys => "M7 7.500a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1-1.500 2.200M10 15.500v.2",
            Self::Close => "m5 5 10 10M15 5 5 15",
            Self::Delete => {
                "M3.500 5.500h13M8 5.500v-2h4v2M5.500 5.500l.7 11h7.600l.7-11M8.500 8.500v5M11.500 8.500v5"
            }
            Self::Text => "M4 4.500h12M4 8.200h12M4 11.800h12M4 15.500h7",
            Self::Table => "M3 4.500h14v11H3zM3 8.200h14M3 11.800h14M8 4.500v11",
            Self::Chart => "M4 16.500v-6M10 16.500v-12M16 16.500v-8.500",
            Self::Search => "M8.500 3.500a5 5 0 1 1 0 10 5 5 0 0 1 0-10M12.300 12.300 17 17",
            Self::Up => "m5 12.500 5-5 5 5",
            Self::Down => "m5 7.500 5 5 5-5",
            Self::Link => {
                "M8.500 11.500 11.500 8.500M9.500 6l2-2a3.200 3.200 0 0 1 4.500 4.500l-2 2M10.500 14l-2 2A3.200 3.200 0 0 1 4 11.500l2-2"
            }
            Self::History => "M10 5.500v5l3 2M3.500 6.500V3M3.500 6.500H7M3.600 6.400a7 7 0 1 1-.5 4.600",
            Self::Check => "m4.500 10.500 4 4 7-9",
            Self::Commands => "m4 6 4 4-4 4M10 14.500h6.500",
            Self::Add => "M10 4v12M4 10h12",
            Self::More => "M4.500 10h.1M10 10h.1M15.500 10h.1",
            Self::Definitions => "M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14M10 9.500v4M10 6.500v.1",
            Self::Codebook => {
                "M4 3.500h9.500a2 2 0 0 1 2 2v11H6a2 2 0 0 1-2-2v-11zM4 14.500a2 2 0 0 1 2-2h9.500M7.500 7h5"
            }
        }
    }
}

/// An icon, hidden from assistive technology, since the button has a label.
pub(crate) fn icon(icon: Icon) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d={icon.path()} />
        </svg>
    }
}
