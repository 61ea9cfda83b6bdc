// Edits the open article at random, through the page's own selection, keys and fields, and checks the result of each
// edit on the page. Its passages do not overlap and occur once each, so that a highlight's text identifies them.
const TAGS = ["proposal", "argument", "prediction"];
const root = () => document.getElementById("text");

// Waits for a task of its own, even in a background tab, where timers are slow.
const turn = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => (port1.close(), done());
  port2.postMessage(null);
});

const until = async (what, condition) => {
  const began = performance.now();
  while (!condition()) {
    if (performance.now() - began > 12_000) throw new Error(`waited in vain: ${what()}`);
    // A visible page gets a pause, so that other work has its turn.
    await (document.hidden ? turn() : new Promise((done) => setTimeout(done, 5)));
  }
};

const press = (key, held = {}) => document.getElementById("reader")
  .dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held }));

const place = (offset, isEnd) => {
  const walker = document.createTreeWalker(root(), NodeFilter.SHOW_TEXT);
  for (let passed = 0, node; (node = walker.nextNode()); passed += node.length) {
    if (offset < passed + node.length + Number(isEnd)) return [node, offset - passed];
  }
};

// Groups of `words` words that the text has once each, with a word between them.
const passages = (words) => {
  const text = root().textContent;
  const all = [...text.matchAll(/\S+/g)].map((word) => [word.index, word.index + word[0].length]);
  const found = [];
  for (let at = 0; at + words <= all.length;) {
    const [start, end] = [all[at][0], all[at + words - 1][1]];
    const quote = text.slice(start, end);
    const fits = !quote.includes("\n") && text.indexOf(quote) === text.lastIndexOf(quote);
    if (fits) found.push({ quote, start, end });
    at += fits ? words + 1 : 1;
  }
  return found;
};

const same = (a, b) => a?.tag === b?.tag && a?.note === b?.note;

window.Editor = class {
  // Edits at most `most` of the article's passages: every `step`-th from number `first` on. Other editors may edit the
  // passage number `shared` too: there, only the note is edited, and never undone.
  constructor({ seed, first = 0, step = 1, most = 40, words = 3, shared = null }) {
    this.state = seed;
    const all = passages(words);
    this.passages = all.filter((_, at) => at >= first && (at - first) % step === 0).slice(0, most);
    this.shared = shared === null ? null : all[shared];
    this.look();
    this.past = [];
    this.future = [];
    this.planned = 0;
    this.made = 0;
  }

  // Takes what the page shows as the present state.
  look() {
    this.now = new Map(this.shown().map(({ quote, tag, note }) => [quote, { tag, note }]));
  }

  // A whole number below `limit`.
  dice(limit) {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  // The annotations that the page shows: highlights, and the notes on their cards.
  shown() {
    const found = new Map();
    for (const mark of root().querySelectorAll("mark[data-id]")) {
      const { tag } = mark.dataset;
      const seen = found.get(mark.dataset.id) ?? { id: mark.dataset.id, tag, quote: "" };
      found.set(seen.id, { ...seen, quote: seen.quote + mark.textContent });
    }
    for (const annotation of found.values()) {
      const card = document.querySelector(`#cards .card[data-id="${annotation.id}"]`);
      annotation.note = card && (card.querySelector("textarea")?.value ?? card.querySelector(".card-note")?.textContent ?? "");
    }
    return [...found.values()];
  }

  // Whether each highlight has its card. Cards are drawn a frame later, and until then a note cannot be read.
  hasCards() {
    return this.shown().every(({ note }) => note !== null);
  }

  // Plans the next edit. `to` is the result on its passage, null after a deletion.
  plan() {
    const seq = ++this.planned;
    const pick = (list) => list[this.dice(list.length)];
    if (this.shared && this.dice(20) === 0) {
      this.past.push(null);
      this.future = [];
      return { seq, kind: "note", quote: this.shared.quote, to: { note: `shared ${this.dice(1e9)}` } };
    }
    const free = this.passages.filter(({ quote }) => !this.now.has(quote));
    const taken = this.passages.filter(({ quote }) => this.now.has(quote));
    const kinds = [];
    if (free.length) kinds.push("add", "add", "add");
    if (taken.length) kinds.push("retag", "retag", "note", "note", "delete");
    if (this.past.at(-1)) kinds.push("undo");
    if (this.future.length) kinds.push("redo", "redo");
    const kind = pick(kinds);
    if (kind === "undo" || kind === "redo") {
      const [from, onto] = kind === "undo" ? [this.past, this.future] : [this.future, this.past];
      const { quote, before, after } = from.pop();
      onto.push({ quote, before: after, after: before });
      this.put(quote, before);
      return { seq, kind, quote, to: before };
    }
    const { quote } = pick(kind === "add" ? free : taken);
    const before = this.now.get(quote) ?? null;
    const to = {
      add: () => ({ tag: pick(TAGS), note: "" }),
      retag: () => ({ ...before, tag: pick(TAGS.filter((tag) => tag !== before.tag)) }),
      note: () => ({ ...before, note: `note ${seq} ${this.dice(1e9)}` }),
      delete: () => null,
    }[kind]();
    this.put(quote, to);
    this.past.push({ quote, before, after: to });
    this.future = [];
    return { seq, kind, quote, to };
  }

  put(quote, to) {
    if (to) this.now.set(quote, to);
    else this.now.delete(quote);
  }

  // Makes the edit, and waits until the page shows it.
  async perform({ seq, kind, quote, to }) {
    const shown = () => this.shown().find((annotation) => annotation.quote === quote);
    if (kind === "add") {
      const { start, end } = this.passages.find((passage) => passage.quote === quote);
      getSelection().setBaseAndExtent(...place(start, false), ...place(end, true));
      document.dispatchEvent(new Event("selectionchange"));
      press(String(TAGS.indexOf(to.tag) + 1));
    } else if (kind === "undo" || kind === "redo") {
      press("z", { ctrlKey: true, shiftKey: kind === "redo" });
    } else {
      const { id } = shown();
      const mark = root().querySelector(`mark[data-id="${id}"]`);
      if (!mark.classList.contains("focused")) mark.click();
      if (kind === "retag") press(String(TAGS.indexOf(to.tag) + 1));
      if (kind === "delete") press("Delete");
      if (kind === "note") {
        const field = () => document.querySelector(`#cards .card.focused[data-id="${id}"] textarea`);
        await until(() => `the field of the note on ${quote}`, field);
        field().value = to.note;
        field().dispatchEvent(new InputEvent("input", { bubbles: true }));
        press("Escape");
        // Yew may draw later, and only what has changed. Text typed into the field is no such change.
        await until(() => "the field is left", () => !field());
      }
    }
    if (quote === this.shared?.quote) return;
    const wrong = () => `edit ${seq} (${kind} of “${quote}”) should give ${JSON.stringify(to)}, not ${JSON.stringify(shown())}`;
    await until(wrong, () => same(shown(), to ?? undefined));
  }

  // Makes this many edits, one after the other.
  async run(edits) {
    while (this.made < edits) {
      await this.perform(this.plan());
      this.made++;
      await turn();
    }
  }
};
window.Editor.seenStatus = seenStatus;
window.Editor.turn = turn;
window.Editor.until = until;
