//! Where the picker is: below the passage, or above it near the bottom of the window.

use crate::{
    text::Span,
    ui::{
        State, Store,
        features::{annotations::draft_span, viewport},
        platform,
    },
};

/// The distance to the passage and to the edges of the window, in CSS pixels.
const GAP: f64 = 8.0;

/// The least height that the picker has, in CSS pixels.
const HEIGHT: f64 = 220.0;

/// The passage that gets the tag.
pub(super) fn passage(state: &State) -> Option<Span> {
    let focused = || state.document.session().annotation(state.location.focus()?).map(|it| it.span);
    state.selection.passage().or_else(focused).or_else(|| draft_span(state))
}

/// Positions the picker beside a passage. In a narrow window the style sheet does.
pub(super) fn place(store: &Store, id: &str, span: Span) {
    let rects = viewport::with_surface(store, |it| it.end_rects_in_window(span));
    let (Some((first, last)), Some(dialog)) = (rects, platform::element(id)) else { return };
    let page = gloo::utils::document_element();
    let (width, height) = (f64::from(page.client_width()), f64::from(page.client_height()));
    let (above, below) = (first.top() - 2.0 * GAP, height - last.bottom() - 2.0 * GAP);
    let is_below = below >= above || below >= 1.5 * HEIGHT;
    let left = last.left().min(width - f64::from(dialog.offset_width()) - GAP).max(GAP);
    let px = |it: f64| format!("{it:.0}px");
    let room = if is_below { below } else { above }.max(HEIGHT);
    let (top, bottom) = if is_below {
        (px((last.bottom() + GAP).clamp(GAP, (height - room - GAP).max(GAP))), "auto".to_owned())
    } else {
        ("auto".to_owned(), px((height - first.top() + GAP).clamp(GAP, (height - room - GAP).max(GAP))))
    };
    for (name, value) in [("--left", px(left)), ("--top", top), ("--bottom", bottom), ("--room", px(room))] {
        let _ = dialog.style().set_property(name, &value);
    }
}
