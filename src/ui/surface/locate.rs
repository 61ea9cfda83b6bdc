//! Converts between places on the page and positions in the text, and scrolls to them.

use std::ops::Range;

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DomRect, Element, Node, Range as DomRange};

use crate::{
    text::{Span, Utf16},
    ui::surface::{
        Surface, TextPosition,
        chunk::{Chunk, paragraph_element},
    },
};

/// A rectangle on the page, in CSS pixels from the top left corner of the scrolled content.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PageRect {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

/// The height of the bar that stays at the top of the viewport, in CSS pixels.
const TOP_BAR: f64 = 56.0;

/// `NodeFilter.SHOW_TEXT` of the DOM, which web-sys lacks.
const SHOW_TEXT: u32 = 4;

/// An end of a range.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Start,
    End,
}

impl Surface {
    /// The selected passage of the text, and true if it was selected backwards.
    pub(crate) fn selection(&self) -> Option<(Span, bool)> {
        let selection = web_sys::window()?.get_selection().ok()??;
        let range = selection.get_range_at(selection.range_count().checked_sub(1)?).ok()?;
        if range.collapsed() {
            return None;
        }
        let start = self.byte_at(&range.start_container().ok()?, range.start_offset().ok()?)?;
        let end = self.byte_at(&range.end_container().ok()?, range.end_offset().ok()?)?;
        let span = self.article.trim(self.article.span(start, end).ok()?)?;
        let focus = selection.focus_node().and_then(|it| self.byte_at(&it, selection.focus_offset()));
        Some((span, focus.is_some_and(|it| it <= start)))
    }

    /// The byte at the browser's caret or at the start of its selection, if that is in the text.
    pub(crate) fn caret(&self) -> Option<usize> {
        let selection = web_sys::window()?.get_selection().ok()??;
        let range = selection.get_range_at(selection.range_count().checked_sub(1)?).ok()?;
        let node = range.start_container().ok()?;
        self.root.contains(Some(&node)).then(|| self.byte_at(&node, range.start_offset().ok()?))?
    }

    /// Selects a passage on the page, in the given direction.
    pub(crate) fn select(&self, span: Span, backwards: bool) -> Option<()> {
        let (start, start_offset) = self.point(span.start(), Edge::Start)?;
        let (end, end_offset) = self.point(span.end(), Edge::End)?;
        let selection = web_sys::window()?.get_selection().ok()??;
        let selected = if backwards {
            selection.set_base_and_extent(&end, end_offset, &start, start_offset)
        } else {
            selection.set_base_and_extent(&start, start_offset, &end, end_offset)
        };
        selected.ok()
    }

    /// The byte of the text nearest to a point in the window, if there is text.
    pub(crate) fn byte_near(&self, x: f64, y: f64) -> Option<usize> {
        let (node, offset) = dom_position_at(x, y)?;
        self.root.contains(Some(&node)).then(|| self.byte_at(&node, offset))?
    }

    /// The visible range of the text, vertically, in the coordinates of [`PageRect`].
    pub(crate) fn visible_range(&self) -> Range<f64> {
        let top = f64::from(self.scroller.scroll_top());
        top + TOP_BAR..top + f64::from(self.scroller.client_height())
    }

    /// The nearest vertical position in the window at which text is visible.
    pub(crate) fn clamp_to_viewport(&self, y: f64) -> f64 {
        let seen = self.scroller.get_bounding_client_rect();
        y.clamp(seen.top() + TOP_BAR, (seen.bottom() - 1.0).max(seen.top() + TOP_BAR))
    }

    /// Scrolls a little if `y` in the window is near the top or bottom edge, faster the further out it is.
    pub(crate) fn scroll_at_edge(&self, y: f64) -> Option<()> {
        const EDGE: f64 = 40.0;
        const MOST: f64 = 24.0;
        let seen = self.scroller.get_bounding_client_rect();
        let step = |depth: f64| (depth / EDGE).clamp(0.0, 1.0) * MOST;
        let by = step(y - (seen.bottom() - EDGE)) - step(seen.top() + TOP_BAR + EDGE - y);
        (by != 0.0).then(|| self.scroller.scroll_by_with_x_and_y(0.0, by))
    }

