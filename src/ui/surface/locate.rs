//! From places on the page to positions in the text, and back.

use std::ops::Range;

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DomRect, Element, Node, Range as DomRange};

use crate::{
    text::{Span, Utf16},
    ui::{
        platform::clamp,
        surface::{Chunk, Surface, paragraph_element, standing::TextPosition},
    },
};

/// A rectangle on the page, in CSS pixels from the upper left corner of what scrolls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

/// How much of the viewport's upper end is taken by what stays there, in CSS pixels.
const HEAD: f64 = 56.0;

/// `NodeFilter.SHOW_TEXT` of the DOM standard, which web-sys does not name.
const SHOW_TEXT: u32 = 4;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Start,
    End,
}

impl Surface {
    /// The part of what the person has selected that lies in the text, and whether it was selected backwards.
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

    /// Where the cursor stands in the text, or the selection begins; nothing when neither is in it.
    pub(crate) fn caret(&self) -> Option<usize> {
        let selection = web_sys::window()?.get_selection().ok()??;
        let range = selection.get_range_at(selection.range_count().checked_sub(1)?).ok()?;
        let node = range.start_container().ok()?;
        self.root.contains(Some(&node)).then(|| self.byte_at(&node, range.start_offset().ok()?))?
    }

    /// Selects a passage on the page, as if it had been dragged over in that direction.
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

    /// The byte of the text that is nearest to a place in the window, where there is text.
    pub(crate) fn byte_near(&self, x: f64, y: f64) -> Option<usize> {
        let (node, offset) = caret_at(x, y)?;
        self.root.contains(Some(&node)).then(|| self.byte_at(&node, offset))?
    }

    /// From where to where the text is seen, as far down as [`Place`] counts.
    pub(crate) fn seen(&self) -> Range<f64> {
        let top = f64::from(self.scroller.scroll_top());
        top + HEAD..top + f64::from(self.scroller.client_height())
    }

    /// The place in the window nearest to this one, from above to below, where text is seen.
    pub(crate) fn within(&self, y: f64) -> f64 {
        let seen = self.scroller.get_bounding_client_rect();
        clamp(y, seen.top() + HEAD, (seen.bottom() - 1.0).max(seen.top() + HEAD))
    }

    /// Scrolls by a little where a place in the window is at the upper or lower edge of the text, the more the further out.
    pub(crate) fn scroll_at_edge(&self, y: f64) -> Option<()> {
        const EDGE: f64 = 40.0;
        const MOST: f64 = 24.0;
        let seen = self.scroller.get_bounding_client_rect();
        let step = |depth: f64| clamp(depth / EDGE, 0.0, 1.0) * MOST;
        let by = step(y - (seen.bottom() - EDGE)) - step(seen.top() + HEAD + EDGE - y);
        (by != 0.0).then(|| self.scroller.scroll_by_with_x_and_y(0.0, by))
    }

    /// The annotations under an element of the text, the innermost first, by the names in the page.
    pub(crate) fn ids_at(&self, target: &Element) -> Vec<String> {
        let mut ids = Vec::new();
        let mut at = target.closest("mark").ok().flatten();
        while let Some(mark) = at.filter(|it| self.root.contains(Some(it))) {
            ids.extend(mark.get_attribute("data-id"));
            at = mark.parent_element().and_then(|it| it.closest("mark").ok().flatten());
        }
        ids
    }

    /// Where the first and the last character of a passage are.
    pub(crate) fn ends(&self, span: Span) -> Option<(Place, Place)> {
        Some((self.place_of_start(span)?, self.place_of_end(span)?))
    }

    /// The first and the last character of a passage in the window.
    pub(crate) fn lines(&self, span: Span) -> Option<(DomRect, DomRect)> {
        let last = self.article.slice(span).chars().next_back()?;
        let first = self.rect(span.start()..self.end_of_character(span.start()))?;
        Some((first, self.rect(span.end() - last.len_utf8()..span.end())?))
    }

    /// Where the first character of a passage is.
    pub(crate) fn place_of_start(&self, span: Span) -> Option<Place> {
        let first = self.article.slice(span).chars().next()?;
        self.place(span.start()..span.start() + first.len_utf8())
    }

