// The baseline of the benchmarks: a page without a framework that only draws a text and its annotations.
//
// `?chunks` groups 32 paragraphs in a section with `content-visibility` and draws only marks near the viewport.
// `?marks` draws all marks at once. `?highlights` uses the CSS Custom Highlight API near the viewport.
// Releasing a selection tags it.
const method = location.search.slice(1);
const [text, spans] = await Promise.all([
  fetch("text.txt").then((it) => it.text()),
  fetch("annotations.json").then((it) => it.json()),
]);
const root = document.getElementById("text");

const paragraphs = [];
for (let start = 0; start < text.length; ) {
  let end = text.indexOf("\n", start);
  if (end < 0) end = text.length;
  if (end > start) paragraphs.push({ start, end, on: [], near: false });
  start = end + 1;
}

/** The index of the first paragraph that ends after a position. */
function paragraphAt(position) {
  let [low, high] = [0, paragraphs.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (paragraphs[middle].end <= position) low = middle + 1; else high = middle;
  }
  return low;
}

function touched(start, end) {
  const first = paragraphAt(start);
  let last = first + 1;
  while (last < paragraphs.length && paragraphs[last].start < end) last += 1;
  return paragraphs.slice(first, last);
}

const annotate = (annotation) => {
  const all = touched(annotation.start, annotation.end);
  for (const paragraph of all) paragraph.on.push(annotation);
  return all;
};

/** Draws a paragraph with a mark for each run of text under the same annotations. */
function fill({ element, start, end, on }) {
  const cuts = new Set([start, end]);
  for (const it of on) cuts.add(Math.max(it.start, start)).add(Math.min(it.end, end));
  const places = [...cuts].sort((a, b) => a - b);
  element.replaceChildren(...places.slice(1).map((to, index) => {
    const from = places[index];
    const here = on.filter((it) => it.start < to && it.end > from);
    if (here.length === 0) return text.slice(from, to);
    const mark = document.createElement("mark");
    mark.className = `t${here.reduce((all, it) => all | (1 << it.tag), 0)}`;
    mark.dataset.ids = here.map((it) => it.id).join(" ");
    mark.textContent = text.slice(from, to);
    return mark;
  }));
}

const painted = [0, 1, 2].map((tag) => {
  const highlight = new Highlight();
  CSS.highlights.set(`t${1 << tag}`, highlight);
  return highlight;
});

function paint(paragraph, { start, end, tag }) {
  const node = paragraph.element.firstChild;
  const range = new StaticRange({
    startContainer: node, startOffset: Math.max(start, paragraph.start) - paragraph.start,
    endContainer: node, endOffset: Math.min(end, paragraph.end) - paragraph.start,
  });
  painted[tag].add(range);
  (paragraph.ranges ??= []).push([tag, range]);
}

function enter(paragraph) {
  paragraph.near = true;
  if (method === "highlights") paragraph.on.forEach((it) => paint(paragraph, it));
  else if (paragraph.on.length > 0) fill(paragraph);
}

function leave(paragraph) {
  paragraph.near = false;
  if (method === "highlights") {
    for (const [tag, range] of paragraph.ranges ?? []) painted[tag].delete(range);
    paragraph.ranges = [];
  } else if (paragraph.on.length > 0) {
    paragraph.element.textContent = text.slice(paragraph.start, paragraph.end);
  }
}

for (let at = 0; at < spans.length; at += 3) {
  annotate({ id: `a${at / 3}`, start: spans[at], end: spans[at + 1], tag: spans[at + 2] });
}

root.classList.toggle("near", method === "chunks");
const all = document.createDocumentFragment();
let section;
paragraphs.forEach((paragraph, index) => {
  if (index % 32 === 0) {
    all.append(section = document.createElement("section"));
    section.paragraphs = [];
  }
  paragraph.element = document.createElement("p");
  paragraph.element.paragraph = paragraph;
  if (method === "marks") fill(paragraph);
  else paragraph.element.textContent = text.slice(paragraph.start, paragraph.end);
  section.append(paragraph.element);
  section.paragraphs.push(paragraph);
});
for (const section of all.children) {
  const lines = section.paragraphs.reduce((sum, it) => sum + Math.ceil((it.end - it.start) / 76), 0);
  section.style.setProperty("--lines", lines);
}
root.append(all);

let shown = method === "marks";
if (method !== "marks") {
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      for (const it of target.paragraphs) if (it.near !== isIntersecting) (isIntersecting ? enter : leave)(it);
    }
    shown = true;
  }, { root: document.getElementById("reader"), rootMargin: "800px 0px" });
  for (const section of root.children) observer.observe(section);
}

function positionOf(node, offset) {
  const element = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("p");
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(node, offset);
  return element.paragraph.start + before.toString().length;
}

let changes = 0;
document.addEventListener("pointerup", () => {
  const selection = getSelection();
  if (selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const start = positionOf(range.startContainer, range.startOffset);
  const end = positionOf(range.endContainer, range.endOffset);
  const annotation = { id: `n${changes}`, start, end, tag: 0 };
  for (const it of annotate(annotation)) {
    if (method === "marks") fill(it);
    else if (it.near) method === "highlights" ? paint(it, annotation) : fill(it);
  }
  selection.removeAllRanges();
  changes += 1;
});

// Read by the benchmark.
window.drawn = {
  /** True once the first highlights are drawn. */
  shown: () => shown,
  /** Number of changes. */
  changes: () => changes,
};
