import axios from 'axios';
import type { ClientFactory } from '../candidates.ts';

// Does not pass `fetch`, because axios is measured with its default adapter, as its users have it.
export const connect: ClientFactory = ({ baseUrl, token }) => {
  const api = axios.create({ baseURL: baseUrl, auth: { username: token, password: '' } });
  return async (identifier) => {
    const { data } = await api.get(`/v2/customers/${encodeURIComponent(identifier)}`);
    return data;
  };
};
