// Makes the creation of every element fail while `documentBroken` is set, which no code that draws expects.
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
