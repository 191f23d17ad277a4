import ky from 'ky';
import type { ClientFactory } from '../candidates.ts';

export const connect: ClientFactory = ({ baseUrl, token, fetch }) => {
  const api = ky.create({ baseUrl, fetch, headers: { Authorization: `Basic ${btoa(`${token}:`)}` } });
  return (identifier) => api(`/v2/customers/${encodeURIComponent(identifier)}`).json();
};
