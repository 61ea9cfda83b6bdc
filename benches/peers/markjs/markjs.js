// The text with mark.js, which only marks ranges. The page itself tags a selection when the pointer is released, and
// deletes the last added mark with a key.
import { annotations, root } from "../page.js";

const marker = new Mark(root);

function show(some) {
  marker.markRanges(some.map((it) => ({ ...it, length: it.end - it.start })), {
    each: (mark, { id, tag }) => {
      mark.className = `t${tag} ${id}`;
      mark.dataset.id = id;
    },
  });
}

// mark.js draws only the first of overlapping ranges, so each call gets ranges that do not overlap.
const calls = [];
for (const annotation of annotations.toSorted((a, b) => a.start - b.start)) {
  let call = calls.find((it) => it.at(-1).end <= annotation.start);
  if (!call) calls.push(call = []);
  call.push(annotation);
}
calls.forEach(show);

function positionOf(node, offset) {
  const paragraph = node.parentElement.closest("p");
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  return paragraph.start + before.toString().length;
}

let added = 0;
addEventListener("pointerup", () => {
  const selection = getSelection();
  if (selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const start = positionOf(range.startContainer, range.startOffset);
  const end = start + range.toString().length;
  selection.removeAllRanges();
  added += 1;
  show([{ id: `n${added}`, start, end, tag: 0 }]);
});

addEventListener("keydown", ({ key }) => {
  if (key === "Delete") marker.unmark({ element: "mark", className: `n${added}` });
});
