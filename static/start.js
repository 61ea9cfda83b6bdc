// Starts the program. A file of its own, since the page's policy refuses every script that stands in the page itself.
//
// It stands before all else, so that what takes long begins at once.
{
  const { js, wasm } = document.currentScript.dataset;
  const absolute = (path) => new URL(path, document.baseURI).href;

  // Asked for just as the page's head does, which all browsers take to be the same; WebKit does so with these options only.
  const asPreloaded = { mode: "no-cors", credentials: "include" };

  // Compiled while the script around it is still on its way. Where a host names the wrong type that fails, and the program is
  // fetched and compiled whole.
  const compile = async () => WebAssembly.compileStreaming(fetch(absolute(wasm), asPreloaded));
  const compiled = compile().catch(() => absolute(wasm));
  const program = import(absolute(js));
  program.catch(() => {});

  // To open the database takes as long. Where there is none yet, or it cannot be opened, the program sees to that itself.
  window.glossatorDatabase = new Promise((done) => {
    const request = indexedDB.open("glossator");
    request.onupgradeneeded = () => request.transaction.abort();
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
    request.onerror = (event) => {
      event.preventDefault();
      done();
    };
  }).catch(() => {});

  // A glimpse of the text is seen before the program begins, which takes longer than a frame. A page that is not looked at may
  // never be drawn.
  const seen = () => document.getElementById("glimpse") && new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 50);
  });

  // What fails before that would be told to nobody, since `rescue.js` is still to come.
  document.addEventListener("DOMContentLoaded", () => {
    // `trunk serve` adds a script to load the page again after a build. It is refused too; this does its work.
    if ([...document.scripts].some((script) => script.text.includes("/trunk/ws"))) {
      new WebSocket("/.well-known/trunk/ws").onmessage = ({ data }) => {
        if (JSON.parse(data).type === "reload") location.reload();
      };
    }
    Promise.all([program, seen()]).then(([{ default: start }]) => start({ module_or_path: compiled }));
  });
}
