// A storage that is full whenever the test says so.
window.storageFull = false;
const set = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  if (window.storageFull) throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
  set.call(this, key, value);
};
