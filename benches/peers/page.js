// The text and annotations of the baseline pages, for the pages of other tools.
const [text, spans] = await Promise.all([
  fetch("../../floor/text.txt").then((it) => it.text()),
  fetch("../../floor/annotations.json").then((it) => it.json()),
]);

export const root = document.getElementById("text");
// Line ends stay in the paragraphs, where they are invisible, so positions in `root` equal positions in the file.
let start = 0;
for (const textContent of text.split(/(?<=\n)(?=[^\n])/)) {
  root.append(Object.assign(document.createElement("p"), { textContent, start }));
  start += textContent.length;
}

export const annotations = [];
for (let at = 0; at < spans.length; at += 3) {
  const [start, end, tag] = spans.slice(at, at + 3);
  annotations.push({ id: `a${at / 3}`, start, end, tag, quote: text.slice(start, end) });
}
