import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { CORRECT } from './correct.ts';
import { type Request, readRequest } from './request.ts';
import type { Answer, Steps, Variant } from './steps.ts';
import { answerUnparsable } from './unparsable.ts';
import { write } from './write.ts';

/** A running server. */
export interface RunningServer {
  /** The base URL, such as `http://127.0.0.1:49152`. */
  readonly url: string;
  /** Stops the server and closes all connections. */
  close(): Promise<void>;
}

// The longest identifier takes 12 KB. Longer ones must get 400 from the server, not 431 from Node.
const MAX_HEADER_BYTES = 1024 * 1024;

/**
 * Starts the correct server, or a variant of it, on a free loopback port.
 *
 * @example
 * const { url, close } = await startServer(fault.variant);
 */
export async function startServer({ keepAliveTimeout, withoutDate, ...steps }: Variant = {}): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  const listener = listenerOf({ ...CORRECT, ...steps }, () => stop(server, sockets));
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      requireHostHeader: false,
      ...(keepAliveTimeout !== undefined && { keepAliveTimeout, keepAliveTimeoutBuffer: 0 }),
    },
    (request, response) => {
      if (withoutDate) response.sendDate = false;
      listener(request, response);
    },
  );
  server.on('connection', (socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
  // Handle requests with an Expect header like all others.
  server.on('checkExpectation', listener);
  answerUnparsable(server, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => stop(server, sockets) };
}

function listenerOf(steps: Steps, crash: () => void): RequestListener {
  let requests = 0;
  const store = new Map<string, unknown>();
  return async (incoming, response) => {
    requests += 1;
    const request = readRequest(incoming, { socket: incoming.socket, number: requests, store, crash });
    const answer = await decide(request, steps).catch(() => internalError);
    steps.send(steps.alter(write(answer, request, steps), request), response, request);
  };
}

async function decide(request: Request, steps: Steps): Promise<Answer> {
  return steps.adjust(await steps.answer(request, steps), request);
}

/** Answers a request for which a step throws. The steps of the correct server never throw. */
const internalError: Answer = {
  status: 500,
  headers: {},
  body: { error: { type: 'api_error', message: 'Something went wrong.' } },
};

/** Closes all connections, including those that Node could not parse and no longer tracks. */
async function stop(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const socket of sockets) socket.destroy();
  await stopped;
}
