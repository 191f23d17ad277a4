import autocannon, { type Options, type Result } from 'autocannon';
import { answer } from '../child.ts';
import { quantile } from '../statistics.ts';

/** A request to be sent again and again. */
export interface LoadTask {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The status that every response has to have. */
  readonly status: number;
  readonly requests: number;
  /** Whether each request names a customer of its own, by what it appends to the path. */
  readonly varies: boolean;
}

/** How a server bore a load. */
export interface Load {
  readonly perSecond: number;
  /** Milliseconds that half of the requests took at most. */
  readonly p50: number;
  /** Milliseconds that 99 of 100 requests took at most. */
  readonly p99: number;
}

// What autocannon opens by default.
const CONNECTIONS = 10;

// Never the same again, whatever the round.
let customer = 0;

answer<LoadTask, Load>(async ({ status, ...task }) => {
  const times: number[] = [];
  let begin = 0;
  let end = 0;
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  autocannon(optionsOf(task), (error, result) => (error ? reject(error) : resolve(result)))
    .on('start', () => {
      begin = performance.now();
    })
    // Autocannon's own figures are whole milliseconds and whole seconds.
    .on('response', (_client, _status, _bytes, time) => {
      times.push(time);
      end = performance.now();
    });
  const { statusCodeStats = {}, errors } = await promise;
  const right = statusCodeStats[`${status}`]?.count ?? 0;
  if (right !== task.requests) {
    throw new Error(`${task.url} answered ${right} of ${task.requests} requests with ${status}; ${errors} failed.`);
  }
  const sorted = times.toSorted((a, b) => a - b);
  return { perSecond: (right * 1_000) / (end - begin), p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
});

function optionsOf({ url, headers, requests, varies }: Omit<LoadTask, 'status'>): Options {
  const { pathname } = new URL(url);
  // Written before the load begins, so that the client does not become what is measured.
  const setupClient: Options['setupClient'] = (client) =>
    client.setRequests(
      Array.from({ length: requests / CONNECTIONS }, () => {
        customer += 1;
        return { path: `${pathname}${customer}` };
      }),
    );
  return {
    url,
    headers,
    connections: CONNECTIONS,
    amount: requests,
    // How often it looks whether it is done.
    sampleInt: 50,
    ...(varies && { setupClient }),
  };
}