    fn place_of_end(&self, span: Span) -> Option<Place> {
        let last = self.article.slice(span).chars().next_back()?;
        self.place(span.end() - last.len_utf8()..span.end())
    }

    /// Whether the viewport has moved by more than half its height since [`Surface::near`] was last asked.
    pub(crate) fn has_moved_on(&self) -> bool {
        (self.scroller.scroll_top() - self.looked_from.get()).abs() > self.scroller.client_height() / 2
    }

    /// Whether the reader is scrolled faster than anyone reads, since this was last asked at an earlier `time` in milliseconds.
    pub(crate) fn rushes(&self, time: f64) -> bool {
        /// CSS pixels in a millisecond.
        const FAST: f64 = 2.0;
        let top = self.scroller.scroll_top();
        let (before, then) = self.passed.replace((top, time));
        // A jump from where the text stood for a while is none: it is far, but so is the time that it took.
        f64::from((top - before).abs()) > FAST * (time - then)
    }

    /// The text in the viewport and as much again before and after it, in whole paragraphs.
    pub(crate) fn near(&self) -> Option<Span> {
        self.looked_from.set(self.scroller.scroll_top());
        let view = self.scroller.get_bounding_client_rect();
        let (top, bottom) = (view.top() - view.height(), view.bottom() + view.height());
        let live = self.live.borrow();
        let first = live.iter().find_map(|it| first_below(&self.chunks[*it], top))?;
        let last = live
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

    /// Whether a place that far down what scrolls is where a bar at the lower edge of the viewport would lie over it.
    pub(crate) fn is_low(&self, y: f64) -> bool {
        const BAR: f64 = 84.0;
        y - f64::from(self.scroller.scroll_top()) > f64::from(self.scroller.client_height()) - BAR
    }

    /// The byte of the first character in the viewport.
    pub(crate) fn first_in_view(&self) -> usize {
        self.first_paragraph_in_view().map_or(0, |it| self.article.paragraph(it).start)
    }

    /// The number of the first paragraph in the viewport.
    pub(crate) fn first_paragraph_in_view(&self) -> Option<usize> {
        let top = self.scroller.get_bounding_client_rect().top() + HEAD;
        self.live.borrow().iter().find_map(|it| first_below(&self.chunks[*it], top))
    }

    /// Where in the text the reader stands; nothing at its beginning.
    pub(crate) fn standing(&self) -> Option<TextPosition> {
        if self.scroller.scroll_top() == 0 {
            return None;
        }
        let paragraph = self.first_paragraph_in_view()?;
        let below = self.below(paragraph)?;
        Some(TextPosition { byte: self.article.paragraph(paragraph).start, below })
    }

    /// Scrolls to where the reader stood.
    pub(crate) fn stand(&self, standing: TextPosition) -> Option<()> {
        if standing.below.is_infinite() {
            self.to_top();
            return Some(());
        }
        let by = self.below(self.article.paragraph_at(standing.byte))? - standing.below;
        #[expect(clippy::cast_possible_truncation, reason = "a scroll position in whole pixels")]
        let by = by.round() as i32;
        if by != 0 {
            self.scroller.set_scroll_top(self.scroller.scroll_top() + by);
        }
        Some(())
    }

    /// How far below the upper edge of the viewport a paragraph begins.
    fn below(&self, paragraph: usize) -> Option<f64> {
        let top = self.paragraph_element(paragraph)?.get_bounding_client_rect().top();
        Some(top - self.scroller.get_bounding_client_rect().top())
    }

    /// The byte of the first line that is whole in the viewport, where that is in the midst of a paragraph; else as
    /// [`Surface::first_in_view`].
    pub(crate) fn first_line_in_view(&self) -> usize {
        let first = self.first_in_view();
        let top = self.scroller.get_bounding_client_rect().top() + HEAD;
        let begins_above = self.rect(first..self.end_of_character(first)).is_some_and(|it| it.top() < top);
        let line =
            begins_above.then(|| self.byte_near(self.root.get_bounding_client_rect().left() + 2.0, top));
        line.flatten().filter(|it| *it > first).unwrap_or(first)
    }

    /// Whether a passage begins in the viewport.
    pub(crate) fn is_in_view(&self, span: Span) -> bool {
        let view = self.scroller.get_bounding_client_rect();
        self.rect(span.start()..self.end_of_character(span.start()))
            .is_some_and(|it| it.top() >= view.top() && it.bottom() <= view.bottom())
    }

    fn end_of_character(&self, start: usize) -> usize {
        let character = self.article.text().get(start..).and_then(|it| it.chars().next());
        start + character.map_or(0, char::len_utf8)
    }

    /// Scrolls until a passage is in view, and says whether it had to.
    pub(crate) fn reveal(&self, start: usize) -> bool {
        let Some(span) = self.article.window(start..start + 1) else { return false };
        let Some(rect) = self.rect(span.start()..span.end()) else { return false };
        let view = self.scroller.get_bounding_client_rect();
        if rect.top() >= view.top() + HEAD && rect.bottom() <= view.bottom() - 72.0 {
            return false;
        }
        let to = f64::from(self.scroller.scroll_top()) + rect.top() - view.top() - view.height() * 0.3;
        #[expect(clippy::cast_possible_truncation, reason = "a scroll position in whole pixels")]
        self.scroller.set_scroll_top(to.max(0.0) as i32);
        true
    }

    fn place(&self, bytes: Range<usize>) -> Option<Place> {
        let rect = self.rect(bytes)?;
        let page = self.root.closest(".page").ok()??.get_bounding_client_rect();
        Some(Place {
            left: rect.left() - page.left(),
            right: rect.right() - page.left(),
            top: rect.top() - page.top(),
            bottom: rect.bottom() - page.top(),
        })
    }

    fn rect(&self, bytes: Range<usize>) -> Option<DomRect> {
        Some(self.range(bytes)?.get_bounding_client_rect())
    }

    pub(crate) fn range(&self, bytes: Range<usize>) -> Option<DomRange> {
        let range = document().create_range().ok()?;
        let (node, offset) = self.point(bytes.start, Edge::Start)?;
        range.set_start(&node, offset).ok()?;
        let (node, offset) = self.point(bytes.end, Edge::End)?;
        range.set_end(&node, offset).ok()?;
        Some(range)
    }

    /// The node and the offset in it for an end of a range of bytes. Where nodes meet, a start takes the later and an
    /// end the earlier, so that a range's rectangle holds its own characters and nothing of the next line.
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

    /// The byte at a place in the document; a place outside the text gives the text's nearer end.
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
        // Between paragraphs or chunks: before the child that the offset counts to, or behind the last one.
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

/// The number of the paragraph that an element of the text is, or of its first one.
fn first_paragraph(of: &Element) -> Option<usize> {
    index_of(of).or_else(|| index_of(&of.first_element_child()?))
}

/// Which paragraph an element is. Readers count them from one.
fn index_of(paragraph: &Element) -> Option<usize> {
    paragraph.get_attribute("data-number")?.parse::<usize>().ok()?.checked_sub(1)
}

/// The first paragraph of a chunk whose lower edge is below `y`, by binary search.
fn first_below(chunk: &Chunk, y: f64) -> Option<usize> {
    let (mut low, mut high) = (chunk.paragraphs.start, chunk.paragraphs.end);
    while low < high {
        let middle = usize::midpoint(low, high);
        let rect = paragraph_element(chunk, middle)?.get_bounding_client_rect();
        if rect.bottom() < y { low = middle + 1 } else { high = middle }
    }
    (low < chunk.paragraphs.end).then_some(low)
}

/// The node and the offset in it at a place in the window. Browsers know one of two ways, and web-sys neither.
fn caret_at(x: f64, y: f64) -> Option<(Node, u32)> {
    let document = document();
    let ask = |way: &str| {
        let way: Function = Reflect::get(&document, &way.into()).ok()?.dyn_into().ok()?;
        way.call2(&document, &x.into(), &y.into()).ok().filter(JsValue::is_object)
    };
    if let Some(position) = ask("caretPositionFromPoint") {
        let node = Reflect::get(&position, &"offsetNode".into()).ok()?.dyn_into().ok()?;
        let offset = Reflect::get(&position, &"offset".into()).ok()?.as_f64()?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count of characters"
        )]
        return Some((node, offset as u32));
    }
    let range: DomRange = ask("caretRangeFromPoint")?.dyn_into().ok()?;
    Some((range.start_container().ok()?, range.start_offset().ok()?))
}

fn document() -> Document {
    gloo::utils::document()
}
