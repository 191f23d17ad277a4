import axios from 'axios';
import type { Connect } from '../candidates.ts';

// `fetch` is not passed: axios is measured with its default adapter, which its users have as well.
export const connect: Connect = ({ baseUrl, token }) => {
  const api = axios.create({ baseURL: baseUrl, auth: { username: token, password: '' } });
  return async (identifier) => {
    const { data } = await api.get(`/v2/customers/${encodeURIComponent(identifier)}`);
    return data;
  };
};
