// Records what the page shows of the last view before the program starts, and what is underneath when that is removed.
{
  /** The highlights and lines of text, and where they begin, in CSS pixels. */
  const looks = (root, within) => [...document.querySelectorAll(`${root} :is(h1, p, mark)`)].filter((element) => {
    // Elements in a chunk without layout report outdated positions.
    const chunk = element.closest(".chunk")?.getBoundingClientRect();
    return !chunk || chunk.bottom > within.top && chunk.top < within.bottom;
  }).map((element) => {
    const { left, top } = element.getClientRects()[0] ?? {};
    return [element.tagName, element.className, element.textContent.slice(0, 30), Math.round(left), Math.round(top)];
  }).filter(([, , , , top]) => top > within.top + 1 && top < within.bottom - 1);

  let box;
  window.looks = (root) => looks(root, box);
  window.glimpsed = null;
  new MutationObserver((records) => {
    for (const { addedNodes, removedNodes } of records) {
      for (const { id } of addedNodes) if (id === "glimpse") {
        const glimpse = document.getElementById(id);
        box = glimpse.getBoundingClientRect();
        window.glimpsed = { there: looks("#glimpse", box), program: document.getElementById("status") !== null };
        window.glimpsed.names = [...glimpse.querySelectorAll("*")].map((it) => it.tagName);
      }
      for (const { id } of removedNodes) if (id === "glimpse") window.glimpsed.behind = looks("#reader article", box);
    }
  }).observe(document, { childList: true, subtree: true });
}
