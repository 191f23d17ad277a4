import { type BrowserContext, isForeign } from '@firstofficer/browser';

/** The requests and messages of the pages in a browser context. */
export interface Watched {
  /** The URLs of all requests. */
  readonly requests: readonly string[];
  /** The URLs of requests to other machines. */
  foreign(): string[];
  /** Console messages, uncaught errors and violations of the Content-Security-Policy. */
  readonly messages: readonly string[];
}

/** Records all pages of a context, including those that its pages open. */
export async function watch(context: BrowserContext): Promise<Watched> {
  const requests: string[] = [];
  const messages: string[] = [];
  // The console does not show every violation.
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
      console.error(`refused: ${[effectiveDirective, blockedURI, sample].filter(Boolean).join(' ')}`);
    });
  });
  context
    .on('request', (request) => requests.push(request.url()))
    .on('console', (message) => messages.push(message.text()))
    .on('weberror', (error) => messages.push(String(error.error())));
  return { requests, messages, foreign: () => requests.filter(isForeign) };
}

/** Redoc's search index checks whether eval is allowed, and works without it. No other messages are expected. */
export function unexpected(messages: readonly string[]): string[] {
  return messages.filter((text) => text !== 'refused: script-src eval');
}
