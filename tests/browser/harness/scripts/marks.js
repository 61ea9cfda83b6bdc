// An annotation may have several marks. Their texts in document order are its quote.
const found = new Map();
for (const mark of document.querySelectorAll("#text mark[data-id]")) {
  if (mark.getClientRects().length === 0 || getComputedStyle(mark).visibility === "hidden") continue;
  const id = mark.dataset.id;
  const tag = mark.dataset.tag ?? "";
  const seen = found.get(id) ?? { id, tag, text: "", focused: true };
  seen.text += mark.textContent;
  seen.focused = seen.focused && mark.classList.contains("focused");
  found.set(id, seen);
}
return [...found.values()];
