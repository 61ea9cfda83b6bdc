//! The features of the page, a folder each: state, actions, commands and components of one thing that a person does.
//!
//! A feature may use those before it in the list below, through what its `mod.rs` exports.

pub(crate) mod annotations;
pub(crate) mod announcements;
pub(crate) mod articles;
pub(crate) mod chart;
pub(crate) mod codebook;
pub(crate) mod codebook_files;
pub(crate) mod dialogs;
pub(crate) mod document;
pub(crate) mod exchange;
pub(crate) mod filter;
pub(crate) mod help;
pub(crate) mod highlights;
pub(crate) mod history;
pub(crate) mod lazy;
pub(crate) mod location;
pub(crate) mod navigation;
pub(crate) mod notices;
pub(crate) mod occurrences;
pub(crate) mod picker;
pub(crate) mod printing;
pub(crate) mod progress;
pub(crate) mod reading;
pub(crate) mod safety;
pub(crate) mod search;
pub(crate) mod selection;
pub(crate) mod settings;
pub(crate) mod stripes;
pub(crate) mod table;
pub(crate) mod tabs;
pub(crate) mod viewport;

use super::slice::Initial;
use crate::text::Library;

/// Registers the features: gives their names to a macro, each after those that it uses.
macro_rules! register {
    ($with:ident) => {
        $with! {
            announcements,
            notices,
            lazy,
            settings,
            location,
            document,
            viewport,
            highlights,
            dialogs,
            progress,
            selection,
            filter,
            navigation,
            annotations,
            stripes,
            history,
            tabs,
            articles,
            search,
            occurrences,
            picker,
            table,
            chart,
            codebook,
            codebook_files,
            exchange,
            safety,
            reading,
            printing,
            help,
        }
    };
}

pub(crate) use register;

/// Makes the state of the page.
macro_rules! state {
    ($($feature:ident,)*) => {
        /// The state of the page: a slice for each feature. The fields of a slice are private to its feature.
        #[expect(dead_code, reason = "the slice of a feature without a state is empty")]
        pub(crate) struct State {
            $(pub(crate) $feature: $feature::Slice,)*
        }

        impl State {
            /// The state as the page is opened, with the bundled articles.
            pub(crate) fn new(library: &Library) -> Self {
                Self { $($feature: $feature::Slice::initial(library),)* }
            }
        }
    };
}

register!(state);
