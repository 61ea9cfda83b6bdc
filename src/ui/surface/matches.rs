//! What a search found, painted by the browser's custom highlights: the text's elements stay as they are.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::Surface;
use crate::text::Span;

/// No more are painted at once: nobody can tell more of them apart.
const MOST: usize = 1_000;

impl Surface {
    /// Paints what was found, and differently the one that the person is at. A browser that has no custom highlights
    /// paints nothing; what was found is listed and brought into view all the same.
    pub(in crate::ui) fn paint_matches(&self, spans: &[Span], current: Option<Span>) {
        let ranges = |spans: &[Span]| -> Array {
            spans.iter().take(MOST).filter_map(|it| self.range(it.start()..it.end())).collect()
        };
        let all: Vec<Span> = spans.iter().copied().filter(|it| Some(*it) != current).collect();
        let _ = set("match", &ranges(&all));
        let _ = set("match-current", &ranges(current.as_slice()));
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
        call("set")?.call2(&registry, &name.into(), &Reflect::construct(&make, ranges)?)?;
    }
    Ok(())
}
