import { STATUS_CODES } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Fault, FaultGroup } from '../fault.ts';
import type { Message, Variant } from '../server/steps.ts';

const FRAMING = ['content-length', 'transfer-encoding'];

/** Serializes status line and headers with framing headers that Node would not write. */
function head({ status, headers }: Message, framing: Readonly<Record<string, string>>): string {
  const kept = Object.entries(headers).filter(([name]) => !FRAMING.includes(name.toLowerCase()));
  const lines = [...kept, ...Object.entries(framing)].map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`;
}

/** Returns a server that sends these bytes for a message, and then waits or closes the connection. */
function sends(write: (message: Message) => string, { closes = false } = {}): Variant {
  return {
    send: (message, response) => {
      const bytes = Buffer.from(write(message), 'latin1');
      if (closes) response.socket?.end(bytes);
      else response.socket?.write(bytes);
    },
  };
}

function framing(name: string, variant: Variant, more: Partial<Fault> = {}): Fault {
  return { name, check: 'message_framing', variant, ...more };
}

function withHeaders(headers: Readonly<Record<string, string>>): Variant {
  return { alter: (message) => ({ ...message, headers: { ...message.headers, ...headers } }) };
}

const bodyOf = ({ bytes }: Message) => bytes.toString('latin1');
const lengthOf = ({ bytes }: Message) => String(bytes.length);
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const CHUNKED = { 'Transfer-Encoding': 'chunked' };

export const messageFraming: FaultGroup = {
  name: 'framing',
  faults: [
    framing(
      'Content-Length is too large, and the connection stays open',
      sends((message) => head(message, { 'Content-Length': String(message.bytes.length + 10) }) + bodyOf(message)),
      { hangs: true },
    ),
    framing(
      'Content-Length is too large, and the connection is closed',
      sends((message) => head(message, { 'Content-Length': String(message.bytes.length + 10) }) + bodyOf(message), {
        closes: true,
      }),
    ),
    framing(
      'Content-Length is too small',
      sends((message) => head(message, { 'Content-Length': String(message.bytes.length - 1) }) + bodyOf(message), {
        closes: true,
      }),
    ),
    framing(
      'Content-Length is 0 despite a body',
      sends((message) => head(message, { 'Content-Length': '0' }) + bodyOf(message), { closes: true }),
    ),
    framing(
      'Content-Length is no number',
      sends((message) => head(message, { 'Content-Length': `${lengthOf(message)} bytes` }) + bodyOf(message), {
        closes: true,
      }),
    ),
    framing(
      'Content-Length comes twice, with two values',
      sends(
        (message) =>
          head(message, { 'Content-Length': lengthOf(message), 'content-length': String(message.bytes.length + 1) }) +
          bodyOf(message),
        { closes: true },
      ),
    ),
    framing(
      'Content-Length and Transfer-Encoding contradict each other',
      sends(
        (message) =>
          `${head(message, { 'Content-Length': lengthOf(message), ...CHUNKED })}${chunk(bodyOf(message))}0\r\n\r\n`,
        { closes: true },
      ),
    ),
    framing(
      'a chunked body is cut off, and the connection is closed',
      sends((message) => head(message, CHUNKED) + chunk(bodyOf(message)), { closes: true }),
    ),
    framing(
      'a chunked body has no end, and the connection stays open',
      sends((message) => head(message, CHUNKED) + chunk(bodyOf(message))),
      { hangs: true },
    ),
    framing(
      'a chunk has no size that can be read',
      sends((message) => `${head(message, CHUNKED)}size\r\n${bodyOf(message)}\r\n0\r\n\r\n`, { closes: true }),
    ),
    framing(
      'a chunk is longer than it says',
      sends((message) => `${head(message, CHUNKED)}2\r\n${bodyOf(message)}\r\n0\r\n\r\n`, { closes: true }),
    ),
    framing(
      'garbage follows the last chunk',
      sends((message) => `${head(message, CHUNKED)}${chunk(bodyOf(message))}0\r\n\r\n0\r\n\r\n`, { closes: true }),
    ),
    framing(
      'a body is said to be chunked, but is not',
      sends((message) => head(message, CHUNKED) + bodyOf(message), { closes: true }),
    ),
    framing(
      'there is neither a length nor an end',
      sends((message) => head(message, {}) + bodyOf(message)),
      { hangs: true },
    ),
    framing(
      'a header has no colon',
      sends(
        (message) =>
          head(message, { 'Content-Length': lengthOf(message) }).replace('\r\n\r\n', '\r\nX-Debug\r\n\r\n') +
          bodyOf(message),
        { closes: true },
      ),
    ),
    framing(
      'the status line has no version',
      sends(
        (message) =>
          head(message, { 'Content-Length': lengthOf(message) }).replace('HTTP/1.1 ', 'HTTP ') + bodyOf(message),
        { closes: true },
      ),
    ),
    framing(
      'there is no status line, as in HTTP/0.9',
      sends((message) => bodyOf(message), { closes: true }),
    ),
    framing(
      'the body comes in gzip to those who did not ask for it',
      {
        alter: (message) => {
          const bytes = gzipSync(message.bytes);
          const headers = { 'Content-Encoding': 'gzip', 'Content-Length': String(bytes.length) };
          return { ...message, headers: { ...message.headers, ...headers }, bytes };
        },
      },
      { severity: 'note' },
    ),
    framing('the body is said to be in gzip, but is not', withHeaders({ 'Content-Encoding': 'gzip' })),
    framing('the body is said to be in Brotli, but is not', withHeaders({ 'Content-Encoding': 'br' })),
    framing('the body is said to be in an encoding that nobody knows', withHeaders({ 'Content-Encoding': 'utf-8' })),
    framing('the gzip stream is cut off', {
      alter: (message) => {
        const bytes = gzipSync(message.bytes).subarray(0, -12);
        const headers = { 'Content-Encoding': 'gzip', 'Content-Length': String(bytes.length) };
        return { ...message, headers: { ...message.headers, ...headers }, bytes };
      },
    }),
    framing('the connection is reset before an answer', {
      send: (_, response) => void response.socket?.destroy(),
    }),
    framing(
      'the connection is closed in the middle of the body',
      sends(
        (message) =>
          head(message, { 'Content-Length': lengthOf(message) }) + bodyOf(message).slice(0, message.bytes.length / 2),
        { closes: true },
      ),
    ),
    framing(
      'the connection is closed in the middle of the headers',
      sends((message) => head(message, {}).slice(0, 40), { closes: true }),
    ),
  ],
};
