// Tells the server what the page shows once it is open; then edits it as the answer says, telling of each edit before it is
// made, and of all that is shown whenever the page says that all is saved.
const { turn, until } = window.Editor;
const tell = async (words) => (await fetch("told", { method: "POST", body: JSON.stringify(words) })).json();
const frame = () => new Promise((done) => requestAnimationFrame(done));
const state = () => document.getElementById("status")?.dataset.state;

const exported = async () => {
  document.querySelector("#export-menu button[data-action='export-all']").click();
  await until(() => "the export", () => window.downloaded[0]?.text);
  return JSON.parse(window.downloaded[0].text);
};

const act = async () => {
  await until(() => `an open page that says “saved”, not “${state()}”`, () => document.body.dataset.ready && state() === "saved");
  const { seed, edits } = await tell({ opened: {  exported: await exported(), shown: new Editor({ seed: 0 }).shown() } });
  const editor = new Editor({ seed });
  let [made, told] = [0, 0];
  const look = () => {
    if (state() === "saved" && made > told) tell({ saved: { edit: (told = made), shown: editor.shown() } });
  };
  new MutationObserver(look).observe(document.body, { attributeFilter: ["data-state"], subtree: true });
  while (made < edits) {
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
