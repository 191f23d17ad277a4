import type { ClientFactory } from '../candidates.ts';

export const connect: ClientFactory = ({ baseUrl, token, fetch }) => {
  const headers = { Authorization: `Basic ${btoa(`${token}:`)}` };
  return async (identifier) => {
    const response = await fetch(`${baseUrl}/v2/customers/${encodeURIComponent(identifier)}`, { headers });
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    return response.json();
  };
};
