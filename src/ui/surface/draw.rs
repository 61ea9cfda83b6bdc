//! Draws the text and the highlights as DOM elements.

use std::{ops::Range, rc::Rc};

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DocumentFragment, Element, HtmlElement, Node};

use crate::{
    annotation::{AnnotationId, AnnotationSet, Codebook, LANES, Layer, Run, TagId, runs},
    text::Article,
    ui::{
        parts::look::class_names,
        surface::chunk::{Chunk, PARAGRAPHS_PER_CHUNK},
    },
};

/// The maximum number of highlights in a paragraph; beyond it, only the outermost are drawn. More cannot be told apart,
/// and a malicious file could freeze the page with them.
const MAX_MARKS: usize = 2_000;

/// At least this many overlapping highlights are drawn all the same.
const MIN_DEPTH: usize = 4;

/// The maximum number of overlapping highlights.
const MAX_DEPTH: usize = 100;

/// What to highlight.
pub(crate) struct Marks<'a> {
    /// The article's annotations.
    pub(crate) set: Option<&'a AnnotationSet>,
    /// The tags with their appearance.
    pub(crate) codebook: &'a Codebook,
    /// The tags whose annotations are hidden.
    pub(crate) hidden: &'a [TagId],
    /// The focused annotation.
    pub(crate) focus: Option<AnnotationId>,
}

impl Marks<'_> {
    /// No highlights.
    pub(super) const fn none(&self) -> Self {
        Self { set: None, ..*self }
    }

    /// The runs of a range of bytes, or `None` if it has no highlights.
    fn runs(&self, article: &Article, range: Range<usize>) -> Option<Vec<Run>> {
        let window = article.window(range)?;
        let mut entries = self.set?.overlapping(window);
        entries.retain(|(_, it)| self.hidden.binary_search(&it.tag).is_err());
        (!entries.is_empty()).then(|| runs(window, &entries))
    }
}

