// Sends the server what the page shows once it is open. Then edits as the answer says, sends each edit before it is
// made, and everything that is shown whenever the header says that it is saved. Now and then adds an own article or renames a tag.
const { seenStatus, turn, until } = window.Editor;
const send = async (message) => (await fetch("messages", { method: "POST", body: JSON.stringify(message) })).json();
// Whether the page calls the work saved, either to a person or, which is a little earlier, to itself.
const isSaved = () => seenStatus() === "saved" || document.getElementById("status")?.dataset.state === "saved";
const frame = () => new Promise((done) => requestAnimationFrame(done));

const exported = async () => {
  document.querySelector("#export-menu button[data-action='export-all']").click();
  await until(() => "the export", () => window.downloaded[0]?.text);
  return JSON.parse(window.downloaded[0].text);
};

// The numbers of the latest steps that can be undone.
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

// The tag that is renamed, and its name as the page shows it.
const TAG = "argument";
const named = () => document.querySelector(`.filters [data-tag="${TAG}"]`).innerText.replace(/\s*\d+\s*$/, "").trim();

// Renames a tag in the codebook, and returns to the text.
const rename = async (name) => {
  const press = (key) => document.getElementById("reader")
    .dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const before = named();
  press("b");
  const row = () => document.querySelector(`#tag-tree [data-tag="${TAG}"]`);
  await until(() => "the codebook", row);
  row().click();
  const field = () => document.getElementById("tag-name");
  await until(() => "the form of the tag", () => field() && row().getAttribute("aria-selected") === "true" && field().value === before);
  field().value = name;
  field().dispatchEvent(new InputEvent("input", { bubbles: true }));
  document.querySelector("[data-action='leave-view']").click();
  await until(() => `the name ${name}, not ${named()}`, () => named() === name && !document.getElementById("tags"));
};

// Adds an article, and returns to the article that is edited and to everything that was shown there.
const add = async (editor, title, text) => {
  const shown = () => JSON.stringify(editor.shown());
  const before = { shown: shown(), title: document.getElementById("title").textContent };
  const edited = rows().find((row) => row.getAttribute("aria-current") === "true").dataset.article;
  document.querySelector("#articles button[data-action='add-text']").click();
  const field = (selector) => document.querySelector(`dialog#add-text[open] ${selector}`);
  await until(() => "the field for a text", () => field("textarea"));
  field("textarea").value = text;
  field("input").value = title;
  field("button[data-action='add-pasted']").click();
  await until(() => `the text of ${title}`, () => document.getElementById("text").textContent === text);
  rows().find((row) => row.dataset.article === edited).click();
  const isBack = () => document.getElementById("title").textContent === before.title && shown() === before.shown;
  await until(() => `${before.shown}, not ${shown()}`, isBack);
};

const edit = async () => {
  await until(() => `an open page that is saved, not “${seenStatus()}”`, () => document.body.dataset.ready && seenStatus() === "saved");
  const file = await exported();
  const first = new Editor({ seed: 0 });
  await until(() => "a card for each highlight", () => first.hasCards());
  const opened = { exported: file, shown: first.shown(), steps: steps(), name: named() };
  const { seed, edits } = await send({ opened });
  const editor = new Editor({ seed });
  let [made, sent, isAway] = [0, 0, false];
  const look = () => {
    if (made === sent || isAway || !isSaved() || !editor.hasCards()) return;
    sent = made;
    send({ saved: { edit: made, shown: editor.shown(), titles: titles(), steps: steps(), name: named() } });
  };
  const changes = { attributes: true, characterData: true, childList: true, subtree: true };
  new MutationObserver(look).observe(document.getElementById("status"), changes);
  const lookInEachFrame = () => {
    look();
    requestAnimationFrame(lookInEachFrame);
  };
  requestAnimationFrame(lookInEachFrame);
  while (made < edits) {
    if (editor.dice(8) === 0) {
      const title = `own ${seed} ${made}`;
      const text = `${title}\n${"Words of one’s own. ".repeat(1 + editor.dice(2000))}`;
      await send({ adding: { title, text } });
      isAway = true;
      await add(editor, title, text);
      isAway = false;
      // This is a step of the history that the edits here never undo.
      editor.past.push(null);
      editor.future = [];
    }
    if (editor.dice(8) === 0) {
      const name = `Argument ${seed}-${made}`;
      await send({ naming: name });
      isAway = true;
      await rename(name);
      isAway = false;
      editor.past.push(null);
      editor.future = [];
    }
    const several = Array.from({ length: 1 + editor.dice(4) }, () => editor.plan());
    await send({ planned: several });
    for (const planned of several) {
      await editor.perform(planned);
      made = planned.seq;
      await turn();
    }
    // Looks after the frame in which the page shows the edits: by then it must not call them saved too early.
    await frame();
    await turn();
    look();
  }
  await send({ finished: made });
};
addEventListener("load", () => edit().catch((error) => send({ failed: `${error}\n${error.stack}` })));
