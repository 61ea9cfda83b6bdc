// What a browser does whose person forbids sites to keep anything.
const forbidden = () => {
  throw new DOMException("The operation is insecure.", "SecurityError");
};
Object.defineProperty(window, "localStorage", { configurable: true, get: forbidden });
IDBFactory.prototype.open = forbidden;
