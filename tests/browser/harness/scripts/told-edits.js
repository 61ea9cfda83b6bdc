// Tells the server what the page shows once it is open; then edits it as the answer says, telling of each edit before it is
// made, and of all that is shown whenever the page says that all is saved. Now and then adds a text of its own.
const { turn, until } = window.Editor;
const tell = async (words) => (await fetch("told", { method: "POST", body: JSON.stringify(words) })).json();
const frame = () => new Promise((done) => requestAnimationFrame(done));
// Whether the page says that all is saved: to a person, or to itself, which it does for a moment before.
const isSaved = () => said() === "saved" || document.getElementById("status")?.dataset.state === "saved";

const exported = async () => {
  document.querySelector("#export-menu button[data-action='export-all']").click();
  await until(() => "the export", () => window.downloaded[0]?.text);
  return JSON.parse(window.downloaded[0].text);
};

// The numbers of the latest steps that undo would take back.
const steps = () => Object.keys(sessionStorage)
  .filter((key) => key.startsWith("glossator:history:"))
  .map((key) => JSON.parse(sessionStorage.getItem(key) || "null"))
  .filter((step) => step && !step.undone)
  .map((step) => step.number)
  .sort((one, other) => one - other)
  .slice(-300);

const rows = () => [...document.querySelectorAll("#articles .doc[data-article]")];
const titles = () => rows().filter((row) => row.dataset.article.startsWith("text-"))
  .map((row) => row.querySelector(".doc-title").textContent);

// Adds a text, and goes back to the article that is worked on and to all that is shown there.
const add = async (editor, title, text) => {
  const there = () => JSON.stringify(editor.shown());
  const shown = there();
  const worked = rows().find((row) => row.getAttribute("aria-current") === "true");
  const before = document.getElementById("title").textContent;
  document.querySelector("#articles button[data-action='add-text']").click();
  const field = (selector) => document.querySelector(`dialog#add-text[open] ${selector}`);
  await until(() => "the field for a text", () => field("textarea"));
  field("textarea").value = text;
  field("input").value = title;
  field("button[data-action='add-pasted']").click();
  await until(() => `the text of ${title}`, () => document.getElementById("text").textContent === text);
  rows().find((row) => row.dataset.article === worked.dataset.article).click();
  await until(() => `${shown} and not ${there()}`, () => document.getElementById("title").textContent === before && there() === shown);
};

const act = async () => {
  await until(() => `an open page that says “saved”, not “${said()}”`, () => document.body.dataset.ready && said() === "saved");
  const exporting = await exported();
  const first = new Editor({ seed: 0 });
  await until(() => "a card for each highlight", () => first.hasCards());
  const opened = { exported: exporting, shown: first.shown(), steps: steps() };
  const { seed, edits } = await tell({ opened });
  const editor = new Editor({ seed });
  let [made, told, away] = [0, 0, false];
  const look = () => {
    if (made === told || away || !isSaved()) return;
    if (!editor.hasCards()) return;
    tell({ saved: { edit: (told = made), shown: editor.shown(), titles: titles(), steps: steps() } });
  };
  new MutationObserver(look).observe(document.body, { attributeFilter: ["data-state"], subtree: true });
  const lookOn = () => {
    look();
    requestAnimationFrame(lookOn);
  };
  requestAnimationFrame(lookOn);
  while (made < edits) {
    if (editor.dice(8) === 0) {
      const title = `own ${seed} ${made}`;
      const text = `${title}\n${"Words of one’s own. ".repeat(1 + editor.dice(2000))}`;
      await tell({ adding: { title, text } });
      away = true;
      await add(editor, title, text);
      away = false;
      // It is a step of the history that no edit here undoes.
      editor.past.push(null);
      editor.future = [];
    }
    const several = Array.from({ length: 1 + editor.dice(4) }, () => editor.plan());
    await tell({ planned: several });
    for (const edit of several) {
      await editor.perform(edit);
      made = edit.seq;
      await turn();
    }
    // What is still to be drawn of it is drawn by the second frame, the word for it too, should it never have changed.
    await frame();
    await frame();
    look();
  }
  await tell({ finished: made });
};
addEventListener("load", () => act().catch((error) => tell({ failed: `${error}\n${error.stack}` })));
