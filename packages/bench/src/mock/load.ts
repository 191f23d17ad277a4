import autocannon, { type Client, type Options, type Result } from 'autocannon';
import { performTasks } from '../child.ts';
import { getQuantile } from '../statistics.ts';

/** A request that is sent many times. */
export interface LoadTask {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The expected status of every response. */
  readonly status: number;
  readonly requests: number;
  /** Default: 10. */
  readonly connections?: number;
  /** How many different paths the requests have: a number below it is appended to the path. Default: one path. */
  readonly paths?: number;
}

/** The result of a load test. */
export interface Load {
  readonly perSecond: number;
  /** The median latency in milliseconds. */
  readonly p50: number;
  /** The 99th percentile of the latency in milliseconds. */
  readonly p99: number;
}

// The default of autocannon.
const CONNECTIONS = 10;

// Counts up over all tasks, so that few paths are used twice: a mock may cache responses.
let count = 0;

performTasks<LoadTask, Load>(async ({ status, ...task }) => {
  const times: number[] = [];
  let begin = 0;
  let end = 0;
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  autocannon(createOptions(task), (error, result) => (error ? reject(error) : resolve(result)))
    .on('start', () => {
      begin = performance.now();
    })
    // Measured here because autocannon rounds its figures to whole milliseconds and seconds.
    // biome-ignore lint/complexity/useMaxParams: the library defines this signature.
    .on('response', (_client, _status, _bytes, time) => {
      times.push(time);
      end = performance.now();
    });
  const { statusCodeStats = {}, errors } = await promise;
  const expected = statusCodeStats[`${status}`]?.count ?? 0;
  if (expected !== task.requests) {
    throw new Error(
      `${task.url} responded to ${expected} of ${task.requests} requests with ${status}; ${errors} failed.`,
    );
  }
  const sorted = times.toSorted((a, b) => a - b);
  return {
    perSecond: (expected * 1_000) / (end - begin),
    p50: getQuantile(sorted, 0.5),
    p99: getQuantile(sorted, 0.99),
  };
});

function createOptions({
  url,
  headers,
  requests,
  connections = CONNECTIONS,
  paths,
}: Omit<LoadTask, 'status'>): Options {
  const { pathname } = new URL(url);
  // The requests are created before the test begins, so that creating them does not slow it down.
  const setupClient = (client: Client, differentPaths: number) =>
    client.setRequests(
      Array.from({ length: requests / connections }, () => {
        count += 1;
        return { path: `${pathname}${count % differentPaths}` };
      }),
    );
  return {
    url,
    headers,
    connections,
    amount: requests,
    // The interval in milliseconds at which autocannon checks whether it is done.
    sampleInt: 50,
    ...(paths !== undefined && { setupClient: (client) => setupClient(client, paths) }),
  };
}
