//! Passages that are painted without a change of the text's elements, by the CSS Custom Highlight API.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::{text::Span, ui::surface::Surface};

/// What a passage is painted for; the style sheet says how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    /// What a selection or a bound that is being dragged is going to be.
    Snap,
    /// What the text cursor is on.
    Cursor,
    /// What a note is being written on that has no tag yet.
    Draft,
    /// What a search found.
    Match,
    /// The one of them that the person is at.
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

/// No more passages are painted at once: nobody can tell more of them apart.
const MOST: usize = 1_000;

impl Surface {
    /// Paints a passage, or none. Where the browser does not know the way, nothing is painted.
    pub(crate) fn paint(&self, paint: Paint, span: Option<Span>) {
        self.paint_all(paint, span.as_slice());
    }

    /// Paints passages, or none.
    fn paint_all(&self, paint: Paint, spans: &[Span]) {
        let ranges = spans.iter().take(MOST).filter_map(|it| self.range(it.start()..it.end()));
        let _ = set(paint.name(), &ranges.collect());
    }

    /// Paints what was found near the viewport, and differently the one that the person is at. Without custom highlights
    /// it is listed and brought into view all the same.
    pub(crate) fn paint_matches(&self, spans: &[Span], current: Option<Span>) {
        let others: Vec<Span> = spans.iter().copied().filter(|it| Some(*it) != current).collect();
        self.paint_all(Paint::Match, &others);
        self.paint(Paint::Current, current);
    }
}

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
