//! Passages that are painted without a change of the text's elements, by the CSS Custom Highlight API.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::Surface;
use crate::text::Span;

/// What a passage is painted for; the style sheet says how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Paint {
    /// What a selection or a bound that is being dragged is going to be.
    Snap,
    /// What the text cursor is on.
    Cursor,
}

impl Paint {
    const fn name(self) -> &'static str {
        match self {
            Self::Snap => "snap",
            Self::Cursor => "cursor",
        }
    }
}

impl Surface {
    /// Paints a passage, or none. Where the browser does not know the way, nothing is painted.
    pub(in crate::ui) fn paint(&self, paint: Paint, span: Option<Span>) {
        let range = span.and_then(|it| self.range(it.start()..it.end()));
        let _ = set(paint.name(), range.as_ref().map(AsRef::as_ref));
    }
}

fn set(name: &str, range: Option<&JsValue>) -> Result<(), JsValue> {
    let window = gloo::utils::window();
    let registry = Reflect::get(&Reflect::get(&window, &"CSS".into())?, &"highlights".into())?;
    let call = |method: &str| Reflect::get(&registry, &method.into())?.dyn_into::<Function>();
    match range {
        None => call("delete")?.call1(&registry, &name.into()),
        Some(range) => {
            let make: Function = Reflect::get(&window, &"Highlight".into())?.dyn_into()?;
            let highlight = Reflect::construct(&make, &Array::of1(range))?;
            call("set")?.call2(&registry, &name.into(), &highlight)
        }
    }?;
    Ok(())
}