    /// The ids in the DOM of the annotations at an element of the text, innermost first.
    pub(crate) fn ids_at(&self, target: &Element) -> Vec<String> {
        let mut ids = Vec::new();
        let mut at = target.closest("mark").ok().flatten();
        while let Some(mark) = at.filter(|it| self.root.contains(Some(it))) {
            ids.extend(mark.get_attribute("data-id"));
            at = mark.parent_element().and_then(|it| it.closest("mark").ok().flatten());
        }
        ids
    }

    /// The rectangles of the first and the last character of a passage.
    pub(crate) fn end_rects(&self, span: Span) -> Option<(PageRect, PageRect)> {
        Some((self.start_rect(span)?, self.end_rect(span)?))
    }

    /// The rectangles of the first and the last character of a passage, relative to the window.
    pub(crate) fn end_rects_in_window(&self, span: Span) -> Option<(DomRect, DomRect)> {
        let last = self.article.slice(span).chars().next_back()?;
        let first = self.window_rect(span.start()..self.end_of_character(span.start()))?;
        Some((first, self.window_rect(span.end() - last.len_utf8()..span.end())?))
    }

    /// Where the first character of a passage is.
    pub(crate) fn start_rect(&self, span: Span) -> Option<PageRect> {
        let first = self.article.slice(span).chars().next()?;
        self.page_rect(span.start()..span.start() + first.len_utf8())
    }

    fn end_rect(&self, span: Span) -> Option<PageRect> {
        let last = self.article.slice(span).chars().next_back()?;
        self.page_rect(span.end() - last.len_utf8()..span.end())
    }

    /// True if the reader was scrolled by more than half a viewport since the last call of [`Surface::near`].
    pub(crate) fn has_left_near(&self) -> bool {
        (self.scroller.scroll_top() - self.near_scroll_top.get()).abs() > self.scroller.client_height() / 2
    }

    /// True if the reader was scrolled faster than anyone reads since the last call. `time` is in milliseconds.
    pub(crate) fn is_scrolling_fast(&self, time: f64) -> bool {
        /// In CSS pixels per millisecond.
        const FAST: f64 = 2.0;
        let top = self.scroller.scroll_top();
        let (before, then) = self.last_scroll.replace((top, time));
        // A single jump after a pause does not count, since the pause is part of its time.
        f64::from((top - before).abs()) > FAST * (time - then)
    }

    /// The text in the viewport and one viewport before and after it, in whole paragraphs.
    pub(crate) fn near(&self) -> Option<Span> {
        self.near_scroll_top.set(self.scroller.scroll_top());
        let view = self.scroller.get_bounding_client_rect();
        let (top, bottom) = (view.top() - view.height(), view.bottom() + view.height());
        let near_chunks = self.near_chunks.borrow();
        let first = near_chunks.iter().find_map(|it| first_below(&self.chunks[*it], top))?;
        let last = near_chunks
            .iter()
            .rev()
            .map(|it| &self.chunks[*it])
            .find(|it| it.element.get_bounding_client_rect().top() < bottom)
            .map(|it| first_below(it, bottom).map_or(it.paragraphs.end, |below| below + 1))?;
        let last = last.clamp(first + 1, self.article.paragraphs());
        self.article.window(self.article.paragraph(first).start..self.article.paragraph(last - 1).end)
    }

    /// Scrolls to the beginning.
    pub(crate) fn to_top(&self) {
        self.scroller.set_scroll_top(0);
    }

    /// True if a bar at the bottom of the viewport would cover `y`, in the coordinates of [`PageRect`].
    pub(crate) fn is_under_bottom_bar(&self, y: f64) -> bool {
        const BAR: f64 = 84.0;
        y - f64::from(self.scroller.scroll_top()) > f64::from(self.scroller.client_height()) - BAR
    }

    /// The byte of the first character in the viewport.
    pub(crate) fn first_byte_in_view(&self) -> usize {
        self.first_paragraph_in_view().map_or(0, |it| self.article.paragraph(it).start)
    }

    /// The index of the first paragraph in the viewport.
    pub(crate) fn first_paragraph_in_view(&self) -> Option<usize> {
        let top = self.scroller.get_bounding_client_rect().top() + TOP_BAR;
        self.near_chunks.borrow().iter().find_map(|it| first_below(&self.chunks[*it], top))
    }

    /// The scroll position; `None` at the beginning of the text.
    pub(crate) fn position(&self) -> Option<TextPosition> {
        if self.scroller.scroll_top() == 0 {
            return None;
        }
        let paragraph = self.first_paragraph_in_view()?;
        let below = self.offset_of(paragraph)?;
        Some(TextPosition { byte: self.article.paragraph(paragraph).start, below })
    }

