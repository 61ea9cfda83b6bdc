// What was in view when the page was last looked at, shown until the program has drawn the same: the article's text with its
// highlights, where it stood. The program says when it is to be kept, and takes it away. A first visit is shown the article that
// stands in the page itself.
//
// It is all that the page waits for before that is drawn.
{
  const KEY = "glossator:glimpse";
  // More than is ever in view of a text that was not made to be so, in UTF-16 code units.
  const LONGEST = 200_000;
  // Nothing else is made of what is kept, whoever put it there.
  const NAMES = ["H1", "P", "MARK", "SPAN"];

  // Without it the page is the same, but for a moment.
  const attempt = (act) => () => {
    try { act(); } catch (error) { console.warn(`The glimpse of the text: ${error}`); }
  };

  const stored = (key) => {
    let item = null;
    attempt(() => { item = JSON.parse(localStorage.getItem(key)); })();
    return item;
  };

  /** What has to be the same for the same text to stand in the same place. */
  const setting = () => [
    document.querySelector("link[rel='stylesheet']")?.href, innerWidth, innerHeight, devicePixelRatio,
    document.documentElement.dataset.size ?? "medium",
  ].join(" ");

  /** Where in the text the program is going to begin, as the browser's history keeps it; nothing is the beginning. */
  const standing = () => String(history.state ?? "").split(" ").slice(1).join(" ");

  /** The parts of the article that may be in view: chunks outside of it have no layout, and are not asked for one. */
  function* near(view) {
    yield* document.querySelectorAll("#title, #reader .meta");
    const chunks = document.getElementsByClassName("chunk");
    let [low, high] = [0, chunks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (chunks[middle].getBoundingClientRect().bottom > view.top) high = middle; else low = middle + 1;
    }
    while (low < chunks.length && chunks[low].getBoundingClientRect().top < view.bottom) yield* chunks[low++].children;
  }

  const written = (node) =>
    node.nodeType === Node.TEXT_NODE ? node.data : [node.tagName, node.className, ...[...node.childNodes].map(written)];

  const made = (kept) => {
    if (!Array.isArray(kept)) return String(kept);
    const [name, classes, ...children] = kept;
    if (!NAMES.includes(name)) return "";
    const element = document.createElement(name);
    element.className = classes;
    element.dir = name === "P" || name === "H1" ? "auto" : "";
    element.append(...children.map(made));
    return element;
  };

  const place = (element, sides) => {
    for (const side of ["left", "top", "width", "height"]) {
      if (side in sides) element.style[side] = `${Number(sides[side])}px`;
    }
  };

  /** What is in view now; nothing where that is no text. */
  const seen = () => {
    const reader = document.querySelector("#reader:not(.behind)");
    const article = reader?.querySelector("article");
    if (!article) return null;
    const [view, column] = [reader, article].map((it) => it.getBoundingClientRect());
    // What selections snap to stands above the text, which goes on behind it.
    const top = document.getElementById("hand").getBoundingClientRect().bottom;
    const blocks = [];
    for (const block of near(view)) {
      const box = block.getBoundingClientRect();
      if (box.bottom > top && box.top < view.bottom) {
        blocks.push({ left: box.left - column.left, top: box.top - top, width: box.width, content: written(block) });
      }
    }
    return {
      setting: setting(),
      address: location.hash,
      standing: standing(),
      isBeginning: reader.scrollTop === 0,
      // It is this one that is opened where the address names none.
      isFirst: document.querySelector(".doc")?.ariaCurrent != null && location.hash.split("/").length < 4,
      left: column.left, top, width: column.width, height: view.bottom - top,
      blocks,
    };
  };

  const keep = () => {
    localStorage.removeItem(KEY);
    const now = seen();
    const kept = JSON.stringify(now);
    if (now && kept.length <= LONGEST) localStorage.setItem(KEY, kept);
  };

  /** Whether the program is going to show the same. */
  const isOfHere = (kept) => kept !== null && kept.setting === setting()
    && (kept.address === location.hash || kept.isFirst && location.hash.length < 2)
    && (kept.standing === standing() || kept.isBeginning && standing() === "");

  /** Before the page is drawn, for which there has to be a body. */
  const whenBody = (act) => {
    if (document.body) return act();
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      observer.disconnect();
      act();
    }).observe(document.documentElement, { childList: true });
  };

  const draw = (kept) => {
    const glimpse = document.createElement("article");
    glimpse.id = "glimpse";
    glimpse.ariaHidden = "true";
    place(glimpse, kept);
    for (const block of kept.blocks) {
      const holder = document.createElement("div");
      holder.className = "chunk";
      place(holder, block);
      holder.append(made(block.content));
      glimpse.append(holder);
    }
    whenBody(() => document.body.append(glimpse));
    // It stays where it is: what a person does concerns what is behind it.
    for (const type of ["pointerdown", "wheel", "touchstart", "keydown", "resize", "beforeprint"]) {
      addEventListener(type, () => glimpse.remove(), { capture: true, once: true, passive: true });
    }
  };

  /** A page that is not looked at may never be drawn. */
  const frame = () => new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 200);
  });

  const show = () => {
    const page = document.documentElement.dataset;
    // The choice of light or dark, and of how large the text is, holds from the beginning, so that nothing flashes.
    const { theme, size } = stored("glossator:view") ?? {};
    if (["light", "dark"].includes(theme)) page.theme = theme;
    if (["small", "large"].includes(size)) page.size = size;

    const isFirst = ["", page.first].includes(location.hash) && standing() === "";
    if (!isFirst) page.elsewhere = "";
    const kept = stored(KEY);
    if (isOfHere(kept)) {
      draw(kept);
      window.glossatorSeen = frame();
    } else if (isFirst) {
      const parsed = new Promise((done) => addEventListener("DOMContentLoaded", done));
      // The program is going to take the place of the article in the page: what stays in view till then is a copy of it.
      window.glossatorSeen = parsed.then(frame).then(attempt(() => draw(seen())));
    }
  };

  window.glossatorGlimpse = attempt(keep);
  attempt(show)();
}
