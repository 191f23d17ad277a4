import autocannon, { type Result } from 'autocannon';

/** Measurements of a server under load. Latencies are in milliseconds. */
export interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

const CONNECTIONS = 10;

/**
 * Sends requests to the paths in turn, over 10 connections.
 *
 * @throws Error if a response is not a 200.
 */
export async function load(
  url: string,
  paths: readonly string[],
  { authorization, seconds }: { readonly authorization: string; readonly seconds: number },
): Promise<Load> {
  const times: number[] = [];
  const requests = paths.map((path) => ({ path }));
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  // Measures from the first response on, because autocannon takes some time to start.
  let began = 0;
  let ended = 0;
  autocannon(
    { url, connections: CONNECTIONS, duration: seconds, headers: { authorization }, requests },
    (error, result) => (error ? reject(error) : resolve(result)),
  ).on('response', (_client, _status, _bytes, time) => {
    ended = performance.now();
    began ||= ended;
    times.push(time);
  });
  const { non2xx, errors } = await promise;
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} requests were not answered with 200, ${errors} failed.`);
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { perSecond: (times.length * 1_000) / (ended - began), p50: at(0.5), p99: at(0.99) };
}
