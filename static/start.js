// Starts the program. A file of its own, since the page's policy refuses every script that stands in the page itself.
{
  const { js, wasm } = document.currentScript.dataset;
  const absolute = (path) => new URL(path, document.baseURI).href;

  // What the program needs is on its way meanwhile: to make something of it before the text is seen, if `glimpse.js` shows any,
  // would have the text come later.
  const begin = async () => {
    await window.glossatorSeen;
    // Asked for just as the page's head does, which all browsers take to be the same; WebKit does so with these options only.
    const asPreloaded = { mode: "no-cors", credentials: "include" };
    // Compiled while the script around it is made. Where a host names the wrong type that fails, and the program is fetched and
    // compiled whole.
    const compile = async () => WebAssembly.compileStreaming(fetch(absolute(wasm), asPreloaded));
    const compiled = compile().catch(() => absolute(wasm));
    const { default: start } = await import(absolute(js));
    await start({ module_or_path: compiled });
  };
  begin();

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

  // `trunk serve` adds a script to load the page again after a build. It is refused too; this does its work.
  if ([...document.scripts].some((script) => script.text.includes("/trunk/ws"))) {
    new WebSocket("/.well-known/trunk/ws").onmessage = ({ data }) => {
      if (JSON.parse(data).type === "reload") location.reload();
    };
  }
}
