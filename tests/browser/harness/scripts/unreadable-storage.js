// A storage whose annotations cannot be read while `storageUnreadable` is set.
window.storageUnreadable = true;
const get = Storage.prototype.getItem;
Storage.prototype.getItem = function (key) {
  if (window.storageUnreadable && key.startsWith("glossator:annotation:")) throw new Error("the disk does not answer");
  return get.call(this, key);
};
const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...values) {
  if (window.storageUnreadable) throw new Error("the disk does not answer");
  return open.apply(this, values);
};
