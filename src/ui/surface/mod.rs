//! The article's text as the page shows it, and the way between places on the page and positions in the text.
//!
//! Yew owns the element around it and never looks inside: a change redraws the paragraphs that it touches and no more.
//! Paragraphs stand in chunks that the browser lays out only near the viewport; their text is always there, their
//! highlights only in the chunks near the viewport, unless all are asked for.

mod draw;
mod locate;
mod notes;
mod paint;
mod segmenter;
pub(crate) mod standing;

pub(crate) use draw::Marks;
pub(crate) use locate::Place;
pub(crate) use paint::Paint;

use std::{
    cell::{Cell, RefCell},
    ops::Range,
    rc::Rc,
};

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{
    Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
};

use crate::{
    annotation::AnnotationId,
    text::{Article, Segments, Span, order},
    ui::surface::segmenter::BrowserSegmenter,
};

/// Few enough that drawing one is quick, many enough that a long text has few for the browser to keep track of.
pub(crate) const PARAGRAPHS_PER_CHUNK: usize = 32;

/// Highlights are made this far outside the viewport, so that scrolling finds them there.
const AHEAD: &str = "800px 0px";

/// The text of one article in the page.
pub(crate) struct Surface {
    article: Rc<Article>,
    segments: Segments<BrowserSegmenter>,
    /// Holds the text and nothing else: its `textContent` is the article's text.
    root: HtmlElement,
    scroller: HtmlElement,
    chunks: Vec<Chunk>,
    /// Those near the viewport, in order.
    live: RefCell<Vec<usize>>,
    /// Paragraphs whose highlights are still to be drawn, or to be dropped, in order.
    due: RefCell<Vec<usize>>,
    /// Whether all chunks have their highlights.
    whole: Cell<bool>,
    /// Where the reader was scrolled to when it was last asked what is near.
    looked_from: Cell<i32>,
    /// Where it was scrolled to at which time, when it was last asked how fast.
    passed: Cell<(i32, f64)>,
    _observer: Option<Observer>,
}

pub(crate) struct Chunk {
    element: HtmlElement,
    paragraphs: Range<usize>,
}

struct Observer {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// What was drawn of what was due.
pub(crate) struct Drawn {
    /// From the first to the last paragraph of it.
    pub(crate) touched: Option<Span>,
    /// Whether nothing is left.
    pub(crate) all: bool,
}

/// Which chunks came near the viewport, and which left it.
pub(crate) type Crossings = Vec<(usize, bool)>;

impl Surface {
    /// Puts the article's text into `root`, which scrolls inside `scroller`; `on_cross` hears when chunks come near
    /// the viewport or leave it.
    ///
    /// # Errors
    /// With what the browser threw.
    pub(crate) fn new(
        article: Rc<Article>,
        root: HtmlElement,
        scroller: HtmlElement,
        on_cross: impl Fn(Crossings) + 'static,
    ) -> Result<Self, JsValue> {
        let chunks = draw::build(&article, &root)?;
        // What the reader sees first is drawn with the text and does not wait for the observer.
        let live = RefCell::new((0..chunks.len().min(1)).collect());
        let observer = Observer::new(&scroller, &chunks, on_cross).ok();
        let segments = Segments::new(Rc::clone(&article), BrowserSegmenter::default());
        Ok(Self {
            article,
            segments,
            root,
            scroller,
            chunks,
            live,
            due: RefCell::default(),
            whole: Cell::default(),
            looked_from: Cell::new(0),
            passed: Cell::default(),
            _observer: observer,
        })
    }

    /// The article that it shows.
    pub(crate) fn article(&self) -> &Rc<Article> {
        &self.article
    }

    /// The pieces that it is made of.
    pub(crate) fn segments(&self) -> &Segments<BrowserSegmenter> {
        &self.segments
    }

    /// All highlights that are in the page are to be drawn anew.
    pub(crate) fn redraw(&self) {
        let mut due = self.due.borrow_mut();
        // Of chunks that left some may still be to be dropped.
        due.retain(|it| !self.has_highlights(it / PARAGRAPHS_PER_CHUNK));
        for (index, chunk) in self.chunks.iter().enumerate() {
            if self.has_highlights(index) {
                due.extend(chunk.paragraphs.clone());
            }
        }
        order::sort(&mut due);
    }

    /// Draws paragraphs that are due, one after the other from the first in view and then those before it, as long as there is
    /// time; at least one.
    pub(crate) fn draw_due(
        &self,
        first: usize,
        has_time: impl Fn() -> bool,
        marks: &Marks<'_>,
    ) -> Result<Drawn, JsValue> {
        let (mut from, mut to) = (usize::MAX, 0);
        let next = || {
            let mut due = self.due.borrow_mut();
            let at = due.partition_point(|it| *it < first);
            if at < due.len() { Some(due.remove(at)) } else { due.pop() }
        };
        while let Some(paragraph) = next() {
            let chunk = paragraph / PARAGRAPHS_PER_CHUNK;
            let marks = if self.has_highlights(chunk) { marks } else { &Marks::NONE };
            if let Some(chunk) = self.chunks.get(chunk) {
                self.draw_paragraph(chunk, paragraph, marks)?;
            }
            (from, to) = (from.min(paragraph), to.max(paragraph));
            if !has_time() {
                break;
            }
        }
        let touched =
            || self.article.window(self.article.paragraph(from).start..self.article.paragraph(to).end);
        Ok(Drawn { touched: if from <= to { touched() } else { None }, all: self.due.borrow().is_empty() })
    }

