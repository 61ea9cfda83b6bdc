// Edits while storage fails, and then ends the faults. Returns what the page showed, and which notices.
const [{ seed, from, known, status }] = arguments;
const { seenStatus, until } = Editor;
const waitForStatus = (status, when) => until(() => `“${status}” ${when}, not “${seenStatus()}”`, () => seenStatus() === status);

const editor = new Editor({ seed, first: from, most: 5, words: 2 });
const shows = ([quote, [tag, note]]) =>
  editor.shown().some((it) => it.quote === quote && it.tag === tag && it.note === note);
const hasAll = () => editor.shown().length === Object.keys(known).length && Object.entries(known).every(shows);
if (known) await until(() => `${JSON.stringify(known)}, not ${JSON.stringify(editor.shown())}`, hasAll);
const cards = () => until(() => "a card for each highlight", () => editor.hasCards());
await cards();
editor.look();
await editor.run(3);
await waitForStatus(status, "while storage fails");
// The header is written within the change, and the notice is rendered by the next frame.
const isReported = () => document.querySelector(".notice[data-kind='not-saved']");
if (status !== "saved") await until(() => "the notice that work is not safe", isReported);
await cards();
const [shown, notices] = [editor.shown(), [...document.querySelectorAll(".notice")].map(({ dataset }) => dataset.kind)];

window.faults.length = 0;
document.querySelector(".notice[data-kind='not-saved'] button[data-action='retry']")?.click();
await waitForStatus("saved", "after the faults");
await cards();
return { shown, notices, afterwards: editor.shown(), crashed: !document.getElementById("crash").hidden };
