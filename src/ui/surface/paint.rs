//! Paints passages without changing the DOM, with the CSS Custom Highlight API.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::{text::Span, ui::surface::Surface};

/// The maximum number of passages painted at once.
const MAX_RANGES: usize = 1_000;

/// A kind of painted passage. The style sheet defines how each looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    /// The passage that a selection or a dragged bound will become.
    Snap,
    /// The piece that the text cursor is on.
    Cursor,
    /// The passage of the draft.
    Draft,
    /// The matches of the search.
    Match,
    /// The current match.
    Current,
}

impl Paint {
    const fn name(self) -> &'static str {
        match self {
            Self::Snap => "snap",
            Self::Cursor => "cursor",
            Self::Draft => "draft",
            Self::Match => "match",
            Self::Current => "match-current",
        }
    }
}

impl Surface {
    /// Paints a passage, or removes the paint. Does nothing if the browser does not support custom highlights.
    pub(crate) fn paint(&self, paint: Paint, span: Option<Span>) {
        self.paint_all(paint, span.as_slice());
    }

    /// Paints passages, in place of those painted before.
    fn paint_all(&self, paint: Paint, spans: &[Span]) {
        let ranges = spans.iter().take(MAX_RANGES).filter_map(|it| self.dom_range(it.start()..it.end()));
        let _ = set(paint.name(), &ranges.collect());
    }

    /// Paints the matches of the search near the viewport, and the current one differently.
    pub(crate) fn paint_matches(&self, spans: &[Span], current: Option<Span>) {
        let others: Vec<Span> = spans.iter().copied().filter(|it| Some(*it) != current).collect();
        self.paint_all(Paint::Match, &others);
        self.paint(Paint::Current, current);
    }
}

/// Sets the ranges of the custom highlight with this name.
fn set(name: &str, ranges: &Array) -> Result<(), JsValue> {
    let window = gloo::utils::window();
    let registry = Reflect::get(&Reflect::get(&window, &"CSS".into())?, &"highlights".into())?;
    let call = |method: &str| Reflect::get(&registry, &method.into())?.dyn_into::<Function>();
    if ranges.length() == 0 {
        call("delete")?.call1(&registry, &name.into())?;
    } else {
        let make: Function = Reflect::get(&window, &"Highlight".into())?.dyn_into()?;
        let highlight = Reflect::construct(&make, ranges)?;
        call("set")?.call2(&registry, &name.into(), &highlight)?;
    }
    Ok(())
}
