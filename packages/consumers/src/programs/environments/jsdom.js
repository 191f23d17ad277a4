// Loaded before a recipe. Replaces globals by those of jsdom, as test runners do.
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<!doctype html>', { url: 'http://localhost' });
for (const name of ['document', 'navigator', 'Event', 'EventTarget', 'AbortController', 'AbortSignal']) {
  Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true });
}
globalThis.window = window;
