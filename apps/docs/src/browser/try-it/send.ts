import { statusWords } from 'try-it:status-words';
import { DEFAULT_TOKEN } from '@firstofficer/mock/engine';
import type { SecurityScheme } from '@firstofficer/openapi/browser';
import { mock } from './engine.ts';
import type { TryItRequest } from './form.ts';
import { isHeader } from './headers.ts';
import { addKey } from './key.ts';

/** A response as the page shows it. */
export interface ReceivedResponse {
  readonly status: number;
  /** The words of the status, such as `Not Found`. */
  readonly words: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  readonly milliseconds: number;
}

/** Why there is no response. */
interface Problem {
  readonly message: string;
  /** What the reader can check. */
  readonly hints: readonly string[];
}

/** The response, or why there is none. */
export type Outcome = ReceivedResponse | Problem;

/** How a request is sent. */
export interface SendOptions {
  /** The URL of a server on this machine. Undefined for the mock in this page, which returns the examples. */
  readonly server: string | undefined;
  /** The API key for the server. Empty for none. The page's own mock accepts every request, unless the key is wrong. */
  readonly key: string;
  readonly hasWrongKey: boolean;
  readonly security: readonly SecurityScheme[];
  readonly signal: AbortSignal;
}

/** A key that no server accepts. */
export const WRONG_KEY = 'WrongKey';

/** Sends a request and returns the outcome. Throws only if the signal aborts. */
export async function send(request: TryItRequest, options: SendOptions): Promise<Outcome> {
  const { server, hasWrongKey, security } = options;
  const key = hasWrongKey ? WRONG_KEY : server === undefined ? DEFAULT_TOKEN : options.key;
  const authorized = addKey(request, security, key);
  const unsendable = Object.entries(authorized.headers).find(([name, value]) => !isHeader(name, value));
  if (unsendable) {
    const hint = 'A header can contain only Latin characters without line breaks.';
    return { message: `The header ${unsendable[0]} cannot be sent.`, hints: [hint] };
  }
  const start = performance.now();
  const outcome =
    server === undefined
      ? await sendInPage(authorized, options)
      : await sendToServer(authorized, server, options.signal);
  return 'status' in outcome ? { ...outcome, milliseconds: performance.now() - start } : outcome;
}

type Received = Omit<ReceivedResponse, 'milliseconds'> | Problem;

/** Gets the response from the mock in this page, without a network. */
async function sendInPage({ body, ...request }: TryItRequest, { signal }: SendOptions): Promise<Received> {
  const response = await mock.respond({ ...request, ...(body !== undefined && { body }) });
  if (response.delay) await wait(response.delay, signal);
  if (response.drop) {
    const place = response.drop === 'body' ? 'in the middle of the body' : 'before the response';
    return { message: `The connection was closed ${place}.`, hints: ['The header Prefer requested this.'] };
  }
  const { status, headers } = response;
  return { status, words: statusWords[status] ?? '', headers: Object.entries(headers), body: response.body };
}

/** Waits. Throws if the signal aborts. */
function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

async function sendToServer(
  { method, target, headers, body }: TryItRequest,
  server: string,
  signal: AbortSignal,
): Promise<Received> {
  const url = server + target;
  // Browsers resolve the segments . and .. before they send a request.
  if (URL.parse(url)?.pathname !== url.slice(new URL(server).origin.length).replace(/\?.*/s, '')) {
    const hint = 'Send it with the code below, or send it to this page.';
    return { message: 'Browsers change this path before they send it.', hints: [hint] };
  }
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body !== undefined && { body }),
      signal,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      redirect: 'manual',
    });
    if (response.type === 'opaqueredirect') {
      return {
        message: 'The server redirects to another URL.',
        hints: ['Browsers do not show the other URL. Enter the URL of the API itself.'],
      };
    }
    const { status } = response;
    return {
      status,
      words: response.statusText || (statusWords[status] ?? ''),
      headers: [...response.headers],
      body: await response.text(),
    };
  } catch (error) {
    if (signal.aborted) throw error;
    return {
      message: `There is no response from ${server}.`,
      hints: [
        'Is the server running at this URL?',
        `Does the server allow requests from this page? It must send the header “Access-Control-Allow-Origin: ${location.origin}”.`,
        'Did the browser block the request? If this page is from the internet, allow it to access your local network. Safari never allows http from such a page.',
      ],
    };
  }
}
