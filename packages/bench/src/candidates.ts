import type { Connect } from './candidate.ts';

// Each process imports only one client, because a client may change global state, such as undici's dispatcher.
const LOADERS = {
  fetch: () => import('./candidates/fetch.ts'),
  firstofficer: () => import('./candidates/firstofficer.ts'),
  'openapi-fetch': () => import('./candidates/openapi-fetch.ts'),
  'hey-api': () => import('./candidates/hey-api.ts'),
  ofetch: () => import('./candidates/ofetch.ts'),
  ky: () => import('./candidates/ky.ts'),
  axios: () => import('./candidates/axios.ts'),
  stripe: () => import('./candidates/stripe.ts'),
  'undici-pool': () => import('./candidates/undici-pool.ts'),
} satisfies Record<string, () => Promise<{ connect: Connect }>>;

/** The name of a client to measure. Its file has the same name. */
export type Candidate = keyof typeof LOADERS;

/** The client of this repository. Only this client has budgets. */
export const OURS: Candidate = 'firstofficer';

export async function load(candidate: Candidate): Promise<Connect> {
  const { connect } = await LOADERS[candidate]();
  return connect;
}

export function sourceOf(candidate: Candidate): URL {
  return new URL(`./candidates/${candidate}.ts`, import.meta.url);
}
