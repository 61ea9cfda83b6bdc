//! Text and highlights as elements.

use std::{ops::Range, rc::Rc};

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DocumentFragment, Element, HtmlElement, Node};

use crate::{
    annotation::{AnnotationId, AnnotationSet, Layer, Run, Tag, runs},
    text::Article,
    ui::surface::{Chunk, PARAGRAPHS_PER_CHUNK},
};

/// Lanes below the text for underlines; deeper ones share the last.
const LANES: usize = 5;

/// Where many annotations lie over each other no more highlights than this are made in one paragraph, of each place
/// the outermost: nobody can tell more of them apart, and a file made to harm could stop the page with them.
const MOST_MARKS: usize = 2_000;

/// As many are made over each other all the same.
const LEAST_DEPTH: usize = 4;

/// No more are ever made over each other.
const MOST_DEPTH: usize = 100;

/// What is to be highlighted.
pub(crate) struct Marks<'a> {
    /// The article's annotations.
    pub(crate) set: Option<&'a AnnotationSet>,
    /// Tags whose annotations are not shown.
    pub(crate) hidden: [bool; Tag::ALL.len()],
    /// The annotation that stands out.
    pub(crate) focus: Option<AnnotationId>,
}

impl Marks<'_> {
    /// Nothing at all.
    pub(crate) const NONE: Marks<'static> = Marks { set: None, hidden: [false; Tag::ALL.len()], focus: None };

    /// The runs of a paragraph that has highlights.
    fn runs(&self, article: &Article, range: Range<usize>) -> Option<Vec<Run>> {
        let window = article.window(range)?;
        let mut entries = self.set?.overlapping(window);
        entries.retain(|(_, it)| !self.hidden[it.tag.index()]);
        (!entries.is_empty()).then(|| runs(window, &entries))
    }
}

/// Fills `root` with the article's plain text in chunks of paragraphs.
pub(super) fn build(article: &Rc<Article>, root: &HtmlElement) -> Result<Vec<Chunk>, JsValue> {
    let document = gloo::utils::document();
    let all = document.create_document_fragment();
    let blank = Blank::new(&document)?;
    let mut chunks = Vec::new();
    for start in (0..article.paragraphs()).step_by(PARAGRAPHS_PER_CHUNK) {
        let paragraphs = start..(start + PARAGRAPHS_PER_CHUNK).min(article.paragraphs());
        let element: HtmlElement = document.create_element("section")?.unchecked_into();
        element.set_class_name("chunk");
        element.set_attribute("data-chunk", &chunks.len().to_string())?;
        element.style().set_property("--lines", &lines(article, &paragraphs).to_string())?;
        for index in paragraphs.clone() {
            let paragraph = blank.fill(article, index)?;
            if is_spaced(&article.text()[article.paragraph_body(index)]) {
                paragraph.set_class_name("spaced");
            }
            if index + 1 < article.paragraphs() && !article.text()[article.paragraph(index)].ends_with('\n') {
                paragraph.class_list().add_1("goes-on")?;
            }
            element.append_child(&paragraph)?;
        }
        all.append_child(&element)?;
        chunks.push(Chunk { element, paragraphs });
    }
    root.replace_children_with_node_1(&all);
    Ok(chunks)
}

/// A paragraph to make others from: a copy takes fewer calls of the browser than the same made anew, and a long text has ten
/// thousand.
struct Blank {
    /// A paragraph with a line end.
    ended: Element,
    /// One without.
    endless: Element,
}

impl Blank {
    fn new(document: &Document) -> Result<Self, JsValue> {
        let endless = document.create_element("p")?;
        endless.set_attribute("dir", "auto")?;
        endless.append_child(&document.create_text_node(""))?;
        let ended: Element = endless.clone_node_with_deep(true)?.unchecked_into();
        let end = line_end(document, "")?;
        ended.append_child(&end)?;
        Ok(Self { ended, endless })
    }

    /// The paragraph without highlights, as [`fill`] draws it.
    fn fill(&self, article: &Article, index: usize) -> Result<Element, JsValue> {
        let (range, body) = (article.paragraph(index), article.paragraph_body(index));
        let (text, ended) = (article.text(), body.end < range.end);
        let blank = if ended { &self.ended } else { &self.endless };
        let paragraph: Element = blank.clone_node_with_deep(true)?.unchecked_into();
        paragraph.set_attribute("data-number", &(index + 1).to_string())?;
        let [words, end] = [paragraph.first_child(), paragraph.last_child().filter(|_| ended)];
        match words {
            Some(words) if range.start < body.end => words.set_node_value(Some(&text[range.start..body.end])),
            Some(words) => _ = paragraph.remove_child(&words)?,
            None => {}
        }
        if let Some(end) = end {
            end.set_text_content(Some(&text[body.end..range.end]));
        }
        Ok(paragraph)
    }
}

