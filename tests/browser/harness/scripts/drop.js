const [files] = arguments;
const carried = new DataTransfer();
for (const [name, text] of files) carried.items.add(new File([text], name, { type: "application/json" }));
const target = document.getElementById("text") ?? document.body;
for (const type of ["dragenter", "dragover", "drop"]) {
  const event = new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: carried });
  const isIgnored = target.dispatchEvent(event);
  // A browser replaces a page that ignores the file with it.
  if (type === "dragover" && isIgnored) return false;
}
return true;
