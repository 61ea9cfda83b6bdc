// Where the first and the last character of a quote are on the screen, after scrolling both into view.
const [quote] = arguments;
const frame = () => new Promise(requestAnimationFrame);

const locate = () => {
  const root = document.getElementById("text");
  const all = root.textContent;
  const start = all.indexOf(quote);
  if (start < 0) return { error: "the article does not have it" };
  if (all.indexOf(quote, start + 1) >= 0) return { error: "the article has it more than once" };

  const rectOf = (offset) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let passed = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (offset < passed + node.length) {
        const range = document.createRange();
        range.setStart(node, offset - passed);
        range.setEnd(node, offset - passed + 1);
        const rects = [...range.getClientRects()];
        const rect = rects.find((rect) => rect.width > 0) ?? rects[0] ?? range.getBoundingClientRect();
        return { left: rect.left, right: rect.right, top: rect.top, bottom: rect.bottom };
      }
      passed += node.length;
    }
  };

  let scroller = root.parentElement;
  while (scroller && !(/auto|scroll/.test(getComputedStyle(scroller).overflowY) && scroller.scrollHeight > scroller.clientHeight)) {
    scroller = scroller.parentElement;
  }
  const box = scroller?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
  // The bar at the upper end of the reader covers the text that is scrolled beneath it.
  const low = Math.max(0, box.top, document.getElementById("hand")?.getBoundingClientRect().bottom ?? 0) + 4;
  const high = Math.min(innerHeight, box.bottom) - 4;
  const first = rectOf(start);
  const last = rectOf(start + quote.length - 1);
  const middle = (rect) => Math.round((rect.top + rect.bottom) / 2);
  if (first.top < low || last.bottom > high) {
    const wanted = (first.top + last.bottom) / 2 - (low + high) / 2;
    const target = scroller ?? document.scrollingElement;
    const before = target.scrollTop;
    target.scrollBy({ top: wanted, behavior: "instant" });
    if (target.scrollTop !== before) return { error: "still scrolling" };
    // The first and the last line cannot be scrolled any further. Half of them is enough to point at.
    if (middle(first) < low || middle(last) > high) return { error: "it is out of view and nothing scrolls" };
  }
  // Within the character's own half, so that rounding to whole pixels does not hit its neighbour.
  const centre = (rect) => (rect.left + rect.right) / 2;
  const begin = { x: Math.floor(Math.min(Math.ceil(first.left), centre(first))), y: middle(first) };
  const end = { x: Math.ceil(Math.max(Math.floor(last.right), centre(last))), y: middle(last) };
  const half = rectOf(start + Math.floor((quote.length - 1) / 2));
  const inside = { x: Math.round(centre(half)), y: middle(half) };
  for (const point of [begin, inside, end]) {
    const there = document.elementFromPoint(Math.min(Math.max(point.x, 0), innerWidth - 1), point.y);
    const main = document.getElementById("reader") ?? root;
    if (there && !main.contains(there)) return { error: `${there.outerHTML.slice(0, 120)} lies over it` };
  }
  return { begin, inside, end };
};

// What is still being scrolled or laid out moves from one frame to the next.
await frame();
await frame();
const before = JSON.stringify(locate());
await frame();
await frame();
const now = locate();
return JSON.stringify(now) === before ? now : { error: "it still moves" };
