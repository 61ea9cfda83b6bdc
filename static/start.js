// Starts the program. A file of its own, since the page's policy refuses every script that stands in the page itself.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;

// `trunk serve` adds such a script, to load the page again after a build. It is refused too; this does its work.
if ([...document.scripts].some((script) => script.text.includes("/trunk/ws"))) {
  new WebSocket("/.well-known/trunk/ws").onmessage = ({ data }) => {
    if (JSON.parse(data).type === "reload") location.reload();
  };
}

// Not awaited: what fails is then told to `rescue.js`, which WebKit does not do for a module that waits.
import(new URL(js, document.baseURI).href).then(({ default: start }) =>
  start({ module_or_path: new URL(wasm, document.baseURI) }));
