import { createClient, type Fetch, type FetchInit, type FetchResponse } from '@firstofficer/client';
import {
  createFetch,
  type UndiciFetch,
  type UndiciFetchOptions,
  fetch as undiciFetch,
} from '@firstofficer/client/undici';
import nodeFetch from 'node-fetch';
import * as undici from 'undici';

// Every `fetch` of Node and of its libraries is assignable.
const token = 'SecretKey';
const dispatcher = new undici.Agent();

createClient({ token, fetch });
createClient({ token, fetch: globalThis.fetch });
createClient({ token, fetch: undici.fetch });
createClient({ token, fetch: nodeFetch });

// So is the fetch of the client for undici, with every dispatcher.
const options: UndiciFetchOptions = { dispatcher: new undici.ProxyAgent('http://127.0.0.1:8080') };
const proxied: UndiciFetch = createFetch(options);
createClient({ token, fetch: undiciFetch });
createClient({ token, fetch: createFetch() });
createClient({ token, fetch: createFetch({ dispatcher }) });
createClient({ token, fetch: proxied });

// Functions that call them are as well, with options that only these have.
createClient({ token, fetch: (url, init) => fetch(url, { ...init, cache: 'no-store' }) });
createClient({ token, fetch: (url, init) => undici.fetch(url, { ...init, dispatcher }) });
createClient({ token, fetch: (url, init) => nodeFetch(url, { ...init, compress: false }) });
createClient({ token, fetch: (url, { signal: _, ...init }) => fetch(url, init) });
createClient({ token, fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, 'X-Trace': '1' } }) });
createClient({ token, fetch: (url, init) => fetch(new Request(url, init)) });
createClient({ token, fetch: (url: string | URL | Request, init?: RequestInit) => fetch(url, init) });

// A stub is assignable, with and without a Response.
const headers = new Headers({ 'X-Request-Id': 'req_1' });
createClient({ token, fetch: async () => Response.json({ object: 'customer' }) });
createClient({ token, fetch: async () => new undici.Response('{"object":"customer"}') });
createClient({ token, fetch: async () => ({ ok: true, status: 200, headers, text: async () => '{}' }) });

const logged: Fetch = async (url: string, init: FetchInit): Promise<FetchResponse> => {
  const response = await fetch(url, init);
  console.log(init.method, response.status);
  return response;
};
const { customers, api } = createClient({ token, fetch: logged });

export async function readHead(): Promise<(string | number | boolean | null | undefined)[]> {
  const { response } = await customers.retrieve.withResponse('cus_1234ABCD');
  const result = await api.GET('/v2/customers/{customer}', { params: { path: { customer: 'cus_1234ABCD' } } });
  return [response.ok, response.status, response.redirected, result.response.headers.get('X-Request-Id')];
}
