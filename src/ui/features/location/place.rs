//! The place that corresponds to the current state.

use super::address::{Place, View};
use crate::ui::State;

/// The current place.
pub(crate) fn place(state: &State) -> Place {
    match (state.location.view, &state.location.open, state.location.focus) {
        (View::Reader, Some(article), None) => Place::Article(article.clone()),
        (View::Reader, Some(article), Some(id)) => Place::Annotation(article.clone(), Some(id)),
        (View::Reader, None, _) => Place::Start,
        (View::Table, ..) => Place::Table,
        (View::Chart, ..) => Place::Chart,
        (View::Codebook, ..) => Place::Codebook,
    }
}
