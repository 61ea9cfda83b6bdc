// A browser without any storage, as some embedded ones are.
Object.defineProperty(window, "localStorage", { configurable: true, get: () => null });
Object.defineProperty(window, "indexedDB", { configurable: true, get: () => undefined });
