// Records what the content security policy refuses, and every call by which the page can request something.
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.effectiveDirective}: ${event.blockedURI}`);
});
window.asked = [];
const note = (name, [first]) => window.asked.push(`${name} ${first?.url ?? first}`);
for (const [owner, name] of [
  [window, "fetch"],
  [window, "open"],
  [navigator, "sendBeacon"],
  [XMLHttpRequest.prototype, "open"],
]) {
  const real = owner[name];
  owner[name] = function (...given) {
    note(name, given);
    return real.apply(this, given);
  };
}
for (const name of ["WebSocket", "EventSource", "RTCPeerConnection", "Worker", "SharedWorker", "Image", "Audio"]) {
  if (!window[name]) continue;
  window[name] = new Proxy(window[name], {
    construct(real, given) {
      note(name, given);
      return Reflect.construct(real, given);
    },
  });
}
