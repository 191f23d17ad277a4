import { connect } from 'node:net';
import { performTasks } from '../child.ts';
import { getQuantile } from '../statistics.ts';
import { generateIdentifiers } from './data.ts';

// Sends requests over plain sockets. The requests are prepared, and only the status and the length of a response are
// read, so that this process uses little of the processor.

/** Load on one server. */
export interface LoadTask {
  readonly port: number;
  readonly authorization: string;
  /** The number of customers of which random ones are retrieved. */
  readonly customers: number;
  readonly seconds: number;
  /** How many requests a connection sends at once. With several, this process uses less CPU time per request. */
  readonly pipelined: number;
  /** Default: 10. */
  readonly connections?: number;
  /** How long a connection waits after a response before it sends the next request, in milliseconds. Default: 0. */
  readonly pauseMs?: number;
}

/** The result of a load test. */
export interface Load {
  readonly requests: number;
  readonly perSecond: number;
  /** The median of the latency in milliseconds. */
  readonly p50: number;
  /** The 99th percentile of the latency in milliseconds. */
  readonly p99: number;
  /** The CPU time of this process per request, in microseconds. */
  readonly ownCpu: number;
}

const CONNECTIONS = 10;
// Larger than any response.
const BUFFER_BYTES = 64 * 1024;

let prepared: { readonly id: string; readonly requests: readonly Buffer[] } | undefined;

performTasks<LoadTask, Load>(async ({ seconds, connections = CONNECTIONS, pauseMs = 0, ...request }) => {
  const { port, pipelined } = request;
  const requests = prepareRequests(request);
  const latencies: number[] = [];
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const deadline = begin + seconds * 1_000;
  const starts = Array.from({ length: connections }, (_, index) => Math.floor((index * requests.length) / connections));
  await Promise.all(
    starts.map((start) => sendRequests({ port, requests, start, pipelined, pauseMs, deadline, latencies })),
  );
  const elapsed = performance.now() - begin;
  const { user, system } = process.cpuUsage(cpu);
  const count = latencies.length;
  const sorted = latencies.toSorted((a, b) => a - b);
  return {
    requests: count,
    perSecond: (count * 1_000) / elapsed,
    p50: getQuantile(sorted, 0.5),
    p99: getQuantile(sorted, 0.99),
    ownCpu: (user + system) / count,
  };
});

function prepareRequests({
  authorization,
  customers,
}: Pick<LoadTask, 'authorization' | 'customers'>): readonly Buffer[] {
  const id = `${customers} ${authorization}`;
  if (prepared?.id !== id) {
    const requests = generateIdentifiers(customers).map((identifier) =>
      Buffer.from(
        `GET /v2/customers/${encodeURIComponent(identifier)} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${authorization}\r\n\r\n`,
      ),
    );
    prepared = { id, requests };
  }
  return prepared.requests;
}

interface Connection extends Pick<LoadTask, 'port' | 'pipelined'> {
  readonly pauseMs: number;
  readonly requests: readonly Buffer[];
  /** The index of the first request. */
  readonly start: number;
  readonly deadline: number;
  /** Collects the latencies in milliseconds. */
  readonly latencies: number[];
}

/** Sends requests over one connection until the deadline, the next ones when all responses have arrived. */
function sendRequests({ port, requests, start, pipelined, pauseMs, deadline, latencies }: Connection): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let next = start;
  let pending = 0;
  let sent = 0;
  let received = '';
  const send = () => {
    sent = performance.now();
    if (pipelined > 1) socket.cork();
    for (pending = 0; pending < pipelined; pending += 1) {
      socket.write(requests[next] as Buffer);
      next = (next + 1) % requests.length;
    }
    if (pipelined > 1) socket.uncork();
  };
  const read = (bytes: number, buffer: Uint8Array) => {
    received += (buffer as Buffer).toString('latin1', 0, bytes);
    for (let length = measureResponse(received); length <= received.length; length = measureResponse(received)) {
      if (!received.startsWith('HTTP/1.1 200 ')) socket.destroy(new Error(`The server sent: ${received}`));
      received = received.slice(length);
      pending -= 1;
      latencies.push(performance.now() - sent);
    }
    if (pending > 0) return true;
    if (performance.now() >= deadline) socket.destroy();
    else if (pauseMs > 0) setTimeout(send, pauseMs);
    else send();
    return true;
  };
  const onread = { buffer: Buffer.allocUnsafe(BUFFER_BYTES), callback: read };
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread }, send);
  socket.on('error', reject).on('close', () => resolve());
  return promise;
}

/** Returns the length of the first response in a text, or infinity if its headers are incomplete. */
function measureResponse(text: string): number {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return Number.POSITIVE_INFINITY;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  if (length === undefined) throw new Error(`A response has no Content-Length: ${text.slice(0, end)}`);
  return end + 4 + Number(length);
}
