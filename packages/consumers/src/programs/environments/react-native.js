// Runs a bundle with the globals of React Native only. It lacks streams, TextDecoder, URL.canParse, AbortSignal.any and
// AbortSignal.timeout. Its `fetch` is whatwg-fetch, which uses XMLHttpRequest.
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';

/** A part of XMLHttpRequest that is enough for whatwg-fetch. Follows redirects, as on a phone. */
class XMLHttpRequest {
  status = 0;
  statusText = '';
  responseText = '';
  #headers = {};
  #controller = new AbortController();

  open(method, url) {
    this.method = method;
    this.url = url;
  }

  setRequestHeader(name, value) {
    this.#headers[name] = value;
  }

  async send(body) {
    const { method, url } = this;
    const { signal } = this.#controller;
    try {
      const response = await fetch(url, { method, headers: this.#headers, body, signal });
      this.responseText = await response.text();
      this.status = response.status;
      this.responseURL = response.url;
      this.allHeaders = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
      this.onload();
    } catch {
      if (signal.aborted) this.onabort();
      else this.onerror();
    }
  }

  getAllResponseHeaders() {
    return this.allHeaders;
  }

  abort() {
    this.#controller.abort();
  }
}

class URLWithoutCanParse extends URL {
  static canParse = undefined;
}

const AbortSignalWithoutStatics = { abort: () => AbortSignal.abort() };

const context = createContext({
  AbortController,
  AbortSignal: AbortSignalWithoutStatics,
  URL: URLWithoutCanParse,
  URLSearchParams,
  XMLHttpRequest,
  btoa,
  clearTimeout,
  console,
  setTimeout,
});
runInContext('var global = globalThis, self = globalThis, window = globalThis;', context);
const [, , bundle, apiUrl] = process.argv;
context.apiUrl = apiUrl;
await runInContext(readFileSync(bundle, 'utf8'), context, { filename: bundle });