/// Fills `root` with the article's text in chunks of paragraphs, without highlights.
pub(super) fn build(article: &Rc<Article>, root: &HtmlElement) -> Result<Vec<Chunk>, JsValue> {
    let document = gloo::utils::document();
    let all = document.create_document_fragment();
    let template = Template::new(&document)?;
    let mut chunks = Vec::new();
    for start in (0..article.paragraphs()).step_by(PARAGRAPHS_PER_CHUNK) {
        let paragraphs = start..(start + PARAGRAPHS_PER_CHUNK).min(article.paragraphs());
        let element: HtmlElement = document.create_element("section")?.unchecked_into();
        element.set_class_name("chunk");
        element.set_attribute("data-chunk", &chunks.len().to_string())?;
        element.style().set_property("--lines", &estimated_lines(article, &paragraphs).to_string())?;
        for index in paragraphs.clone() {
            let paragraph = template.fill(article, index)?;
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

/// Draws a paragraph: its text, its hidden line end and its highlights. Does nothing if it has no highlights and needs
/// none.
pub(super) fn fill(
    article: &Article,
    index: usize,
    into: &Element,
    marks: &Marks<'_>,
) -> Result<(), JsValue> {
    let document = gloo::utils::document();
    let writer =
        ParagraphWriter { document: &document, article, body_end: article.paragraph_body(index).end };
    let content = document.create_document_fragment();
    let range = article.paragraph(index);
    let mut depth = 0;
    match marks.runs(article, range.clone()) {
        None if into.query_selector("mark")?.is_none() => return Ok(()),
        None => writer.text(range, &content)?,
        Some(runs) => {
            let max_marks = (MAX_MARKS / runs.len().max(1)).clamp(MIN_DEPTH, MAX_DEPTH);
            for run in runs {
                depth = run.layers.iter().map(|it| it.lane + 1).fold(depth, usize::max);
                let outer: Node = content.clone().into();
                let layers = run.layers.iter().enumerate();
                let mut painted = layers
                    .filter(|(place, layer)| *place < max_marks || marks.focus == Some(layer.id))
                    .map(|(_, layer)| layer);
                let inner = painted.try_fold(outer, |outside, layer| {
                    let mark = writer.mark(layer, &run, marks)?;
                    outside.append_child(&mark)
                })?;
                writer.text(run.range, &inner)?;
            }
        }
    }
    set_depth(into, depth)?;
    replace_children(into, &content)
}

/// The least depth at which a paragraph needs more space between its lines.
const DEEP: usize = 2;

/// Tells the style sheet how deep the annotations of a paragraph lie, if it needs more space between its lines or has
/// stripes in place of lines.
fn set_depth(paragraph: &Element, depth: usize) -> Result<(), JsValue> {
    match depth {
        0..DEEP if paragraph.has_attribute("data-depth") => paragraph.remove_attribute("data-depth"),
        0..DEEP => Ok(()),
        DEEP..=LANES => paragraph.set_attribute("data-depth", &depth.to_string()),
        _ => paragraph.set_attribute("data-depth", "stripes"),
    }
}

/// Template paragraphs to clone. A clone takes fewer calls of the browser than a new element, and a long text has ten
/// thousand paragraphs.
struct Template {
    /// A paragraph with a line end.
    with_line_end: Element,
    /// A paragraph without a line end.
    without_line_end: Element,
}

impl Template {
    fn new(document: &Document) -> Result<Self, JsValue> {
        let without_line_end = document.create_element("p")?;
        without_line_end.set_attribute("dir", "auto")?;
        without_line_end.append_child(&document.create_text_node(""))?;
        let with_line_end: Element = without_line_end.clone_node_with_deep(true)?.unchecked_into();
        let end = line_end(document, "")?;
        with_line_end.append_child(&end)?;
        Ok(Self { with_line_end, without_line_end })
    }

    /// Makes a paragraph without highlights, as [`fill`] draws it.
    fn fill(&self, article: &Article, index: usize) -> Result<Element, JsValue> {
        let (range, body) = (article.paragraph(index), article.paragraph_body(index));
        let (text, ended) = (article.text(), body.end < range.end);
        let template = if ended { &self.with_line_end } else { &self.without_line_end };
        let paragraph: Element = template.clone_node_with_deep(true)?.unchecked_into();
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

/// An element with a line end, which the style sheet hides. It makes the DOM hold the exact text.
fn line_end(document: &Document, text: &str) -> Result<Element, JsValue> {
    let end = document.create_element("span")?;
    end.set_class_name("line-end");
    end.set_text_content(Some(text));
    Ok(end)
}

/// True if the white space of a paragraph must be kept: it has an indent, columns or repeated spaces.
fn is_spaced(body: &str) -> bool {
    let space = |it: &u8| matches!(it, b' ' | b'\t' | b'\n' | b'\r');
    body.as_bytes().first().is_some_and(space)
        || body.as_bytes().windows(2).any(|pair| pair[0] == b'\t' || pair.iter().all(space))
}

/// The estimated number of lines of some paragraphs, for the height of a chunk that was never laid out.
fn estimated_lines(article: &Article, paragraphs: &Range<usize>) -> usize {
    const CHARACTERS_PER_LINE: usize = 66;
    paragraphs.clone().map(|it| article.paragraph_body(it).len() / CHARACTERS_PER_LINE + 1).sum()
}

/// Replaces the nodes of a paragraph by `content`. Keeps equal nodes at both ends, so that the browser only has to
/// style and paint what is new.
fn replace_children(paragraph: &Element, content: &DocumentFragment) -> Result<(), JsValue> {
    let nodes = |of: &Node| -> Vec<Node> {
        let list = of.child_nodes();
        (0..list.length()).filter_map(|index| list.item(index)).collect()
    };
    let (old, new) = (nodes(paragraph), nodes(content));
    let are_equal = |(one, other): &(&Node, &Node)| one.is_equal_node(Some(other));
    let before = old.iter().zip(&new).take_while(are_equal).count();
    let after = old[before..].iter().rev().zip(new[before..].iter().rev()).take_while(are_equal).count();
    for node in &old[before..old.len() - after] {
        paragraph.remove_child(node)?;
    }
    for node in &new[before..new.len() - after] {
        paragraph.insert_before(node, old.get(old.len() - after))?;
    }
    Ok(())
}

/// Makes the nodes of a paragraph.
struct ParagraphWriter<'a> {
    document: &'a Document,
    article: &'a Article,
    body_end: usize,
}

impl ParagraphWriter<'_> {
    /// Appends the text of a range of bytes.
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

    /// Makes the element of a highlight.
    fn mark(&self, layer: &Layer, run: &Run, marks: &Marks<'_>) -> Result<Element, JsValue> {
        let mark = self.document.create_element("mark")?;
        mark.set_attribute("data-id", &layer.id.to_string())?;
        mark.set_attribute("data-tag", layer.tag.as_str())?;
        let [hue, line] = class_names(marks.codebook.tag(layer.tag));
        let mut class = format!("{hue} {line} lane-{}", layer.lane.min(LANES - 1));
        // At the start of an annotation, a style rule gives the name of the tag to assistive technology.
        if marks.set.and_then(|it| it.get(layer.id)).is_some_and(|it| it.span.start() == run.range.start) {
            class.push_str(" starts");
            mark.set_attribute("data-name", marks.codebook.name_of(layer.tag))?;
        }
        // The last class, as when the focus is set later, so that equal elements are recognized as equal.
        if marks.focus == Some(layer.id) {
            class.push_str(" focused");
        }
        mark.set_class_name(&class);
        Ok(mark)
    }
}
