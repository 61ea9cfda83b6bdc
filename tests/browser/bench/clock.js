// The clock in the page. It runs before the page's own scripts, and measures what a person waits for: from an event's
// time stamp, or from the navigation, to the end of the first frame that shows the result.
const channel = new MessageChannel();
const waiting = [];
channel.port1.onmessage = () => waiting.shift()();
/** Runs right after the present frame. */
const afterFrame = (act) => {
  waiting.push(act);
  channel.port2.postMessage(null);
};

const clock = window.clock = { opened: {}, downloads: 0 };
const wanted = { words: "", highlights: 0, reader: "#reader", paragraphs: "#text p", ...window.wanted };

/** Whether the first paragraph has all its highlights. */
const isHighlighted = (first) => {
  // A page whose text has no elements for highlights defines `drawn`.
  if (window.drawn) return window.drawn.shown();
  // There is a mark for each run. In the view shown before the program starts, marks have no ids.
  const marks = [...first.querySelectorAll("mark")];
  const of = (mark) => mark.dataset.id ?? (mark.classList.contains("starts") ? mark : undefined);
  return new Set(marks.map(of).filter(Boolean)).size >= wanted.highlights;
};

(function look() {
  requestAnimationFrame(() => {
    const [glimpse, text] = ["#glimpse .chunk > p:not(.meta)", wanted.paragraphs].map((it) => {
      const first = document.querySelector(it);
      return first?.textContent.startsWith(wanted.words) ? first : null;
    });
    const drawn = text && isHighlighted(text);
    const marks = drawn || glimpse && isHighlighted(glimpse);
    afterFrame(() => {
      if (text || glimpse) clock.opened.text ??= performance.now();
      if (marks) clock.opened.marks ??= performance.now();
      if (drawn) clock.opened.drawn ??= performance.now();
    });
    if (!drawn) look();
  });
})();

/** Starts the clock at the next event of this type, and stops it at the frame after a change of `within`, a selector. */
clock.arm = (type, within) => {
  clock.took = null;
  const before = window.drawn?.changes();
  let changed = false;
  const concerns = (node) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element && (element.closest(within) || element.querySelector(within));
  };
  const observer = new MutationObserver((records) => {
    changed ||= records.some((it) => it.target.closest?.(within) || it.target.parentElement?.closest(within)
      || [...it.addedNodes].some(concerns));
  });
  addEventListener(type, ({ timeStamp }) => {
    observer.observe(document, { childList: true, characterData: true, subtree: true });
    (function frame() {
      requestAnimationFrame(() => {
        const done = changed || window.drawn?.changes() !== before;
        afterFrame(() => {
          if (!done) return;
          observer.disconnect();
          clock.took ??= performance.now() - timeStamp;
        });
        if (!done) frame();
      });
    })();
  }, { capture: true, once: true });
};

/** Records the times of frames until `clock.stop`. */
clock.record = () => {
  clock.frames = [];
  clock.recording = true;
  (function frame() {
    requestAnimationFrame(() => {
      clock.frames.push(performance.now());
      if (clock.recording) frame();
    });
  })();
};

/** The longest time between two recorded frames, and the 95th percentile. */
clock.stop = () => {
  clock.recording = false;
  const frames = clock.frames.slice(1).map((time, index) => time - clock.frames[index]).sort((a, b) => a - b);
  return { longest: frames.at(-1) ?? 0, late: frames[Math.floor(frames.length * 0.95)] ?? 0, count: frames.length };
};

/** The position of some words on one line of the text in view, different for each number. */
clock.line = (number) => {
  const view = document.querySelector(wanted.reader).getBoundingClientRect();
  const [top, bottom] = [view.top + 90, view.bottom - 130];
  const places = [];
  for (const paragraph of document.querySelectorAll(wanted.paragraphs)) {
    const box = paragraph.getBoundingClientRect();
    if (box.bottom < top) continue;
    if (box.top > bottom) break;
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const { index, 0: words } of node.data.matchAll(/\b\w+ \w+ \w+\b/g)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + words.length);
        const boxes = range.getClientRects();
        const [box] = boxes;
        if (boxes.length === 1 && box.top > top && box.bottom < bottom && box.width > 30) {
          places.push({ x: box.left + 1, y: (box.top + box.bottom) / 2, to: box.right - 1 });
        }
      }
    }
  }
  return places[Math.floor(places.length * ((number * 0.618034) % 1))] ?? null;
};

// Downloads are counted, but not saved.
const click = HTMLAnchorElement.prototype.click;
HTMLAnchorElement.prototype.click = function () {
  if (this.hasAttribute("download")) clock.downloads += 1;
  else click.call(this);
};
