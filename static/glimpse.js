// The glimpse: a copy of what was in view when the page was last used, shown until the program has drawn the same. It holds the
// article's text and highlights at their positions. The program saves it and removes it. On a first visit, a copy of the article
// in `index.html` is shown.
//
// This is the only script that blocks the first paint.
{
  const KEY = "glossator:glimpse";
  // The maximum length of a glimpse, in UTF-16 code units. Only texts made to exceed it do.
  const MAX_LENGTH = 200_000;
  // The only elements that are created from stored data, which other pages of the origin could have written.
  const ELEMENTS = ["H1", "P", "MARK", "SPAN"];

  // Runs `act` and only logs errors, because the page works without a glimpse.
  const attempt = (act) => () => {
    try { act(); } catch (error) { console.warn(`The glimpse of the text: ${error}`); }
  };

  const readItem = (key) => {
    let item = null;
    attempt(() => { item = JSON.parse(localStorage.getItem(key)); })();
    return item;
  };

  /** Everything that must be equal for the same text to have the same layout. */
  const setting = () => [
    document.querySelector("link[rel='stylesheet']")?.href, innerWidth, innerHeight, devicePixelRatio,
    document.documentElement.dataset.size ?? "medium",
  ].join(" ");

  /** The scroll position that the program will restore, from the browser's history; empty at the beginning. */
  const scrollState = () => String(history.state ?? "").split(" ").slice(1).join(" ");

  /** The parts of the article that may be in view. Chunks outside the viewport are skipped, since they have no layout yet. */
  function* blocksNear(view) {
    yield* document.querySelectorAll("#title, #reader .meta");
    const chunks = document.getElementsByClassName("chunk");
    let [low, high] = [0, chunks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (chunks[middle].getBoundingClientRect().bottom > view.top) high = middle; else low = middle + 1;
    }
    while (low < chunks.length && chunks[low].getBoundingClientRect().top < view.bottom) yield* chunks[low++].children;
  }

  const serialize = (node) =>
    node.nodeType === Node.TEXT_NODE ? node.data : [node.tagName, node.className, ...[...node.childNodes].map(serialize)];

  const deserialize = (stored) => {
    if (!Array.isArray(stored)) return String(stored);
    const [name, classes, ...children] = stored;
    if (!ELEMENTS.includes(name)) return "";
    const element = document.createElement(name);
    element.className = classes;
    element.dir = name === "P" || name === "H1" ? "auto" : "";
    element.append(...children.map(deserialize));
    return element;
  };

  const position = (element, sides) => {
    for (const side of ["left", "top", "width", "height"]) {
      if (side in sides) element.style[side] = `${Number(sides[side])}px`;
    }
  };

  /** What is in view now; null if that is not an article. */
  const capture = () => {
    const reader = document.querySelector("#reader:not(.behind)");
    const article = reader?.querySelector("article");
    if (!article) return null;
    const [view, column] = [reader, article].map((it) => it.getBoundingClientRect());
    // The toolbar covers the top of the text.
    const top = document.getElementById("hand").getBoundingClientRect().bottom;
    const blocks = [];
    for (const block of blocksNear(view)) {
      const box = block.getBoundingClientRect();
      if (box.bottom > top && box.top < view.bottom) {
        blocks.push({ left: box.left - column.left, top: box.top - top, width: box.width, content: serialize(block) });
      }
    }
    return {
      setting: setting(),
      address: location.hash,
      standing: scrollState(),
      isBeginning: reader.scrollTop === 0,
      // Whether this is the article that an empty address opens.
      isFirst: document.querySelector(".doc")?.ariaCurrent != null && location.hash.split("/").length < 4,
      left: column.left, top, width: column.width, height: view.bottom - top,
      blocks,
    };
  };

  const save = () => {
    localStorage.removeItem(KEY);
    const now = capture();
    const json = JSON.stringify(now);
    if (now && json.length <= MAX_LENGTH) localStorage.setItem(KEY, json);
  };

  /** Whether the program is going to show the same. */
  const matches = (glimpse) => glimpse !== null && glimpse.setting === setting()
    && (glimpse.address === location.hash || glimpse.isFirst && location.hash.length < 2)
    && (glimpse.standing === scrollState() || glimpse.isBeginning && scrollState() === "");

  /** Calls `act` as soon as there is a body, which is before the first paint. */
  const whenBody = (act) => {
    if (document.body) return act();
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      observer.disconnect();
      act();
    }).observe(document.documentElement, { childList: true });
  };

  const draw = (glimpseData) => {
    const glimpse = document.createElement("article");
    glimpse.id = "glimpse";
    glimpse.ariaHidden = "true";
    position(glimpse, glimpseData);
    for (const block of glimpseData.blocks) {
      const holder = document.createElement("div");
      holder.className = "chunk";
      position(holder, block);
      holder.append(deserialize(block.content));
      glimpse.append(holder);
    }
    whenBody(() => document.body.append(glimpse));
    // The glimpse does not scroll or react, so it goes as soon as the user does anything.
    for (const type of ["pointerdown", "wheel", "touchstart", "keydown", "resize", "beforeprint"]) {
      addEventListener(type, () => glimpse.remove(), { capture: true, once: true, passive: true });
    }
  };

  /** Waits for the next paint. Has a timeout, because a hidden page is not painted. */
  const painted = () => new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 200);
  });

  const show = () => {
    const page = document.documentElement.dataset;
    // Applies the theme and the text size before the first paint, so that nothing flashes.
    const { theme, size } = readItem("glossator:view") ?? {};
    if (["light", "dark"].includes(theme)) page.theme = theme;
    if (["small", "large"].includes(size)) page.size = size;

    const isFirst = ["", page.first].includes(location.hash) && scrollState() === "";
    if (!isFirst) page.elsewhere = "";
    const glimpse = readItem(KEY);
    if (matches(glimpse)) {
      draw(glimpse);
      window.glossatorSeen = painted();
    } else if (isFirst) {
      const parsed = new Promise((done) => addEventListener("DOMContentLoaded", done));
      // The program will replace the article in `index.html`; until it has drawn, a copy stays in view.
      window.glossatorSeen = parsed.then(painted).then(attempt(() => draw(capture())));
    }
  };

  window.glossatorGlimpse = attempt(save);
  attempt(show)();
}
