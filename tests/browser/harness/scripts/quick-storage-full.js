// A localStorage that takes no annotation; the rest of the browser's storage is well.
const set = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  if (key.startsWith("glossator:annotation:")) throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
  set.call(this, key, value);
};
