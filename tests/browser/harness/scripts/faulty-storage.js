// Makes the browser's storage fail as `window.faults` says, as long as that lists any faults. A fault is `at` a
// function. It `throws` an error of that name, `fails` with it later, `answers` something wrong, `hangs`, is `late` by
// some milliseconds, or does nothing (`idle`). It lasts unless `times` says how often it occurs.
window.faults ??= [];
const error = (name) => new DOMException("A fault of the test.", name);
const take = (at) => {
  const fault = window.faults.find((fault) => fault.at === at && fault.times !== 0);
  if (fault?.times) fault.times--;
  return fault;
};

// Shortens the page's own timeouts to a twentieth, but not the driver's, which are longer.
const wait = window.setTimeout.bind(window);
const isOfPage = (after) => after >= 500 && after <= 30_000;
window.setTimeout = (run, after, ...rest) => wait(run, isOfPage(after) ? after / 20 : after, ...rest);

// A transaction ends when it has no pending request, so a late fault keeps it busy.
const get = IDBObjectStore.prototype.get;
const busy = (store, until, then) => {
  get.call(store, "").onsuccess = () => (performance.now() > until ? then() : busy(store, until, then));
};

// Changes the outcome of a request before the page learns of it.
const spoil = (request, event, fault, store) => {
  request.addEventListener(event, (happened) => {
    if ("answers" in fault) Object.defineProperty(request, "result", { value: fault.answers });
    if (fault.fails || fault.hangs || fault.late) happened.stopImmediatePropagation();
    const again = () => request.dispatchEvent(new Event(event));
    if (fault.late && store) busy(store, performance.now() + fault.late, again);
    else if (fault.late) wait(again, fault.late);
    if (fault.fails) {
      Object.defineProperty(request, "error", { value: error(fault.fails) });
      request.dispatchEvent(new Event("error", { bubbles: true, cancelable: true }));
      request.transaction?.abort();
    }
  }, { once: true });
};

const wrap = (owner, at, spoiled) => {
  const real = owner[at];
  owner[at] = function (...given) {
    const fault = take(at);
    if (fault?.throws) throw error(fault.throws);
    if (fault?.idle) return undefined;
    return spoiled(real.apply(this, given), fault, this);
  };
};
for (const at of ["getItem", "setItem", "removeItem"]) {
  wrap(Storage.prototype, at, (result, fault) => (fault ? fault.answers : result));
}
wrap(IDBFactory.prototype, "open", (request, fault) => (fault && spoil(request, "success", fault), request));
for (const at of ["get", "getAll", "getAllKeys", "put", "delete"]) {
  wrap(IDBObjectStore.prototype, at, (request, fault, store) => (fault && spoil(request, "success", fault, store), request));
}
wrap(IDBDatabase.prototype, "transaction", (transaction, fault) => {
  if (fault) return fault.answers;
  const commit = transaction.mode === "readwrite" ? take("commit") : undefined;
  if (commit?.fails) {
    // Aborts after the page has its first answer.
    Object.defineProperty(transaction, "error", { value: error(commit.fails) });
    const store = transaction.objectStore(transaction.objectStoreNames[0]);
    get.call(store, "").onsuccess = () => get.call(store, "").onsuccess = () => transaction.abort();
  } else if (commit) spoil(transaction, "complete", commit);
  return transaction;
});

const { get: localStorageOf } = Object.getOwnPropertyDescriptor(window, "localStorage");
Object.defineProperty(window, "localStorage", {
  configurable: true,
  get() {
    const fault = take("localStorage");
    if (fault?.throws) throw error(fault.throws);
    return fault ? fault.answers : localStorageOf.call(window);
  },
});