    /// Draws the paragraphs anew that `span` touches, as far as they have their highlights.
    pub(crate) fn draw(&self, span: Span, marks: &Marks<'_>) -> Result<(), JsValue> {
        let touched = self.article.paragraphs_of(span);
        let chunks = touched.start / PARAGRAPHS_PER_CHUNK..touched.end.div_ceil(PARAGRAPHS_PER_CHUNK);
        for chunk in chunks.filter(|it| self.has_highlights(*it)) {
            let Some(here) = self.chunks.get(chunk) else { break };
            let from = here.paragraphs.start.max(touched.start);
            let to = here.paragraphs.end.min(touched.end);
            for paragraph in from..to {
                self.draw_paragraph(here, paragraph, marks)?;
            }
        }
        Ok(())
    }

    /// Makes the highlights of all chunks, or drops those that are not near the viewport.
    pub(crate) fn make_all(&self, whole: bool, marks: &Marks<'_>) -> Result<(), JsValue> {
        if whole {
            self.draw_due(0, || true, marks)?;
        }
        if self.whole.replace(whole) == whole {
            return Ok(());
        }
        let far = (0..self.chunks.len()).filter(|it| self.live.borrow().binary_search(it).is_err());
        let marks = if whole { marks } else { &Marks::NONE };
        far.collect::<Vec<_>>().into_iter().try_for_each(|chunk| self.draw_chunk(chunk, marks))
    }

    fn has_highlights(&self, chunk: usize) -> bool {
        self.whole.get() || self.live.borrow().binary_search(&chunk).is_ok()
    }

    /// The highlights of chunks that came near the viewport are to be made, and those of chunks that left it dropped.
    pub(crate) fn cross(&self, crossings: &Crossings) {
        let mut due = self.due.borrow_mut();
        for &(index, near) in crossings {
            if self.comes(index, near)
                && !self.whole.get()
                && let Some(chunk) = self.chunks.get(index)
            {
                due.retain(|it| !chunk.paragraphs.contains(it));
                let at = due.partition_point(|it| *it < chunk.paragraphs.start);
                due.splice(at..at, chunk.paragraphs.clone());
            }
        }
    }

    /// Whether it is news that a chunk is near the viewport, or is not.
    fn comes(&self, chunk: usize, near: bool) -> bool {
        let mut live = self.live.borrow_mut();
        match (live.binary_search(&chunk), near) {
            (Err(at), true) => live.insert(at, chunk),
            (Ok(at), false) => _ = live.remove(at),
            _ => return false,
        }
        true
    }

    /// Marks the highlights of `id` as those of the focused annotation, or no longer; whether there are any.
    pub(crate) fn set_focused(&self, id: AnnotationId, focused: bool) -> bool {
        let Ok(found) = self.root.query_selector_all(&format!("mark[data-id=\"{id}\"]")) else {
            return false;
        };
        for index in 0..found.length() {
            if let Some(mark) = found.item(index).and_then(|it| it.dyn_into::<Element>().ok()) {
                let _ = mark.class_list().toggle_with_force("focused", focused);
            }
        }
        found.length() > 0
    }

    fn draw_chunk(&self, index: usize, marks: &Marks<'_>) -> Result<(), JsValue> {
        let Some(chunk) = self.chunks.get(index) else { return Ok(()) };
        chunk.paragraphs.clone().try_for_each(|paragraph| self.draw_paragraph(chunk, paragraph, marks))
    }

    fn draw_paragraph(&self, chunk: &Chunk, paragraph: usize, marks: &Marks<'_>) -> Result<(), JsValue> {
        let Some(element) = paragraph_element(chunk, paragraph) else { return Ok(()) };
        draw::fill(&self.article, paragraph, &element, marks)
    }

    fn chunk_of(&self, paragraph: usize) -> Option<&Chunk> {
        self.chunks.get(paragraph / PARAGRAPHS_PER_CHUNK)
    }

    fn paragraph_element(&self, paragraph: usize) -> Option<Element> {
        paragraph_element(self.chunk_of(paragraph)?, paragraph)
    }
}

pub(crate) fn paragraph_element(chunk: &Chunk, paragraph: usize) -> Option<Element> {
    let index = u32::try_from(paragraph.checked_sub(chunk.paragraphs.start)?).ok()?;
    chunk.element.children().item(index)
}

impl Observer {
    fn new(
        scroller: &HtmlElement,
        chunks: &[Chunk],
        on_cross: impl Fn(Crossings) + 'static,
    ) -> Result<Self, JsValue> {
        let elements: Vec<Element> = chunks.iter().map(|it| it.element.clone().into()).collect();
        let callback = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let crossings = entries
                .iter()
                .filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok())
                .filter_map(|entry| {
                    let at: usize = entry.target().get_attribute("data-chunk")?.parse().ok()?;
                    Some((at, entry.is_intersecting()))
                })
                .collect();
            on_cross(crossings);
        });
        let options = IntersectionObserverInit::new();
        options.set_root(Some(scroller));
        options.set_root_margin(AHEAD);
        let observer = IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &options)?;
        for element in &elements {
            observer.observe(element);
        }
        Ok(Self { observer, _callback: callback })
    }
}
