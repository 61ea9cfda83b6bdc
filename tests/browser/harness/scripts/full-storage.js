// A browser without any storage space while `storageFull` is set.
window.storageFull = false;
const full = () => new DOMException("The quota has been exceeded.", "QuotaExceededError");
const set = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  if (window.storageFull) throw full();
  set.call(this, key, value);
};
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...values) {
  if (window.storageFull) throw full();
  return put.apply(this, values);
};
