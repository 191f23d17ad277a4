import axios from 'axios';
import type { Connect } from '../candidate.ts';

// No `fetch`: axios is measured with the adapter that it chooses by itself, which is what its users have.
export const connect: Connect = ({ baseUrl, token }) => {
  const api = axios.create({ baseURL: baseUrl, auth: { username: token, password: '' } });
  return async (identifier) => {
    const { data } = await api.get(`/v2/customers/${encodeURIComponent(identifier)}`);
    return data;
  };
};
