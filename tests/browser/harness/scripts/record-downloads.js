// Records the files that the page offers as downloads, and keeps the browser from saving them.
window.downloaded = [];
const blobs = new Map();
const create = URL.createObjectURL;
URL.createObjectURL = (object) => {
  const url = create.call(URL, object);
  blobs.set(url, object);
  return url;
};
const record = (anchor) => {
  const blob = blobs.get(anchor.href);
  if (!blob) return;
  const entry = { name: anchor.download, kind: blob.type, text: null };
  window.downloaded.push(entry);
  blob.arrayBuffer().then((bytes) => {
    entry.text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  });
};
const click = HTMLAnchorElement.prototype.click;
HTMLAnchorElement.prototype.click = function () {
  if (this.hasAttribute("download")) record(this);
  else click.call(this);
};
addEventListener("click", (event) => {
  const anchor = event.target.closest?.("a[download]");
  if (anchor) {
    event.preventDefault();
    record(anchor);
  }
}, true);
