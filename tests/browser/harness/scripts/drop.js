const [files] = arguments;
const carried = new DataTransfer();
for (const [name, text] of files) carried.items.add(new File([text], name, { type: "application/json" }));
const target = document.getElementById("text") ?? document.body;
for (const type of ["dragenter", "dragover", "drop"]) {
  const event = new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: carried });
  const refused = target.dispatchEvent(event);
  // A page that does not take the file would be replaced by it.
  if (type === "dragover" && refused) return false;
}
return true;
