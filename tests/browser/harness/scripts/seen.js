// Reads the page as a person sees it: what is drawn, whatever attributes and hidden elements say.

/** The text of an element, without what is hidden, transparent or clipped away. */
const seenText = (element) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const seen = { contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true };
  let text = "";
  for (let node; (node = walker.nextNode());) {
    const parent = node.parentElement;
    let isClipped = false;
    for (let around = parent; around !== element.parentElement; around = around.parentElement) {
      const { width, height } = around.getBoundingClientRect();
      isClipped ||= width <= 1 || height <= 1;
    }
    if (!isClipped && parent.checkVisibility(seen)) text += node.data;
  }
  return text.trim();
};

/**
 * What the header says about the work, in words and by its dot: "saved", "saving", "local" or "unsaved". Only "saved"
 * has a round dot that is filled. Where the two disagree, the result says so. Where there is room for the dot alone, it
 * counts alone. Null without a header.
 */
const seenStatus = () => {
  const status = document.getElementById("status");
  if (!status) return null;
  const words = seenText(status);
  const { backgroundColor, transform } = getComputedStyle(status.querySelector(".dot"));
  const isFilled = !/^transparent$|^rgba\(.*, 0\)$|\/ 0\)$/.test(backgroundColor);
  const hasDotOfSaved = isFilled && transform === "none";
  if (!words) return hasDotOfSaved ? "saved" : "not saved, by the dot alone";
  const known = {
    "Saved in this browser": "saved",
    "Saving …": "saving",
    "Saved, not crash-proof": "local",
    "Not saved": "unsaved",
    "Some data is missing": "unsaved",
  };
  const state = known[words] ?? words;
  return (state === "saved") === hasDotOfSaved ? state : `“${words}” with a dot that says otherwise`;
};
