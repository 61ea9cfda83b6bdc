// A localStorage without space for annotations. The rest of the browser's storage works.
const set = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  if (key.startsWith("glossator:annotation:")) throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
  set.call(this, key, value);
};
