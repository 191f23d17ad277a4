import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium as playwright } from 'playwright-core';
import { describeMissingChromium, findChromium } from './chromium.ts';

/**
 * The flags with which Chromium runs in a container and connects to this machine only. {@link launchBrowser} sets them.
 * Pass them yourself if you start Chromium by its path.
 *
 * @example
 * spawn(path, ['--headless', ...FLAGS, 'http://127.0.0.1:8080'], { env });
 */
export const FLAGS: readonly string[] = [
  // Containers lack the permissions and devices for these features. The sandbox is not needed, because all pages are trusted.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  // Only the page may use the network.
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-quic',
  '--no-pings',
  '--no-proxy-server',
  // The page may connect to this machine only.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/**
 * The options of {@link launchBrowser}.
 *
 * @example
 * const options: BrowserOptions = { flags: ['--remote-debugging-port=9222'] };
 */
export interface BrowserOptions {
  /** Additional flags of Chromium. */
  readonly flags?: readonly string[];
}

/**
 * Starts a headless Chromium that can connect to this machine only. Its files are deleted when it is closed.
 *
 * @throws Error if there is no Chromium. The message describes what to install.
 * @example
 * await using browser = await launchBrowser();
 * const page = await browser.newPage({ colorScheme: 'dark' });
 * await page.goto('http://127.0.0.1:8080');
 */
export async function launchBrowser({ flags = [] }: BrowserOptions = {}): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'firstofficer-browser-'));
  // Deletes the folder if the process exits without closing the browser.
  const removeAtExit = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeAtExit);
  const remove = async () => {
    process.off('exit', removeAtExit);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const chromium = await findChromium(folder);
    if (chromium === undefined) throw new Error(describeMissingChromium());
    const browser = await playwright.launch({
      executablePath: chromium.path,
      // Without a locale, as on minimal machines, Chromium reports a language that scripts may reject.
      env: { ...process.env, LC_ALL: 'en_US.UTF-8', TMPDIR: folder, ...chromium.env },
      args: [...FLAGS, ...flags],
    });
    const close = browser.close.bind(browser);
    browser.close = async (options) => {
      await close(options);
      await remove();
    };
    return browser;
  } catch (error) {
    await remove();
    throw error;
  }
}

/**
 * Returns whether the host of a URL is not 127.0.0.1. Returns false for URLs without a host, such as `data:`.
 *
 * @example
 * isForeign('https://fonts.example.com/a.woff2'); // true
 */
export function isForeign(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return /^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1';
}
