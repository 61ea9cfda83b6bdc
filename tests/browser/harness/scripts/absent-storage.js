// What an embedded browser does that has no storage at all.
Object.defineProperty(window, "localStorage", { configurable: true, get: () => null });