    /// Scrolls to a position.
    pub(crate) fn scroll_to_position(&self, position: TextPosition) -> Option<()> {
        if position.below.is_infinite() {
            self.to_top();
            return Some(());
        }
        let by = self.offset_of(self.article.paragraph_at(position.byte))? - position.below;
        #[expect(clippy::cast_possible_truncation, reason = "a scroll position in whole pixels")]
        let by = by.round() as i32;
        if by != 0 {
            self.scroller.set_scroll_top(self.scroller.scroll_top() + by);
        }
        Some(())
    }

    /// The distance of a paragraph below the top of the viewport, in CSS pixels.
    fn offset_of(&self, paragraph: usize) -> Option<f64> {
        let top = self.paragraph_element(paragraph)?.get_bounding_client_rect().top();
        Some(top - self.scroller.get_bounding_client_rect().top())
    }

    /// The start of the first line that is fully in the viewport, if that is inside a paragraph; otherwise as
    /// [`Surface::first_byte_in_view`].
    pub(crate) fn first_line_in_view(&self) -> usize {
        let first = self.first_byte_in_view();
        let top = self.scroller.get_bounding_client_rect().top() + TOP_BAR;
        let begins_above =
            self.window_rect(first..self.end_of_character(first)).is_some_and(|it| it.top() < top);
        let line =
            begins_above.then(|| self.byte_near(self.root.get_bounding_client_rect().left() + 2.0, top));
        line.flatten().filter(|it| *it > first).unwrap_or(first)
    }

    /// True if the start of a passage is in the viewport.
    pub(crate) fn is_in_view(&self, span: Span) -> bool {
        let view = self.scroller.get_bounding_client_rect();
        self.window_rect(span.start()..self.end_of_character(span.start()))
            .is_some_and(|it| it.top() >= view.top() && it.bottom() <= view.bottom())
    }

    fn end_of_character(&self, start: usize) -> usize {
        let character = self.article.text().get(start..).and_then(|it| it.chars().next());
        start + character.map_or(0, char::len_utf8)
    }

    /// Scrolls the byte `start` into view. Returns false if it was in view already or is not on the page.
    pub(crate) fn reveal(&self, start: usize) -> bool {
        let Some(span) = self.article.window(start..start + 1) else { return false };
        let Some(rect) = self.window_rect(span.start()..span.end()) else { return false };
        let view = self.scroller.get_bounding_client_rect();
        if rect.top() >= view.top() + TOP_BAR && rect.bottom() <= view.bottom() - 72.0 {
            return false;
        }
        let to = f64::from(self.scroller.scroll_top()) + rect.top() - view.top() - view.height() * 0.3;
        #[expect(clippy::cast_possible_truncation, reason = "a scroll position in whole pixels")]
        self.scroller.set_scroll_top(to.max(0.0) as i32);
        true
    }

    fn page_rect(&self, bytes: Range<usize>) -> Option<PageRect> {
        let rect = self.window_rect(bytes)?;
        let page = self.root.closest(".page").ok()??.get_bounding_client_rect();
        Some(PageRect {
            left: rect.left() - page.left(),
            right: rect.right() - page.left(),
            top: rect.top() - page.top(),
            bottom: rect.bottom() - page.top(),
        })
    }

    fn window_rect(&self, bytes: Range<usize>) -> Option<DomRect> {
        Some(self.dom_range(bytes)?.get_bounding_client_rect())
    }

    /// The DOM range of a range of bytes.
    pub(crate) fn dom_range(&self, bytes: Range<usize>) -> Option<DomRange> {
        let range = document().create_range().ok()?;
        let (node, offset) = self.point(bytes.start, Edge::Start)?;
        range.set_start(&node, offset).ok()?;
        let (node, offset) = self.point(bytes.end, Edge::End)?;
        range.set_end(&node, offset).ok()?;
        Some(range)
    }

