// Breaks the browser's places of storage as `window.faults` says, for as long as something is in it. A fault is `at` a
// function of theirs and `throws` an error of that name, `fails` with it later, `answers` something else than it should,
// `hangs`, is `late` by some milliseconds, or does nothing at all (`idle`); `times` says how often, where it is not to last.
window.faults ??= [];
const error = (name) => new DOMException("The test wants it so.", name);
const take = (at) => {
  const fault = window.faults.find((fault) => fault.at === at && fault.times !== 0);
  if (fault?.times) fault.times--;
  return fault;
};

// The page's patience is short here: what it does after seconds, it does after a twentieth of them. The driver's is longer.
const wait = window.setTimeout.bind(window);
const isOfPage = (after) => after >= 500 && after <= 30_000;
window.setTimeout = (run, after, ...rest) => wait(run, isOfPage(after) ? after / 20 : after, ...rest);

// A transaction ends when nothing is asked of it, so that whoever is late must keep it busy.
const get = IDBObjectStore.prototype.get;
const busy = (store, until, then) => {
  get.call(store, "").onsuccess = () => (performance.now() > until ? then() : busy(store, until, then));
};

// What comes of a request, before the page hears of it.
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
    // With the first answer that the page gets, all is taken back.
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
