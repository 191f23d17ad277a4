import { connect } from 'node:net';
import type { TestRequest } from '../selftest/index.ts';
import { parseJson } from '../src/http/exchange.ts';
import { parseResponse } from '../src/http/raw-response.ts';

/** The bytes received over one connection. */
interface RawExchange {
  /** All bytes without Date headers. */
  readonly received: Buffer;
  /** Whether the server closed the connection within the limit, as requested. */
  readonly isComplete: boolean;
}

/** Sends requests unchanged and pipelined over one connection, and collects the response bytes. */
export function exchange(url: string, requests: readonly TestRequest[], limitMs = 20_000): Promise<RawExchange> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    const done = (isComplete: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ received: withoutDate(Buffer.concat(chunks)), isComplete });
    };
    const timer = setTimeout(() => done(false), limitMs);
    socket.on('data', (chunk) => chunks.push(chunk));
    // A reset also ends the connection.
    socket.on('error', () => {});
    socket.on('close', () => done(true));
    socket.write(requests.map((request, index) => write(request, index === requests.length - 1)).join(''));
  });
}

function write({ method, target, headers, body }: TestRequest, isLast: boolean): string {
  const length = body !== undefined && { 'Content-Length': String(Buffer.byteLength(body)) };
  const all = { Host: '127.0.0.1', ...headers, ...length, ...(isLast && { Connection: 'close' }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`;
}

function withoutDate(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(/^Date: .*\r\n/gm, ''), 'latin1');
}

interface ParsedResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Undefined if the body is not JSON. */
  readonly json: unknown;
}

/** Parses a response. Chunks are not decoded. */
export function parse(bytes: Buffer): ParsedResponse {
  const { status = 0, headers = [], rest = '' } = parseResponse(bytes, true) ?? {};
  const body = rest.toString();
  const pairs = headers.map(([name, value]): [string, string] => [name, value]);
  return { status, headers: new Headers(pairs), body, json: parseJson(body) };
}
