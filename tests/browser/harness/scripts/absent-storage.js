// What an embedded browser does that has no storage at all.
Object.defineProperty(window, "localStorage", { configurable: true, get: () => null });
Object.defineProperty(window, "indexedDB", { configurable: true, get: () => undefined });