    /// The node and the offset in it for an end of a range of bytes. Between two nodes, a start uses the later and an
    /// end the earlier one, so that the rectangle of the range does not include the next line.
    fn point(&self, byte: usize, edge: Edge) -> Option<(Node, u32)> {
        let paragraph = self.article.paragraph_at(match edge {
            Edge::Start => byte,
            Edge::End => byte.saturating_sub(1),
        });
        let start = self.article.paragraph(paragraph).start;
        let mut rest = u32::try_from(self.article.utf16(byte).0 - self.article.utf16(start).0).ok()?;
        let element = self.paragraph_element(paragraph)?;
        let walker = document().create_tree_walker_with_what_to_show(&element, SHOW_TEXT).ok()?;
        while let Ok(Some(node)) = walker.next_node() {
            let length = node.unchecked_ref::<web_sys::CharacterData>().length();
            if rest < length || (rest == length && edge == Edge::End) {
                return Some((node, rest));
            }
            rest -= length;
        }
        None
    }

    /// The byte at a point in the DOM. Outside the text, the nearer end of the text.
    fn byte_at(&self, node: &Node, offset: u32) -> Option<usize> {
        let whole = document().create_range().ok()?;
        whole.select_node_contents(&self.root).ok()?;
        match whole.compare_point(node, offset).ok()? {
            side if side < 0 => return Some(0),
            side if side > 0 => return Some(self.article.text().len()),
            _ => {}
        }
        let element = match node.dyn_ref::<Element>() {
            Some(element) => element.clone(),
            None => node.parent_element()?,
        };
        if let Some(paragraph) = element.closest("p").ok()? {
            let index = index_of(&paragraph)?;
            let before = document().create_range().ok()?;
            before.set_start(&paragraph, 0).ok()?;
            before.set_end(node, offset).ok()?;
            let inside = usize::try_from(before.to_string().length()).ok()?;
            let start = self.article.utf16(self.article.paragraph(index).start);
            return self.article.byte_at_utf16(Utf16(start.0 + inside)).ok();
        }
        // Between paragraphs or chunks: before the child at the offset, or after the last child.
        let edge = match node.child_nodes().item(offset).and_then(|it| it.dyn_into::<Element>().ok()) {
            Some(child) => first_paragraph(&child).map(|it| self.article.paragraph(it).start),
            None => self.last_paragraph(&element).map(|it| self.article.paragraph(it).end),
        };
        Some(edge.unwrap_or(self.article.text().len()))
    }

    fn last_paragraph(&self, of: &Element) -> Option<usize> {
        let chunk: usize = match of.get_attribute("data-chunk") {
            Some(chunk) => chunk.parse().ok()?,
            None => self.chunks.len().checked_sub(1)?,
        };
        self.chunks.get(chunk)?.paragraphs.end.checked_sub(1)
    }
}

/// The index of the paragraph at an element, or of the first one inside it.
fn first_paragraph(of: &Element) -> Option<usize> {
    index_of(of).or_else(|| index_of(&of.first_element_child()?))
}

/// The index of a paragraph. The number in the DOM starts at one.
fn index_of(paragraph: &Element) -> Option<usize> {
    paragraph.get_attribute("data-number")?.parse::<usize>().ok()?.checked_sub(1)
}

/// The first paragraph of a chunk whose bottom edge is below `y` in the window, by binary search.
fn first_below(chunk: &Chunk, y: f64) -> Option<usize> {
    let (mut low, mut high) = (chunk.paragraphs.start, chunk.paragraphs.end);
    while low < high {
        let middle = usize::midpoint(low, high);
        let rect = paragraph_element(chunk, middle)?.get_bounding_client_rect();
        if rect.bottom() < y { low = middle + 1 } else { high = middle }
    }
    (low < chunk.paragraphs.end).then_some(low)
}

/// The node and the offset in it at a point in the window. Browsers have one of two functions for that; web-sys has
/// neither.
fn dom_position_at(x: f64, y: f64) -> Option<(Node, u32)> {
    let document = document();
    let call = |name: &str| {
        let function: Function = Reflect::get(&document, &name.into()).ok()?.dyn_into().ok()?;
        function.call2(&document, &x.into(), &y.into()).ok().filter(JsValue::is_object)
    };
    if let Some(position) = call("caretPositionFromPoint") {
        let node = Reflect::get(&position, &"offsetNode".into()).ok()?.dyn_into().ok()?;
        let offset = Reflect::get(&position, &"offset".into()).ok()?.as_f64()?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count of characters"
        )]
        return Some((node, offset as u32));
    }
    let range: DomRange = call("caretRangeFromPoint")?.dyn_into().ok()?;
    Some((range.start_container().ok()?, range.start_offset().ok()?))
}

fn document() -> Document {
    gloo::utils::document()
}
