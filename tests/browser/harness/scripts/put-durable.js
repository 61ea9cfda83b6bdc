// Puts an item into the page's database behind the page's back.
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
