// The text in Recogito's annotator, with its own data format and default drawing. It turns selections into annotations
// itself; the page adds a key that deletes them.
import { annotations, root } from "../page.js";

const fills = ["#f6dfa4", "#bfe0d8", "#dcc6e6"];
const annotator = RecogitoJS.createTextAnnotator(root, {
  style: ({ bodies }) => ({ fill: fills[bodies[0]?.value ?? 0], fillOpacity: 0.5 }),
});
annotator.setAnnotations(annotations.map(({ id, start, end, tag, quote }) => ({
  id,
  bodies: [{ id: `${id}-tag`, annotation: id, purpose: "tagging", value: tag }],
  target: { annotation: id, selector: [{ quote, start, end }] },
})), true);

addEventListener("keydown", ({ key }) => {
  if (key !== "Delete") return;
  for (const { id } of annotator.state.selection.selected) annotator.removeAnnotation(id);
});

/** Number of painted annotations: Recogito paints all those in view at once, in a layer over the text. */
const painted = () =>
  new Set([...root.querySelectorAll(".r6o-annotation")].map((it) => it.dataset.annotation)).size;

window.drawn = { shown: () => painted() > 0, changes: painted };
