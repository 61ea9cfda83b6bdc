// Starts the program. A separate file, because the page's Content Security Policy forbids inline scripts.
{
  const { js, wasm } = document.currentScript.dataset;
  const absolute = (path) => new URL(path, document.baseURI).href;

  // The program's files are preloaded meanwhile. Compiling them before the glimpse of `glimpse.js` is painted would delay the text.
  const begin = async () => {
    await window.glossatorSeen;
    // The same request as the preload in the page's head, so that browsers reuse its response; WebKit needs exactly these options.
    const asPreloaded = { mode: "no-cors", credentials: "include" };
    // Compiles while the script is loaded. This fails if a host sends the wrong MIME type; then the script fetches and compiles
    // the file itself.
    const compile = async () => WebAssembly.compileStreaming(fetch(absolute(wasm), asPreloaded));
    const compiled = compile().catch(() => absolute(wasm));
    const { default: start } = await import(absolute(js));
    await start({ module_or_path: compiled });
  };
  begin();

  // Opening the database takes about as long as loading the program, so it starts here. If there is no database yet, or it cannot
  // be opened, the program creates it or reports the error.
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

  // `trunk serve` adds an inline script that reloads the page after a build. The policy blocks it, so this does the same.
  if ([...document.scripts].some((script) => script.text.includes("/trunk/ws"))) {
    new WebSocket("/.well-known/trunk/ws").onmessage = ({ data }) => {
      if (JSON.parse(data).type === "reload") location.reload();
    };
  }
}
