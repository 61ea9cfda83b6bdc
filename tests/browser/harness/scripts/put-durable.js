// Writes an item to the page's database without the page's knowledge.
const [key, value] = arguments;
await new Promise((done, failed) => {
  const opening = indexedDB.open("glossator");
  opening.onerror = () => failed(opening.error);
  opening.onsuccess = () => {
    const transaction = opening.result.transaction("items", "readwrite");
    transaction.objectStore("items").put(value, key);
    transaction.onabort = () => failed(transaction.error);
    transaction.oncomplete = () => {
      opening.result.close();
      done();
    };
  };
});
