// The items of the page's database, key and value, as text. None if there is no database yet.
const made = await indexedDB.databases();
if (!made.some(({ name }) => name === "glossator")) return [];
const answer = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});
const database = await answer(indexedDB.open("glossator"));
const items = database.transaction("items").objectStore("items");
const [keys, values] = await Promise.all([answer(items.getAllKeys()), answer(items.getAll())]);
database.close();
const text = (value) => (typeof value === "string" ? value : JSON.stringify(value));
return keys.map((key, at) => [key, text(values[at])]);
