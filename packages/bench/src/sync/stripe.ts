import { createStripeServer } from '@firstofficer/stripe-server';
import { performTasks } from '../child.ts';
import { generateObjects, STRIPE_KEY } from './objects.ts';

// Runs in its own process, because it uses more memory than the measured processes.

/** What the process does: it creates the server, or counts and forgets the requests so far. */
export type StripeTask = { readonly invoices: number } | 'count requests';

/** The result of a task. */
export interface StripeResult {
  readonly url: string;
  /** The number of requests since the last task. */
  readonly requests: number;
}

const PAGE = 100;
// The lists whose rendering takes time. The parameters are those of the sync, because the server keeps what it rendered.
const WARM_UP = [
  '/v1/customers',
  '/v1/subscriptions?status=all',
  '/v1/invoices?expand[]=data.payments',
  '/v1/charges?expand[]=data.balance_transaction',
];

let started: ReturnType<typeof createStripeServer> | undefined;

performTasks<StripeTask, StripeResult>(async (task) => {
  if (task !== 'count requests' && !started) {
    started = createStripeServer(generateObjects(task.invoices, Math.floor(Date.now() / 1_000)));
    const { url } = await started;
    for (const list of WARM_UP) await readList(`${url}${list}`);
  }
  const server = await started;
  if (!server) throw new Error('The server was not started.');
  const requests = server.requests.length;
  server.clearRequests();
  return { url: server.url, requests };
});

/** Reads all pages of a list. */
async function readList(list: string): Promise<void> {
  const headers = { authorization: `Bearer ${STRIPE_KEY}` };
  let cursor: string | undefined;
  for (let hasMore = true; hasMore; ) {
    const url = new URL(list);
    url.searchParams.set('limit', String(PAGE));
    if (cursor !== undefined) url.searchParams.set('starting_after', cursor);
    const response = await fetch(url, { headers });
    const page = (await response.json()) as { data: { id: string }[]; has_more: boolean };
    hasMore = page.has_more;
    cursor = page.data.at(-1)?.id;
  }
}
