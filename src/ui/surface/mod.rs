//! The article's text on the page: drawing it, and converting between places on the page and positions in the text.
//!
//! Yew owns the element around the text and leaves its content alone; a change redraws only the paragraphs that it
//! touches. Paragraphs are grouped in chunks, which the browser lays out only near the viewport. The text is always on
//! the page, highlights only in chunks near the viewport, unless all are requested.

mod chunk;
mod draw;
mod locate;
mod notes;
mod paint;
mod position;
mod segmenter;

pub(crate) use draw::Marks;
pub(crate) use locate::PageRect;
pub(crate) use paint::Paint;
pub(crate) use position::TextPosition;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{
    Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
};

use self::chunk::{Chunk, PARAGRAPHS_PER_CHUNK, paragraph_element};
use crate::{
    annotation::AnnotationId,
    text::{Article, Segments, Span, order},
    ui::surface::segmenter::BrowserSegmenter,
};

/// The margin around the viewport in which highlights are drawn ahead of scrolling.
const AHEAD: &str = "800px 0px";

/// The text of one article on the page.
pub(crate) struct Surface {
    article: Rc<Article>,
    segments: Segments<BrowserSegmenter>,
    /// Holds the text and nothing else: its `textContent` is the article's text.
    root: HtmlElement,
    scroller: HtmlElement,
    chunks: Vec<Chunk>,
    /// The indices of the chunks near the viewport, in order.
    near_chunks: RefCell<Vec<usize>>,
    /// The paragraphs whose highlights have to be drawn or removed, in order.
    due: RefCell<Vec<usize>>,
    /// True if all chunks have their highlights, not only those near the viewport.
    all_highlighted: Cell<bool>,
    /// The scroll position at the last call of [`Surface::near`].
    near_scroll_top: Cell<i32>,
    /// The scroll position and the time at the last call of [`Surface::is_scrolling_fast`].
    last_scroll: Cell<(i32, f64)>,
    _observer: Option<Observer>,
}

/// Reports which chunks come near the viewport or leave it.
struct Observer {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The result of drawing for a while.
pub(crate) struct DrawProgress {
    /// The text from the first to the last drawn paragraph.
    pub(crate) drawn: Option<Span>,
    /// True if nothing is left to draw.
    pub(crate) is_complete: bool,
}

/// Chunks by index, with true if they came near the viewport and false if they left it.
pub(crate) type Crossings = Vec<(usize, bool)>;

impl Surface {
    /// Puts the article's text into `root`, which scrolls inside `scroller`. Calls `on_crossing` when chunks come near
    /// the viewport or leave it.
    ///
    /// # Errors
    /// Returns the exception of the browser.
    pub(crate) fn new(
        article: Rc<Article>,
        root: HtmlElement,
        scroller: HtmlElement,
        on_crossing: impl Fn(Crossings) + 'static,
    ) -> Result<Self, JsValue> {
        let chunks = draw::build(&article, &root)?;
        // The first chunk is drawn at once, without waiting for the observer.
        let near_chunks = RefCell::new((0..chunks.len().min(1)).collect());
        let observer = Observer::new(&scroller, &chunks, on_crossing).ok();
        let segments = Segments::new(Rc::clone(&article), BrowserSegmenter::default());
        Ok(Self {
            article,
            segments,
            root,
            scroller,
            chunks,
            near_chunks,
            due: RefCell::default(),
            all_highlighted: Cell::default(),
            near_scroll_top: Cell::new(0),
            last_scroll: Cell::default(),
            _observer: observer,
        })
    }

    /// The article shown.
    pub(crate) fn article(&self) -> &Rc<Article> {
        &self.article
    }

    /// The pieces that the text divides into.
    pub(crate) fn segments(&self) -> &Segments<BrowserSegmenter> {
        &self.segments
    }

