// Works while storage fails, then lets it be well. Gives what was shown, and what the page said of it.
const [{ seed, from, known, says }] = arguments;
const { until } = Editor;
const comesToSay = (words, when) => until(() => `“${words}” ${when}, not “${said()}”`, () => said() === words);

const editor = new Editor({ seed, first: from, most: 5, words: 2 });
const shows = ([quote, [tag, note]]) =>
  editor.shown().some((it) => it.quote === quote && it.tag === tag && it.note === note);
const hasAll = () => editor.shown().length === Object.keys(known).length && Object.entries(known).every(shows);
if (known) await until(() => `${JSON.stringify(known)} and not ${JSON.stringify(editor.shown())}`, hasAll);
const cards = () => until(() => "a card for each highlight", () => editor.hasCards());
await cards();
editor.look();
await editor.run(4);
await comesToSay(says, "while storage fails");
await cards();
const [shown, notices] = [editor.shown(), [...document.querySelectorAll(".notice")].map(({ dataset }) => dataset.kind)];

window.faults.length = 0;
document.querySelector(".notice[data-kind='not-saved'] button[data-action='retry']")?.click();
await comesToSay("saved", "once all is well");
await cards();
return { shown, notices, afterwards: editor.shown(), crashed: !document.getElementById("crash").hidden };
