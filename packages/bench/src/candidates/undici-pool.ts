import { Pool } from 'undici';
import type { ClientFactory } from '../candidates.ts';

// Not an alternative to the other clients, but a lower bound: HTTP without the overhead of fetch.
export const connect: ClientFactory = ({ baseUrl, token }) => {
  const pool = new Pool(baseUrl);
  const headers = { authorization: `Basic ${btoa(`${token}:`)}` };
  return async (identifier) => {
    const path = `/v2/customers/${encodeURIComponent(identifier)}`;
    const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
    if (statusCode !== 200) throw new Error(`HTTP status ${statusCode}`);
    return body.json();
  };
};
