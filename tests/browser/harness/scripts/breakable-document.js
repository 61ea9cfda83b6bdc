// Makes every new element fail while the test says so: nothing that draws expects that.
window.documentBroken = false;
for (const [owner, name] of [
  [Document.prototype, "createElement"],
  [Document.prototype, "createElementNS"],
  [Node.prototype, "cloneNode"],
]) {
  const real = owner[name];
  owner[name] = function (...given) {
    if (window.documentBroken) throw new Error("broken by the test");
    return real.apply(this, given);
  };
}
