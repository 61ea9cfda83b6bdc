// The text in Recogito's annotator, in its own format and as it paints where nothing is asked for. What is selected becomes an
// annotation by itself; the page adds the key that deletes it.
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

/** How many annotations are painted: Recogito paints all that are in view at once, in a layer over the text. */
const painted = () =>
  new Set([...root.querySelectorAll(".r6o-annotation")].map((it) => it.dataset.annotation)).size;

window.drawn = { shown: () => painted() > 0, changes: painted };
