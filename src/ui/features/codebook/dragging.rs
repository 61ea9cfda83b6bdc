//! Dragging a tag to another place in the tree, with the mouse or a pen.

use std::{cell::Cell, rc::Rc};

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use super::{
    actions::{TREE, select},
    moving::{Zone, dropped, move_to},
    rows::Row,
};
use crate::{
    annotation::{Codebook, TagId},
    ui::{Store, features::document, platform},
};

/// So many pixels make a press a drag.
const THRESHOLD: i32 = 5;

/// So near its edge, in pixels, the list is scrolled.
const EDGE: f64 = 36.0;

/// The tag that is being dragged, and where it would be dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dragged {
    pub(super) id: TagId,
    over: Option<Over>,
}

/// Where a tag would be dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Row(TagId, Zone),
    /// Below all rows.
    End,
}

impl Dragged {
    /// Where it would be dropped on a row.
    pub(super) fn zone_on(self, id: TagId) -> Option<Zone> {
        match self.over {
            Some(Over::Row(row, zone)) if row == id => Some(zone),
            _ => None,
        }
    }
}

/// The class of the tree.
pub(super) fn class(dragged: Option<Dragged>) -> Option<&'static str> {
    let over = dragged.map(|it| it.over);
    over.map(|it| if it == Some(Over::End) { "dragging drop-end" } else { "dragging" })
}

/// The drag, with what the events of the pointer do to it.
#[derive(Clone)]
pub(super) struct Drag {
    dragged: UseStateHandle<Option<Dragged>>,
    /// The tag that was pressed, and where.
    pressed: Rc<Cell<Option<(TagId, i32, i32)>>>,
    codebook: Codebook,
}

#[hook]
pub(super) fn use_drag() -> Drag {
    let pressed = use_memo((), |()| Cell::new(None));
    let drag = Drag { dragged: use_state(|| None), pressed, codebook: document::use_codebook() };
    {
        let drag = drag.clone();
        use_effect_with(drag.dragged.is_some(), move |is_dragging| {
            let listener = is_dragging.then(|| cancel_by_escape(drag));
            move || drop(listener)
        });
    }
    drag
}

/// Lets Escape end the drag, whatever has the focus.
fn cancel_by_escape(drag: Drag) -> EventListener {
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        ..EventListenerOptions::enable_prevent_default()
    };
    EventListener::new_with_options(&gloo::utils::window(), "keydown", options, move |event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|it| it.key() == "Escape") {
            event.prevent_default();
            event.stop_immediate_propagation();
            drag.cancel();
        }
    })
}

impl Drag {
    /// What is being dragged.
    pub(super) fn now(&self) -> Option<Dragged> {
        *self.dragged
    }

    /// Ends the drag without a drop.
    fn cancel(&self) {
        self.pressed.set(None);
        self.dragged.set(None);
    }

    /// The pointer is pressed.
    pub(super) fn take(&self) -> impl Fn(PointerEvent) + 'static {
        let pressed = Rc::clone(&self.pressed);
        move |event| {
            // A finger scrolls the list. The buttons and the form move tags, too.
            let can_drag = event.button() == 0 && event.pointer_type() != "touch";
            let row = target(&event).and_then(|it| row_of(&it)).filter(|_| can_drag);
            pressed.set(row.map(|(id, _)| (id, event.client_x(), event.client_y())));
        }
    }

    /// The pointer moves.
    pub(super) fn follow(&self, rows: &Rc<Vec<Row>>) -> impl Fn(PointerEvent) + 'static {
        let (drag, rows) = (self.clone(), Rc::clone(rows));
        move |event| {
            let Some((id, x, y)) = drag.pressed.get() else { return };
            let is_far = (event.client_x() - x).abs().max((event.client_y() - y).abs()) >= THRESHOLD;
            if drag.dragged.is_none() && !is_far {
                return;
            }
            if let Some(tree) = platform::element(TREE).filter(|_| drag.dragged.is_none()) {
                let _ = tree.set_pointer_capture(event.pointer_id());
            }
            scroll(event.client_y().into());
            let over = over(&event).filter(|it| place(&drag.codebook, &rows, id, *it).is_some());
            let dragged = Dragged { id, over };
            if *drag.dragged != Some(dragged) {
                drag.dragged.set(Some(dragged));
            }
        }
    }

    /// The pointer is released.
    pub(super) fn release(&self, store: &Store, rows: &Rc<Vec<Row>>) -> impl Fn(PointerEvent) + 'static {
        let (drag, store, rows) = (self.clone(), store.clone(), Rc::clone(rows));
        move |event| {
            drag.pressed.set(None);
            let Some(Dragged { id, .. }) = *drag.dragged else { return };
            drag.dragged.set(None);
            select(&store, id);
            // The release may come without a move event for its position.
            let to = over(&event).and_then(|it| place(&drag.codebook, &rows, id, it));
            if let Some(to) = to {
                move_to(&store, id, to);
            }
        }
    }

    /// The browser takes the pointer away.
    pub(super) fn lose(&self) -> impl Fn(PointerEvent) + 'static {
        let drag = self.clone();
        move |_| drag.cancel()
    }
}

fn place(codebook: &Codebook, rows: &[Row], id: TagId, over: Over) -> Option<(Option<TagId>, usize)> {
    match over {
        Over::End => dropped(codebook, id, None),
        Over::Row(other, zone) => {
            let row = rows.iter().find(|it| it.tag.id == other)?;
            dropped(codebook, id, Some((row, zone)))
        }
    }
}

fn target(event: &PointerEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The tag of the row around an element, and the row.
fn row_of(element: &Element) -> Option<(TagId, Element)> {
    let row = element.closest("#tag-tree [data-tag]").ok()??;
    Some((TagId::parse(&row.get_attribute("data-tag")?)?, row))
}

/// Where the pointer is.
#[expect(clippy::cast_precision_loss, reason = "no window is that wide")]
fn over(event: &PointerEvent) -> Option<Over> {
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    let element = gloo::utils::document().element_from_point(x, y)?;
    if let Some((id, row)) = row_of(&element) {
        let rect = row.get_bounding_client_rect();
        return Some(Over::Row(id, Zone::at((f64::from(y) - rect.top()) / rect.height())));
    }
    let last = platform::element(TREE)?.last_element_child()?.get_bounding_client_rect();
    (element.id() == TREE && f64::from(y) >= last.bottom()).then_some(Over::End)
}

/// Scrolls the list if the pointer is near its edge.
fn scroll(y: f64) {
    let Some(list) = platform::element(TREE).and_then(|it| it.closest(".tags-list").ok().flatten()) else {
        return;
    };
    let rect = list.get_bounding_client_rect();
    let by = if y < rect.top() + EDGE {
        -12
    } else if y > rect.bottom() - EDGE {
        12
    } else {
        return;
    };
    list.set_scroll_top(list.scroll_top() + by);
}
