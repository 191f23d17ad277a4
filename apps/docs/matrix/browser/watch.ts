import { type BrowserContext, isForeign } from '@firstofficer/browser';

/** What the pages of a context did that readers do not see. */
export interface Watched {
  /** The addresses of all requests. */
  readonly requests: readonly string[];
  /** Those on other hosts than this machine. */
  foreign(): string[];
  /** What went to the console, errors that nobody caught, and what the Content-Security-Policy refused. */
  readonly said: readonly string[];
}

/** Follows all pages of a context, also those that its pages open. */
export async function watch(context: BrowserContext): Promise<Watched> {
  const requests: string[] = [];
  const said: string[] = [];
  // Not every violation is told in the console.
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
      console.error(`refused: ${[effectiveDirective, blockedURI, sample].filter(Boolean).join(' ')}`);
    });
  });
  context
    .on('request', (request) => requests.push(request.url()))
    .on('console', (message) => said.push(message.text()))
    .on('weberror', (error) => said.push(String(error.error())));
  return { requests, said, foreign: () => requests.filter(isForeign) };
}

/** The index of Redoc's search asks whether it may use eval, and does without. Nothing else is expected. */
export function unexpected(said: readonly string[]): string[] {
  return said.filter((text) => text !== 'refused: script-src eval');
}
