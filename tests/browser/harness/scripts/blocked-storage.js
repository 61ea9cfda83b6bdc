// What a browser does whose person forbids sites to keep anything.
Object.defineProperty(window, "localStorage", {
  configurable: true,
  get() {
    throw new DOMException("The operation is insecure.", "SecurityError");
  },
});
