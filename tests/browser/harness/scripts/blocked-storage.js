// A browser whose user does not allow sites to store anything.
const forbidden = () => {
  throw new DOMException("The operation is insecure.", "SecurityError");
};
Object.defineProperty(window, "localStorage", { configurable: true, get: forbidden });
IDBFactory.prototype.open = forbidden;
