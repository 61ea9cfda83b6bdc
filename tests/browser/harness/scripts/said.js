// What the header says of the work to whoever looks at it now, in the words for `data-state`; other words as they are.
window.said = () => {
  const states = {
    "Saved in this browser": "saved",
    "Saving …": "saving",
    "Saved, not crash-proof": "local",
    "Not saved": "unsaved",
    "Not all is here": "unsaved",
  };
  const visible = { opacityProperty: true, visibilityProperty: true };
  const words = [...document.querySelectorAll("#status .status-words > span")]
    .filter((it) => it.checkVisibility(visible))
    .map((it) => it.textContent)
    .join(" and ");
  return states[words] ?? words;
};
