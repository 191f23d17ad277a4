import type { Connect } from './candidate.ts';

// Loaded one at a time: a client that changes what is global, such as undici's dispatcher, must not change the others.
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

/** A client that is measured, by the name of its file. */
export type Candidate = keyof typeof LOADERS;

/** The client of this repository: budgets are its. */
export const OURS: Candidate = 'firstofficer';

export async function load(candidate: Candidate): Promise<Connect> {
  const { connect } = await LOADERS[candidate]();
  return connect;
}

export function sourceOf(candidate: Candidate): URL {
  return new URL(`./candidates/${candidate}.ts`, import.meta.url);
}
