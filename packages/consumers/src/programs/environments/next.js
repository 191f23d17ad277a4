// Loaded before a recipe. Records what the global `fetch` receives: Next.js replaces it by one that reads `cache` and
// `next`.
const send = globalThis.fetch;
globalThis.received = [];
globalThis.fetch = (url, init) => {
  globalThis.received.push({ url, ...init });
  return send(url, init);
};
