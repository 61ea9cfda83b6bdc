// Records in `watched.lies` each moment at which the header says “saved” although the highlights are not those that
// were saved last. It checks after every change of the page, and in every frame. While `watched.held` is set, the page
// does not learn that its writes to the database have completed.
const highlights = () => [...document.querySelectorAll("#text mark[data-id]")]
  .map(({ dataset, textContent }) => [dataset.id, dataset.tag, textContent].join(" "))
  .join(", ");
const dot = () => getComputedStyle(document.querySelector("#status .dot")).backgroundColor;

const watched = window.watched = {
  held: false,
  frames: 0,
  lies: [],
  // Called while the page is saved.
  begin() {
    this.saved = highlights();
    this.green = dot();
  },
  release() {
    this.held = false;
    for (const complete of waiting.splice(0)) complete();
  },
};

const waiting = [];
const begin = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (...given) {
  const transaction = begin.apply(this, given);
  if (transaction.mode !== "readwrite") return transaction;
  const written = highlights();
  transaction.addEventListener("complete", (event) => {
    if (!watched.held) return void (watched.saved = written);
    event.stopImmediatePropagation();
    waiting.push(() => {
      watched.saved = written;
      transaction.dispatchEvent(new Event("complete"));
    });
  }, { once: true });
  return transaction;
};

const look = (when) => {
  if (watched.green === undefined || highlights() === watched.saved) return;
  const [status, isGreen] = [Editor.seenStatus(), dot() === watched.green];
  if (status === "saved" || isGreen) {
    watched.lies.push(`${when}: “${status}”, ${isGreen ? "green" : "not green"}, beside ${highlights()} with ${watched.saved} saved`);
  }
};
const frame = () => {
  watched.frames++;
  look("in a frame");
  requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
new MutationObserver(() => look("after a change"))
  .observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