/// Line ends are in the page, so that it holds the exact text, but take no room.
fn line_end(document: &Document, text: &str) -> Result<Element, JsValue> {
    let end = document.create_element("span")?;
    end.set_class_name("line-end");
    end.set_text_content(Some(text));
    Ok(end)
}

/// Whether white space in a paragraph says more than where words end: an indent, a column, an empty line.
fn is_spaced(body: &str) -> bool {
    let space = |it: &u8| matches!(it, b' ' | b'\t' | b'\n' | b'\r');
    body.as_bytes().first().is_some_and(space)
        || body.as_bytes().windows(2).any(|pair| pair[0] == b'\t' || pair.iter().all(space))
}

/// About how many lines the paragraphs take, for the height of a chunk that was never laid out.
fn lines(article: &Article, paragraphs: &Range<usize>) -> usize {
    const CHARACTERS_PER_LINE: usize = 66;
    paragraphs.clone().map(|it| article.paragraph_body(it).len() / CHARACTERS_PER_LINE + 1).sum()
}

/// Draws one paragraph: its text, its line ends out of sight, and its highlights. One that has none and is to have none is left
/// alone.
pub(super) fn fill(
    article: &Article,
    index: usize,
    into: &Element,
    marks: &Marks<'_>,
) -> Result<(), JsValue> {
    let document = gloo::utils::document();
    let pen = Pen { document: &document, article, body_end: article.paragraph_body(index).end };
    let content = document.create_document_fragment();
    let range = article.paragraph(index);
    match marks.runs(article, range.clone()) {
        None if into.query_selector("mark")?.is_none() => return Ok(()),
        None => pen.text(range, &content)?,
        Some(runs) => {
            let depth = (MOST_MARKS / runs.len().max(1)).clamp(LEAST_DEPTH, MOST_DEPTH);
            for run in runs {
                let outer: Node = content.clone().into();
                let layers = run.layers.iter().enumerate();
                let mut painted = layers
                    .filter(|(place, layer)| *place < depth || marks.focus == Some(layer.id))
                    .map(|(_, layer)| layer);
                let inner = painted.try_fold(outer, |outside, layer| {
                    let mark = pen.mark(layer, &run, marks)?;
                    outside.append_child(&mark)
                })?;
                pen.text(run.range, &inner)?;
            }
        }
    }
    exchange(into, &content)
}

/// Puts `content` into a paragraph in the place of what is in it. What both begin or end with stays, so that the browser has to
/// style and draw only what is new.
fn exchange(paragraph: &Element, content: &DocumentFragment) -> Result<(), JsValue> {
    let nodes = |of: &Node| -> Vec<Node> {
        let list = of.child_nodes();
        (0..list.length()).filter_map(|index| list.item(index)).collect()
    };
    let (old, new) = (nodes(paragraph), nodes(content));
    let alike = |(one, other): &(&Node, &Node)| one.is_equal_node(Some(other));
    let before = old.iter().zip(&new).take_while(alike).count();
    let behind = old[before..].iter().rev().zip(new[before..].iter().rev()).take_while(alike).count();
    for node in &old[before..old.len() - behind] {
        paragraph.remove_child(node)?;
    }
    for node in &new[before..new.len() - behind] {
        paragraph.insert_before(node, old.get(old.len() - behind))?;
    }
    Ok(())
}

struct Pen<'a> {
    document: &'a Document,
    article: &'a Article,
    body_end: usize,
}

impl Pen<'_> {
    /// The text of a range.
    fn text(&self, range: Range<usize>, into: &Node) -> Result<(), JsValue> {
        let text = self.article.text();
        let edge = self.body_end.clamp(range.start, range.end);
        if range.start < edge {
            into.append_child(&self.document.create_text_node(&text[range.start..edge]))?;
        }
        if edge < range.end {
            let end = line_end(self.document, &text[edge..range.end])?;
            into.append_child(&end)?;
        }
        Ok(())
    }

    fn mark(&self, layer: &Layer, run: &Run, marks: &Marks<'_>) -> Result<Element, JsValue> {
        let mark = self.document.create_element("mark")?;
        mark.set_attribute("data-id", &layer.id.to_string())?;
        let mut class = format!("{} lane-{}", layer.tag.id(), layer.lane.min(LANES - 1));
        // A style rule speaks the tag's name to assistive technology where the annotation begins.
        if marks.set.and_then(|it| it.get(layer.id)).is_some_and(|it| it.span.start() == run.range.start) {
            class.push_str(" starts");
        }
        // Last, where the focus puts it that comes later: the same is to be known as the same.
        if marks.focus == Some(layer.id) {
            class.push_str(" focused");
        }
        mark.set_class_name(&class);
        Ok(mark)
    }
}