    /// Marks all highlights that are on the page as due.
    pub(crate) fn redraw(&self) {
        let mut due = self.due.borrow_mut();
        // Keep paragraphs whose highlights have to be removed.
        due.retain(|it| !self.has_highlights(it / PARAGRAPHS_PER_CHUNK));
        for (index, chunk) in self.chunks.iter().enumerate() {
            if self.has_highlights(index) {
                due.extend(chunk.paragraphs.clone());
            }
        }
        order::sort(&mut due);
    }

    /// Draws paragraphs that are due, from `first` on and then those before it, while there is time; at least one.
    pub(crate) fn draw_due(
        &self,
        first: usize,
        has_time: impl Fn() -> bool,
        marks: &Marks<'_>,
    ) -> Result<DrawProgress, JsValue> {
        let none = marks.none();
        let (mut from, mut to) = (usize::MAX, 0);
        let next = || {
            let mut due = self.due.borrow_mut();
            let at = due.partition_point(|it| *it < first);
            if at < due.len() { Some(due.remove(at)) } else { due.pop() }
        };
        while let Some(paragraph) = next() {
            let chunk = paragraph / PARAGRAPHS_PER_CHUNK;
            let marks = if self.has_highlights(chunk) { marks } else { &none };
            if let Some(chunk) = self.chunks.get(chunk) {
                self.draw_paragraph(chunk, paragraph, marks)?;
            }
            (from, to) = (from.min(paragraph), to.max(paragraph));
            if !has_time() {
                break;
            }
        }
        let drawn =
            || self.article.window(self.article.paragraph(from).start..self.article.paragraph(to).end);
        Ok(DrawProgress {
            drawn: if from <= to { drawn() } else { None },
            is_complete: self.due.borrow().is_empty(),
        })
    }

    /// Redraws the paragraphs that `span` touches, if they have their highlights.
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

    /// Draws the highlights of all chunks, or removes those that are not near the viewport.
    pub(crate) fn highlight_all(&self, all_highlighted: bool, marks: &Marks<'_>) -> Result<(), JsValue> {
        if all_highlighted {
            self.draw_due(0, || true, marks)?;
        }
        if self.all_highlighted.replace(all_highlighted) == all_highlighted {
            return Ok(());
        }
        let far = (0..self.chunks.len()).filter(|it| self.near_chunks.borrow().binary_search(it).is_err());
        let none = marks.none();
        let marks = if all_highlighted { marks } else { &none };
        far.collect::<Vec<_>>().into_iter().try_for_each(|chunk| self.draw_chunk(chunk, marks))
    }

    fn has_highlights(&self, chunk: usize) -> bool {
        self.all_highlighted.get() || self.near_chunks.borrow().binary_search(&chunk).is_ok()
    }

    /// Marks the paragraphs of chunks that came near the viewport or left it as due.
    pub(crate) fn update_crossed_chunks(&self, crossings: &Crossings) {
        let mut due = self.due.borrow_mut();
        for &(index, near) in crossings {
            if self.set_near(index, near)
                && !self.all_highlighted.get()
                && let Some(chunk) = self.chunks.get(index)
            {
                due.retain(|it| !chunk.paragraphs.contains(it));
                let at = due.partition_point(|it| *it < chunk.paragraphs.start);
                due.splice(at..at, chunk.paragraphs.clone());
            }
        }
    }

    /// Records that a chunk is near the viewport or is not. Returns true if that changed.
    fn set_near(&self, chunk: usize, near: bool) -> bool {
        let mut near_chunks = self.near_chunks.borrow_mut();
        match (near_chunks.binary_search(&chunk), near) {
            (Err(at), true) => near_chunks.insert(at, chunk),
            (Ok(at), false) => _ = near_chunks.remove(at),
            _ => return false,
        }
        true
    }

    /// Marks the highlights of `id` as focused or not. Returns true if there are any.
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

impl Observer {
    fn new(
        scroller: &HtmlElement,
        chunks: &[Chunk],
        on_crossing: impl Fn(Crossings) + 'static,
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
            on_crossing(crossings);
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
